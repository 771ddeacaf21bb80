import { epoch } from "../../src/base/units.js";
import { addDays } from "../../src/domain/calendar.js";
import { zoneOf } from "../../src/domain/zone.js";
import { aSchedule } from "../server/api/fake-control.js";
import { eventually, LEADER, type WholeHouse } from "../support/whole-house.js";

/** One request that changes something. */
export interface Step {
  readonly door: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Waits for what the step needs, and may say the body. */
  readonly first?: (house: WholeHouse) => Promise<unknown>;
  /** Of which kind the body is, when it is no JSON. */
  readonly media?: string;
}

export const TOMORROW = addDays(zoneOf("Asia/Ho_Chi_Minh").toLocal(epoch(Date.now())).date, 1);
export const ANY = { "if-match": "*" };
const schedule = { ...aSchedule(), id: "sang", playlist: "ds", targets: { areas: ["phuong"] }, enabled: false };
const ready = (house: WholeHouse) =>
  eventually("the sound", 20_000, async () => {
    const it = await house.call<{ state: string; version?: string }>("GET", "/announcements/tin");
    return it.state === "ready" && it.version !== undefined && { version: it.version };
  });
const withReason = async (house: WholeHouse) => ({ ...(await ready(house)), reason: "thiếu giờ họp" });
export const keys = (house: WholeHouse) => house.call<{ keyId: string; signs: boolean }[]>("GET", "/keys");

/** Somebody has heard it. The body of the step stays as it is. */
const heard = async (house: WholeHouse) => {
  await eventually("somebody to hear it", 15_000, async () => {
    const told = await house.call<{ heard: readonly object[] }>("GET", "/announcements/tin/hearings");
    return told.heard.length > 0;
  });
};

