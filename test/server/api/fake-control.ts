import { Fault } from "../../../src/base/errors.js";
import { epoch } from "../../../src/base/units.js";
import type { Finding } from "../../../src/domain/finding.js";
import {
  announcementId,
  areaId,
  type PlaylistId,
  type ReceiverId,
  receiverId,
  sha256,
} from "../../../src/domain/ids.js";
import { type Playlist, playlistSchema } from "../../../src/domain/playlist.js";
import { policySchema } from "../../../src/domain/policy.js";
import { type Schedule, scheduleSchema } from "../../../src/domain/schedule.js";
import { type Template, templateSchema } from "../../../src/domain/template.js";
import type { AccountVerbs } from "../../../src/server/api/account-verbs.js";
import type { Change } from "../../../src/server/api/changes.js";
import type { ControlVerbs, Expected, Kept } from "../../../src/server/api/control-verbs.js";
import type { AnnouncementView, OrderedView, ReceiverView } from "../../../src/server/api/views.js";
import { FakeClock } from "../../support/fake-clock.js";
import { someAccounts } from "../../support/some-accounts.js";
import { aLine } from "./a-line.js";
import { fakeAlerts } from "./fake-alerts.js";
import { fakeCare } from "./fake-care.js";
import { fakeApprovals } from "./fake-editorial.js";
import { fakeLive } from "./fake-live.js";
import { fakeRaises } from "./fake-raises.js";
import { createFakeReports } from "./fake-reports.js";
import { fakeSettings } from "./fake-settings.js";
import { fakeUpdates } from "./fake-updates.js";

const ORDER_KEYS = [
  {
    keyId: "21fe31dfa154a261",
    publicKey: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    signs: true,
    madeAt: "2026-11-23T00:00:00.000Z",
  },
];

export const CLIP = sha256("ab".repeat(32));
export const DEVICE_TOKEN = "device-token-of-loa-1";
const NOW = "2026-11-23T00:00:00.000Z";
const receiver = receiverId("loa-1");

export const aReceiver = (change: Partial<ReceiverView> = {}): ReceiverView => ({
  id: receiver,
  name: "Loa hồ Xuân Hương",
  area: areaId("xuan-huong"),
  kind: "fixed",
  outputDelayMs: 0,
  pathBiasUs: 0,
  volume: 80,
  disabled: false,
  paired: true,
  connected: true,
  lastSeen: NOW,
  software: "loa-phuong/0.1.0",
  programme: { offered: 3, held: 3 },
  missingClips: 0,
  revision: "r1",
  condition: { state: "ok", troubles: [] },
  ...change,
});

export const anAnnouncement = (change: Partial<AnnouncementView> = {}): AnnouncementView => ({
  id: announcementId("tiem-chung"),
  title: "Lịch tiêm chủng",
  class: "ordinary",
  topic: "y-te",
  state: "ready",
  version: "v1",
  stage: "checked",
  approved: false,
  clip: { sha256: CLIP, durationMs: 1000, bytes: 10, loudnessLufs: -16, truePeakDb: -2 },
  ...change,
});

export const TEMPLATE: Template = templateSchema.parse({
  ...{ id: "mau", title: "Mẫu", class: "ordinary", topic: "khac", version: 3 },
  fields: [{ name: "name", type: "text", label: { vi: "tên", en: "name" } }],
  body: "Lời của {{name}}.",
});

const FINDING: Finding = {
  ...{ id: "privacy.phone-0123456789ab", check: "privacy.phone", severity: "gate", start: 0, end: 3, found: "lời" },
  ...{ words: { vi: "số điện thoại", en: "a telephone number" }, suggestion: { vi: "bỏ", en: "leave it out" } },
  decision: true,
};

const A_READING = { written: "VCNET", spoken: "vê xê nét" };
const A_TAUGHT_READING = {
  ...{ id: "0123456789abcdef", from: "taught" as const, entry: A_READING },
  ...{ by: "chị Hoa", at: NOW, revision: "1" },
};
const ordered: OrderedView = { order: "abcdefgh", receivers: [receiver], away: [] };

