/**
 * What is about people is kept for as long as it is needed and no longer: once a day, what is too old goes, and the log says how
 * much and never what.
 *
 * @module
 */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { reasonOf } from "../base/errors.js";
import type { Log } from "../base/log.js";
import type { Epoch } from "../base/units.js";
import type { Complaint } from "../domain/complaint.js";
import { lastDaily } from "../domain/daily-hour.js";
import type { OccurrenceId } from "../domain/ids.js";
import type { Talk } from "../domain/live.js";
import { localTime } from "../domain/local-time.js";
import { zoneOf } from "../domain/zone.js";
import type { Settings } from "./config.js";
import type { Marks } from "./meta.js";
import type { AsRunLog, Collection, LiveRecordings } from "./store/index.js";

export interface ForgettingParts {
  readonly days: Settings["privacy"];
  readonly zone: string;
  readonly now: () => Epoch;
  readonly complaints: Pick<Collection<string, Complaint>, "all" | "commit">;
  readonly talks: Pick<Collection<OccurrenceId, Talk>, "all" | "commit">;
  readonly recordings: Pick<LiveRecordings, "forget">;
  readonly asRun: Pick<AsRunLog, "event" | "eraseWords">;
  /** Where damaged files and those from before an upgrade are kept aside. */
  readonly asideFolders: readonly string[];
  readonly marks: Marks;
  readonly log: Log;
}

/** After the backup of the night, before anybody comes. */
const HOUR = localTime("03:30");
const MARK = "forgetting";
const DAY_MS = 86_400_000;
/** A complaint that nobody has closed for so long counts as closed, days. */
const NEVER_CLOSED = 365;
/** Generations of a file of the station that may still hold what was erased. */
const GENERATIONS = 3;
/** Words that are erased in one go, a few milliseconds; and goes in one night. */
const PIECE = 200;
const MOST_PIECES = 500;
/** As the store names them; see its generations, and how it mends the log. */
const ASIDE = /^(?:[a-z-]+\.json(?:\.[12])?\.(?:bad-.+|v\d+)|log\.db\.bad-.+)$/;

async function filesAside(folders: readonly string[]): Promise<readonly string[]> {
  const found = folders.map(async (folder) =>
    (await readdir(folder)).filter((name) => ASIDE.test(name)).map((name) => join(folder, name)),
  );
  return (await Promise.all(found)).flat();
}

export function createForgetting(parts: ForgettingParts) {
  const { days, now, complaints, asRun, marks, log } = parts;
  const zone = zoneOf(parts.zone);
  const before = (count: number) => now() - count * DAY_MS;
  const closed = ({ closedAt, recordedAt }: Complaint) => closedAt ?? recordedAt + NEVER_CLOSED * DAY_MS;

  const forgetComplaints = async () => {
    const old = complaints.all().filter((one) => closed(one) < before(days.complaintDays));
    const reachable = complaints
      .all()
      .filter((one) => one.contact !== undefined && !old.includes(one) && closed(one) < before(days.contactDays));
    if (old.length + reachable.length === 0) return { complaints: 0, contacts: 0 };
    const steps = [
      ...old.map(({ number }) => ({ delete: String(number) })),
      ...reachable.map(({ contact: _erased, ...rest }) => ({ put: rest })),
    ];
    await complaints.commit(steps);
    // Each write pushes an older generation of the file out.
    for (let written = 1; written < GENERATIONS; written++) await complaints.commit([]);
    return { complaints: old.length, contacts: reachable.length };
  };
  const forgetWords = async () => {
    let words = 0;
    for (let piece = 0; piece < MOST_PIECES; piece++) {
      const gone = asRun.eraseWords({ before: before(days.logWordsDays), atMost: PIECE }, { why: "too-old" });
      words += gone.length;
      if (gone.length < PIECE) break;
      await breathe();
    }
    return words;
  };
  const forgetTalks = async () => {
    const old = parts.talks.all().filter(({ at }) => at < before(days.recordingDays));
    if (old.length > 0) await parts.talks.commit(old.map(({ occurrence }) => ({ delete: occurrence })));
    return parts.recordings.forget(before(days.recordingDays));
  };
  const forgetFiles = async () => {
    let files = 0;
    for (const path of await filesAside(parts.asideFolders)) {
      if ((await stat(path)).mtimeMs >= before(days.asideDays)) continue;
      await rm(path);
      files += 1;
    }
    return files;
  };
  const forget = async () => {
    const gone = {
      ...(await forgetComplaints()),
      ...{ words: await forgetWords(), recordings: await forgetTalks(), files: await forgetFiles() },
    };
    if (Object.values(gone).every((count) => count === 0)) return;
    log.info("privacy.forgotten", gone);
    asRun.event({ kind: "privacy.forgotten", why: "too-old", detail: gone });
  };

  return {
    /** Call it every minute or so; it never throws. */
    async look() {
      const told = marks.at(MARK);
      const isDue = told !== undefined && told < lastDaily(zone, HOUR, now());
      if (told !== undefined && !isDue) return;
      marks.note(MARK, now());
      if (!isDue) return;
      await forget().catch((thrown: unknown) =>
        log.error("privacy.not-forgotten", { reason: reasonOf(thrown), thrown }),
      );
    },
  };
}
