/**
 * What residents say about loudspeakers, and what the station did and answered.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import { type Epoch, epoch } from "../../base/units.js";
import { type Complaint, receiverAtPole } from "../../domain/complaint.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import type { LogLine, LogQuery } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import { numberOf, type Saving } from "./announcements.js";
import type { AsRunLog, Records } from "./ports.js";
import type { ReceiverRecords } from "./receiver-records.js";

interface NewComplaint {
  readonly pole?: string | undefined;
  readonly receiver?: ReceiverId | undefined;
  readonly place: string;
  /** When it was heard, ISO 8601. */
  readonly at: string;
  readonly what: string;
  readonly contact?: string | undefined;
}
interface ComplaintChange {
  readonly receiver?: ReceiverId | undefined;
  readonly action?: string | undefined;
  readonly answer?: string | undefined;
  /** Whether whoever asks works on it from now on, or nobody does. */
  readonly taken?: boolean | undefined;
}

export interface ComplaintParts {
  readonly complaints: Records<string, Complaint>;
  readonly receivers: ReceiverRecords;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly page: (query: LogQuery, limit: number) => Promise<readonly LogLine[]>;
  readonly now: () => Epoch;
  /** Whoever shows complaints should look again. */
  readonly onChange: () => void;
}

/** What a loudspeaker played is listed for this long before and after what was heard. */
const AROUND_MS = 2 * 3_600_000;
/** Lines looked at for that, and listed, at most. */
const LINES = 2000;
const LISTED = 200;
/** Generations of a file of the station that may still hold what was erased. */
const GENERATIONS = 3;
/** Lines of the log that tell of sound, or of none that was to be. */
const OF_SOUND = new Set([
  ...["started", "finished", "cut", "missed", "muted", "refused", "interrupted", "resumed", "failed", "unordered"],
  "result",
]);

export function createComplaintVerbs({ complaints, receivers, asRun, page, now, onChange }: ComplaintParts) {
  const get = (number: number): Complaint => {
    const found = complaints.get(String(number));
    if (found) return found;
    throw new Fault("not-found", {
      vi: `Không có phản ánh số ${number}.`,
      en: `There is no complaint number ${number}.`,
    });
  };
  const refuseUnknown = (id: ReceiverId | undefined) => {
    if (id === undefined || receivers.get(id)) return;
    throw new Fault(
      "invalid",
      { vi: `Không có cụm loa «${id}».`, en: `There is no receiver "${id}".` },
      { path: "/receiver" },
    );
  };
  /** The loudspeaker, with the area that it stands in now. */
  const about = (receiver: ReceiverId | undefined): Pick<Complaint, "receiver" | "area"> => {
    const area = receiver && receivers.get(receiver)?.area;
    return { ...(receiver === undefined ? {} : { receiver }), ...(area === undefined ? {} : { area }) };
  };
  /** The log gets no words that may be about the resident, only which there are. */
  const tell = (kind: LineKind, { before, after }: { before?: Complaint; after: Complaint }, by: Person) => {
    const { number, receiver, area } = after;
    const sides = { before: before && withoutWords(before), after: withoutWords(after) };
    asRun.event({ kind, receiver, area, by, detail: { number }, ...sides });
    onChange();
  };
  const playedAround = async ({ receiver, at }: Complaint) => {
    if (receiver === undefined) return [];
    const span = { from: epoch(Math.max(0, at - AROUND_MS)), until: epoch(at + AROUND_MS) };
    const lines = await page({ receiver, ...span }, LINES);
    const played = lines.filter(({ kind }) => OF_SOUND.has(kind)).sort((a, b) => a.at - b.at);
    return played.slice(0, LISTED).map(playedView);
  };
  const takenOver = (isTaken: boolean, by: Person): Pick<Complaint, "takenBy" | "takenAt"> =>
    isTaken ? { takenBy: by.name, takenAt: now() } : { takenBy: undefined, takenAt: undefined };
  const view = (complaint: Complaint) => ({
    ...complaintView(complaint),
    revision: String(complaints.version(String(complaint.number))),
  });
  const change = async (number: number, fields: Partial<Complaint>, kind: LineKind, { expected, by }: Saving) => {
    const before = get(number);
    const after: Complaint = { ...before, ...fields };
    await complaints.put(after, numberOf(expected));
    tell(kind, { before, after }, by);
    return view(after);
  };

  return {
    /** The newest first. */
    complaints: ({
      receiver,
      open,
    }: {
      readonly receiver?: ReceiverId | undefined;
      readonly open?: boolean | undefined;
    } = {}) =>
      complaints
        .all()
        .filter((one) => receiver === undefined || one.receiver === receiver)
        .filter((one) => open === undefined || (one.closedAt === undefined) === open)
        .sort((a, b) => b.number - a.number)
        .map(view),

    /** The complaint, with what its loudspeaker played around that time by its own account. */
    async complaint(number: number) {
      const complaint = get(number);
      return { ...view(complaint), played: await playedAround(complaint) };
    },

    async recordComplaint({ at, receiver: named, pole, ...rest }: NewComplaint, by: Person) {
      refuseUnknown(named);
      const when = Date.parse(at);
      if (when > now()) throw inTheFuture();
      const receiver = named ?? (pole === undefined ? undefined : receiverAtPole(receivers.all(), pole)?.id);
      const complaint: Complaint = {
        number: complaints.all().reduce((most, one) => Math.max(most, one.number), 0) + 1,
        ...{ place: rest.place, at: when, what: rest.what, recordedBy: by.name, recordedAt: now() },
        ...(pole === undefined ? {} : { pole }),
        ...about(receiver),
        ...(rest.contact === undefined ? {} : { contact: rest.contact }),
      };
      await complaints.put(complaint, 0);
      tell("complaint.recorded", { after: complaint }, by);
      return view(complaint);
    },

    /**
     * A closed one keeps what was done and answered; only its loudspeaker may still be named.
     *
     * @throws Fault "conflict" when it is closed and more is to change
     */
    async updateComplaint(number: number, { receiver, ...more }: ComplaintChange, as: Saving) {
      refuseUnknown(receiver);
      const { action, answer, taken } = more;
      const isMore = Object.values(more).some((value) => value !== undefined);
      if (isMore && get(number).closedAt !== undefined) throw alreadyClosed(number);
      const fields = {
        // Whoever says again what is known moves nothing.
        ...(receiver === get(number).receiver ? {} : about(receiver)),
        ...(action === undefined ? {} : { action }),
        ...(answer === undefined ? {} : { answer }),
        ...(taken === undefined ? {} : takenOver(taken, as.by)),
      };
      return change(number, fields, "complaint.changed", as);
    },

    /** The resident has been answered. @throws Fault "conflict" without an answer, or when it is closed already */
    async closeComplaint(number: number, by: Person) {
      const { answer, closedAt } = get(number);
      if (closedAt !== undefined) throw alreadyClosed(number);
      if (answer === undefined) throw notAnswered(number);
      return change(number, { closedBy: by.name, closedAt: now() }, "complaint.closed", { expected: "*", by });
    },

    /** Erases how to reach the resident, for good. */
    async eraseContact(number: number, by: Person) {
      const before = get(number);
      const { contact: _erased, ...complaint } = before;
      // Each write pushes an older generation of the file out.
      for (let written = 0; written < GENERATIONS; written++) await complaints.put(complaint);
      tell("complaint.contact-erased", { before, after: complaint }, by);
      return view(complaint);
    },
  };
}

