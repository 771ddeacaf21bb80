import { type Log, silentLog } from "../../src/base/log.js";
import { micros } from "../../src/base/units.js";
import { areaId, receiverId } from "../../src/domain/ids.js";
import { policySchema } from "../../src/domain/policy.js";
import type { JournalLine } from "../../src/protocol/messages.js";
import type { Order, OrderBody } from "../../src/protocol/orders.js";
import { type Programme, programmeSchema } from "../../src/protocol/programme.js";
import { createJitterBuffer } from "../../src/receiver/jitter-buffer.js";
import { emptyMemory, remember } from "../../src/receiver/memory.js";
import { createPlayHead } from "../../src/receiver/play-head.js";
import { sampleAt } from "../../src/receiver/samples.js";
import { createSealGate } from "../../src/receiver/seal-gate.js";
import type { Journal } from "../../src/relay/disk/journal.js";
import type { MemoryFile } from "../../src/relay/disk/memory-file.js";
import type { House } from "../../src/relay/house.js";
import { createLoudspeaker } from "../../src/relay/loudspeaker.js";
import { createPip } from "../../src/relay/sound/pip.js";
import { FakeClock } from "../support/fake-clock.js";
import { noUpdates } from "../support/no-updates.js";

/** Samples of a block. */
const BLOCK = 960;
/** 08:00 in Vietnam, in the middle of the day's loud hours. */
export const MORNING = Date.UTC(2026, 10, 23, 1);
/** 23:00. */
export const NIGHT = Date.UTC(2026, 10, 23, 16);

interface PaperHouseOptions {
  /** Civil time at which it starts. */
  readonly at?: number;
  /** Of its programme. */
  readonly more?: Partial<Programme>;
  readonly log?: Log;
  /** Real files, in place of those on paper. */
  readonly kept?: { readonly disk: MemoryFile; readonly journal: Journal };
}

/**
 * The real loudspeaker of a relay without network, disk and sound card: its clips and streams are a level of one, so that what
 * it hands to the output is its envelope.
 */
export function createPaperHouse({ at = MORNING, more = {}, kept, log = silentLog }: PaperHouseOptions = {}) {
  const clock = new FakeClock(at);
  const memory = kept?.disk.memory ?? emptyMemory();
  const writing = new Set<Promise<void>>();
  let sounded = 0;
  const lines: JournalLine[] = [];
  const world = { trusted: true, sound: 1, diskFails: false, diskWaits: Promise.resolve() };
  const restarts: number[] = [];
  let orders = 0;
  const now = () => micros(clock.date() * 1000);
  const house: House = {
    receiver: receiverId("loa-1"),
    clock,
    log,
    time: {
      at: (t: number) => micros(at * 1000 + t * 1000),
      now,
      trusted: () => world.trusted,
      errorUs: () => 900,
    } as never,
    head: createPlayHead(),
    buffer: createJitterBuffer(),
    library: {
      clip: (_key: string, _sha: string, _from: number, target: Float32Array) => target.fill(world.sound),
      stream: (_stream: number, _from: number, target: Float32Array) => target.fill(world.sound),
      ...{ retain() {}, isReady: () => true, openStream() {}, closeStream() {}, covers: () => true, release() {} },
      ...{ late: () => 0, underruns: () => 0, close() {} },
    } as never,
    pip: createPip(),
    update: noUpdates,
    gate: createSealGate(),
    disk: {
      memory,
      async remember(...facts) {
        if (kept) {
          const work = kept.disk.remember(...facts).finally(() => writing.delete(work));
          writing.add(work);
          return work;
        }
        for (const fact of facts) remember(memory, fact);
        await world.diskWaits;
        if (world.diskFails) throw new Error("the disk fails");
      },
      damage: undefined,
      health: () => "ok",
      mend: async () => {},
      close: async () => {},
    },
    journal: {
      id: "j-1",
      write(entry: Omit<JournalLine, "seq">) {
        if (entry.event === "started") sounded += 1;
        if (kept) kept.journal.write(entry);
        else lines.push({ seq: lines.length + 1, ...entry });
      },
      ...{ pending: () => [], acknowledge() {}, onLine() {}, close: async () => {} },
    } as never,
    streams: new Map(),
    programme: programmeOf([], more),
  };
  const speaker = createLoudspeaker(house, () => ({ keyId: "paper" }), {
    onSound() {},
    onRestart: () => restarts.push(clock.now()),
  });
  let next = sampleAt(now());

  return {
    clock,
    house,
    speaker,
    memory,
    world,
    lines,
    restarts,
    now,
    brief: () => lines.map(({ event, cue, why }) => [event, cue.split("@")[0], why].filter(Boolean).join(" ")),
    setProgramme(cues: Programme["cues"], change: Partial<Programme> = {}) {
      house.programme = programmeOf(cues, { ...more, ...change });
      speaker.agenda.refresh();
    },
    /** How many sounds have begun. */
    sounded: () => sounded,
    /** The output goes on from now: nothing was rendered since. */
    catchUp() {
      next = sampleAt(now());
    },
    /** What is handed to the output in the coming milliseconds. */
    async play(ms: number): Promise<Float32Array> {
      const heard = new Float32Array(Math.round(ms / 20) * BLOCK);
      for (let from = 0; from < heard.length; from += BLOCK) {
        if (from % (BLOCK * 5) === 0) speaker.tick();
        await Promise.all(writing);
        speaker.render(next, heard.subarray(from, from + BLOCK));
        next += BLOCK;
        clock.advance(20);
      }
      return heard;
    },
    async order(body: OrderBody, change: Partial<Order> = {}) {
      orders += 1;
      const order = {
        ...{
          v: 1,
          id: `order${String(orders).padStart(5, "0")}`,
          audience: { kind: "all" },
          epoch: 1,
          sequence: orders,
        },
        ...{ issuedAt: now(), notBefore: now() - 5e6, notAfter: now() + 60e6, class: "ordinary", body, by: {} },
        ...change,
      };
      return speaker.obey({ text: JSON.stringify(order), keyId: "", signature: "" });
    },
  };
}
export type PaperHouse = ReturnType<typeof createPaperHouse>;

let revision = 0;
function programmeOf(cues: Programme["cues"], more: Partial<Programme>): Programme {
  revision += 1;
  return programmeSchema.parse({
    ...{
      v: 1,
      receiver: "loa-1",
      revision,
      issuedAt: MORNING * 1000 - 1,
      from: 0,
      until: MORNING * 1000 + 7 * 86_400e6,
    },
    ...{ zone: "Asia/Ho_Chi_Minh", areas: [areaId("phuong")], sensitive: false, outputDelayMs: 0, pathBiasUs: 0 },
    policies: [policySchema.parse({ area: "phuong" })],
    ...{ volume: 80, cues: [...cues], policyVersion: "" },
    ...more,
  });
}

/** Loudest sample. */
export const peak = (samples: Float32Array): number => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
