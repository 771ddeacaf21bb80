/**
 * The report's part about what went wrong and what was done: missed soundings, weak loudspeakers and repairs, recalls, complaints,
 * levels.
 *
 * @module
 */
import { adviceOn } from "./miss-advice.js";
import type { Block, Table } from "./paper.js";
import { reasonOrCode } from "./reason-words.js";
import type { Report } from "./report.js";
import type { RepairRow } from "./report-figures.js";
import { dayWords, momentWords, numberWords, percentWords } from "./report-words.js";
import { stateWords } from "./result-words.js";
import type { ResultState } from "./ticket.js";

/** Loudspeakers named on paper; a spreadsheet names them all. */
const NAMED = 20;

export function careBlocks(report: Report, zone: string): readonly Block[] {
  return [
    { kind: "heading", text: "V. Lượt không phát, hỏng hóc và việc đã làm" },
    { kind: "paragraph", text: missWords(report) },
    missTable(report),
    weakTable(report, zone),
    { kind: "heading", text: "VI. Thu hồi và đính chính" },
    { kind: "paragraph", text: recallWords(report) },
    recallTable(report, zone),
    { kind: "heading", text: "VII. Phản ánh của người dân" },
    { kind: "paragraph", text: complaintWords(report) },
    complaintTable(report, zone),
    { kind: "heading", text: "VIII. Cấp độ" },
    {
      kind: "paragraph",
      text: report.levels.length === 0 ? "Trong kỳ không ban bố, không kết thúc cấp độ nào." : LEVELS,
    },
    levelTable(report, zone),
  ];
}

const LEVELS = "Các lần ban bố và kết thúc cấp độ trong kỳ:";

function missWords({ total: { coverage }, repairs, weak }: Report): string {
  const opened = repairs.filter(({ openedAt }) => openedAt !== null).length;
  const closed = repairs.filter(({ closedAt }) => closedAt !== null).length;
  return (
    `${numberWords(coverage.missed)} lượt ở loa không phát (${percentWords(coverage.missed, coverage.due)} số phải phát), ` +
    `${numberWords(coverage.cut)} lượt phát dở dang, ở ${numberWords(weak.length)} loa. ` +
    `Đã mở ${numberWords(opened)} phiếu sửa chữa, sửa xong ${numberWords(closed)}.`
  );
}

function missTable({ total }: Report): Table {
  return {
    kind: "table",
    name: "Lý do không phát",
    title: "Lượt không phát trọn, theo lý do",
    columns: [
      { title: "Kết quả", weight: 3 },
      { title: "Lý do", weight: 5 },
      { title: "Lượt ở loa", weight: 2, decimals: 0 },
      { title: "Số loa", weight: 1.6, decimals: 0 },
      { title: "Cần làm", weight: 7 },
    ],
    rows: total.misses.map(({ state, why, byPlan, times, receivers }) => [
      ...[byPlan ? "bỏ theo quy định" : stateWords(state).vi, why === "" ? "" : reasonOrCode("sound", why).vi],
      ...[times, receivers, byPlan ? "" : adviceOn(state, why).vi],
    ]),
  };
}

function weakTable({ weak, units }: Report, zone: string): Table {
  const names = new Map(units.map(({ unit, name }) => [unit, name]));
  return {
    kind: "table",
    name: "Loa phát không đủ",
    title: `Loa phát không đủ (nhiều nhất trước${weak.length > NAMED ? `; ${NAMED} trong ${numberWords(weak.length)} loa, đủ trong bảng tính` : ""})`,
    columns: [
      { title: "Loa", weight: 4 },
      { title: "Số cột", weight: 2 },
      { title: "Địa bàn", weight: 4 },
      { title: "Phải phát", weight: 1.8, decimals: 0 },
      { title: "Không trọn", weight: 1.8, decimals: 0 },
      { title: "Lý do chính", weight: 4 },
      { title: "Đã làm", weight: 5 },
    ],
    rows: weak.map(({ name, pole, unit, due, missed, state, why, repairs }) => [
      ...[name, pole, names.get(unit) ?? unit, due, missed],
      why === "" ? stateWords(state as ResultState).vi : reasonOrCode("sound", why).vi,
      repairs.length === 0 ? "chưa có phiếu sửa chữa" : repairs.map((repair) => repairWords(repair, zone)).join("; "),
    ]),
    most: NAMED,
  };
}

