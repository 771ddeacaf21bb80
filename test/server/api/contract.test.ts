import { expect } from "chai";
import * as z from "zod";
import { ROUTES } from "../../../src/server/api/create-api.js";
import { problemView } from "../../../src/server/api/problems.js";
import type { Route } from "../../../src/server/api/route.js";
import { aSchedule, CLIP, DEVICE_TOKEN } from "./fake-control.js";
import { startApi, TOKEN } from "./start-api.js";

const PLAYLIST = { id: "buoi-sang", title: "Buổi sáng", items: [{ kind: "pause", ms: 10 }] };
const PATH_VALUES: Record<string, string> = {
  ...{ sha256: CLIP, area: "xuan-huong", level: "cap-2", number: "1" },
  key: "21fe31dfa154a261",
};
const IDS: Record<string, string> = {
  announcements: "tiem-chung",
  receivers: "loa-1",
  playlists: "buoi-sang",
  schedules: "sang",
  lexicon: "0123456789abcdef",
  templates: "mau",
  alarms: "loa-1.link-lost",
};

/** A right request for every door, by its id; doors that are left out need nothing. */
const BODIES: Record<string, unknown> = {
  addPlace: { name: "Loa chợ", area: "xuan-huong", kind: "fixed" },
  updateReceiver: { name: "Loa chợ" },
  setVolume: { percent: 50 },
  setMuted: { muted: true },
  createAnnouncement: { title: "Tin", text: "Xin chào" },
  updateAnnouncement: { title: "Tin mới" },
  approveAnnouncement: { version: "v1" },
  normalize: { text: "Xin chào" },
  previewTemplate: { values: {} },
  checkWording: { text: "Xin chào" },
  decide: { finding: "privacy.phone-0123456789ab", reason: "số của trạm y tế" },
  reviewPlaylist: PLAYLIST,
  putPlaylist: PLAYLIST,
  importPlaylist: "#EXTM3U\n",
  reviewSchedule: aSchedule(),
  putSchedule: aSchedule(),
  enableSchedule: { enabled: false },
  declareLevel: { level: "cap-2", area: "xuan-huong", from: "2026-11-23", until: "2026-11-30", reason: "Dịch" },
  playNow: { content: { kind: "announcement", announcement: "tiem-chung" }, targets: { areas: ["xuan-huong"] } },
  stop: {},
  teachReading: { written: "VCNET", spoken: "vê xê nét" },
  updateReading: { written: "VCNET", spoken: "vê xê nét" },
  importReadings: "written,spoken\nVCNET,vê xê nét\n",
  previewReadings: { put: [{ written: "VCNET", spoken: "vê xê nét" }] },
  startAlignment: { reference: "loa-2" },
  judgeAlignment: "RIFF",
  testReceiver: { lengthMs: 500 },
  openRepair: { receiver: "loa-1", text: "loa rú", excludes: true },
  closeRepair: { done: "đã thay" },
  recordComplaint: { place: "Ngõ 3", at: "2026-11-22T17:00:00+07:00", what: "quá ồn" },
  updateComplaint: { answer: "đã vặn nhỏ" },
  pair: { code: "abcd2345", publicKey: "k".repeat(43), name: "pi" },
  confirmDevice: { words: ["con mèo", "con voi"] },
  uploadRecording: "RIFF",
  keepPackage: "a package",
  startRollout: { manifest: "{}", key: "k".repeat(43), signature: "s" },
};

const pathOf = ({ path }: Route) =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => PATH_VALUES[name] ?? IDS[path.split("/")[3] ?? ""] ?? "?");

