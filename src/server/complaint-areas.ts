/**
 * The areas of complaints from before these were kept with them, looked up once when the station opens.
 *
 * @module
 */
import type { AreaId } from "../domain/ids.js";
import type { AsRunLog, Store } from "./store/index.js";

/** Lines of the log that are read at a time. */
const PAGE = 1000;

export interface ComplaintAreaParts {
  readonly store: Pick<Store, "complaints" | "receivers">;
  readonly asRun: Pick<AsRunLog, "page">;
}

/**
 * Gives every complaint that names a loudspeaker the area where that stood then, as the log has it, or else where it stands.
 * What neither knows stays without one.
 *
 * @throws Fault "unavailable" when the disk refuses
 */
export async function nameComplaintAreas({
  store: { complaints, receivers },
  asRun,
}: ComplaintAreaParts): Promise<void> {
  const open = complaints.all().filter(({ receiver, area }) => receiver !== undefined && area === undefined);
  if (open.length === 0) return;
  const logged = await loggedAreas(asRun);
  const steps = open.flatMap((complaint) => {
    const { number, receiver } = complaint;
    const area =
      logged.get(`${number} ${receiver}`) ?? (receiver === undefined ? undefined : receivers.get(receiver)?.area);
    return area === undefined ? [] : [{ put: { ...complaint, area } }];
  });
  if (steps.length > 0) await complaints.commit(steps);
}

/** The first area that the log has for a complaint with its loudspeaker, by «number loudspeaker». */
async function loggedAreas(asRun: ComplaintAreaParts["asRun"]): Promise<ReadonlyMap<string, AreaId>> {
  const found = new Map<string, AreaId>();
  for (const kind of ["complaint.recorded", "complaint.changed"]) {
    let after: number | undefined;
    for (let page = await asRun.page({ kind }, PAGE); page.length > 0; page = await asRun.page({ kind, after }, PAGE)) {
      for (const { detail, receiver, area, n } of page) {
        const key = `${detail && "number" in detail && detail.number} ${receiver}`;
        if (area !== undefined && !found.has(key)) found.set(key, area);
        after = n;
      }
    }
  }
  return found;
}