/** A control that remembers what it was asked (`calls`) and keeps playlists and schedules in memory. */
export function createFakeControl(clipPath?: string, people: AccountVerbs = someAccounts(new FakeClock()).verbs) {
  const calls: unknown[][] = [];
  const playlists = new Map<PlaylistId, Kept<Playlist>>();
  const schedules = new Map<string, Kept<Schedule>>();
  const listeners = new Set<(change: Change) => void>();
  let revision = 0;
  let n = 0;
  let announcement: Kept<AnnouncementView> = { value: anAnnouncement(), revision: "a1" };

  const called = <T>(verb: string, args: readonly unknown[], result: T): T => {
    calls.push([verb, ...args]);
    return result;
  };
  const must = <T>(found: T | undefined): T => {
    if (found === undefined) throw new Fault("not-found", { vi: "không có", en: "there is none" });
    return found;
  };
  const keep = <K, T>(map: Map<K, Kept<T>>, id: K, { value, expected }: { value: T; expected: Expected }) => {
    const there = map.get(id);
    if (expected !== "*" && there?.revision !== expected)
      throw new Fault("conflict", { vi: "đã đổi", en: "it has changed" });
    const fresh = { value, revision: `r${++revision}` };
    map.set(id, fresh);
    return fresh;
  };

  const control: ControlVerbs = {
    ...people,
    ...createFakeReports(called),
    station: () => ({
      name: "Đài phường <Xuân Hương>",
      zone: "Asia/Ho_Chi_Minh",
      now: NOW,
      version: "0.1.0",
      startedAt: NOW,
      singleOfficer: false,
      receivers: { total: 1, connected: 1, sounding: 0 },
    }),
    areas: () => [{ id: areaId("xuan-huong"), name: "Phường Xuân Hương", kind: "ward", sensitive: false }],
    policies: () => [policySchema.parse({ area: "xuan-huong" })],
    levels: () => [],
    holidays: () => [],
    receivers: () => [aReceiver()],
    authorsOf: () => [],
    standing: (id) => (id === receiver ? { area: areaId("xuan-huong"), kind: "fixed" } : undefined),
    addPlace: async (...args) => called("addPlace", args, aReceiver({ paired: false, connected: false })),
    receiver: (id) => must(id === receiver ? aReceiver() : undefined),
    updateReceiver: async (...args) => called("updateReceiver", args, aReceiver()),
    orderKeys: () => ORDER_KEYS,
    rotateOrderKey: async (...args) => called("rotateOrderKey", args, ORDER_KEYS),
    retireOrderKey: async (...args) => called("retireOrderKey", args, ORDER_KEYS),
    removeReceiver: async (...args) => called("removeReceiver", args, undefined),
    createPairing: async (place) => ({ receiver: place, code: "ABCD2345", expiresAt: "2026-11-23T00:10:00.000Z" }),
    replaceDevice: async (place) => ({ receiver: place, code: "ABCD2345", expiresAt: "2026-11-23T00:10:00.000Z" }),
    confirmDevice: async (...args) => called("confirmDevice", args, aReceiver()),
    revokeDevice: async (...args) => called("revokeDevice", args, aReceiver({ paired: false })),
    clearQuarantine: async (...args) => called("clearQuarantine", args, aReceiver()),
    async pair(request) {
      if (request.code !== "ABCD2345") throw new Fault("forbidden", { vi: "mã sai", en: "wrong code" });
      return called("pair", [request], { receiver, orderKeys: [] });
    },
    setVolume: async (...args) => called("setVolume", args, aReceiver()),
    setMuted: async (...args) => called("setMuted", args, aReceiver()),

    announcements: () => [announcement.value],
    announcement: (id) => must(id === announcement.value.id ? announcement : undefined),
    createFromText: async (...args) => called("createFromText", args, announcement),
    createFromRecording: async (...args) => called("createFromRecording", args, announcement),
    async updateAnnouncement(id, change, as) {
      if (as.expected !== announcement.revision && as.expected !== "*")
        throw new Fault("conflict", { vi: "đã đổi", en: "it has changed" });
      announcement = { value: anAnnouncement({ id, title: change.title ?? "" }), revision: "a2" };
      return called("updateAnnouncement", [id, change, as], announcement);
    },
    removeAnnouncement: async (...args) => called("removeAnnouncement", args, undefined),
    clip: async (hash) => (hash === CLIP ? announcement.value.clip : undefined),
    peaks: async (hash) => (hash === CLIP ? [0, 128, 255] : undefined),
    normalize: (text) => ({ spoken: text, tokens: [], unknown: [], seconds: 1, measured: true, warnings: [] }),
    templates: () => [TEMPLATE],
    template: (id) => must(id === TEMPLATE.id ? TEMPLATE : undefined),
    previewTemplate: (...args) =>
      called("previewTemplate", args, {
        ...{ title: "Mẫu", class: "ordinary", text: "Lời «tên».", spoken: "Lời tên.", seconds: 1, unknown: [] },
        ...{ missing: [{ name: "name", label: { vi: "tên", en: "name" } }], problems: [], measured: true },
      }),
    createFromTemplate: async (...args) => called("createFromTemplate", args, announcement),
    updateFromTemplate: async (...args) => called("updateFromTemplate", args, announcement),
    check: (...args) => called("check", args, { findings: [FINDING], unknown: [], seconds: 1 }),
    reading: (id) => ({
      ...control.normalize(must(id === announcement.value.id ? "lời" : undefined)),
      ...{ isCurrent: true, findings: [FINDING], decisions: [] },
    }),
    readAgain: async (...args) => called("readAgain", args, announcement),
    decide: async (...args) => called("decide", args, announcement),
    voices: () => [
      {
        choice: { provider: "espeak", voice: "vi", speed: 1 },
        title: { vi: "eSpeak NG", en: "eSpeak NG" },
        ...{ works: true, pace: { measured: true } },
      },
    ],

    readings: () => [{ from: "shipped", entry: A_READING }, A_TAUGHT_READING],
    taughtReading: () => ({ value: A_TAUGHT_READING, revision: "1" }),
    teach: async (...args) => called("teach", args, { reading: A_TAUGHT_READING, impact: { announcements: [] } }),
    updateReading: async (...args) =>
      called("updateReading", args, { reading: A_TAUGHT_READING, impact: { announcements: [] } }),
    forget: async (...args) => called("forget", args, { impact: { announcements: [] } }),
    exportReadings: () => "written,spoken\r\n",
    importReadings: async (...args) =>
      called("importReadings", args, { taught: 1, unchanged: 0, dry: false, impact: { announcements: [] } }),
    previewReadings: async (...args) => called("previewReadings", args, { announcements: [] }),
    outdated: async () => ({ announcements: [] }),

    playlists: () => [...playlists.values()],
    playlist: (id) => must(playlists.get(id)),
    reviewPlaylist: (playlist) => called("reviewPlaylist", [playlist], { findings: [FINDING] }),
    putPlaylist: async (playlist, as) =>
      called("putPlaylist", [playlist, as], keep(playlists, playlist.id, { value: playlist, ...as })),
    removePlaylist: async (...args) => called("removePlaylist", args, undefined),
    exportPlaylist: (id) => `#EXTM3U\n#PLAYLIST:${must(playlists.get(id)).value.title}\n`,
    importPlaylist: async (id, m3u8, by) =>
      called("importPlaylist", [id, m3u8, by], {
        value: playlistSchema.parse({ id, title: "Nhập", items: [{ kind: "pause", ms: 1 }] }),
        revision: "i1",
      }),
    schedules: () => [...schedules.values()],
    schedule: (id) => must(schedules.get(id)),
    reviewSchedule: async () => ({ rundown: await control.rundown({ days: 1 }), remarks: [], refusals: [] }),
    putSchedule: async (schedule, as) => keep(schedules, schedule.id, { value: schedule, ...as }),
    removeSchedule: async (...args) => called("removeSchedule", args, undefined),
    enableSchedule: async (id, enabled) => {
      const { value } = must(schedules.get(id));
      return keep(schedules, id, { value: { ...value, enabled }, expected: "*" });
    },
    declarations: () => [],
    declare: async (draft, by) => called("declare", [draft, by], { ...draft, by: by.name }),
    endDeclaration: async (...args) => called("endDeclaration", args, undefined),
    rundown: async (query) =>
      called("rundown", [query], {
        from: epoch(Date.parse(NOW)),
        until: epoch(Date.parse(NOW) + 86_400_000),
        lines: [aLine()],
      }),

    ...fakeSettings(called),
    ...fakeApprovals(called, () => announcement),
    ...fakeCare(called),
    ...fakeAlerts(called),
    ...fakeRaises(called),
    ...fakeUpdates(called),
    playNow: async (...args) => called("playNow", args, ordered),
    stop: async (...args) => called("stop", args, ordered),
    ...fakeLive(called, { ordered, clipPath, recorded: CLIP }),
    onAir: () => [],
    tickets: () => [],
    logPage: async (...args) => called("logPage", args, { lines: [] }),
    results: (...args) => called("results", args, { results: [] }),
    async *exportLog(query) {
      yield "n,at\n";
      yield `1,${query.format}\n`;
    },
    verifyLog: async () => ({ ok: true, lines: 0, days: 0, head: "" }),
    heldDays: async (...args) => called("heldDays", args, []),
    eraseWords: (...args) => called("eraseWords", args, { lines: [4] }),
    readiness: async () => ({ ready: true, reasons: [] }),
    metrics: () => [
      {
        name: "loa_receivers_connected",
        help: "Receivers.",
        type: "gauge",
        samples: [{ labels: { area: 'a"b' }, value: 1 }],
      },
    ],
    snapshot: () => ({ n, station: control.station(), receivers: control.receivers(), onAir: [], alarms: [] }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receiverOf: (token): ReceiverId | undefined => (token === DEVICE_TOKEN ? receiver : undefined),
    programmeOf: () => ({ revision: 3, sha256: CLIP, body: '{"text":"{}","keyId":"","signature":""}' }),
    clipFile: (hash) => (hash === CLIP ? clipPath : undefined),
  };

  const change = () => {
    n += 1;
    for (const listener of listeners) listener({ n, kind: "receiver", receiver: aReceiver() });
  };
  return { control, calls, change, listeners };
}

export const aSchedule = (change: object = {}): Schedule =>
  scheduleSchema.parse({
    id: "sang",
    title: "Bản tin sáng",
    class: "ordinary",
    playlist: "buoi-sang",
    targets: { areas: ["xuan-huong"] },
    start: "2026-11-23",
    at: ["06:00"],
    ...change,
  });
