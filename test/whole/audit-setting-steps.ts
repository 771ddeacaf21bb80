import type { Step } from "./audit-first-steps.js";

const corner = (east: number, north: number) => [108.4 + east / 100, 11.9 + north / 100];

/** What the station itself is, and who speaks in its name. */
export const SETTING_STEPS: readonly Step[] = [
  { door: "changeSettings", method: "PATCH", path: "/settings", body: { "backup.keep": 7 } },
  {
    ...{ door: "putRecipients", method: "PUT", path: "/settings/recipients" },
    body: { recipients: [] },
  },
  { door: "putPolicy", method: "PUT", path: "/settings/policies/phuong", body: { sessionsPerDay: 9 } },
  {
    ...{ door: "putArea", method: "PUT", path: "/settings/areas/phuong-3" },
    body: { name: "Phường thử 3", kind: "ward", parent: "da-lat" },
  },
  {
    ...{ door: "putOutline", method: "PUT", path: "/areas/phuong/outline" },
    body: { rings: [[corner(0, 0), corner(1, 0), corner(1, 1)]] },
  },
  { door: "removeOutline", method: "DELETE", path: "/areas/phuong/outline" },
  // Nobody says anything, and no loudspeaker is there that could hear it: it ends by itself.
  {
    ...{ door: "openLive", method: "POST", path: "/live" },
    body: { targets: { areas: ["phuong-2"] }, reason: "tìm trẻ lạc" },
  },
];
