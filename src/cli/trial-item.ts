/**
 * The first sound of a sample station: a playlist that the virtual loudspeakers play shortly after each start, as a schedule
 * like any other, so that a newcomer hears the whole way from a text to a planned sound.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import type { Log } from "../base/log.js";
import { type Epoch, epoch, seconds } from "../base/units.js";
import { type PlaylistId, scheduleId } from "../domain/ids.js";
import { localDate, localTime } from "../domain/local-time.js";
import { type Schedule, scheduleSchema } from "../domain/schedule.js";
import type { ControlVerbs } from "../server/api/control-verbs.js";
import type { VirtualReceiver } from "../server/config.js";

const ID = scheduleId("thu-khi-khoi-dong");
const BY = { name: "config/station.json" };
/** From the moment at which everything is ready to the sound: time for the plan to reach every loudspeaker. */
const AHEAD_MS = 10_000;
/** How often is looked whether the sound is ready. */
const LOOK = seconds(0.25);

export interface TrialParts {
  readonly playlist: PlaylistId;
  readonly virtual: readonly VirtualReceiver[];
  /** IANA zone of the station. */
  readonly zone: string;
  readonly control: Pick<ControlVerbs, "playlist" | "announcement" | "receivers" | "putSchedule">;
  readonly clock: Clock;
  readonly now: () => Epoch;
  readonly log: Log;
  /** The schedule is set: when it sounds, and under what title. */
  readonly onPlanned: (at: Epoch, title: string) => void;
}

/** Plans the trial item as soon as its sound is made and the loudspeakers are connected. Returns how to call it off. */
export function planTrialItem(parts: TrialParts): () => void {
  const { clock, log } = parts;
  let over = false;
  const look = () => {
    if (over) return;
    if (!isReady(parts)) {
      clock.after(LOOK, look);
      return;
    }
    plan(parts).catch((thrown: unknown) => log.warn("trial.not-planned", { thrown }));
  };
  look();
  return () => {
    over = true;
  };
}

function isReady({ playlist, virtual, control }: TrialParts): boolean {
  const connected = new Set(control.receivers().flatMap(({ id, connected: is }) => (is ? [id] : [])));
  if (!virtual.every(({ id }) => connected.has(id))) return false;
  return control
    .playlist(playlist)
    .value.items.every((item) => item.kind !== "announcement" || isApproved(control, item.announcement));
}

function isApproved(control: TrialParts["control"], id: Parameters<ControlVerbs["announcement"]>[0]): boolean {
  try {
    return control.announcement(id).value.approved;
  } catch {
    // It has not been brought in yet.
    return false;
  }
}

async function plan({ playlist, virtual, zone, control, now, onPlanned }: TrialParts): Promise<void> {
  const at = epoch(Math.ceil((now() + AHEAD_MS) / 1000) * 1000);
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(
    at,
  );
  const { title } = control.playlist(playlist).value;
  const schedule: Schedule = scheduleSchema.parse({
    id: ID,
    title,
    class: "ordinary",
    playlist,
    targets: { receivers: virtual.map(({ id }) => id) },
    start: localDate(local.slice(0, 10)),
    at: [localTime(local.slice(11, 19))],
    timing: { kind: "hard" },
  });
  await control.putSchedule(schedule, { expected: "*", by: BY });
  onPlanned(at, title);
}
