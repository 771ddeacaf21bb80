import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as z from "zod";
import { Fault } from "../../../src/base/errors.js";
import { type Class, classSchema } from "../../../src/domain/class.js";
import { announcementId, areaId, receiverId } from "../../../src/domain/ids.js";
import { playlistSchema } from "../../../src/domain/playlist.js";
import { grantsOf, type RoleId, roleIdSchema } from "../../../src/domain/role.js";
import type { Caller } from "../../../src/server/api/access.js";
import type { Change, ChangeBody } from "../../../src/server/api/changes.js";
import type { ControlVerbs } from "../../../src/server/api/control-verbs.js";
import { ROUTES } from "../../../src/server/api/create-api.js";
import { MICROPHONE_PATH } from "../../../src/server/api/live-socket.js";
import { PANEL_PATH } from "../../../src/server/api/panel-socket.js";
import { createPanelView, PANEL_NEEDS } from "../../../src/server/api/panel-view.js";
import { permit } from "../../../src/server/api/permit.js";
import type { Route, Schema } from "../../../src/server/api/route.js";
import type { OnAirView } from "../../../src/server/api/views.js";
import { FakeClock } from "../../support/fake-clock.js";
import { someAccounts } from "../../support/some-accounts.js";
import { anAnnouncement, aReceiver, aSchedule, createFakeControl } from "./fake-control.js";
import { BODIES, pathOf } from "./right-requests.js";

/**
 * Who may what, by the class of the thing, the kind of its loudspeakers and the place of the role; as people have read it over. What
 * holds for ordinary things and fixed loudspeakers is told first, of the rest only what differs.
 */
type Row = Readonly<Record<string, string>>;
const GOLDEN = "test/golden/permissions-by-class.json";
/** The same by requests over HTTP, of ordinary things and fixed loudspeakers alone. */
const asked: Readonly<Record<string, { readonly here: string; readonly elsewhere: string } | "anybody">> = JSON.parse(
  readFileSync("test/golden/permissions.json", "utf8"),
);

const ROLES = roleIdSchema.options;
const PLACES = { here: "xuan-huong", elsewhere: "cam-ly", station: undefined } as const;
type Place = keyof typeof PLACES;
const KINDS = ["fixed", "van"] as const;
interface World {
  readonly of: Class;
  readonly kind: (typeof KINDS)[number];
}
const WORLDS: readonly World[] = classSchema.options.flatMap((of) => KINDS.map((kind) => ({ of, kind })));
const listed = (roles: readonly string[]) =>
  roles.length === ROLES.length ? "all" : roles.length === 0 ? "none" : roles.join(" ");

/** A station with one of each thing in Xuân Hương, all of that class and kind. */
async function aWorld({ of, kind }: World): Promise<ControlVerbs> {
  const people = someAccounts(new FakeClock());
  await people.first();
  await people.person("Văn An", [{ role: "auditor", area: areaId("xuan-huong") }]);
  const { control } = createFakeControl(undefined, people.verbs);
  const as = { expected: "*" as const, by: { name: "thử" } };
  const items = [{ kind: "announcement", announcement: "tiem-chung" }];
  const targets = { areas: ["xuan-huong"], kinds: [kind] };
  await control.putPlaylist(playlistSchema.parse({ id: "buoi-sang", title: "Buổi sáng", items }), as);
  await control.putSchedule(aSchedule({ class: of, targets }), as);
  const kept = control.announcement(announcementId("tiem-chung"));
  return {
    ...control,
    announcement: (id) => ({ ...kept, value: anAnnouncement({ id, class: of }) }),
    announcements: () => [anAnnouncement({ class: of })],
    receivers: () => [aReceiver({ kind })],
    receiver: (id) => ({ ...control.receiver(id), kind }),
    standing: (id) => (id === receiverId("loa-1") ? { area: areaId("xuan-huong"), kind } : undefined),
  };
}

const callerOf = (role: RoleId, place: Place, isFresh = true): Caller => {
  const area = PLACES[place];
  const person = { name: role, account: role as never };
  const grants = [grantsOf([{ role, ...(area === undefined ? {} : { area: areaId(area) }) }])];
  return { kind: "account", person, grants, isFresh, isLimited: false } as Caller;
};

const hasClass = (schema: Schema) =>
  JSON.stringify(z.toJSONSchema(schema, { unrepresentable: "any" })).includes('"class"');

