import { areaSchema } from "../../src/domain/area.js";
import { addDays } from "../../src/domain/calendar.js";
import { announcementId, areaId, type OccurrenceId, occurrenceId, receiverId } from "../../src/domain/ids.js";
import { type LocalDate, localDate } from "../../src/domain/local-time.js";
import { type Policy, policySchema } from "../../src/domain/policy.js";
import type { ReportMatter } from "../../src/domain/report-matter.js";
import { monthSchema, periodOf } from "../../src/domain/report-period.js";
import { zoneOf } from "../../src/domain/zone.js";
import type { HeardLine } from "../../src/protocol/journal-results.js";
import type { AsRunLog } from "../../src/server/store/as-run-log.js";

/** A made-up city for reports: nothing in it is real. */
export interface CityWishes {
  readonly receivers: number;
  /** Soundings of each loudspeaker a day. */
  readonly perDay: number;
  readonly wards: number;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
}

const MINUTE = 60_000;
const zone = zoneOf("Asia/Ho_Chi_Minh");

/** A source of chance that is the same each time. */
function chanceOf(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const BULLETINS: readonly (readonly [
  id: string,
  title: string,
  topic: string,
  source: string | undefined,
  ms: number,
])[] = [
  ["tin-dich", "Tình hình dịch bệnh trong ngày", "dich-benh", "Sở Y tế, công văn 335-CV/ThU (mẫu)", 95_000],
  ["guong-tot", "Gương người tốt, việc tốt ở tổ dân phố", "guong-tot", undefined, 70_000],
  ["cup-nuoc", "Lịch cúp nước", "cup-nuoc", undefined, 40_000],
  [
    "thi-truong",
    "Bình ổn giá cả, không tích trữ hàng",
    "thi-truong",
    "Phòng Kinh tế, kế hoạch 17-KH/BTGTU (mẫu)",
    65_000,
  ],
  ["tiem-chung", "=Lịch tiêm chủng", "tiem-chung", "Trung tâm Y tế, thông báo 12/TB-TTYT (mẫu)", 55_000],
];

export function aCity({ receivers: count, wards, from, to }: CityWishes): ReportMatter {
  const areas = [
    { id: "thanh-pho", name: "Thành phố Mẫu", kind: "province" },
    ...Array.from({ length: wards }, (_, at) => ({
      ...{ id: `phuong-${at + 1}`, name: `Phường Mẫu ${at + 1}`, kind: "ward", parent: "thanh-pho" },
    })),
    ...Array.from({ length: wards * 8 }, (_, at) => ({
      ...{ id: `to-${at + 1}`, name: `Tổ dân phố ${at + 1}`, kind: "group", parent: `phuong-${(at % wards) + 1}` },
    })),
    { id: "thu", name: "Khu thử", kind: "test", parent: "thanh-pho" },
  ].map((area) => areaSchema.parse(area));
  const period = periodOf(monthSchema.parse("2026-11"), { periodEndsOn: 25, draftOn: 23, dueOn: 25 });
  const raise = { from: "2026-11-10", until: "2026-11-16", reason: "Cao điểm phòng dịch (mẫu)", minutesPerDay: 90 };
  const policies: Policy[] = [
    policySchema.parse({
      area: "thanh-pho",
      golden: [
        { from: "05:30", to: "06:30" },
        { from: "17:00", to: "18:00" },
      ],
      sessionsPerDay: 4,
      minutesPerSession: 15,
      minutesPerDay: 45,
    }),
    policySchema.parse({
      area: "phuong-2",
      golden: [{ from: "17:30", to: "18:30" }],
      minutesPerDay: 45,
      raises: [raise],
    }),
  ];
  return {
    period: { ...period, ...(from ? { from } : {}), ...(to ? { to } : {}) },
    station: "Đài truyền thanh thành phố Mẫu",
    zone: zone.name,
    areas,
    policies,
    levels: [],
    declarations: [],
    raises: [],
    receivers: Array.from({ length: count }, (_, at) => ({
      id: receiverId(`loa-${at + 1}`),
      name: `Cụm loa số ${at + 1}`,
      area: areaId(at === 0 ? "thu" : `to-${(at % (wards * 8)) + 1}`),
      kind: at % 50 === 3 ? "van" : "fixed",
      pole: `C ${at + 1}`,
    })),
    announcements: [],
    complaints: [
      {
        ...{
          number: 1,
          place: "đầu hẻm số 5",
          at: 0,
          what: "Loa quá to lúc sáng sớm",
          recordedBy: "Chị Hoa",
          recordedAt: 0,
        },
        ...{ receiver: receiverId("loa-6"), action: "Đã giảm âm lượng", answer: "Đã giảm còn 60%" },
      },
    ],
    moods: { "guong-tot": "good", "dich-benh": "grave" },
    countedAt: zone.toEpoch(localDate("2026-11-25"), 16 * 3600),
  };
}

/** What of a log is written to. */
export type WrittenLog = Pick<AsRunLog, "event" | "eventOnce" | "settle" | "heardAll">;

/** Fills the log as a month of that city would; `clock` tells the log's time and is set forward. */
export function fillMonth(
  log: WrittenLog,
  clock: { at: number },
  city: ReportMatter,
  { perDay }: Pick<CityWishes, "perDay">,
) {
  const chance = chanceOf(26_11);
  const sequences = new Map<string, number>();
  const held: { readonly until: number; readonly receiver: number; readonly lines: HeardLine[] }[] = [];
  const report = (at: number, lines: readonly HeardLine[]) => {
    const { id, area } = city.receivers[at] ?? never();
    return { receiver: id, area, journal: `nhat-ky-${at}`, lines };
  };
  const number = (at: number, line: Omit<HeardLine, "seq">): HeardLine => {
    const seq = (sequences.get(String(at)) ?? 0) + 1;
    sequences.set(String(at), seq);
    return { seq, ...line };
  };

  const air = (occurrence: OccurrenceId, due: number, day: number) => {
    const picked = [0, 1, 2].map((step) => BULLETINS[(day + step) % BULLETINS.length] ?? never());
    const ids = picked.map(([id]) => announcementId(id));
    const length = picked.reduce((sum, [, , , , ms]) => sum + ms, 0);
    const of = day % 9 === 4 ? "priority" : "ordinary";
    const about = { cue: occurrence, class: of, announcements: ids, dueAt: due * 1000 } as const;
    clock.at = due + length + 2 * MINUTE;
    const silent: number[] = [];
    const reports = city.receivers.flatMap((_, at) => {
      const luck = chance();
      if (luck < 0.004) {
        silent.push(at);
        return [];
      }
      const lines = linesOf(luck, { about, due, length }).map((line) => number(at, line));
      if (luck < 0.012) {
        // Away now: the server has to assume something, and the journal comes two days later.
        silent.push(at);
        held.push({ until: clock.at + 48 * 60 * MINUTE, receiver: at, lines });
        return [];
      }
      return [report(at, lines)];
    });
    for (let from = 0; from < reports.length; from += 300) log.heardAll(reports.slice(from, from + 300));
    log.settle(
      silent.map((at) => {
        const { id, area } = city.receivers[at] ?? never();
        const line = { kind: "result", occurrence, receiver: id, area, class: of, why: "not-connected" } as const;
        return { ...line, state: "unknown" as const, receivers: [id], detail: { title: "Buổi phát", planned: due } };
      }),
    );
    const content = picked.map(([announcement, title, topic, source, ms]) => ({
      announcement,
      title,
      topic,
      source,
      ms,
    }));
    log.eventOnce(`closed ${occurrence}`, {
      kind: "occurrence.closed",
      occurrence,
      detail: { title: "Buổi phát", content },
    });
  };
  const deliver = (all: boolean) => {
    const ripe = held.filter(({ until }) => all || until <= clock.at);
    held.splice(0, ripe.length);
    log.heardAll(ripe.map(({ receiver, lines }) => report(receiver, lines)));
  };

  let day = 0;
  for (let date: LocalDate = city.period.from; date <= city.period.to; date = addDays(date, 1), day++) {
    for (let turn = 0; turn < perDay; turn++) {
      const due = zone.toEpoch(date, Math.round(5.5 * 3600 + (turn * 15 * 3600) / perDay));
      air(occurrenceId(`buoi-${turn + 1}`, due), due, day + turn);
      deliver(false);
    }
    drop(log, clock, { city, date });
    events(log, clock, { city, day });
  }
  clock.at += 60 * MINUTE;
  deliver(true);
}

interface Heard {
  readonly about: Pick<HeardLine, "cue" | "class" | "announcements" | "dueAt">;
  readonly due: number;
  readonly length: number;
}

/** What a loudspeaker's journal tells of one occurrence. */
function linesOf(luck: number, { about, due, length }: Heard): Omit<HeardLine, "seq">[] {
  const at = (ms: number) => (due + ms) * 1000;
  const started = { event: "started", ...about, at: at(12), heardMs: 0 } as const;
  if (luck > 0.99) return [{ event: "missed", ...about, at: at(0), heardMs: 0, why: "no-audio" }];
  if (luck > 0.983) return [started, { event: "cut", ...about, at: at(31_000), heardMs: 30_988, why: "preempted" }];
  if (luck > 0.98) return [{ event: "muted", ...about, at: at(0), heardMs: 0, why: "muted" }];
  if (luck > 0.979) return [started, { event: "cut", ...about, at: at(20_000), heardMs: 19_988, why: "recalled" }];
  if (luck > 0.977)
    return [
      { event: "failed", ...about, at: at(0), heardMs: 0, why: "disk" },
      started,
      { event: "finished", ...about, at: at(length + 12), heardMs: length },
    ];
  return [started, { event: "finished", ...about, at: at(length + 12), heardMs: length }];
}

/** One occurrence a day that the plan itself gives up. */
function drop(log: WrittenLog, clock: { at: number }, { city, date }: { city: ReportMatter; date: LocalDate }) {
  const due = zone.toEpoch(date, 21 * 3600 + 600);
  clock.at = due;
  const occurrence = occurrenceId("toi-muon", due);
  const line = { kind: "occurrence.dropped", occurrence, class: "ordinary", why: "quiet-hours" } as const;
  const receivers = city.receivers.slice(5, 25).map(({ id }) => id);
  log.settle([{ ...line, state: "missed", receivers, detail: { title: "Tối muộn", planned: due } }]);
}

function events(log: WrittenLog, clock: { at: number }, { city, day }: { city: ReportMatter; day: number }) {
  clock.at += MINUTE;
  const { id: receiver, area } = city.receivers[5] ?? never();
  const by = "Chị Hoa";
  if (day === 3) log.event({ kind: "complaint.recorded", receiver, area, by, detail: { number: 1 } });
  if (day === 5) log.event({ kind: "complaint.closed", receiver, area, by, detail: { number: 1 } });
  if (day === 4) log.event({ kind: "repair.opened", receiver, area, by, detail: { number: 7, text: "Cháy amply" } });
  if (day === 6)
    log.event({
      kind: "repair.closed",
      receiver,
      area,
      by,
      detail: { number: 7, text: "Cháy amply", done: "Đã thay" },
    });
  if (day === 8) log.event({ kind: "announcement.recalled", by: "Ông Bình", detail: { id: "thi-truong" } });
  if (day === 9) {
    log.event({ kind: "announcement.created", by, detail: { id: "dinh-chinh", corrects: "thi-truong" } });
    log.event({ kind: "announcement.approved", by: "Ông Bình", detail: { id: "dinh-chinh" } });
  }
}

const never = (): never => {
  throw new RangeError("the city is smaller than that");
};
