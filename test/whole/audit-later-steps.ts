import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mapFile } from "../support/map-file.js";
import { tone } from "../support/tones.js";
import { LEADER, type WholeHouse } from "../support/whole-house.js";
import { type Step, TOMORROW } from "./audit-first-steps.js";

const WAV = tone(1, 600);
const text = async (house: WholeHouse, path: string) => {
  const headers = { authorization: `Bearer ${house.server.token}` };
  return (await fetch(`${house.server.url}/api/v1${path}`, { headers })).text();
};
/** Three parts of a pack, each approved. */
const prepare = async (house: WholeHouse) => {
  for (const id of ["lu", "lu-sua", "lu-yen"]) await house.record(id, WAV, "emergency");
};
const finding = async (house: WholeHouse) => {
  const body = { id: "co-so", title: "Có số", text: "Bà con gọi số 0900 000 111 để biết thêm." };
  await house.call("POST", "/announcements", body);
  const { findings } = await house.call<{ findings: { id: string }[] }>("GET", "/announcements/co-so/reading");
  return { finding: findings[0]?.id, reason: "số của trạm y tế" };
};
const inPlaylist = async (house: WholeHouse) => {
  const items = [{ kind: "announcement", announcement: "bao" }];
  await house.call("PUT", "/playlists/goc", { id: "goc", title: "Gốc", items });
  return text(house, "/playlists/goc/m3u8");
};
const oneReadingMore = async (house: WholeHouse) => {
  await house.call("POST", "/lexicon", { written: "VCMAU", spoken: "vê xê mẫu" });
  return (await text(house, "/lexicon/table?from=taught")).replaceAll("VCMAU", "VCKHAC");
};
const copyIn = async (house: WholeHouse) => {
  await house.restartServer(() => writeFile(join(house.folder, "audio/library/chuong.wav"), WAV));
  const [chime] = await house.call<{ version: string }[]>("GET", "/chimes");
  return { version: chime?.version };
};
const layOutSlot = async (house: WholeHouse) => {
  const items = [{ kind: "announcement", announcement: "bao" }];
  await house.call("PUT", "/playlists/du-phong", { id: "du-phong", title: "Dự phòng", items });
  await house.call("PUT", "/schedules/tiep-am", {
    ...{ id: "tiep-am", title: "Tiếp âm", class: "ordinary", playlist: "du-phong", targets: { areas: ["phuong"] } },
    ...{ start: TOMORROW, at: ["09:00"], radio: { source: "dai-tinh", lengthMs: 60_000 } },
  });
  const { slots } = await house.call<{ slots: { version: string }[] }>("GET", "/radio");
  return { version: slots[0]?.version };
};
const both = { areas: ["phuong", "phuong-2"] };
const pack = { id: "lu-quet", title: "Lũ quét", alert: "lu", correction: "lu-sua", allClear: "lu-yen", targets: both };
const figures = { area: "phường mẫu", asOfDate: "2026-01-22", asOfTime: "18:00", newCases: 0, recovered: 2 };
const official = { class: "ordinary", topic: "dich-benh", text: "Rửa tay bằng xà phòng.", issuer: "Cơ quan mẫu" };
const campaign = { from: TOMORROW, until: TOMORROW, window: { from: "07:00", to: "20:00" }, everyMinutes: 60 };

