import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog } from "../../../src/base/log.js";
import type { UpdateBody, UpdateReport } from "../../../src/protocol/update.js";
import type { StationHttp } from "../../../src/relay/link/station-http.js";
import { BASE, openSlots, type Slots } from "../../../src/relay/update/slots.js";
import { openUpdateKeys } from "../../../src/relay/update/update-keys.js";
import { createUpdater, type Updating } from "../../../src/relay/update/updater.js";
import { fastClock } from "../../support/fast-clock.js";

/** How much faster than life. */
const SPEED = 500;

/** A loudspeaker's disk and its station, without sound: programs are started on it one after the other. */
export function aDevice() {
  const state = mkdtempSync(join(tmpdir(), "loa-device-"));
  const programs = join(state, "programs");
  mkdirSync(programs);
  const packages = new Map<string, Uint8Array>();
  const ranges: string[] = [];
  const reports: UpdateReport[] = [];
  const world = {
    busy: false,
    quiet: true,
    sink: "ok" as "ok" | "failed",
    clock: "trusted" as "trusted" | "untrusted",
    /** The network goes after so many pieces. */
    piecesLeft: Number.POSITIVE_INFINITY,
    restarts: 0,
    free: 1e9,
  };
  const http: Pick<StationHttp, "get"> = {
    async get(path, { headers = {} }) {
      world.piecesLeft -= 1;
      if (world.piecesLeft < 0) throw new Error("ECONNRESET");
      const bytes = packages.get(path.replace("updates/", ""));
      const [, from = "0", to = "0"] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? "") ?? [];
      ranges.push(headers.range ?? "");
      const piece = bytes?.subarray(Number(from), Number(to) + 1) ?? new Uint8Array();
      const answer = { status: bytes ? 206 : 404, isOk: bytes !== undefined, body: { destroy() {} } };
      return { ...answer, bytes: async () => Buffer.from(piece) } as never;
    },
  };
  let running: Updating | undefined;
  let slots: Slots = openSlots(programs);

  return {
    state,
    programs,
    packages,
    ranges,
    reports,
    world,
    get slots() {
      return slots;
    },
    /** Starts a program as the launcher would, after whatever ended the one before. */
    start({ version = "1.0.0", node = "20.20.0", program = undefined as string | undefined, isLaunched = true } = {}) {
      slots = openSlots(programs);
      const chosen = program ?? slots.choose().program;
      if (slots.trial()) slots.countStart();
      const updating = createUpdater({
        ...{ http, clock: fastClock(SPEED), log: silentLog, random: () => 0.5 },
        slots: isLaunched ? slots : undefined,
        program: isLaunched ? chosen : BASE,
        ...{ version, node, defaultRate: 64 * 1024, keys: openUpdateKeys(state) },
        freeBytes: async () => world.free,
        isBusy: () => world.busy,
        isQuiet: () => world.quiet,
        wellness: () => ({ sink: world.sink, clock: world.clock }),
        send: (report) => void reports.push(report),
        restart: () => {
          world.restarts += 1;
        },
      });
      running = updating;
      return {
        program: chosen,
        updating,
        /** As an order that was judged by the guard. Returns why it was refused. */
        order(body: Omit<UpdateBody, "kind" | "rollout"> & { rollout?: string }) {
          const whole = { kind: "update", rollout: "dot-1", ...body } as UpdateBody;
          const why = updating.hindrance(whole);
          if (why === undefined) updating.take(whole);
          return why;
        },
      };
    },
    /** Ends the program, in whatever it is. */
    stop: async () => running?.close(),
    steps: () => reports.flatMap(({ step, why }) => (step ? [why ? `${step}: ${why}` : step] : [])),
    async close() {
      await running?.close();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
export type Device = ReturnType<typeof aDevice>;
