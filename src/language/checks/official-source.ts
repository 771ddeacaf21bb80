/**
 * Case figures and itineraries of patients come from the competent bodies only, by a document with number and date.
 *
 * @module
 */
import type { Words } from "../../base/errors.js";
import type { CheckName } from "../../domain/check-severity.js";
import type { LocalDate } from "../../domain/local-time.js";
import { datesIn } from "./dates.js";
import type { CheckContext, Hit } from "./finding.js";
import { isPaperDate, PAPER_KINDS } from "./paper-dates.js";
import { mentions, NUMBER, spots, words } from "./phrases.js";
import { rumours } from "./rumours.js";
import type { Subject } from "./subject.js";
import { around, type View, viewOf } from "./view.js";

/** Whose word counts for cases and itineraries; a station may add its own. Patterns over lower-case text. */
export const ISSUING_BODIES: readonly string[] = [
  "ban chỉ đạo quốc gia",
  "bộ y tế",
  "cục phòng bệnh",
  "cục y tế dự phòng",
  "viện pasteur",
  "viện vệ sinh dịch tễ",
  "ban chỉ đạo(?: [\\p{L},-]{1,8}){0,12} (?:tỉnh|thành phố)",
  "bcđ(?: [\\p{L},-]{1,8}){0,8} (?:tỉnh|thành phố)",
  "sở y tế",
  "trung tâm kiểm soát bệnh tật",
  "cdc",
  "trung tâm y tế",
  "ttyt",
  "ủy ban nhân dân (?:tỉnh|thành phố)",
  "ubnd (?:tỉnh|thành phố)",
];

const DOCUMENT = words(
  `\\d{1,5}(?:/\\d{4})?[-/]\\p{L}{1,10}[-/]\\p{L}{1,12}(?:[-/]\\p{L}{1,10})?|số \\d{1,5}(?:/\\d{4})?[-/]\\p{L}{2,10}|(?:${PAPER_KINDS})(?: nhanh| hỏa tốc)? số:? (?:\\d{1,5}|${NUMBER})`,
);
const SPEAKS = mentions(
  `theo|căn cứ|công bố|cho biết|nguồn|số liệu|thông tin từ|cung cấp|xác nhận|ban hành|${PAPER_KINDS}`,
);
type Needs = Pick<CheckContext, "today" | "source" | "issuingBodies">;

/** What a case bulletin or itinerary lacks of its source, and rumours in any text. */
export function officialSource(view: View, subject: Subject, context: Needs): Hit[] {
  const place = subject.cases[0] ?? subject.itinerary;
  const isGate = place !== undefined;
  const hits: Hit[] = rumours(view).map(({ start, end }) => ({
    check: "source.rumour",
    ...(isGate ? { severity: "gate" } : {}),
    span: [start, end],
    ...TEXTS["source.rumour"],
  }));
  if (place === undefined) return hits;
  const lacking = lacks([view, viewOf(context.source ?? "")], context);
  return [...hits, ...lacking.map((check) => ({ check, span: [place.start, place.end] as const, ...TEXTS[check] }))];
}

function lacks(views: readonly View[], { today, issuingBodies = [] }: Needs): (CheckName & keyof typeof TEXTS)[] {
  const documents = views.map((view) => spots(DOCUMENT, view.lower));
  const bodies = [...ISSUING_BODIES, ...issuingBodies.map(literal)].join("|");
  const hasBody = views.some((view, at) => (at > 0 ? mentions(bodies).test(view.lower) : namesBody(view, bodies)));
  const hasDate = views.some((view) => isDated(view, today));
  return [
    ...(documents.some((found) => found.length > 0) ? [] : (["source.document"] as const)),
    ...(hasBody ? [] : (["source.body"] as const)),
    ...(hasDate ? [] : (["source.date"] as const)),
  ];
}

const literal = (body: string): string => viewOf(body.trim()).lower.replace(/[.*+?^${}()|[\]\\/]/gu, "\\$&") || "(?!)";

/** A body counts where it speaks; `đến Trung tâm Y tế khám` is no source. */
const namesBody = (view: View, bodies: string): boolean =>
  spots(words(bodies), view.lower).some(({ start, end }) => {
    const { before, after } = around(view, [start, end], 110);
    return (
      SPEAKS.test(before) ||
      /^[^.;]{0,40}(?:công bố|cho biết|thông báo|báo cáo|xác nhận|cung cấp|ghi nhận)/u.test(after)
    );
  });

/** The date of the paper that the news rests on. */
const isDated = (view: View, today: LocalDate): boolean =>
  datesIn(view, today).some((date) => date.day !== undefined && isPaperDate(view, date));

const TEXTS = {
  "source.document": {
    words: {
      vi: "Bản tin về ca bệnh hoặc lịch trình không nêu số văn bản làm căn cứ.",
      en: "An announcement of cases or an itinerary names no document that it rests on.",
    },
    suggestion: {
      vi: "Thêm «Theo Báo cáo số …/BC-… » hoặc điền ô Nguồn.",
      en: "Add 'According to report no. …', or fill in the source.",
    },
  },
  "source.body": {
    words: {
      vi: "Không nêu cơ quan có thẩm quyền đã công bố. Số ca và lịch trình chỉ dùng theo công bố chính thức.",
      en: "No competent body is named. Cases and itineraries may only be told as officially published.",
    },
    suggestion: {
      vi: "Nêu cơ quan công bố: Bộ Y tế, Ban Chỉ đạo tỉnh, Sở Y tế, Trung tâm Kiểm soát bệnh tật, Trung tâm Y tế.",
      en: "Name who published it: the Ministry or Department of Health, the province's steering committee, the CDC, the medical centre.",
    },
  },
  "source.date": {
    words: { vi: "Văn bản làm căn cứ không ghi ngày.", en: "The document it rests on has no date." },
    suggestion: { vi: "Thêm ngày ban hành ngay sau số văn bản.", en: "Add the date right after the number." },
  },
  "source.rumour": {
    words: { vi: "Dẫn mạng xã hội hoặc lời đồn làm nguồn tin.", en: "Social media or hearsay is given as the source." },
    suggestion: {
      vi: "Chỉ dùng nguồn chính thức; nếu là tin đồn thì nói rõ là tin sai.",
      en: "Use official sources only; if it is a rumour, say that it is false.",
    },
  },
} as const satisfies Record<string, { words: Words; suggestion: Words }>;
