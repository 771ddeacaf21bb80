/**
 * What comes in from receivers: they greet, report what they do, what they hold and what they heard.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Epoch, epoch, ms } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { EventLine } from "../../domain/log-line.js";
import type { HelloBody, JournalLine, ReceiverMessage, StateBody } from "../../protocol/messages.js";
import type { Signed } from "../../protocol/orders.js";
import type { OrderDesk } from "./order-desk.js";
import type { AsRunLog, Heard, KeptStop, Records, Wire } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";
import type { ReceiverRecords } from "./receiver-records.js";
import type { ReceiverWatch } from "./receiver-watch.js";
import type { Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";
import type { Updates } from "./updates.js";
import type { WhoStopped } from "./who-stopped.js";

/** Reports that come within this time are written together: a write costs the same for one line and for many. */
const GATHER = ms(20);
/** Journal lines in one write; measured, 200 take 6 ms. */
const LINES_AT_ONCE = 300;

export interface ReceptionParts {
  readonly registry: Registry;
  readonly receivers: ReceiverRecords;
  readonly book: ProgrammeBook;
  readonly tickets: Tickets;
  readonly watch: Pick<ReceiverWatch, "touch" | "said" | "heard">;
  readonly desk: OrderDesk;
  readonly updates: Pick<Updates, "reported" | "answered" | "met">;
  readonly stops: Records<string, KeptStop>;
  readonly whoStopped: WhoStopped;
  readonly asRun: AsRunLog;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly log: Log;
  readonly now: () => Epoch;
  /** Clips that every receiver should hold at all times, such as those of emergencies. */
  readonly pinned: () => Parameters<Wire["wantClips"]>[1];
  /** What is about to sound or sounds, and this receiver may need to be fed with. */
  readonly onReady: (receiver: ReceiverId) => void;
  /** The key that signs now, and what a receiver that comes back must be told of keys, in order. */
  readonly orderKeys: () => { readonly active: string; readonly notices: readonly Signed[] };
  /** Its connection is gone. */
  readonly onGone: (receiver: ReceiverId) => void;
  readonly onChange: (receiver: ReceiverId) => void;
}

export interface Reception {
  /** The receiver has proved who it is. Returns up to where its journal is known. */
  hello(receiver: ReceiverId, body: HelloBody): { readonly reported: number };
  /** Its welcome is on the way; now it may be given orders. */
  ready(receiver: ReceiverId): void;
  message(receiver: ReceiverId, message: ReceiverMessage): void;
  /** It gave a sign of life and said nothing. */
  alive(receiver: ReceiverId): void;
  gone(receiver: ReceiverId, why: string): void;
  /** Writes who came, went and refused since the last call, in one go: ten thousand may come back at once. */
  flush(): void;
}

