/**
 * Streams that orders open: known at once, so that no chunk is lost, and heard once their order is on disk (R4).
 *
 * @module
 */
import { micros } from "../base/units.js";
import type { OccurrenceId } from "../domain/ids.js";
import type { Cue, Order, OrderBody } from "../protocol/orders.js";
import { liveKey } from "../receiver/claims.js";
import { sampleAt } from "../receiver/samples.js";
import type { House, KnownStream } from "./house.js";

/** An order that opens a stream. */
type Opening = Extract<OrderBody, { kind: "open" }>;

/** Takes chunks of a stream from now on. What is live in it stays silent until it is admitted. */
export function openStream(house: House, body: Opening, { issuedAt, confirmedBy, by }: Order): KnownStream {
  const { stream, cue, occurrence, preSkip, maxMs, sealKey } = body;
  const isLive = cue === undefined;
  const planned = isLive ? plannedCue(house, occurrence) : undefined;
  const known: KnownStream = {
    ...{ class: body.class, confirmed: confirmedBy !== undefined, by, issuedAt, maxMs, isLive, isAdmitted: false },
    key: cue?.id ?? occurrence ?? liveKey(stream),
    plannedAt: planned && micros(planned.at),
  };
  house.buffer.open(stream);
  house.gate.open(stream, sealKey);
  house.library.openStream(stream, preSkip);
  house.streams.set(stream, known);
  return known;
}

/** The cue of that name, by the programme or by an order of its own. */
export const plannedCue = ({ programme, disk }: House, key: OccurrenceId | undefined): Cue | undefined =>
  key && (programme?.cues.find(({ id }) => id === key) ?? disk.memory.cues.get(key)?.cue);

/** The order of a live stream is on disk: what has come of it may begin. A cue is written down and permitted by the agenda. */
export function admitStream({ streams, head }: House, stream: number, known: KnownStream): void {
  // Meanwhile it may have been stopped, or opened anew by an order that nobody has written down yet.
  if (!known.isLive || streams.get(stream) !== known) return;
  known.isAdmitted = true;
  head.permit(known.key);
}

/** The order of a live stream could not be written down: nothing is heard of it but a confirmed emergency. */
export function withholdStream(house: House, stream: number, known: KnownStream): void {
  if (!known.isLive || house.streams.get(stream) !== known) return;
  const { key, class: rank } = known;
  // The planned sounding whose place it would have taken is judged by itself.
  if (house.head.get(key)?.claim.content.kind === "clips") {
    endStream(house, stream);
    return;
  }
  // Better an emergency that a restart might take twice than one that is not heard.
  if (rank === "emergency" && known.confirmed) {
    admitStream(house, stream, known);
    return;
  }
  const at = house.time.now();
  if (house.head.get(key)) house.head.end(key, "disk");
  else house.journal.write({ event: "missed", cue: key, class: rank, dueAt: at, at, why: "disk" });
  endStream(house, stream);
}

/** Lets what is buffered be heard and then ends a live stream; a cue has its own end. */
export function closeStream({ streams, buffer, head, time }: House, stream: number): void {
  const known = streams.get(stream);
  if (!known?.isLive || head.get(known.key)?.claim.content.kind === "clips") return;
  const last = buffer.lastAt(stream);
  head.closeAt(known.key, last === undefined ? sampleAt(time.now()) : last + 960);
}

/** Forgets a stream and all that is buffered of it. */
export function endStream({ streams, buffer, gate, library }: House, stream: number): void {
  streams.delete(stream);
  buffer.close(stream);
  gate.close(stream);
  library.closeStream(stream);
}
