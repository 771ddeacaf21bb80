import { resultStateOf } from "../../src/protocol/journal-results.js";
import type { Happening } from "./history.js";

/** A line of the log as it is exported: with everything that the station wrote down. */
export interface ExportedLine {
  readonly n: number;
  readonly at: number;
  readonly kind: string;
  readonly hash: string;
  readonly source: "server" | "receiver";
  readonly receiver?: string;
  readonly cue?: string;
  readonly occurrence?: string;
  readonly announcements?: readonly string[];
  readonly class?: string;
  readonly dueAt?: number;
  readonly why?: string;
  readonly journal?: string;
  readonly seq?: number;
  readonly detail?: Detail;
}

/** What the lines of a server tell besides; each kind has some of it. */
interface Detail {
  readonly id?: string;
  readonly audience?: {
    readonly kind: string;
    readonly receivers?: readonly string[];
    readonly areas?: readonly string[];
  };
  readonly body?: Body;
  readonly confirmedBy?: string;
  readonly at?: readonly string[];
  readonly rule?: string;
  readonly extra?: readonly string[];
  readonly lateMs?: number;
  readonly class?: string;
}
interface Body {
  readonly kind: string;
  readonly stream?: number;
  readonly maxMs?: number;
  /** Of a test pip. */
  readonly lengthMs?: number;
  readonly occurrence?: string;
  readonly cue?: {
    readonly id: string;
    readonly at: number;
    readonly notAfter: number;
    readonly durationMs: number;
  };
  readonly scope?: {
    readonly kind: string;
    readonly areas?: readonly string[];
    readonly receivers?: readonly string[];
    readonly occurrence?: string;
    readonly announcement?: string;
  };
}

/** A result as the station answers it. */
export interface HeldResult {
  readonly occurrence: string;
  readonly receiver: string;
  readonly state: string;
  readonly at: string;
}

export interface StationFacts {
  readonly results: readonly HeldResult[];
  /** The area of a receiver, and all that it lies in. */
  readonly areasOf: (receiver: string) => readonly string[];
  /** When the station's program died. */
  readonly restarts?: readonly number[];
  /** Of whatever is scheduled, ms, where all of it is equally long. */
  readonly lengthMs?: number | undefined;
  /** Minutes of local time before UTC. */
  readonly aheadMinutes?: number;
}

const VIET_NAM = 7 * 60;
/** A stop that the station dies this soon after may not have left it, ms. */
const LEAVES_MS = 1_500;
/** Who is gone is written down with the next beats of the station, ms. */
const NOTED_MS = 2_500;
/** From an instant to the hour that a schedule names: `hh:mm` or `hh:mm:ss`. */
const hourOf = (instant: number, aheadMinutes: number) =>
  new Date(instant + aheadMinutes * 60_000).toISOString().slice(11, 19);

