/**
 * Asked of an order that the guard lets pass: whether it can be had now. A stream, a test tone and a new start have to fit to what the
 * loudspeaker is at; every other order can always be had.
 *
 * @module
 */
import type { OrderBody } from "../protocol/orders.js";
import type { Claim } from "./claims.js";
import { isHushed, type Scene } from "./guard.js";
import type { Memory } from "./memory.js";
import type { PlayReason } from "./reasons.js";

/** What a loudspeaker is at. */
export interface Doings {
  /** Whether anything sounds, waits or is about to begin. */
  readonly hasClaims: boolean;
  /** Whether something sounds now, a test tone among it. */
  readonly isSounding: boolean;
  /** Whether there is room for the chunks of that stream. */
  readonly hasRoomFor: (stream: number) => boolean;
}

/** No person's confirmation makes a tone worth waking people. */
const TONE = { class: "ordinary", confirmed: false } as const;

/** @returns why it cannot be had now; nothing when it can */
export function hindranceOf(
  body: OrderBody,
  { hasClaims, isSounding, hasRoomFor }: Doings,
  { place, now, trusted }: Omit<Scene, "identity">,
  memory: Memory,
): PlayReason | undefined {
  switch (body.kind) {
    case "restart":
      return hasClaims ? "busy" : undefined;
    case "open":
      return hasRoomFor(body.stream) ? undefined : "too-many";
    case "test":
      if (!trusted) return "untrusted-clock";
      if (isHushed(TONE, place, now)) return "quiet-hours";
      if (silencedBy(memory, TONE)) return "muted";
      return isSounding ? "busy" : undefined;
    default:
      return undefined;
  }
}

/**
 * Whether a person's mute silences a claim, and whose. The station's silences everything; that of somebody at the pole, who may be
 * anybody, not a confirmed emergency.
 */
export function silencedBy(
  { muted, locallyMuted }: Pick<Memory, "muted" | "locallyMuted">,
  { class: of, confirmed }: Pick<Claim, "class" | "confirmed">,
): "muted" | "local-mute" | undefined {
  if (muted) return "muted";
  return locallyMuted && !(of === "emergency" && confirmed) ? "local-mute" : undefined;
}