/** They need more than those that come first: levels, packs, files, other formats. */
export const LATER_STEPS: readonly Step[] = [
  {
    ...{ door: "declareLevel", method: "POST", path: "/declarations" },
    body: { level: "cap-1", area: "phuong", from: TOMORROW, until: TOMORROW, reason: "ca mới" },
  },
  { door: "endLevel", method: "DELETE", path: "/declarations/phuong/cap-1" },
  {
    ...{ door: "putOfficialText", method: "PUT", path: "/official-texts/rua-tay" },
    body: { title: "Rửa tay", number: "12/MAU", date: "2026-01-20", ...official },
  },
  { door: "takeOfficialText", method: "POST", path: "/official-texts/rua-tay/announcements", body: {} },
  { door: "removeOfficialText", method: "DELETE", path: "/official-texts/rua-tay" },
  {
    ...{ door: "confirmFigures", method: "POST", path: "/case-figures" },
    body: { ...figures, source: "Cơ quan mẫu, văn bản số 13/MAU ngày 22/01/2026" },
  },
  {
    door: "withdrawFigures",
    method: "POST",
    path: "/case-figures/FIGURES/withdrawal",
    body: { reason: "nhầm địa bàn" },
  },
  { door: "decide", method: "POST", path: "/announcements/co-so/decisions", first: finding },
  {
    ...{ door: "uploadRecording", method: "POST", media: "audio/wav" },
    path: "/recordings?id=ghi-am&title=Ghi+âm&class=ordinary&topic=thu&name=a.wav",
    first: async () => WAV,
  },
  {
    ...{ door: "startCampaign", method: "POST", path: "/campaigns" },
    body: { id: "dot", title: "Bão", targets: { areas: ["phuong"] }, bulletin: "bao", ...campaign },
    first: async (house) => {
      await house.record("bao", WAV);
      await house.record("bao-2", WAV);
    },
  },
  { door: "setBulletin", method: "PUT", path: "/campaigns/dot/bulletin", body: { bulletin: "bao-2" } },
  { door: "endCampaign", method: "DELETE", path: "/campaigns/dot" },
  { door: "importPlaylist", method: "POST", path: "/playlists/nhap/m3u8", media: "text/plain", first: inPlaylist },
  { door: "importReadings", method: "POST", path: "/lexicon/table", media: "text/csv", first: oneReadingMore },
  { door: "putEmergencyPack", method: "PUT", path: "/emergency-packs/lu-quet", body: pack, first: prepare },
  { door: "giveAlert", method: "POST", path: "/alerts", body: { pack: "lu-quet" } },
  { door: "breakGlass", method: "POST", path: "/alerts/ALERT/broken-glass", body: { reason: "nước lên nhanh" } },
  { door: "endAlert", method: "POST", path: "/alerts/ALERT/end", body: { how: "all-clear" } },
  { door: "giveAlert", method: "POST", path: "/alerts", body: { pack: "lu-quet" } },
  { door: "confirmAlert", method: "POST", path: "/alerts/ALERT/confirmation", headers: LEADER },
  { door: "endAlert", method: "POST", path: "/alerts/ALERT/end", body: { how: "correction" } },
  { door: "removeEmergencyPack", method: "DELETE", path: "/emergency-packs/lu-quet" },
  { door: "submitReport", method: "POST", path: "/reports/MONTH/submissions", body: {} },
  {
    door: "keepPackage",
    method: "PUT",
    path: "/packages/PACKAGE",
    media: "application/octet-stream",
    first: async () => WAV,
  },
  { door: "testReceiver", method: "POST", path: "/receivers/loa-1/test" },
  { door: "replaceDevice", method: "POST", path: "/receivers/loa-1/replacement" },
  { door: "restartReceiver", method: "POST", path: "/receivers/loa-1/restart" },
  { door: "revokeDevice", method: "POST", path: "/receivers/loa-1/revocation" },
  {
    ...{
      door: "createChime",
      method: "POST",
      path: "/chimes/moi.wav",
      media: "audio/wav",
      first: async () => tone(1, 700),
    },
  },
  {
    ...{ door: "putBaseMap", method: "POST", path: "/base-map", media: "application/octet-stream" },
    first: async () => mapFile({ tiles: [{ id: 0, bytes: Uint8Array.of(1) }] }),
  },
  { door: "startBackup", method: "POST", path: "/backups" },
  { door: "removeBaseMap", method: "DELETE", path: "/base-map" },
  { door: "approveChime", method: "POST", path: "/chimes/chuong.wav/approval", headers: LEADER, first: copyIn },
  {
    ...{ door: "approveSlot", method: "POST", path: "/schedules/tiep-am/radio/approval", headers: LEADER },
    first: layOutSlot,
  },
  {
    ...{ door: "withdrawSlot", method: "POST", path: "/schedules/tiep-am/radio/withdrawal" },
    body: { reason: "đổi giờ" },
  },
  { door: "withdrawChime", method: "POST", path: "/chimes/chuong.wav/withdrawal", body: { reason: "tiếng rè" } },
];

/** The hash of the package that is handed in. */
export const PACKAGE = WAV;
