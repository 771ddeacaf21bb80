/**
 * The monthly report as an office document.
 *
 * @module
 */
import { epoch } from "../base/units.js";
import type { Block, Paper } from "./paper.js";
import type { Report } from "./report.js";
import { airtimeBlocks } from "./report-paper-airtime.js";
import { careBlocks } from "./report-paper-care.js";
import { contentBlocks } from "./report-paper-content.js";
import { dayWords, minutesOf, momentWords, numberWords, percentWords } from "./report-words.js";
import { zoneOf } from "./zone.js";

/** What a station says about its own papers; see `report` in the settings. */
export interface Letterhead {
  readonly parent?: string | undefined;
  readonly issuer?: string | undefined;
  readonly symbol: string;
  readonly place?: string | undefined;
  readonly signer: {
    readonly authority?: string | undefined;
    readonly office: string;
    readonly name?: string | undefined;
  };
  /** `as` is why they get it, such as `b/c`. */
  readonly recipients: readonly { readonly name: string; readonly as?: string | undefined }[];
}

/** What the document needs besides the report's own figures. */
export interface PaperMatter {
  readonly letterhead: Letterhead;
  readonly zone: string;
  /** Key: the name of a level. */
  readonly levelTitles: Readonly<Record<string, string>>;
}

export function reportPaper(report: Report, { letterhead, zone, levelTitles }: PaperMatter): Paper {
  const { signer, recipients, parent } = letterhead;
  const { authority, office, name } = signer;
  return {
    head: {
      ...(parent === undefined ? {} : { parent }),
      issuer: letterhead.issuer ?? report.station,
      number: `Số:        /${letterhead.symbol}`,
      placeAndDate: placeAndDate(report, letterhead, zone),
    },
    kindOfDocument: "BÁO CÁO",
    subject: `Kết quả hoạt động truyền thanh cơ sở tháng ${monthWords(report.month)} của ${report.about}`,
    blocks: [
      { kind: "paragraph", text: opening(report, zone) },
      ...overview(report),
      ...contentBlocks(report, levelTitles),
      ...airtimeBlocks(report),
      ...careBlocks(report, zone),
      {
        kind: "paragraph",
        text: `Trên đây là báo cáo kết quả hoạt động truyền thanh cơ sở tháng ${monthWords(report.month)}./.`,
      },
    ],
    signature: { ...(authority === undefined ? {} : { authority }), office, ...(name === undefined ? {} : { name }) },
    recipients: [...recipients.map(({ name, as }) => `- ${name}${as === undefined ? "" : ` (${as})`};`), "- Lưu: VT."],
    proof: `${closedWords(report)}Số liệu do loa tự báo, đếm từ nhật ký phát sóng đến dòng ${report.upTo.n}, mã băm ${report.upTo.hash}, lúc ${momentWords(Date.parse(report.countedAt), zone)}. Lệnh đếm lại: loa report ${report.month} --format sql.`,
  };
}

/** Whoever holds this paper can prove that the log up to then is as it was. */
const closedWords = ({ closedDay }: Report): string =>
  closedDay === undefined
    ? ""
    : `Nhật ký đã khóa sổ đến hết ngày ${dayWords(closedDay.date)}: mã băm ${closedDay.head}${closedDay.keyId === null ? "" : `, ký bằng khóa ${closedDay.keyId}: ${closedDay.signature}`}. `;

const monthWords = (month: Report["month"]): string => {
  const [year, number] = month.split("-");
  return `${number}/${year}`;
};

function placeAndDate({ countedAt, dueOn, isOver }: Report, { place }: Letterhead, zone: string): string {
  const today = zoneOf(zone).toLocal(epoch(Date.parse(countedAt))).date;
  const [year, month, day] = (isOver || today > dueOn ? today : dueOn).split("-");
  // Days below 10 and the first two months get a zero in front (Decree 30/2020, appendix I, II.4).
  const number = Number(month) < 3 ? month : String(Number(month));
  return `${place === undefined ? "……" : place}, ngày ${day} tháng ${number} năm ${year}`;
}

function opening({ from, to, isOver, countedAt }: Report, zone: string): string {
  const span = `từ ngày ${dayWords(from)} đến hết ngày ${dayWords(to)}`;
  const sofar = isOver ? "" : ` Kỳ báo cáo chưa hết: số liệu tính đến ${momentWords(Date.parse(countedAt), zone)}.`;
  return `Kỳ báo cáo ${span}.${sofar} Kết quả như sau:`;
}

function overview({ units, total }: Report): readonly Block[] {
  const { coverage } = total;
  const minutes = (ms: number) => numberWords(minutesOf(ms), 1);
  const text =
    `Đã phát ${numberWords(total.sessions)} buổi với ${numberWords(total.airings)} lượt phát, tổng thời lượng ` +
    `${minutes(total.ms)} phút, trong đó ${minutes(total.goldenMs)} phút trong giờ vàng ` +
    `(${percentWords(total.goldenMs, total.ms)}). ${numberWords(coverage.sounded)}/${numberWords(coverage.receivers)} ` +
    `loa phải phát đã phát; ${percentWords(coverage.played, coverage.due)} số lượt phải phát ở các loa đã phát trọn.`;
  const row = (name: string, it: Report["total"]) => [
    ...[name, it.sessions, it.airings, minutesOf(it.ms), minutesOf(it.goldenMs)],
    `${numberWords(it.coverage.sounded)}/${numberWords(it.coverage.receivers)}`,
    ...[it.coverage.due, it.coverage.played],
    it.coverage.due === 0 ? undefined : it.coverage.played / it.coverage.due,
  ];
  return [
    { kind: "heading", text: "I. Kết quả chung" },
    { kind: "paragraph", text },
    {
      kind: "table",
      name: "Theo địa bàn",
      title: "Kết quả theo địa bàn",
      columns: [
        { title: "Địa bàn", weight: 5 },
        { title: "Buổi phát", weight: 2, decimals: 0 },
        { title: "Lượt phát", weight: 2, decimals: 0 },
        { title: "Phút phát", weight: 2.4, decimals: 1 },
        { title: "Phút giờ vàng", weight: 2.4, decimals: 1 },
        { title: "Loa đã phát/ phải phát", weight: 2.6 },
        { title: "Lượt ở loa phải phát", weight: 2.4, decimals: 0 },
        { title: "Phát trọn", weight: 2.4, decimals: 0 },
        { title: "Tỷ lệ", weight: 2, decimals: 1, isPart: true },
      ],
      rows: units.map((unit) => row(unit.name, unit)),
      total: row("Tổng cộng", total),
    },
    {
      kind: "chart",
      title: "Số phút phát mỗi ngày",
      shape: "columns",
      unit: "phút",
      bars: total.days.map(({ date, ms, goldenMs }) => ({
        ...{ label: `${date.slice(8)}/${date.slice(5, 7)}`, value: minutesOf(ms), part: minutesOf(goldenMs) },
      })),
      partTitle: "trong giờ vàng",
    },
  ];
}
