/**
 * What the report's queries read: tables made of the log's lines, and of what the station says about its places. They lie in
 * memory; the log is attached for reading only.
 *
 * Each text is plain SQL for SQLite 3.38 or newer. `:name` stands for what {@link CountInput} of the same name says, and is
 * written out before it runs: what is printed is what ran.
 *
 * @module
 */

/** A piece of SQL with what it is for, in the words of the guide. */
export interface Statement {
  readonly name: string;
  readonly words: string;
  readonly sql: string;
}

/** The last sixteen letters of an occurrence's id are its planned instant in UTC, such as `20261026t223000z`. */
const STAMP = "substr(occurrence, -16)";

export const REPORT_TABLES: readonly Statement[] = [
  {
    name: "place",
    words:
      "Địa bàn thuộc phường nào (unit; «-» là không thuộc báo cáo), theo bộ giờ vàng nào (hours); loa nào ở đâu; ngày nào từ lúc nào đến lúc nào.",
    sql: `CREATE TABLE place (area TEXT PRIMARY KEY, unit TEXT NOT NULL, hours INTEGER);
INSERT INTO place SELECT json_extract(value, '$.area'), json_extract(value, '$.unit'), json_extract(value, '$.hours')
  FROM json_each(:places);
CREATE TABLE golden (hours INTEGER, from_at INTEGER, until_at INTEGER, PRIMARY KEY (hours, from_at));
INSERT INTO golden SELECT json_extract(value, '$.hours'), json_extract(value, '$.from'), json_extract(value, '$.until')
  FROM json_each(:golden);
CREATE TABLE loudspeaker (receiver TEXT PRIMARY KEY, area TEXT NOT NULL, kind TEXT NOT NULL);
INSERT INTO loudspeaker SELECT json_extract(value, '$.receiver'), json_extract(value, '$.area'), json_extract(value, '$.kind')
  FROM json_each(:receivers);
CREATE TABLE day (date TEXT PRIMARY KEY, from_stamp TEXT NOT NULL, until_stamp TEXT NOT NULL);
INSERT INTO day SELECT json_extract(value, '$.date'), json_extract(value, '$.from'), json_extract(value, '$.until')
  FROM json_each(:days);
CREATE TABLE known (announcement TEXT PRIMARY KEY, title TEXT, topic TEXT, source TEXT);
INSERT INTO known SELECT json_extract(value, '$.announcement'), json_extract(value, '$.title'),
    json_extract(value, '$.topic'), json_extract(value, '$.source')
  FROM json_each(:announcements);`,
  },
  {
    name: "event",
    words: "Những dòng do máy chủ ghi mà báo cáo cần, từ dòng :first đến dòng :last.",
    sql: `CREATE TABLE event AS
SELECT line.n, at, kind, area, receiver, occurrence, json_extract(body, '$.by') AS by,
    coalesce(json_extract(personal.text, '$.words.why'), json_extract(body, '$.why')) AS why,
    json_extract(body, '$.detail') AS detail, json_extract(personal.text, '$.words.detail') AS words
  FROM log.line LEFT JOIN log.personal ON personal.n = line.n
  WHERE line.n BETWEEN :first AND :last AND journal IS NULL
    AND kind IN ('occurrence.closed', 'announcement.recalled', 'announcement.created', 'announcement.approved', 'complaint.recorded',
      'complaint.closed', 'repair.opened', 'repair.closed', 'level.declared', 'level.ended', 'mission.ended',
      'mission.stop', 'field.note');`,
  },
  {
    name: "word",
    words:
      "Mọi lời nói về kết quả: của chính loa (said = 1), và của máy chủ khi loa không nói (said = 0). Bị thu hồi giữa chừng cũng là thu hồi.",
    sql: `CREATE TABLE word AS
SELECT occurrence, receiver, n, at, area, 1 AS said, 0 AS by_plan, why, json_extract(body, '$.class') AS class,
    CASE WHEN kind IN ('cut', 'missed', 'failed', 'refused') AND why = 'recalled' THEN 'recalled'
      WHEN kind = 'finished' THEN 'played' WHEN kind = 'failed' THEN 'missed' ELSE kind END AS state,
    json_extract(body, '$.heardMs') AS heard_ms
  FROM (SELECT *, json_extract(body, '$.why') AS why FROM log.line
    WHERE n BETWEEN :first AND :last AND journal IS NOT NULL
      AND kind IN ('finished', 'cut', 'missed', 'muted', 'refused', 'failed')
      AND ${STAMP} >= :since AND ${STAMP} < :until)
  WHERE NOT (kind = 'refused' AND why IS 'played')
UNION ALL
SELECT occurrence, told.value, n, at, line.area, 0, kind = 'occurrence.dropped', json_extract(body, '$.why'),
    json_extract(body, '$.class'), json_extract(body, '$.detail.state'), json_extract(body, '$.heardMs')
  FROM log.line,
    json_each(coalesce(json_extract(body, '$.detail.receivers'), json_array(line.receiver))) AS told
  WHERE n BETWEEN :first AND :last AND journal IS NULL AND ${STAMP} >= :since AND ${STAMP} < :until
    AND kind IN ('result', 'occurrence.dropped') AND json_type(body, '$.detail.state') = 'text';`,
  },
  {
    name: "turn",
    words: "Lượt phát nào thuộc ngày nào, theo giờ đã định.",
    sql: `CREATE TABLE turn AS
SELECT occurrence, stamp, (SELECT date FROM day WHERE stamp >= from_stamp AND stamp < until_stamp) AS date
  FROM (SELECT DISTINCT occurrence, ${STAMP} AS stamp FROM word);
CREATE UNIQUE INDEX turn_occurrence ON turn (occurrence);`,
  },
  {
    name: "outcome",
    words:
      "Mỗi lượt phát ở mỗi loa còn đúng một kết quả: lời của loa thắng lời máy chủ; nghe được thắng không nghe được; cùng như nhau thì lời đầu tiên.",
    sql: `CREATE TABLE outcome AS
SELECT occurrence, stamp, date, receiver, state, why, class, by_plan, unit, kind, ms,
    end_at - ms AS start_at, end_at,
    CASE WHEN ms = 0 OR hours IS NULL THEN 0 ELSE
      (SELECT coalesce(sum(min(end_at, until_at) - max(end_at - ms, from_at)), 0) FROM golden
        WHERE golden.hours = placed.hours AND from_at < end_at AND from_at > end_at - ms - 86400000
          AND until_at > end_at - ms) END AS golden_ms
  FROM (SELECT ranked.*, stamp, date, coalesce(place.unit, '') AS unit, hours, coalesce(loudspeaker.kind, 'fixed') AS kind, at AS end_at,
      CASE WHEN state IN ('played', 'cut', 'recalled') THEN coalesce(heard_ms, 0) ELSE 0 END AS ms
    FROM (SELECT *, row_number() OVER (PARTITION BY occurrence, receiver ORDER BY said DESC,
          CASE state WHEN 'played' THEN 2 WHEN 'cut' THEN 2 WHEN 'muted' THEN 1 ELSE 0 END DESC, n) AS place_of_word
        FROM word) AS ranked
      JOIN turn USING (occurrence)
      LEFT JOIN loudspeaker USING (receiver)
      LEFT JOIN place ON place.area = coalesce(ranked.area, loudspeaker.area)
    WHERE place_of_word = 1) AS placed
  WHERE unit <> '-' AND (:all OR unit <> '');`,
  },
  {
    name: "airing",
    words:
      "Lượt phát của một phường: lượt phát mà ít nhất một loa trong phường phát ra tiếng; dài bằng loa nghe được lâu nhất; trọn (whole) khi có loa phát đến hết.",
    sql: `CREATE TABLE airing AS
SELECT unit, occurrence, stamp, date, max(class) AS class, min(start_at) AS start_at, max(end_at) AS end_at, max(ms) AS ms,
    max(golden_ms) AS golden_ms, max(state = 'played') AS whole
  FROM outcome WHERE ms > 0 GROUP BY unit, occurrence;`,
  },
  {
    name: "content",
    words:
      "Lượt phát gồm những bản tin nào: mỗi lần bản tin được đọc là một dòng, bắt đầu từ đâu (begins) và dài bao lâu (ms). Nhật ký cũ không ghi chỗ bắt đầu thì cộng dồn, không ghi độ dài thì coi như bằng nhau.",
    sql: `CREATE TABLE content AS
WITH closed AS (
    SELECT occurrence, detail, words, min(n) FROM event
      WHERE kind = 'occurrence.closed' AND json_array_length(detail, '$.content') > 0 GROUP BY occurrence),
  listed AS (
    SELECT occurrence, key AS place, json_extract(value, '$.announcement') AS announcement,
        coalesce(json_extract(words, '$.content[' || key || '].title'), json_extract(value, '$.title'),
          (SELECT title FROM known WHERE known.announcement = json_extract(value, '$.announcement'))) AS title,
        coalesce(json_extract(words, '$.content[' || key || '].topic'), json_extract(value, '$.topic')) AS topic,
        coalesce(json_extract(words, '$.content[' || key || '].source'), json_extract(value, '$.source')) AS source,
        json_extract(value, '$.at') AS begins, json_extract(value, '$.ms') AS ms
      FROM closed, json_each(detail, '$.content')),
  other AS (
    SELECT occurrence, min(n) AS n FROM word
      WHERE said = 1 AND occurrence NOT IN (SELECT occurrence FROM closed) GROUP BY occurrence)
SELECT occurrence, announcement, title, topic, source, ms,
    coalesce(begins, sum(ms) OVER (PARTITION BY occurrence ORDER BY place) - ms) AS begins
  FROM listed
UNION ALL
SELECT occurrence, value, title, topic, source, 1, 0
  FROM (SELECT DISTINCT other.occurrence, named.value FROM other JOIN log.line USING (n),
      json_each(body, '$.announcements') AS named)
    LEFT JOIN known ON known.announcement = value;
CREATE INDEX content_occurrence ON content (occurrence);`,
  },
];
