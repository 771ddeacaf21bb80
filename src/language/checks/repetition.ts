/**
 * What the same listeners heard less than a day ago.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import { withUsualTones } from "../clean-up/tones.js";
import type { CheckContext, Hit } from "./finding.js";
import { type View, viewOf } from "./view.js";

const DAY_MS = 86_400_000;
/** From this share of common word groups on two texts are the same news. */
const SAME = 0.8;
/** Words in a group. */
const GROUP = 4;
/** Only so much of a text, and so many texts, are compared. */
const MOST_WORDS = 1500;
const MOST_AIRED = 200;
/** Areas that are named. */
const MOST_NAMED = 3;

/** At most one hit: the most alike of what was aired. An emergency is meant to be repeated. */
export function repeated(view: View, { history = [], now, class: kind }: CheckContext): Hit[] {
  if (kind === "emergency") return [];
  const own = groupsOf(view);
  if (own.size === 0) return [];
  const recent = history
    .filter(({ at }) => now === undefined || (at <= now && now - at < DAY_MS))
    .slice(-MOST_AIRED)
    .map((aired) => ({ aired, share: shareOf(own, groupsOf(viewOf(aired.text.slice(0, MOST_WORDS * 12)))) }))
    .filter(({ share }) => share >= SAME);
  const [closest] = recent.sort((a, b) => b.share - a.share);
  if (closest === undefined) return [];
  const times = recent.length;
  const { announcement, title } = closest.aired;
  const areas = namesOf(recent.flatMap(({ aired }) => aired.areas ?? []));
  return [
    {
      check: "repeated",
      words: {
        vi: `Trong 24 giờ qua ${areas?.vi ?? "nơi này"} đã nghe nội dung này ${times} lần.`,
        en: `In the last 24 hours this was heard ${areas?.en ?? "here"} ${times === 1 ? "once" : `${times} times`}.`,
      },
      suggestion: {
        vi: "Chỉ phát lại khi có tin mới hoặc thật cần; nếu là lời nhắc thường kỳ thì giãn ra.",
        en: "Repeat only with news or real need; space out standing reminders.",
      },
      heard: { announcement, title },
    },
  ];
}

/** Areas as part of a sentence, each once. */
function namesOf(areas: readonly string[]): Words | undefined {
  const names = [...new Set(areas)];
  if (names.length === 0) return undefined;
  const more = names.length - MOST_NAMED;
  const shown = names.slice(0, MOST_NAMED).join(", ");
  return more > 0
    ? { vi: `${shown} và ${more} nơi khác`, en: `in ${shown} and ${more} more` }
    : { vi: shown, en: `in ${shown}` };
}

function groupsOf({ text }: View): ReadonlySet<string> {
  const said =
    withUsualTones(text.slice(0, MOST_WORDS * 12).toLowerCase())
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MOST_WORDS) ?? [];
  if (said.length < GROUP) return new Set(said.length === 0 ? [] : [said.join(" ")]);
  return new Set(said.slice(GROUP - 1).map((_, at) => said.slice(at, at + GROUP).join(" ")));
}

/** Common groups as a share of all groups of both. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const group of one) if (other.has(group)) common++;
  return common / Math.max(1, one.size + other.size - common);
}