/** The body of a right request, about things of that class and kind as far as a body says so. */
function bodyOf({ id, body }: Route, { of, kind }: World): unknown {
  const base = BODIES[id];
  if (!body || typeof base !== "object" || base === null) return base;
  const targets = "targets" in base ? { targets: { ...(base.targets as object), kinds: [kind] } } : {};
  const says = { ...base, ...targets, ...("kind" in base && base.kind === "fixed" ? { kind } : {}) };
  const named = hasClass(body) ? { ...says, class: of, ...(of === "emergency" ? { confirmedBy: "An" } : {}) } : says;
  const read = (value: unknown) => z.safeParse(body as z.ZodType, value);
  for (const value of [named, { ...says, class: of }, says]) {
    const { data, success } = read(value);
    if (success) return data;
  }
  throw new Error(`${id}: ${JSON.stringify(named)} is no right request`);
}

/** A right request at that door, by nobody yet. */
function callOf(route: Route, control: ControlVerbs, world: World) {
  const { pathname } = new URL(pathOf(route), "http://x");
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const shape = new RegExp(`^${route.path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "([^/]+?)")}$`);
  const values = decodeURIComponent(pathname).match(shape)?.slice(1) ?? [];
  const params = Object.fromEntries(names.map((name, at) => [name, values[at]]));
  const read = (schema: Schema | undefined, value: unknown) =>
    schema ? z.parse(schema as z.ZodType, value) : undefined;
  const query = route.id === "uploadRecording" ? { title: "a", name: "a.mp3", class: world.of } : {};
  return {
    ...{ control, agent: "", expected: "*", upload: {}, piecewise: {}, site: {}, mayAlso: () => true },
    ...{ params: read(route.params, params), query: read(route.query, query), body: bodyOf(route, world) },
  };
}

/** Whether the door lets that caller through; or wants to be shown anew who sits there. */
function answerAt(route: Route, call: ReturnType<typeof callOf>, caller: Caller): "yes" | "no" | "proof" {
  try {
    const { control } = call;
    permit(route.needs as never, caller, { ...call, caller, person: caller.person } as never, control.here());
    return "yes";
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return thrown.reason === "proof-needed" ? "proof" : "no";
  }
}

/** What holds in each place, and of other classes and kinds what differs from the nearest that is told. */
function rowOf(rolesAt: (place: Place, world: World) => string): Row {
  const row: Record<string, string> = {};
  for (const place of Object.keys(PLACES) as Place[])
    for (const world of WORLDS) {
      const roles = rolesAt(place, world);
      const [of, van] = [world.of === "ordinary" ? [] : [world.of], world.kind === "fixed" ? [] : ["van"]];
      const nearest = [[place, ...of], [place, ...van], [place]].map((words) => row[words.join(" ")]);
      const known = nearest.find((one) => one !== undefined);
      if (roles !== known) row[[place, ...of, ...van].join(" ")] = roles;
    }
  return row;
}

const ON_AIR: OnAirView = {
  ...{ cue: "sang@1", title: "Bản tin sáng", failed: [], reasons: {}, announcements: [] },
  ...{ start: "2026-11-23T00:00:00.000Z", end: "2026-11-23T00:05:00.000Z", class: "ordinary" },
  ...{ ordered: [receiverId("loa-1")], confirmed: [], sounding: [] },
};

/** For each kind of message: news of a thing in Xuân Hương, after which it is told or not. */
const NEWS: Readonly<Record<ChangeBody["kind"], (control: ControlVerbs, world: World) => readonly ChangeBody[]>> = {
  receiver: (_control, { kind }) => [{ kind: "receiver", receiver: aReceiver({ kind }) }],
  "receiver-removed": (_control, { kind }) => [
    { kind: "receiver", receiver: aReceiver({ kind }) },
    { kind: "receiver-removed", id: receiverId("loa-1") },
  ],
  alarm: (control) => control.alarms().map((alarm) => ({ kind: "alarm", alarm })),
  "alarm-cleared": (control) =>
    control
      .alarms()
      .flatMap((alarm) => [{ kind: "alarm", alarm } as const, { kind: "alarm-cleared", id: alarm.id } as const]),
  announcement: (_control, { of }) => [{ kind: "announcement", announcement: anAnnouncement({ class: of }) }],
  "announcement-removed": () => [{ kind: "announcement-removed", id: announcementId("tiem-chung") }],
  "on-air": (_control, { of }) => [{ kind: "on-air", onAir: [{ ...ON_AIR, class: of }] }],
  alert: (control) => control.alerts().map((alert) => ({ kind: "alert", alert })),
  stale: () => [{ kind: "stale", what: "log" }],
};

/** Whether a panel of that caller hears of the last of these news, and of what is there. */
function isTold(control: ControlVerbs, caller: Caller, news: readonly ChangeBody[]): boolean {
  const view = createPanelView(control);
  const seeing = view.seeingOf(caller);
  const texts = news.map((one, at) => view.textOf({ ...one, n: at + 1 } as Change)(seeing));
  return /loa-1|tiem-chung|sang@1|lu-quet|"log"/.test(texts.at(-1) ?? "");
}

