/**
 * The mood of a whole session: a listener who hears nothing but warnings stops listening, or takes fright.
 *
 * @module
 */
import { type Mood, type Severities, severityOf, USUAL_SEVERITY } from "../../domain/check-severity.js";
import type { Finding } from "./finding.js";

/** Key: topic. What is not here is plain. A station may hand in its own. */
export const MOODS: Readonly<Record<string, Mood>> = {
  "guong-tot": "good",
  "ket-qua": "good",
  "van-hoa": "good",
  "the-thao": "good",
  "khuyen-hoc": "good",
  "an-sinh": "good",
  "doanh-nghiep": "good",
  "khoi-benh": "good",
  "het-khan-cap": "good",
  "dich-benh": "grave",
  "ca-benh": "grave",
  "khan-cap": "grave",
  "thien-tai": "grave",
  "an-ninh": "grave",
  "canh-bao": "grave",
  "chay-no": "grave",
  "tai-nan": "grave",
};

export interface PlaylistContext {
  /** Least share of good items, 0 to 1. */
  readonly leastGood?: number | undefined;
  readonly moods?: Readonly<Record<string, Mood>> | undefined;
  readonly severities?: Severities | undefined;
}

/** One item in five should tell something good. A figure of this house; the founding plan names none. */
export const LEAST_GOOD = 0.2;
/** Shorter sessions are not judged. */
const FEWEST_ITEMS = 3;

/**
 * Judges the announcements of one playlist by their topics. At most one finding: a warning when all are grave or plain and
 * most are grave; a note when good ones are too few.
 *
 * @param topics of its announcements in order, chimes and pauses left out
 */
export function checkPlaylist(topics: readonly string[], context: PlaylistContext = {}): Finding[] {
  const { leastGood = LEAST_GOOD, moods = MOODS, severities } = context;
  const felt = topics.map((topic): Mood => (Object.hasOwn(moods, topic) ? (moods[topic] ?? "plain") : "plain"));
  const good = felt.filter((mood) => mood === "good").length;
  const grave = felt.filter((mood) => mood === "grave").length;
  if (felt.length < FEWEST_ITEMS || grave === 0 || good / felt.length >= leastGood) return [];
  const usual = good === 0 && grave * 2 > felt.length ? USUAL_SEVERITY["playlist.positive-share"] : "note";
  const severity = severityOf("playlist.positive-share", usual, severities);
  if (severity === undefined) return [];
  return [
    {
      check: "playlist.positive-share",
      severity,
      start: 0,
      end: 0,
      found: "",
      words: {
        vi: `Buổi phát có ${felt.length} bản tin: ${grave} cảnh báo, ${good} tin tích cực.`,
        en: `The session has ${felt.length} announcements: ${grave} grave, ${good} good.`,
      },
      suggestion: {
        vi: "Thêm một gương người tốt, việc tốt hoặc một kết quả đã làm được.",
        en: "Add a good example or something that has been achieved.",
      },
      decision: false,
    },
  ];
}