/** In an order in which each finds what it needs. */
export const FIRST_STEPS: readonly Step[] = [
  {
    door: "addPlace",
    method: "POST",
    path: "/receivers",
    body: { id: "loa-2", name: "Loa 2", area: "phuong", kind: "fixed" },
  },
  { door: "updateReceiver", method: "PATCH", path: "/receivers/loa-2", body: { name: "Loa hai" } },
  { door: "createPairing", method: "POST", path: "/receivers/loa-2/pairing" },
  { door: "setVolume", method: "PUT", path: "/receivers/loa-1/volume", body: { percent: 31 } },
  { door: "setMuted", method: "PUT", path: "/receivers/loa-1/mute", body: { muted: true } },
  { door: "setMuted", method: "PUT", path: "/receivers/loa-1/mute", body: { muted: false } },
  {
    door: "openRepair",
    method: "POST",
    path: "/repairs",
    body: { receiver: "loa-2", text: "loa rú", excludes: false },
  },
  { door: "closeRepair", method: "POST", path: "/repairs/1/closing", body: { done: "đã thay" } },
  {
    ...{ door: "recordComplaint", method: "POST", path: "/complaints" },
    body: {
      place: "Ngõ 3",
      at: "2026-01-22T17:00:00+07:00",
      what: "quá ồn",
      contact: "0900 000 000",
      receiver: "loa-2",
    },
  },
  { door: "updateComplaint", method: "PATCH", path: "/complaints/1", body: { answer: "đã vặn nhỏ" } },
  { door: "closeComplaint", method: "POST", path: "/complaints/1/closing" },
  { door: "eraseContact", method: "DELETE", path: "/complaints/1/contact" },
  { door: "removeReceiver", method: "DELETE", path: "/receivers/loa-2" },
  { door: "rotateOrderKey", method: "POST", path: "/keys/rotate" },
  { door: "retireOrderKey", method: "POST", path: "/keys/KEY/retire" },
  { door: "teachReading", method: "POST", path: "/lexicon", body: { written: "VCNET", spoken: "vê xê nét" } },
  {
    door: "updateReading",
    method: "PUT",
    path: "/lexicon/READING",
    body: { written: "VCNET", spoken: "vê xê" },
    headers: ANY,
  },
  { door: "forgetReading", method: "DELETE", path: "/lexicon/READING" },
  {
    ...{ door: "createAnnouncement", method: "POST", path: "/announcements" },
    body: {
      id: "tin",
      title: "Tin",
      class: "ordinary",
      topic: "thu",
      text: "Xin mời bà con đi họp lúc năm giờ chiều.",
    },
  },
  {
    door: "updateAnnouncement",
    method: "PATCH",
    path: "/announcements/tin",
    body: { title: "Tin mới" },
    headers: ANY,
    first: ready,
  },
  { door: "readAgain", method: "POST", path: "/announcements/tin/reading", first: ready },
  { door: "submitAnnouncement", method: "POST", path: "/announcements/tin/submission", first: ready },
  { door: "returnAnnouncement", method: "POST", path: "/announcements/tin/return", headers: LEADER, first: withReason },
  { door: "submitAnnouncement", method: "POST", path: "/announcements/tin/submission", first: ready },
  { door: "approveAnnouncement", method: "POST", path: "/announcements/tin/approval", headers: LEADER, first: ready },
  {
    door: "withdrawAnnouncement",
    method: "POST",
    path: "/announcements/tin/withdrawal",
    body: { reason: "ngày họp đã đổi" },
  },
  { door: "approveAnnouncement", method: "POST", path: "/announcements/tin/approval", headers: LEADER, first: ready },
  {
    door: "requireAnnouncement",
    method: "PUT",
    path: "/announcements/tin/mandate",
    body: { areas: ["phuong"], from: "2026-01-01", until: "2099-01-01", times: ["17:00"] },
  },
  { door: "endMandate", method: "DELETE", path: "/announcements/tin/mandate" },
  { door: "blockAnnouncement", method: "PUT", path: "/announcements/tin/block", body: { reason: "chờ kiểm lại" } },
  { door: "unblockAnnouncement", method: "DELETE", path: "/announcements/tin/block" },
  {
    ...{ door: "putPlaylist", method: "PUT", path: "/playlists/ds" },
    body: { id: "ds", title: "Danh sách", items: [{ kind: "announcement", announcement: "tin" }] },
  },
  { door: "putSchedule", method: "PUT", path: "/schedules/sang", body: schedule },
  { door: "enableSchedule", method: "PUT", path: "/schedules/sang/enabled", body: { enabled: false } },
  { door: "removeSchedule", method: "DELETE", path: "/schedules/sang", headers: ANY },
  { door: "removePlaylist", method: "DELETE", path: "/playlists/ds", headers: ANY },
  {
    ...{ door: "playNow", method: "POST", path: "/play" },
    body: { content: { kind: "announcement", announcement: "tin" }, targets: { areas: ["phuong"] } },
  },
  { door: "stop", method: "POST", path: "/stop", body: { scope: { kind: "all" } }, first: heard },
  { door: "recallAnnouncement", method: "POST", path: "/announcements/tin/recall" },
  {
    ...{ door: "correctAnnouncement", method: "POST", path: "/announcements/tin/corrections" },
    body: { text: "Giờ họp đúng là sáu giờ chiều." },
  },
  {
    ...{ door: "raiseAirtime", method: "POST", path: "/airtime-raises" },
    body: {
      area: "phuong",
      from: TOMORROW,
      until: TOMORROW,
      reason: "đợt dịch mới",
      document: "12/MAU-KH",
      factor: 1.5,
    },
  },
  { door: "endRaise", method: "POST", path: "/airtime-raises/RAISE/ending", body: { reason: "dịch đã hết" } },
  {
    door: "eraseLogWords",
    method: "POST",
    path: "/log/erasures",
    body: { of: { announcement: "tin" }, reason: "theo đề nghị" },
  },
  { door: "removeAnnouncement", method: "DELETE", path: "/announcements/tin" },
];