describe("the table of doors", () => {
  it("answers every door as its schema says", async () => {
    const api = await startApi({ clipPath: import.meta.filename });
    await api.ask("PUT", "/api/v1/playlists/buoi-sang", { body: PLAYLIST });
    await api.ask("PUT", "/api/v1/schedules/sang", { body: aSchedule() });

    for (const route of ROUTES) {
      const query = route.id === "uploadRecording" ? "?title=Ghi%20%C3%A2m&name=a.mp3" : "";
      const answer = await api.ask(route.method.toUpperCase(), pathOf(route) + query, {
        body: BODIES[route.id],
        headers: { "if-match": "*" },
        token: route.access === "device" ? DEVICE_TOKEN : TOKEN,
      });

      expect(answer.status, `${route.id}: ${answer.text}`).to.equal(route.status);
      const media = answer.headers.get("content-type") ?? "";
      if (route.response) expect(z.safeParse(route.response, answer.json()).error, route.id).to.equal(undefined);
      else if (route.media) expect(media, route.id).to.contain(route.media);
      else expect(answer.text, route.id).to.equal("");
    }
    await api.close();
  });

  it("lets nobody through a station or device door without a token", async () => {
    const api = await startApi();

    for (const route of ROUTES.filter(({ access }) => access === "station" || access === "device")) {
      const answer = await api.ask(route.method.toUpperCase(), pathOf(route), { token: "" });
      expect(answer.status, route.id).to.equal(401);
      expect(problemView.safeParse(answer.json()).error, route.id).to.equal(undefined);
    }
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("refuses a field it does not know at every door that takes JSON, and calls nothing", async () => {
    const api = await startApi();

    for (const route of ROUTES.filter(({ body, takes }) => body && takes !== "text")) {
      const body = { ...(BODIES[route.id] as object), titel: 1 };
      const answer = await api.ask(route.method.toUpperCase(), pathOf(route), { body, headers: { "if-match": "*" } });
      expect(answer.status, route.id).to.equal(400);
      expect(answer.json(), route.id).to.include({ code: "invalid", path: "/titel", reason: "unknown-field" });
    }
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("answers 405 with the methods there are", async () => {
    const api = await startApi();

    const answer = await api.ask("DELETE", "/api/v1/areas");
    const options = await api.ask("OPTIONS", "/api/v1/playlists/x");

    expect(answer.status).to.equal(405);
    expect(answer.headers.get("allow")).to.equal("HEAD, GET, OPTIONS");
    expect(options.status).to.equal(204);
    expect(options.headers.get("allow")).to.equal("HEAD, GET, PUT, DELETE, OPTIONS");
    expect(options.headers.get("access-control-allow-origin")).to.equal(null);
    await api.close();
  });
});

describe("the OpenAPI document", () => {
  async function fetchDocument() {
    const api = await startApi();
    const answer = await api.ask("GET", "/api/v1/openapi.json", { token: "" });
    await api.close();
    return answer.json();
  }

  it("holds every mounted door with its parameters, and no other", async () => {
    const document = await fetchDocument();

    expect(document.openapi).to.match(/^3\.1\./);
    const described = Object.entries<Record<string, unknown>>(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(described.sort()).to.deep.equal(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    for (const { path, method, id } of ROUTES) {
      const { operationId, parameters, responses } = document.paths[path][method];
      expect(operationId).to.equal(id);
      const declared = parameters
        .filter((one: { in: string }) => one.in === "path")
        .map((one: { name: string }) => one.name);
      expect(declared, id).to.deep.equal([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      expect(Object.keys(responses), id).to.have.length(2);
    }
    expect(new Set(ROUTES.map(({ id }) => id)).size).to.equal(ROUTES.length);
  });

  it("refers only to schemas it holds, and names no other document", async () => {
    const document = await fetchDocument();
    const text = JSON.stringify(document);

    const refs = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? ""));
    expect(refs.size).to.be.greaterThan(20);
    for (const ref of refs) {
      expect(ref).to.match(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas, ref).to.have.property(ref.split("/").at(-1) ?? "");
    }
    expect(text).to.not.match(/"\$(?:id|schema)":"/);
    expect(document.components.schemas.PutPlaylistRequest.additionalProperties).to.equal(false);
  });
});
