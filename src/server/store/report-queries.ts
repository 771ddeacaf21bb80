/**
 * The report's figures, one query each, over the tables of `report-tables.ts`. They are printed in `docs/bao-cao-thang.md`, and
 * `loa report YYYY-MM --format sql` prints them with everything filled in, so that anybody can count again.
 *
 * @module
 */
import type { ReportFigures } from "../../domain/report-figures.js";
import type { Statement } from "./report-tables.js";

/** Silence that ends a session, ms: that of the planner's budgets. */
const SESSION_GAP = 300_000;

const query = (words: string, sql: string) => ({ words, sql });

export const REPORT_QUERIES: Readonly<Record<keyof ReportFigures, Omit<Statement, "name">>> = {
  days: query(
    "Lượt phát, thời lượng và phần trong giờ vàng, theo phường, ngày và loại",
    `SELECT unit, date, coalesce(class, 'ordinary') AS class, count(*) AS airings, sum(ms) AS ms, sum(golden_ms) AS goldenMs
  FROM airing GROUP BY unit, date, coalesce(class, 'ordinary') ORDER BY unit, date, class;`,
  ),
  sessions: query(
    "Buổi phát: các lượt phát cách nhau không quá năm phút là một buổi",
    `SELECT unit, date, count(*) AS sessions
  FROM (SELECT unit, date, start_at - max(end_at) OVER (PARTITION BY unit ORDER BY start_at, occurrence
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS silence FROM airing)
  WHERE silence IS NULL OR silence > ${SESSION_GAP}
  GROUP BY unit, date ORDER BY unit, date;`,
  ),
  busiest: query(
    "Loa phát nhiều nhất trong ngày ở mỗi phường, với số buổi và buổi dài nhất của nó, để so với hạn mức",
    `WITH one AS (
    SELECT unit, receiver, date, sum(ms) AS ms FROM outcome WHERE ms > 0 AND kind = 'fixed' GROUP BY unit, receiver, date),
  top AS (
    SELECT unit, date, min(receiver) AS receiver, ms FROM one
      JOIN (SELECT unit, date, max(ms) AS ms FROM one GROUP BY unit, date) USING (unit, date, ms) GROUP BY unit, date),
  gaps AS (
    SELECT top.unit, top.date, outcome.ms, start_at,
        start_at - lag(end_at) OVER (PARTITION BY top.unit, top.date ORDER BY start_at) AS silence
      FROM top JOIN outcome USING (unit, date, receiver) WHERE outcome.ms > 0),
  numbered AS (
    SELECT *, sum(silence IS NULL OR silence > ${SESSION_GAP}) OVER (PARTITION BY unit, date ORDER BY start_at) AS session
      FROM gaps),
  session AS (SELECT unit, date, sum(ms) AS ms FROM numbered GROUP BY unit, date, session)
SELECT unit, date, sum(ms) AS ms, count(*) AS sessions, max(ms) AS longestMs FROM session
  GROUP BY unit, date ORDER BY unit, date;`,
  ),
  contents: query(
    "Bản tin nào đã phát bao nhiêu lượt, bao nhiêu phút ở phường nào; theo chủ đề và theo văn bản thì cộng từ đây. Lượt bị cắt thì chỉ chia cho phần đã nghe",
    `WITH piece AS (
    SELECT unit, occurrence, start_at, airing.ms AS aired, announcement, title, topic, source, begins,
        CASE WHEN whole THEN content.ms
          ELSE max(0, min(begins + content.ms, max(airing.ms, min(begins) OVER one + 1)) - begins) END AS heard
      FROM airing LEFT JOIN content USING (occurrence) WHERE stamp >= :from WINDOW one AS (PARTITION BY unit, occurrence)),
  shared AS (
    SELECT *, aired * coalesce(heard * 1.0 / sum(heard) OVER (PARTITION BY unit, occurrence), 1) AS ms FROM piece)
SELECT unit, announcement, title, topic, source, count(DISTINCT occurrence) AS airings, sum(ms) AS ms,
    min(start_at) AS firstAt, max(start_at) AS lastAt
  FROM shared WHERE announcement IS NULL OR heard > 0
  GROUP BY unit, announcement, title, topic, source ORDER BY unit, ms DESC, announcement;`,
  ),
  coverage: query(
    "Loa nào phải phát bao nhiêu lượt, đã phát bao nhiêu (không kể lượt mà chính chương trình đã bỏ)",
    `SELECT unit, receiver, sum(by_plan = 0) AS due, sum(state = 'played') AS played, sum(state = 'cut') AS cut,
    sum(state = 'recalled') AS recalled, sum(ms) AS ms
  FROM outcome WHERE stamp >= :from GROUP BY unit, receiver ORDER BY unit, receiver;`,
  ),
  reasons: query(
    "Lượt không phát trọn, theo loa, kết quả và lý do",
    `SELECT unit, receiver, state, why, by_plan AS byPlan, count(*) AS times
  FROM outcome WHERE stamp >= :from AND state <> 'played'
  GROUP BY unit, receiver, state, why, by_plan ORDER BY unit, receiver, state, why, by_plan;`,
  ),
  recalls: query(
    "Bản tin bị thu hồi, đã nghe ở bao nhiêu loa trước đó, và bản đính chính đã được duyệt",
    `WITH spot AS (SELECT occurrence, announcement, min(begins) AS begins FROM content GROUP BY occurrence, announcement)
SELECT json_extract(detail, '$.id') AS announcement,
    coalesce((SELECT title FROM known WHERE announcement = json_extract(detail, '$.id')),
      (SELECT title FROM content WHERE announcement = json_extract(detail, '$.id'))) AS title, at, by, why,
    (SELECT count(*) FROM outcome JOIN spot USING (occurrence)
      WHERE announcement = json_extract(detail, '$.id') AND (ms > begins OR state = 'played' AND ms > 0)
        AND start_at <= event.at AND stamp >= :from) AS heardBefore,
    (SELECT count(DISTINCT receiver) FROM outcome JOIN spot USING (occurrence)
      WHERE announcement = json_extract(detail, '$.id') AND (ms > begins OR state = 'played' AND ms > 0)
        AND start_at <= event.at AND stamp >= :from) AS receivers,
    (SELECT count(*) FROM outcome JOIN spot USING (occurrence)
      WHERE announcement = json_extract(detail, '$.id') AND state = 'recalled' AND stamp >= :from) AS ended,
    (SELECT json_extract(made.detail, '$.id') FROM event AS made WHERE made.kind = 'announcement.created'
      AND json_extract(made.detail, '$.corrects') = json_extract(event.detail, '$.id')
      AND EXISTS (SELECT 1 FROM event AS consent WHERE consent.kind = 'announcement.approved'
        AND json_extract(consent.detail, '$.id') = json_extract(made.detail, '$.id'))) AS correction
  FROM event WHERE kind = 'announcement.recalled' AND at >= :fromAt AND at < :untilAt ORDER BY n;`,
  ),
  complaints: query(
    "Phản ánh được ghi hoặc được trả lời trong kỳ (nội dung phản ánh không nằm trong nhật ký)",
    `SELECT coalesce((SELECT unit FROM place WHERE place.area = event.area), '') AS unit,
    json_extract(detail, '$.number') AS number, max(receiver) AS receiver,
    min(CASE WHEN kind = 'complaint.recorded' THEN at END) AS recordedAt,
    min(CASE WHEN kind = 'complaint.closed' THEN at END) AS closedAt
  FROM event WHERE kind IN ('complaint.recorded', 'complaint.closed') AND at >= :fromAt AND at < :untilAt
  GROUP BY json_extract(detail, '$.number') HAVING unit <> '-' AND (:all OR unit <> '') ORDER BY number;`,
  ),
  repairs: query(
    "Phiếu sửa chữa được mở hoặc đóng trong kỳ",
    `SELECT coalesce((SELECT unit FROM place WHERE place.area = event.area), '') AS unit,
    json_extract(detail, '$.number') AS number, max(receiver) AS receiver, max(coalesce(json_extract(words, '$.text'), json_extract(detail, '$.text'))) AS text,
    min(CASE WHEN kind = 'repair.opened' THEN at END) AS openedAt,
    max(CASE WHEN kind = 'repair.closed' THEN at END) AS closedAt, max(coalesce(json_extract(words, '$.done'), json_extract(detail, '$.done'))) AS done
  FROM event WHERE kind IN ('repair.opened', 'repair.closed') AND at >= :fromAt AND at < :untilAt
  GROUP BY json_extract(detail, '$.number') HAVING unit <> '-' AND (:all OR unit <> '') ORDER BY number;`,
  ),
  levels: query(
    "Cấp độ được ban bố hoặc kết thúc trong kỳ",
    `SELECT at, kind, area, json_extract(detail, '$.level') AS level, by, json_extract(detail, '$.from') AS "from",
    json_extract(detail, '$.until') AS until, coalesce(json_extract(words, '$.reason'), json_extract(detail, '$.reason')) AS reason
  FROM event WHERE kind IN ('level.declared', 'level.ended') AND at >= :fromAt AND at < :untilAt ORDER BY n;`,
  ),
  vans: query(
    "Xe loa: chuyến, điểm dừng, ghi chép dọc đường, lượt phát và thời lượng",
    `SELECT unit, sum(mission) AS missions, sum(stop) AS stops, sum(note) AS notes, sum(sounding) AS soundings, sum(ms) AS ms
  FROM (SELECT unit, 0 AS mission, 0 AS stop, 0 AS note, 1 AS sounding, ms FROM outcome
      WHERE kind = 'van' AND ms > 0 AND stamp >= :from
    UNION ALL
    SELECT coalesce((SELECT unit FROM place WHERE place.area = event.area), ''), kind = 'mission.ended',
        kind = 'mission.stop', kind = 'field.note', 0, 0
      FROM event WHERE kind IN ('mission.ended', 'mission.stop', 'field.note') AND at >= :fromAt AND at < :untilAt)
  WHERE unit <> '-' AND (:all OR unit <> '') GROUP BY unit ORDER BY unit;`,
  ),
  heads: query(
    "Ngày cuối của kỳ mà nhật ký đã khóa sổ, với mã băm và chữ ký của nó",
    `SELECT closed.date, closed.n, closed.head, json_extract(body, '$.detail.keyId') AS keyId,
    json_extract(body, '$.detail.signature') AS signature
  FROM log.day AS closed JOIN log.line USING (n)
  WHERE n <= :last AND closed.date <= (SELECT max(date) FROM day) ORDER BY closed.date DESC LIMIT 1;`,
  ),
};

/** What should have sounded between two instants and did not, or not to its end. */
export const NIGHT_QUERY: Omit<Statement, "name"> = query(
  "Những lượt không phát, hoặc không phát trọn, theo phường và lý do",
  `SELECT unit, occurrence,
    (SELECT coalesce(json_extract(words, '$.title'), json_extract(detail, '$.title')) FROM event WHERE event.occurrence = outcome.occurrence
      AND kind = 'occurrence.closed') AS title,
    max(class) AS class, state, why, by_plan AS byPlan, json_group_array(receiver) AS receivers
  FROM outcome WHERE stamp >= :from AND state NOT IN ('played', 'recalled')
  GROUP BY unit, occurrence, state, why, by_plan ORDER BY stamp, unit, state, why;`,
);
