/**
 * Reason codes of a receiver: why it refused, did not play or stopped. Stable over versions; the panel and the monthly
 * report count by them.
 *
 * @module
 */

/** Why an order is not obeyed. */
export const ORDER_REFUSALS = [
  /** It carries no signature. */
  "unsigned",
  /** Signed with a key that this receiver was never told of: not its station, or it must be paired again. */
  "unknown-key",
  /** Signed with a key whose time is over. */
  "retired-key",
  /** The signature does not fit the text: one of them was changed. */
  "signature",
  /** The text is no order of this version. */
  "malformed",
  /** Meant for others. */
  "audience",
  /** Its last instant has passed (R9). */
  "expired",
  /** Its first instant has not come. */
  "too-early",
  /** A lower number than one already seen: an old order played again. */
  "replayed",
  /** This very order was obeyed before. */
  "seen",
  /** The receiver does not know the time well enough to judge. */
  "untrusted-clock",
  /** More claims, streams or bytes than the receiver takes. */
  "too-many",
  /** An order of a kind that this version does not carry out. */
  "unknown-kind",
  /** It cannot be done while something sounds. */
  "busy",
] as const;
export type OrderRefusal = (typeof ORDER_REFUSALS)[number];

/** Why a programme is not taken. */
export const PROGRAMME_REFUSALS = [
  "unsigned",
  "unknown-key",
  "retired-key",
  "signature",
  "malformed",
  /** Made for another receiver. */
  "audience",
  /** Its revision is not above the one held. */
  "older-revision",
] as const;
export type ProgrammeRefusal = (typeof PROGRAMME_REFUSALS)[number];

/** Why something planned did not sound, or not to its end. */
export const PLAY_REASONS = [
  ...ORDER_REFUSALS,
  /** Chunks that no seal of the station covers: somebody on the way changed or added them. */
  "seal",
  /** Chunks of a stream that no order opened. */
  "unordered",
  /** A quiet hour of the place, and no confirmed emergency (R1). */
  "quiet-hours",
  /** Its last starting instant passed while nothing hindered it: the receiver was off, or the order came late (R4). */
  "late",
  /** Its last starting instant passed while something else sounded. */
  "waited-too-long",
  /** Neither clip nor stream arrived in time. */
  "no-audio",
  /** Something of a higher class took its place, and it is not to resume. */
  "preempted",
  /** Interrupted for so long that it is out of date. */
  "expired",
  /** A person said stop (R3). */
  "stopped",
  /** Somebody pressed stop at the pole. */
  "local-stop",
  /** All of its announcements were recalled. */
  "recalled",
  /** Taken back before it began. */
  "cancelled",
  /** It has sounded already (R4). */
  "played",
  /** The receiver was restarted in the middle and could not go on. */
  "restart",
  /** A live stream ran into its greatest length. */
  "max-duration",
  /** A live stream fell silent without being closed. */
  "stream-lost",
  /** The disk would not remember that it begins, so that a restart might have repeated it. */
  "disk",
  /** The memory of what has sounded was lost with the disk, and it was due before that was found. */
  "memory-lost",
  /** Somebody muted it at the pole. */
  "local-mute",
  /** It sounds although somebody muted it at the pole: a confirmed emergency. */
  "despite-local-mute",
  /** A person muted the receiver. */
  "muted",
  /** It began while it was muted, and is heard from here on. */
  "unmuted",
  /** Some of its clips were missing. */
  "incomplete",
] as const;
export type PlayReason = (typeof PLAY_REASONS)[number];
