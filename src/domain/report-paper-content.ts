/**
 * The report's part about content: topics, classes, levels, good news, and the directives that were carried out.
 *
 * @module
 */
import type { Block } from "./paper.js";
import type { Report } from "./report.js";
import type { Share } from "./report-totals.js";
import { CLASS_WORDS, minutesOf, numberWords, percentWords, topicWords } from "./report-words.js";

/** Topics drawn in the chart. */
const DRAWN = 10;

export function contentBlocks(
  { total, units, directives }: Report,
  levelTitles: Readonly<Record<string, string>>,
): readonly Block[] {
  const names = new Map(units.map(({ unit, name }) => [unit, name]));
  const { byClass, byTopic, byLevel, ms, goodMs } = total;
  const shares = (rows: readonly (readonly [string, Share])[]) =>
    rows.map(([name, share]) => [name, share.airings, minutesOf(share.ms), ms === 0 ? undefined : share.ms / ms]);
  const columns = (title: string) => [
    { title, weight: 6 },
    { title: "Lượt phát", weight: 2, decimals: 0 },
    { title: "Phút", weight: 2, decimals: 1 },
    { title: "Tỷ lệ", weight: 2, decimals: 1, isPart: true },
  ];
  const classes = (["ordinary", "priority", "emergency"] as const).map((of) => [CLASS_WORDS[of], byClass[of]] as const);
  return [
    { kind: "heading", text: "II. Nội dung" },
    {
      kind: "paragraph",
      text: `Tin tích cực (gương người tốt, việc tốt, kết quả đạt được…) chiếm ${percentWords(goodMs, ms)} thời lượng, ${numberWords(minutesOf(goodMs), 1)} phút.`,
    },
    {
      ...{ kind: "table", name: "Chủ đề", title: "Thời lượng theo chủ đề", columns: columns("Chủ đề") },
      rows: shares(byTopic.map((it) => [topicWords(it.topic), it])),
    },
    {
      ...{ kind: "chart", title: "Số phút theo chủ đề", shape: "bars", unit: "phút" },
      bars: byTopic.slice(0, DRAWN).map((it) => ({ label: topicWords(it.topic), value: minutesOf(it.ms) })),
    },
    {
      ...{ kind: "table", name: "Loại", title: "Thời lượng theo loại bản tin", columns: columns("Loại") },
      rows: shares(classes),
    },
    {
      ...{ kind: "table", name: "Cấp độ", title: "Thời lượng theo cấp độ", columns: columns("Cấp độ") },
      rows: shares(
        byLevel.map((it) => [it.level === "" ? "không có cấp độ nào" : (levelTitles[it.level] ?? it.level), it]),
      ),
    },
    {
      kind: "table",
      name: "Văn bản chỉ đạo",
      title: "Văn bản chỉ đạo đã thực hiện",
      columns: [
        { title: "Số", weight: 3 },
        { title: "Nguồn", weight: 5 },
        { title: "Bản tin", weight: 5 },
        { title: "Địa bàn", weight: 4 },
        { title: "Lượt", weight: 1.6, decimals: 0 },
        { title: "Phút", weight: 2, decimals: 1 },
      ],
      rows: directives.map((it) => [
        ...[it.number, it.source, it.titles.join("; ")],
        it.units.length === units.length && units.length > 1
          ? "tất cả"
          : it.units.map((unit) => names.get(unit) ?? unit).join("; "),
        ...[it.airings, minutesOf(it.ms)],
      ]),
    },
  ];
}