function repairWords({ number, text, closedAt, done }: RepairRow, zone: string): string {
  const end = closedAt === null ? "đang sửa" : `xong ${momentWords(closedAt, zone)}${done === null ? "" : `: ${done}`}`;
  return `phiếu ${number}${text === null ? "" : ` (${text})`}, ${end}`;
}

const recallWords = ({ recalls }: Report): string =>
  recalls.length === 0
    ? "Trong kỳ không thu hồi bản tin nào."
    : `Đã thu hồi ${numberWords(recalls.length)} bản tin, ${numberWords(recalls.filter(({ correction }) => correction !== null).length)} bản có đính chính.`;

function recallTable({ recalls }: Report, zone: string): Table {
  return {
    kind: "table",
    name: "Thu hồi",
    title: "Bản tin bị thu hồi",
    columns: [
      { title: "Bản tin", weight: 5 },
      { title: "Thu hồi lúc", weight: 3 },
      { title: "Người thu hồi", weight: 3 },
      { title: "Lý do", weight: 4 },
      { title: "Lượt đã nghe trước đó", weight: 2, decimals: 0 },
      { title: "Ở số loa", weight: 1.6, decimals: 0 },
      { title: "Đính chính", weight: 3 },
    ],
    rows: recalls.map((it) => [
      ...[it.title ?? it.announcement, momentWords(it.at, zone), it.by ?? "", it.why ?? ""],
      ...[it.heardBefore, it.receivers, it.correction ?? "chưa"],
    ]),
  };
}

function complaintWords({ complaints }: Report): string {
  if (complaints.length === 0) return "Trong kỳ không có phản ánh nào.";
  const recorded = complaints.filter(({ recordedAt }) => recordedAt !== null).length;
  const answered = complaints.filter(({ closedAt }) => closedAt !== null).length;
  return `Đã ghi nhận ${numberWords(recorded)} phản ánh, trả lời xong ${numberWords(answered)}.`;
}

function complaintTable({ complaints }: Report, zone: string): Table {
  return {
    kind: "table",
    name: "Phản ánh",
    title: "Phản ánh và trả lời",
    columns: [
      { title: "Số", weight: 1, decimals: 0 },
      { title: "Nơi", weight: 4 },
      { title: "Phản ánh", weight: 5 },
      { title: "Đã làm", weight: 4 },
      { title: "Trả lời", weight: 4 },
      { title: "Xong lúc", weight: 3 },
    ],
    rows: complaints.map((it) => [
      ...[it.number, it.place, it.what, it.action, it.answer],
      it.closedAt === null ? "chưa xong" : momentWords(it.closedAt, zone),
    ]),
  };
}

function levelTable({ levels }: Report, zone: string): Table {
  return {
    kind: "table",
    name: "Ban bố cấp độ",
    title: "Ban bố và kết thúc cấp độ",
    columns: [
      { title: "Lúc", weight: 3 },
      { title: "Địa bàn", weight: 4 },
      { title: "Việc", weight: 4 },
      { title: "Từ ngày", weight: 2.4 },
      { title: "Đến ngày", weight: 2.4 },
      { title: "Lý do", weight: 4 },
      { title: "Người quyết định", weight: 3 },
    ],
    rows: levels.map((it) => [
      ...[momentWords(it.at, zone), it.areaName],
      it.kind === "level.declared" ? `ban bố ${it.level}` : `kết thúc ${it.level}`,
      ...[it.from === null ? "" : dayWords(it.from), it.until === null ? "" : dayWords(it.until)],
      ...[it.reason ?? "", it.by ?? ""],
    ]),
  };
}
