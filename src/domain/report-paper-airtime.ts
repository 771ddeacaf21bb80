/**
 * The report's part about airtime: what the rules allowed, what was used, what raises changed, and the vans.
 *
 * @module
 */
import type { Block, PaperCell } from "./paper.js";
import type { Report } from "./report.js";
import type { Allowance, LiftUse } from "./report-airtime.js";
import { dayWords, minutesOf, numberWords } from "./report-words.js";

export function airtimeBlocks({ units, lifts, total }: Report): readonly Block[] {
  const limited = units.filter(({ airtime }) => Object.keys(airtime).length > 0);
  return [
    { kind: "heading", text: "III. Thời lượng so với hạn mức" },
    {
      kind: "paragraph",
      text:
        limited.length === 0
          ? "Quy định của các địa bàn không giới hạn thời lượng."
          : "So với loa phát nhiều nhất trong ngày ở mỗi địa bàn. Bản tin khẩn cấp được tính nhưng không bao giờ bị chặn.",
    },
    {
      kind: "table",
      name: "Hạn mức",
      title: "Thời lượng đã dùng so với hạn mức",
      columns: [
        { title: "Địa bàn", weight: 4 },
        { title: "Phút/ngày: hạn mức", weight: 2.2 },
        { title: "cao nhất", weight: 2, decimals: 1 },
        { title: "ngày vượt", weight: 1.6, decimals: 0 },
        { title: "Buổi/ngày: hạn mức", weight: 2.2 },
        { title: "cao nhất", weight: 1.6, decimals: 0 },
        { title: "Phút/buổi: hạn mức", weight: 2.2 },
        { title: "cao nhất", weight: 2, decimals: 1 },
      ],
      rows: limited.map(({ name, airtime: { minutesPerDay, sessionsPerDay, minutesPerSession } }) => [
        name,
        ...[...limit(minutesPerDay), minutesPerDay?.daysOver],
        ...[...limit(sessionsPerDay), ...limit(minutesPerSession)],
      ]),
    },
    {
      kind: "table",
      name: "Tăng thời lượng",
      title: "Tăng thời lượng: số phút mỗi ngày trước, trong và sau khi tăng",
      columns: [
        { title: "Địa bàn", weight: 4 },
        { title: "Lý do", weight: 5 },
        { title: "Từ ngày", weight: 2.4 },
        { title: "Đến ngày", weight: 2.4 },
        { title: "7 ngày trước", weight: 1.8, decimals: 1 },
        { title: "Trong khi tăng", weight: 1.8, decimals: 1 },
        { title: "7 ngày sau", weight: 1.8, decimals: 1 },
      ],
      rows: lifts.map((it) => [
        ...[it.unitName, reasonWords(it)],
        ...[dayWords(it.from), dayWords(it.until), it.before, it.during, it.after],
      ]),
    },
    { kind: "heading", text: "IV. Xe loa" },
    { kind: "paragraph", text: vanWords(total.vans) },
    {
      kind: "table",
      name: "Xe loa",
      title: "Xe loa theo địa bàn",
      columns: [
        { title: "Địa bàn", weight: 5 },
        { title: "Chuyến", weight: 2, decimals: 0 },
        { title: "Điểm dừng", weight: 2, decimals: 0 },
        { title: "Ghi chép", weight: 2, decimals: 0 },
        { title: "Lượt phát", weight: 2, decimals: 0 },
        { title: "Phút phát", weight: 2, decimals: 1 },
      ],
      rows: units
        .filter(({ vans }) => vans.missions + vans.stops + vans.notes + vans.soundings > 0)
        .map(({ name, vans: { missions, stops, notes, soundings, ms } }) => [
          ...[name, missions, stops, notes, soundings, minutesOf(ms)],
        ]),
    },
  ];
}

function reasonWords({ level, reason, document }: LiftUse): string {
  const head = level === undefined ? "" : `${level}: `;
  return `${head}${reason}${document === undefined ? "" : ` (${document})`}`;
}

function limit(allowance: Allowance | undefined): PaperCell[] {
  if (allowance === undefined) return ["không", undefined];
  const { least, most, used } = allowance;
  return [least === most ? numberWords(least) : `${numberWords(least)}–${numberWords(most)}`, used];
}

const vanWords = ({ missions, stops, notes, soundings, ms }: Report["total"]["vans"]): string =>
  missions + stops + notes + soundings === 0
    ? "Trong kỳ không có chuyến xe loa nào."
    : `${numberWords(missions)} chuyến, ${numberWords(stops)} điểm dừng, ${numberWords(notes)} ghi chép dọc đường; xe loa đã phát ${numberWords(soundings)} lượt, ${numberWords(minutesOf(ms), 1)} phút.`;