describe("who may do what, by class, kind of loudspeaker and place", () => {
  it("is for every role at every door, and every message of a panel, what people have read over", async () => {
    const worlds = new Map<World, ControlVerbs>();
    for (const world of WORLDS) worlds.set(world, await aWorld(world));
    const controlOf = (world: World) => worlds.get(world) as ControlVerbs;
    const matrix: Record<string, Row> = {};

    for (const route of ROUTES.filter(({ needs }) => needs !== "nothing")) {
      const calls = new Map(WORLDS.map((world) => [world, callOf(route, controlOf(world), world)]));
      const answers = (place: Place, world: World, isFresh?: boolean) =>
        ROLES.map((role) =>
          answerAt(route, calls.get(world) as ReturnType<typeof callOf>, callerOf(role, place, isFresh)),
        );
      const lets = rowOf((place, world) => {
        const all = answers(place, world);
        return listed(ROLES.filter((_role, at) => all[at] === "yes"));
      });
      const proofs = WORLDS.filter((world) => answers("station", world, false).includes("proof"));
      const fresh = proofs.length === WORLDS.length ? "always" : [...new Set(proofs.map(({ of }) => of))].join(" ");
      matrix[route.id] = { ...lets, ...(fresh === "" ? {} : { proof: fresh }) };
    }
    for (const [kind, news] of Object.entries(NEWS))
      matrix[`panel ${kind}`] = rowOf((place, world) => {
        const control = controlOf(world);
        return listed(ROLES.filter((role) => isTold(control, callerOf(role, place), news(control, world))));
      });
    matrix["panel snapshot"] = rowOf((place, world) => {
      const view = createPanelView(controlOf(world));
      const shown = (role: RoleId) => view.snapshotFor(view.seeingOf(callerOf(role, place)));
      return listed(ROLES.filter((role) => (shown(role)?.receivers.length ?? 0) > 0));
    });
    matrix["panel presence"] = rowOf((place, world) => {
      const view = createPanelView(controlOf(world));
      const thing = { kind: "announcement", id: "tiem-chung" } as const;
      return listed(ROLES.filter((role) => view.mayHearOf(view.seeingOf(callerOf(role, place)), thing)));
    });

    if (process.env.LOA_GOLDEN === "write") writeFileSync(GOLDEN, `${JSON.stringify(matrix, null, 2)}\n`);
    expect(matrix).to.deep.equal(JSON.parse(readFileSync(GOLDEN, "utf8")));
  });

  it("is by requests over HTTP the same as by what the doors say they need", () => {
    const golden: Readonly<Record<string, Row>> = JSON.parse(readFileSync(GOLDEN, "utf8"));
    const inside = new Set<string>();
    for (const { id, needs } of ROUTES) {
      const row = asked[id];
      if (needs === "nothing" || row === undefined || row === "anybody") continue;
      const isSame = row.here === golden[id]?.here && row.elsewhere === golden[id]?.elsewhere;
      // Some doors look further once somebody is let in: what is out of sight there, they refuse themselves.
      if (!isSame) inside.add(id);
      const may = (roles = "") => (roles === "all" ? ROLES : roles.split(" "));
      for (const role of may(row.here).filter((one) => one !== "none"))
        expect(may(golden[id]?.here), `${id} lets more in than it says it needs`).to.include(role);
    }
    expect([...inside].sort()).to.deep.equal(INSIDE);
  });

  it("knows every socket: panels and microphones by what is above, loudspeakers by their keys", () => {
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const text = sources.map((name) => readFileSync(join("src", name), "utf8")).join("\n");
    const paths = new Set([...text.matchAll(/"(\/ws\/[a-z-]+)"/g)].map(([, path]) => path));
    // Whoever speaks has opened by the door `openLive`; the socket takes packets of that person and session alone.
    expect([...paths].sort()).to.deep.equal([MICROPHONE_PATH, PANEL_PATH, "/ws/receiver"]);
  });

  it("has a row for every kind of message to a panel", () => {
    const golden = JSON.parse(readFileSync(GOLDEN, "utf8"));
    for (const kind of Object.keys(PANEL_NEEDS)) expect(golden, kind).to.have.property(`panel ${kind}`);
  });
});

/** Doors that let somebody in and then refuse what is out of their sight. */
const INSIDE: readonly string[] = [
  ...["exportPlaylist", "getAlert", "getAnnouncement", "getEmergencyPack", "getPlaylist", "getPlaylistReview"],
  ...["getReading", "getSchedule", "listHearings", "readHistory", "reviewLevel", "reviewRaise", "reviewSchedule"],
];