function complaintView({ at, recordedAt, takenAt, closedAt, ...complaint }: Complaint) {
  return {
    ...complaint,
    ...{ at: iso(at), recordedAt: iso(recordedAt) },
    ...(takenAt === undefined ? {} : { takenAt: iso(takenAt) }),
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
  };
}

const playedView = ({ n, at, kind, occurrence, announcements, class: of, why, heardMs }: LogLine) => ({
  ...{ n, at: iso(at), kind },
  ...(occurrence === undefined ? {} : { occurrence }),
  ...(announcements === undefined ? {} : { announcements }),
  ...(of === undefined ? {} : { class: of }),
  ...(why === undefined ? {} : { why }),
  ...(heardMs === undefined ? {} : { heardMs }),
});

/** The words of residents, and of people about them, give way to whether there are any. */
const withoutWords = ({ what, place, contact, action, answer, ...rest }: Complaint) => ({
  ...rest,
  ...{ hasContact: contact !== undefined, hasAction: action !== undefined, hasAnswer: answer !== undefined },
});

const iso = (time: number) => new Date(epoch(time)).toISOString();

const inTheFuture = () =>
  new Fault(
    "invalid",
    { vi: "Thời điểm phản ánh nằm trong tương lai.", en: "What was heard cannot lie in the future." },
    { path: "/at", reason: "wrong-field" },
  );
const alreadyClosed = (number: number) =>
  new Fault(
    "conflict",
    { vi: `Phản ánh số ${number} đã đóng.`, en: `Complaint number ${number} is closed already.` },
    { reason: "closed" },
  );
const notAnswered = (number: number) =>
  new Fault(
    "conflict",
    {
      vi: `Phản ánh số ${number} chưa có câu trả lời. Hãy ghi câu trả lời (answer) trước khi đóng.`,
      en: `Complaint number ${number} has no answer yet. Write the answer before you close it.`,
    },
    { reason: "no-answer" },
  );
