/**
 * Bringing two loudspeakers into step by ear of a telephone: each sounds pips at known instants, a person records both at one
 * spot, and what the recording says of their times becomes a proposal. Nothing here changes anything.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import { LEAST_DELAY_MS, MOST_DELAY_MS, type Receiver } from "./receiver.js";

/** Metres that sound goes in a second, at 20 °C. */
const SPEED_OF_SOUND = 343;
/** What is left below this is not worth a change, ms: 70 cm, the length of a step. */
const NEGLIGIBLE_MS = 2;

/**
 * When the pips of a loudspeaker begin, ms from the beginning of its cue. The gaps differ, so that a recording that lacks some of
 * them fits in one way only, and the first leaves time for a sound to rise to its volume.
 */
export const PIPS_MS: readonly number[] = [1_000, 2_700, 4_100, 6_200, 8_600, 10_100];
/** The other loudspeaker's pips come this much later, ms: between those of the reference. */
export const TURN_MS = 700;
/** Length of a cue of pips, ms. */
export const PIPS_LENGTH_MS = 12_000;

/** Whose pips: those of the loudspeaker to compare with rise in pitch, those of the other fall. */
export type PipSide = "reference" | "other";

/** What a recording says. */
export interface PipsHeard {
  /** By how much the other was heard too late at the telephone, ms; negative when too early. */
  readonly laterMs: number;
  /** How far single pips lie from that, ms (standard deviation). */
  readonly spreadMs: number;
  /** Pips that were found and fit, of each. */
  readonly reference: number;
  readonly other: number;
}

/** Metres from the telephone to each loudspeaker. */
export interface Distances {
  readonly reference: number;
  readonly other: number;
}

export interface AlignmentProposal {
  readonly heard: PipsHeard;
  /** Of `heard.laterMs`, what the way of the sound makes, ms. */
  readonly distanceMs: number;
  /** What is left: by how much the other is behind, ms; negative when it is ahead. */
  readonly behindMs: number;
  readonly confidence: "good" | "fair";
  readonly outputDelayMs: number;
  readonly pathBiasUs: number;
  readonly words: Words;
}

type Settings = Pick<Receiver, "outputDelayMs" | "pathBiasUs">;

/** The loudspeaker that is to be brought into step. */
export interface Misaligned {
  readonly names: { readonly reference: string; readonly other: string };
  readonly present: Settings;
  /** Most that its line can hide of a difference between its two ways, µs: half a round trip. */
  readonly hiddenUs: number;
}

/**
 * What to set at the other loudspeaker. One that is behind hands its samples over earlier, by a longer output delay. One that is
 * ahead believes that it is later than it is, as on a line that is slower upwards, and its clock is put back by the path bias, as
 * far as the line can be to blame; the rest is an output that is faster than it says. A correction of the opposite sign is taken
 * back first, so that the two never work against each other.
 */
export function proposeAlignment(
  heard: PipsHeard,
  metres: Distances,
  { names, present, hiddenUs }: Misaligned,
): AlignmentProposal {
  const distanceMs = ((metres.other - metres.reference) / SPEED_OF_SOUND) * 1000;
  const behindMs = heard.laterMs - distanceMs;
  const settings = Math.abs(behindMs) < NEGLIGIBLE_MS ? present : corrected(present, behindMs, hiddenUs);
  const proposal = {
    ...{ heard, distanceMs: tenth(distanceMs), behindMs: tenth(behindMs) },
    confidence:
      Math.min(heard.reference, heard.other) >= 4 && heard.spreadMs <= 1.5 ? ("good" as const) : ("fair" as const),
    ...settings,
  };
  return { ...proposal, words: wordsOf(proposal, names, present) };
}

/** Both within what a place may be set to. */
function corrected({ outputDelayMs, pathBiasUs }: Settings, behindMs: number, hiddenUs: number): Settings {
  let [delay, bias, rest] = [outputDelayMs, pathBiasUs / 1000, behindMs];
  if (rest > 0) {
    const back = Math.min(rest, Math.max(0, -bias));
    bias += back;
    rest -= back;
  } else {
    const back = Math.max(rest, -Math.max(0, delay));
    delay += back;
    rest -= back;
    const path = Math.max(rest, Math.min(0, -hiddenUs / 1000 - bias));
    bias += path;
    rest -= path;
  }
  delay = Math.min(MOST_DELAY_MS, Math.max(LEAST_DELAY_MS, delay + rest));
  return { outputDelayMs: tenth(delay), pathBiasUs: Math.round(bias * 1000) };
}

const tenth = (value: number) => Math.round(value * 10) / 10 + 0;

function wordsOf(
  proposal: Omit<AlignmentProposal, "words">,
  { reference, other }: { readonly reference: string; readonly other: string },
  present: Settings,
): Words {
  const { heard, distanceMs, behindMs, confidence, outputDelayMs, pathBiasUs } = proposal;
  const isSame = outputDelayMs === present.outputDelayMs && pathBiasUs === present.pathBiasUs;
  const [late, behind] = [heard.laterMs < 0, behindMs < 0];
  const vi = [
    `Tại chỗ ghi âm, «${other}» nghe ${late ? "sớm" : "muộn"} hơn «${reference}» ${vietnamese(heard.laterMs)} ms.`,
    `Phần do khoảng cách là ${vietnamese(distanceMs)} ms; còn lại «${other}» ${behind ? "sớm" : "muộn"} ${vietnamese(behindMs)} ms.`,
    `Nghe rõ ${heard.reference} và ${heard.other} trên ${PIPS_MS.length} tiếng bíp, lệch nhau ± ${vietnamese(heard.spreadMs)} ms: kết quả ${confidence === "good" ? "đáng tin" : "tạm tin, nên ghi lại gần hơn"}.`,
    isSame
      ? "Hai loa đã khớp; không cần chỉnh gì."
      : `Đề nghị cho «${other}»: độ trễ đầu ra ${vietnamese(outputDelayMs)} ms (đang ${vietnamese(present.outputDelayMs)}), bù đường truyền ${pathBiasUs} µs (đang ${present.pathBiasUs}). Chưa thay đổi gì cho đến khi xác nhận.`,
  ];
  const en = [
    `Where it was recorded, "${other}" is heard ${size(heard.laterMs)} ms ${late ? "before" : "after"} "${reference}".`,
    `The distance makes ${distanceMs} ms of it; what is left is that "${other}" is ${size(behindMs)} ms ${behind ? "ahead" : "behind"}.`,
    `${heard.reference} and ${heard.other} of ${PIPS_MS.length} pips were heard, ± ${size(heard.spreadMs)} ms apart: ${confidence === "good" ? "this can be relied on" : "fair; record again from nearer by"}.`,
    isSame
      ? "The two are in step; there is nothing to change."
      : `Proposed for "${other}": output delay ${outputDelayMs} ms (now ${present.outputDelayMs}), path bias ${pathBiasUs} µs (now ${present.pathBiasUs}). Nothing changes until it is confirmed.`,
  ];
  return { vi: vi.join(" "), en: en.join(" ") };
}

const size = (value: number) => Math.abs(Math.round(value * 10) / 10);
const vietnamese = (value: number) => String(size(value)).replace(".", ",");
