/**
 * As much of a station as a panel needs to show its loudspeakers, with a feed of changes: what the benchmark of the panel watches.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import { type Cancel, every, systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { ms } from "../../src/base/units.js";
import type { Snapshot } from "../../src/server/api/changes.js";
import type { ReceiverView } from "../../src/server/api/views.js";
import { createNews } from "../../src/server/control/news.js";
import { aReceiver } from "../server/api/fake-control.js";

const BUILT = "dist/web/panel";
const MEDIA: Readonly<Record<string, string>> = {
  ...{ html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", woff2: "font/woff2" },
};
const WARDS = 5;

const areas = [
  { id: "da-lat", name: "Đà Lạt (thử)", kind: "test" },
  ...Array.from({ length: WARDS }, (_, ward) => ({
    ...{ id: `phuong-${ward}`, name: `Phường thử ${ward}`, kind: "ward", parent: "da-lat" },
  })),
];
const self = {
  ...{ kind: "account", name: "Người xem", isFresh: true, isLimited: false },
  grants: [{ permission: "inspect" }, { permission: "air" }],
};
const ANSWERS: Readonly<Record<string, unknown>> = {
  ...{ "/api/v1/session": self, "/api/v1/areas": areas, "/api/v1/announcements": [], "/api/v1/chimes": [] },
};

/** Its state `turn`: the volume and the condition are others each time, so that everything about it is drawn anew. */
function receiverAt(index: number, turn: number): ReceiverView {
  const base = aReceiver();
  const state = turn % 40 === index % 40 ? "fault" : "ok";
  return {
    ...base,
    ...{ id: `loa-${index}` as ReceiverView["id"], name: `Loa ${index}`, revision: String(turn), paired: true },
    ...{ area: `phuong-${index % WARDS}` as ReceiverView["area"], connected: true },
    condition: { ...base.condition, state },
    reported: { ...base.reported, muted: false, now: [], volume: turn % 101 } as ReceiverView["reported"],
  } as ReceiverView;
}

/** @param receivers how many there are */
export async function startPanelStation(receivers: number) {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const answer = ANSWERS[path];
    if (answer !== undefined) {
      response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
      return;
    }
    const file = path.startsWith("/assets/") ? path : "/index.html";
    void readFile(join(BUILT, file)).then(
      (bytes) => response.setHeader("Content-Type", MEDIA[file.split(".").at(-1) ?? ""] ?? "").end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  const sockets = new WebSocketServer({ server, path: "/ws/panel" });
  let turn = 0;
  let panel: WebSocket | undefined;
  /** When the state of a turn was told, civil ms. */
  const sentAt = new Map<number, number>();
  // The station gathers what has changed before it tells: this is that very part of it.
  const news = createNews<ReceiverView, never, never, [], never>({
    ...{ clock: systemClock, log: silentLog, onAir: () => [] },
    receiver: (id) => receiverAt(Number(id.slice("loa-".length)), turn),
  });
  news.subscribe((change) => {
    if (change.kind === "receiver" && change.receiver.id === "loa-0") sentAt.set(turn, Date.now());
    panel?.send(JSON.stringify(change));
  });
  sockets.on("connection", (socket) => {
    panel = socket;
    const now = new Date().toISOString();
    const snapshot = {
      ...{ n: news.number(), onAir: [], alarms: [] },
      station: {
        ...{ name: "Đài thử", zone: "Asia/Ho_Chi_Minh", now, version: "0", startedAt: now, singleOfficer: false },
        receivers: { total: receivers, connected: receivers, sounding: 0 },
      },
      receivers: Array.from({ length: receivers }, (_, index) => receiverAt(index, 0)),
    } satisfies Snapshot;
    socket.send(JSON.stringify({ kind: "snapshot", ...snapshot }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sentAt,
    /** Every receiver changes in each turn, `perSecond` times a second, until the returned function is called. */
    feed(perSecond: number): Cancel {
      return every(systemClock, ms(1000 / perSecond), () => {
        turn += 1;
        for (let index = 0; index < receivers; index += 1) news.receiverChanged(`loa-${index}` as ReceiverView["id"]);
      });
    },
    async close() {
      news.close();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
