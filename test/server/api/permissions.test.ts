import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import express from "express";
import type { Grant } from "../../../src/domain/permission.js";
import { playlistSchema } from "../../../src/domain/playlist.js";
import { grantsOf, type RoleId, roleIdSchema } from "../../../src/domain/role.js";
import { ROUTES } from "../../../src/server/api/create-api.js";
import { mountRoutes } from "../../../src/server/api/mount.js";
import { PANEL_NEEDS } from "../../../src/server/api/panel-view.js";
import { permit } from "../../../src/server/api/permit.js";
import { json, type Route, route } from "../../../src/server/api/route.js";
import { AREAS } from "../../support/some-accounts.js";
import { aSchedule } from "./fake-control.js";
import { BODIES, pathOf } from "./right-requests.js";
import { startApi } from "./start-api.js";

/**
 * Who may what, as people have read it over: roles that are let through in their own ward, and those of another ward; and, where
 * there are any, roles of another ward whose answer names something of this one.
 */
type Row = { readonly here: string; readonly elsewhere: string; readonly told?: string } | "anybody";
/** Ids of things of Xuân Hương alone, as the fake control and the test have them. */
const THINGS_THERE = /loa-1|tiem-chung|"sang"|buoi-sang/;
const GOLDEN = "test/golden/permissions.json";
const golden: Readonly<Record<string, Row>> = JSON.parse(readFileSync(GOLDEN, "utf8"));

const ROLES = roleIdSchema.options;
const REFUSALS = ["no-token", "not-permitted", "proof-needed", "second-factor-needed", "out-of-sight"];
const listed = (roles: readonly string[]) =>
  roles.length === ROLES.length ? "all" : roles.length === 0 ? "none" : roles.join(" ");

type Api = Awaited<ReturnType<typeof startApi>>;

/** A right request for that door, by a browser that is logged in with this secret. */
const knock = (api: Api, one: Route, secret: string) => {
  const query = one.id === "uploadRecording" ? "?title=a&name=a.mp3" : "";
  const headers = { "if-match": "*" };
  return api.askAs(secret, one.method.toUpperCase(), pathOf(one) + query, { body: BODIES[one.id], headers });
};

interface Found {
  readonly allowed: Record<string, RoleId[]>;
  /** Those whose answer names things of Xuân Hương. */
  readonly told: Record<string, RoleId[]>;
}

/** What roles at `area` are let through each door about things in Xuân Hương, and told there. */
async function lookAt(area: "xuan-huong" | "cam-ly"): Promise<Found> {
  const [allowed, told]: [Found["allowed"], Found["told"]] = [{}, {}];
  for (const role of ROLES) {
    const api = await startApi({ clipPath: resolve("LICENSE") });
    await api.people.first();
    await api.people.person("Văn An", [{ role: "auditor", area: "xuan-huong" as never }]);
    await aWardOfItsOwn(api);
    const { secret } = await api.people.person("Người thử", [{ role, area: area as never }]);
    // Whoever has left is nobody.
    const doors = ROUTES.filter(({ needs }) => needs !== "nothing");
    for (const one of doors.toSorted((a, b) => Number(a.id === "logOut") - Number(b.id === "logOut"))) {
      const answer = await knock(api, one, secret);
      const reason = answer.text.startsWith("{") ? answer.json().reason : undefined;
      // To have no session is what doors for people say to programs; a person has one.
      if (!REFUSALS.includes(reason)) allowed[one.id] = [...(allowed[one.id] ?? []), role];
      if (one.method === "get" && THINGS_THERE.test(answer.text)) told[one.id] = [...(told[one.id] ?? []), role];
    }
    await api.close();
  }
  return { allowed, told };
}

/** Its announcement sounds in its own schedule, and nowhere else. */
async function aWardOfItsOwn({ control }: Api) {
  const as = { expected: "*", by: { name: "thử" } };
  const items = [{ kind: "announcement", announcement: "tiem-chung" }];
  await control.putPlaylist(playlistSchema.parse({ id: "buoi-sang", title: "Buổi sáng", items }), as);
  await control.putSchedule(aSchedule(), as);
}