export function createReception(parts: ReceptionParts): Reception {
  const { registry, receivers, book, tickets, desk, stops, asRun, wire, clock, log, now, onChange } = parts;
  let comings: EventLine[] = [];
  /** Reports that wait to be written. */
  const reports: Heard[] = [];
  /** Receivers whose first report since their greeting has not come yet. */
  const greeted = new Set<ReceiverId>();
  const areaOf = (receiver: ReceiverId) => receivers.get(receiver)?.area;

  const takeState = (receiver: ReceiverId, body: StateBody) => {
    const wasTrusted = registry.get(receiver)?.state?.clock === "trusted";
    registry.state(receiver, body);
    parts.watch.said(receiver);
    if (!wasTrusted && body.clock === "trusted") parts.onReady(receiver);
  };
  /** Who muted or stopped it, where a person did. */
  const personBehind = (receiver: ReceiverId, line: JournalLine): string | undefined => {
    if (line.event === "muted") return receivers.get(receiver)?.muted?.by;
    if (line.why !== "stopped" && line.why !== "recalled") return undefined;
    const { cue, announcements = [], at, dueAt = at } = line;
    return parts.whoStopped({ receiver, area: areaOf(receiver), cue, announcements, dueAt, until: at })?.by;
  };
  const report = (receiver: ReceiverId, { journal, lines }: Extract<ReceiverMessage, { t: "report" }>["p"]) => {
    const area = areaOf(receiver);
    if (area === undefined) return;
    const [first] = lines;
    // After a greeting a receiver begins with the oldest line that it holds. What it does not hold was acknowledged by a log
    // that is lost, as after an older backup was restored.
    if (first && greeted.delete(receiver)) asRun.acceptGap(receiver, area, journal, first.seq);
    const told = lines.map((line) => ({ ...line, by: personBehind(receiver, line) }));
    if (reports.push({ receiver, area, journal, lines: told }) === 1) clock.after(GATHER, takeReports);
  };
  /** Writes what has been reported in one go, a bounded piece at a time, and acknowledges it. */
  const takeReports = () => {
    const piece = reports.splice(0, pieceOf(reports));
    if (reports.length > 0) clock.after(GATHER, takeReports);
    try {
      const known = piece.map(({ receiver, journal }) => asRun.reportedUpTo(receiver, journal));
      const upTo = asRun.heardAll(piece);
      for (const [index, { receiver, journal, lines }] of piece.entries()) {
        // Lines that come again must not undo what later ones have told.
        const fresh = lines.filter(({ seq }) => seq > (known[index] ?? 0));
        tickets.heard(receiver, fresh);
        parts.watch.heard(receiver, fresh);
        wire.acknowledge(receiver, journal, upTo[index] ?? 0);
      }
    } catch (thrown) {
      // Nothing was acknowledged, so the receivers keep their lines and send them again.
      log.error("reports.not-kept", { reports: piece.length, thrown });
    }
  };

  const refusedProgramme = (receiver: ReceiverId, { revision, why }: { revision: number; why: string }) => {
    registry.refused(receiver, { what: "programme", why });
    comings.push({ kind: "programme.refused", receiver, area: areaOf(receiver), why, detail: { revision } });
  };
  /** A receiver that knows none of the keys that hold obeys nobody, whatever it is sent. */
  const trusts = (receiver: ReceiverId, keys: readonly string[]) => {
    const isOurs = keys.includes(parts.orderKeys().active);
    if (registry.trusts(receiver, isOurs) && !isOurs)
      comings.push({ kind: "receiver.must-be-paired-again", receiver, area: areaOf(receiver), why: "unknown-key" });
  };

  return {
    hello(receiver, body) {
      registry.hello(receiver, body);
      parts.updates.met(receiver);
      greeted.add(receiver);
      comings.push({
        kind: "receiver.connected",
        receiver,
        area: areaOf(receiver),
        ...(body.away === undefined ? {} : { why: body.away.why }),
        detail: { software: body.software, ...(body.away === undefined ? {} : { awayMs: body.away.forMs }) },
      });
      onChange(receiver);
      return { reported: asRun.reportedUpTo(receiver, body.journal) };
    },
    ready(receiver) {
      // Before any order: it may be signed with a key that the receiver is told of only now.
      wire.tellKeys([receiver], parts.orderKeys().notices);
      const issued = (stop: KeptStop) => now() <= epoch(stop.order.notAfter / 1000);
      for (const stop of stops.all().filter(issued))
        desk
          .resend(stop.order, [receiver])
          .catch((thrown: unknown) => log.error("stop.not-resent", { order: stop.id, receiver, thrown }));
      book.offer(receiver);
      wire.wantClips(receiver, parts.pinned());
    },
    message(receiver, message) {
      switch (message.t) {
        case "state":
          takeState(receiver, message.p);
          onChange(receiver);
          return;
        case "clips":
          registry.clips(receiver, message.p.have, message.p.failed);
          parts.watch.touch(receiver);
          parts.onReady(receiver);
          onChange(receiver);
          return;
        case "holds":
          registry.holds(receiver, message.p.programmeRevision);
          if (message.p.refused) refusedProgramme(receiver, message.p.refused);
          onChange(receiver);
          return;
        case "trusts":
          trusts(receiver, message.p.keys);
          onChange(receiver);
          return;
        case "report":
          report(receiver, message.p);
          return;
        case "update":
          parts.updates.reported(receiver, message.p);
          return;
        case "ack":
          desk.answered(receiver, message.p.order, message.p.ok, message.p.why);
          if (!message.p.ok) {
            parts.updates.answered(receiver, message.p.order, message.p.why);
            const detail = { order: message.p.order };
            comings.push({ kind: "order.refused", receiver, area: areaOf(receiver), why: message.p.why, detail });
            registry.refused(receiver, { what: "order", why: message.p.why ?? "" });
            onChange(receiver);
          }
          return;
        default:
          // Greeting and clock are answered where the sockets are.
          return;
      }
    },
    alive: registry.alive,
    gone(receiver, why) {
      // Silence is found out late: what counts is when it was last heard.
      registry.gone(receiver, why === "silent" ? registry.get(receiver)?.lastSeen : undefined);
      greeted.delete(receiver);
      parts.onGone(receiver);
      parts.watch.touch(receiver);
      comings.push({ kind: "receiver.gone", receiver, area: areaOf(receiver), why });
      onChange(receiver);
    },
    flush() {
      if (comings.length === 0) return;
      asRun.events(comings);
      comings = [];
    },
  };
}

/** How many of the waiting reports make one write: at least one, and about {@link LINES_AT_ONCE} lines. */
function pieceOf(reports: readonly Heard[]): number {
  let lines = 0;
  for (const [index, report] of reports.entries()) {
    lines += report.lines.length;
    if (lines >= LINES_AT_ONCE) return index + 1;
  }
  return reports.length;
}