/** What a station's log tells, for the checker of histories: orders, stops, and what receivers wrote into their journals. */
export function historyOfLog(lines: readonly ExportedLine[], facts: StationFacts): Happening[] {
  const confirmed = new Map<string, boolean>();
  const lengths = new Map<string, number>();
  const fromServer = (line: ExportedLine): Happening[] => {
    const { kind, at, detail = {} } = line;
    if (kind === "announcement.approved") return [{ kind: "approved", at, announcement: detail.id ?? "" }];
    if (kind === "occurrence.closed") return [{ kind: "closed", at, cue: line.occurrence ?? "" }];
    if (kind === "order.issued") return fromOrder(line);
    return [];
  };
  // By their hours: who comes and goes is written down a little later.
  const comings = lines
    .filter(({ kind }) => kind === "receiver.connected" || kind === "receiver.gone")
    .sort((one, other) => one.at - other.at);
  const isThere = (one: string, at: number) => {
    const last = comings.filter((line) => line.receiver === one && line.at <= at).at(-1);
    return (
      last?.kind === "receiver.connected" && !(facts.restarts ?? []).some((death) => death > last.at && death < at)
    );
  };
  const gone = comings.filter(({ kind }) => kind === "receiver.gone");
  const isLeaving = (one: string, at: number) =>
    gone.some((line) => line.receiver === one && line.at >= at && line.at - at < NOTED_MS);
  const reached = (receivers: readonly string[], wanted: NonNullable<Body["scope"]>) =>
    receivers.filter(
      (one) =>
        wanted.kind === "all" ||
        wanted.kind === "occurrence" ||
        wanted.kind === "announcement" ||
        (wanted.receivers ?? []).includes(one) ||
        facts.areasOf(one).some((area) => (wanted.areas ?? []).includes(area)),
    );
  const fromOrder = ({ at, detail = {} }: ExportedLine): Happening[] => {
    const { body, audience } = detail;
    if (!body) return [];
    if (body.kind === "stop" && body.scope) {
      const isSent = !(facts.restarts ?? []).some((death) => death >= at && death - at < LEAVES_MS);
      const known = new Set(comings.flatMap(({ receiver }) => receiver ?? []));
      const there = [...known].filter((one) => isThere(one, at) && !isLeaving(one, at));
      const silenced = isSent ? reached(there, body.scope) : [];
      const { announcement, occurrence } = body.scope;
      if (announcement !== undefined) return [{ kind: "recalled", at: at + 1_000, announcement, receivers: silenced }];
      return [{ kind: "stop", at, receivers: silenced, ...(occurrence === undefined ? {} : { cue: occurrence }) }];
    }
    if (body.kind === "test" && body.lengthMs !== undefined)
      return [{ kind: "pip", at, receivers: audience?.receivers ?? [], lengthMs: body.lengthMs }];
    const cue = body.cue?.id ?? (body.kind === "open" ? (body.occurrence ?? `live-${body.stream}`) : undefined);
    if (cue === undefined) return [];
    if (detail.confirmedBy !== undefined) confirmed.set(cue, true);
    const lengthMs = body.cue?.durationMs ?? body.maxMs;
    if (lengthMs !== undefined) lengths.set(cue, lengthMs);
    const lateMs = body.cue && body.kind === "cue" ? (body.cue.notAfter - body.cue.at) / 1000 : undefined;
    // Whoever is away now has a cue from its next programme, and of that the log says nothing.
    const isHeld = body.cue !== undefined || audience?.kind !== "receivers";
    const receivers = isHeld ? ("all" as const) : (audience.receivers ?? []);
    return [{ kind: "ordered", at, cue, receivers, ...(lateMs === undefined ? {} : { lateMs }) }];
  };
  const fromReceiver = (line: ExportedLine): Happening[] => {
    const { kind, at, receiver = "", cue = "", announcements = [], class: of = "ordinary", dueAt = at } = line;
    const about = { at, receiver, cue };
    const state = resultStateOf(kind, line.why);
    const told: Happening[] = cue !== "" && isLast(state) ? [{ kind: "told", ...about, state }] : [];
    if (kind === "unordered") return [{ kind, at, receiver }];
    if (kind === "due") return [{ kind, ...about, at: at + (lengths.get(cue) ?? facts.lengthMs ?? 0) }];
    if (kind === "started" || kind === "resumed") {
      const lengthMs = lengths.get(cue) ?? facts.lengthMs;
      const lateMs = kind === "started" ? at - dueAt : 0;
      const more = { class: of, announcements, confirmed: confirmed.get(cue) ?? false, lateMs };
      return [{ kind, ...about, ...more, ...(lengthMs === undefined ? {} : { lengthMs }) }];
    }
    return ["finished", "cut", "interrupted"].includes(kind) ? [{ kind: "ended", ...about }, ...told] : told;
  };

  const happened = lines.flatMap((line) => (line.source === "receiver" ? fromReceiver(line) : fromServer(line)));
  const results = facts.results.map(
    ({ occurrence: cue, at, ...result }): Happening => ({ kind: "result", ...result, cue, at: Date.parse(at) }),
  );
  return [...happened, ...scheduled(lines, facts), ...results];
}

const isLast = (state: string | undefined): state is string =>
  state !== undefined && !["due", "sounding", "interrupted"].includes(state);

/** What sounded by a schedule: it was ordered when a schedule of that name, saved before, names that hour. */
function scheduled(lines: readonly ExportedLine[], { aheadMinutes = VIET_NAM }: StationFacts): Happening[] {
  const saved = lines.filter(({ kind }) => kind === "schedule.saved");
  const cues = new Map<string, number>();
  for (const { source, kind, cue = "", dueAt } of lines)
    if (source === "receiver" && (kind === "started" || kind === "resumed") && dueAt !== undefined)
      cues.set(cue, dueAt);
  return [...cues].flatMap(([cue]): Happening[] => {
    const [schedule, instant = ""] = cue.split("@");
    const planned = Date.parse(
      instant.toUpperCase().replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
    );
    const names = (hours: readonly string[]) =>
      hours.some(
        (hour) => hourOf(planned, aheadMinutes).startsWith(hour) || `${hour}:00` === hourOf(planned, aheadMinutes),
      );
    return saved.flatMap(({ at, detail = {} }): Happening[] =>
      detail.id === schedule && names(detail.at ?? [])
        ? [
            {
              kind: "ordered",
              at,
              cue,
              receivers: "all",
              ...(detail.lateMs === undefined ? {} : { lateMs: detail.lateMs }),
            },
          ]
        : [],
    );
  });
}