const panelAllows = (kind: keyof typeof PANEL_NEEDS): RoleId[] =>
  ROLES.filter((role) => {
    const grants: readonly Grant[] = grantsOf([{ role, area: "cam-ly" as never }]);
    const caller = {
      kind: "account",
      person: { name: role },
      grants: [grants],
      isFresh: false,
      isLimited: false,
    } as const;
    try {
      permit({ permission: PANEL_NEEDS[kind], touches: "anywhere" }, caller, undefined, {
        areas: AREAS,
        today: "2026-11-23" as never,
      });
      return true;
    } catch {
      return false;
    }
  });

describe("who may do what", () => {
  it("is, for every role at every door and every message of a panel, what people have read over", async function () {
    this.timeout(120_000);
    const [here, elsewhere] = [await lookAt("xuan-huong"), await lookAt("cam-ly")];

    const matrix: Record<string, Row> = {};
    for (const { id, needs } of ROUTES)
      matrix[id] =
        needs === "nothing"
          ? "anybody"
          : {
              ...{ here: listed(here.allowed[id] ?? []), elsewhere: listed(elsewhere.allowed[id] ?? []) },
              ...(elsewhere.told[id] ? { told: listed(elsewhere.told[id]) } : {}),
            };
    for (const kind of Object.keys(PANEL_NEEDS) as (keyof typeof PANEL_NEEDS)[]) {
      const roles = listed(panelAllows(kind));
      matrix[`panel ${kind}`] = { here: roles, elsewhere: roles };
    }

    // A door that is new is written here by `LOA_GOLDEN=write`, to be read over before it is kept.
    if (process.env.LOA_GOLDEN === "write") writeFileSync(GOLDEN, `${JSON.stringify(matrix, null, 2)}\n`);
    else expect(matrix).to.deep.equal(golden);
  });

  it("lets an auditor change nothing, and a contributor nothing but drafts", () => {
    const own = ROUTES.filter(({ needs }) => needs === "self" || needs === "proven").map(({ id }) => id);
    const doors = (role: RoleId) =>
      ROUTES.filter(({ id, method }) => {
        const row = golden[id];
        const roles = row === undefined || row === "anybody" ? [] : row.here.split(" ");
        return (
          method !== "get" &&
          !own.includes(id) &&
          (row === "anybody" ? false : row?.here === "all" || roles.includes(role))
        );
      }).map(({ id }) => id);
    const harmless = [
      "checkWording",
      "normalize",
      "previewReadings",
      "previewTemplate",
      "reviewLevel",
      "reviewPlaylist",
      "reviewRaise",
      "reviewSchedule",
    ];
    const refusedByItself = ["revokeToken"];
    const drafts = [
      ...[
        "correctAnnouncement",
        "createAnnouncement",
        "decide",
        "readAgain",
        "removeAnnouncement",
        "submitAnnouncement",
      ],
      ...["takeOfficialText", "updateAnnouncement", "uploadRecording", "withdrawAnnouncement"],
      ...["beginUpload", "addToUpload", "dropUpload"],
    ];

    expect(doors("auditor").sort()).to.deep.equal([...harmless, ...refusedByItself].sort());
    expect(doors("contributor").sort()).to.deep.equal([...drafts, ...harmless, ...refusedByItself].sort());
  });

  it("is nothing for a stranger, and next to nothing for an account without a role", async () => {
    const api = await startApi();
    await api.people.first();
    const { secret } = await api.people.person("Chưa có vai trò", []);

    for (const one of ROUTES.filter(({ needs, access }) => needs !== "nothing" && access === "station")) {
      expect((await knock(api, one, "")).status, one.id).to.equal(401);
      const isOwn = one.needs === "self" || one.needs === "proven";
      if (!isOwn) expect((await knock(api, one, secret)).status, one.id).to.equal(403);
    }
    expect(api.calls).to.deep.equal([]);
    await api.close();
  });

  it("is everything for the station's token until there are accounts, then neither to approve nor to play", async () => {
    const api = await startApi();
    const [approval, play] = ["approveAnnouncement", "playNow"].map((id) => ROUTES.find((one) => one.id === id));
    const knockBoth = async () =>
      Promise.all(
        [approval, play].map(async (one) => {
          if (!one) throw new Error("there is no such door");
          const headers = { "if-match": "*" };
          return (await api.ask(one.method.toUpperCase(), pathOf(one), { body: BODIES[one.id], headers })).status;
        }),
      );

    expect(await knockBoth()).to.deep.equal([200, 202]);
    await api.people.first();
    expect(await knockBoth()).to.deep.equal([403, 403]);
    expect((await api.ask("POST", "/api/v1/stop", { body: {} })).status).to.equal(202);
    expect((await api.ask("POST", "/api/v1/announcements", { body: { title: "Tin", text: "Chào" } })).status).to.equal(
      202,
    );
    await api.close();
  });

  it("is never left open: a door that does not say what it needs neither compiles nor is mounted", () => {
    const spec = { id: "x", method: "get", path: "/x", tag: "x", access: "station", status: 200 } as const;
    const summary = { vi: "x", en: "x" };

    // @ts-expect-error a door says what it needs
    const open = route({ ...spec, summary, run: () => json(1 as never) });

    expect(() => mountRoutes(express(), [open], { guards: {} } as never)).to.throw("does not say what it needs");
  });

  it("takes class and place from the thing, not from what is asked for", async () => {
    const api = await startApi();
    await api.people.first();
    const { secret } = await api.people.person("Cộng tác viên", [{ role: "contributor", area: "xuan-huong" as never }]);
    const { secret: there } = await api.people.person("Cam Ly", [{ role: "ward-operator", area: "cam-ly" as never }]);
    const emergency = { ...api.control.announcement("tiem-chung" as never).value, class: "emergency" as const };
    api.control.announcement = () => ({ value: emergency, revision: "a1" });

    const change = { body: { title: "Tin", class: "ordinary" }, headers: { "if-match": "*" } };
    expect((await api.askAs(secret, "PATCH", "/api/v1/announcements/tiem-chung", change)).status).to.equal(403);
    const named = { content: { kind: "announcement", announcement: "tiem-chung" }, targets: { receivers: ["loa-1"] } };
    expect((await api.askAs(there, "POST", "/api/v1/play", { body: named })).status).to.equal(403);
    const repair = { receiver: "loa-1", text: "loa rú" };
    expect((await api.askAs(there, "POST", "/api/v1/repairs", { body: repair })).status).to.equal(403);
    await api.close();
  });

  it("leaves a draft to those around its author until it is scheduled", async () => {
    const api = await startApi();
    await api.people.first();
    const person = (name: string, role: RoleId, area: string) =>
      api.people.person(name, [{ role, area: area as never }]);
    const { account } = await person("Hội Phụ nữ", "contributor", "to-1");
    api.control.authorsOf = () => [{ name: account.name, account: account.id }];
    const approve = async (secret: string) =>
      (await api.askAs(secret, "POST", "/api/v1/announcements/tiem-chung/approval", { body: { version: "v1" } }))
        .status;

    expect(await approve((await person("Lãnh đạo phường", "ward-leader", "xuan-huong")).secret)).to.equal(200);
    expect(await approve((await person("Lãnh đạo tỉnh", "propaganda-office", "tinh")).secret)).to.equal(200);
    expect(await approve((await person("Lãnh đạo Cam Ly", "ward-leader", "cam-ly")).secret)).to.equal(403);
    await api.close();
  });

  it("keeps a template for its office, whoever else may compose", async () => {
    const api = await startApi();
    await api.people.first();
    const [template] = api.control.templates();
    if (!template) throw new Error("the fake has a template");
    api.control.templates = () => [{ ...template, roles: ["health-office"] }];
    const fill = async (role: RoleId) => {
      const { secret } = await api.people.person(role, [{ role, area: "xuan-huong" as never }]);
      const body = { template: { id: template.id, version: template.version, values: {} } };
      return (await api.askAs(secret, "POST", "/api/v1/announcements", { body })).status;
    };

    expect(await fill("ward-operator")).to.equal(403);
    expect(await fill("health-office")).to.equal(202);
    await api.close();
  });
});
