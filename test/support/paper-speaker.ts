import { silentLog } from "../../src/base/log.js";
import { type Micros, micros } from "../../src/base/units.js";
import type { ReceiverId, Sha256 } from "../../src/domain/ids.js";
import type { JournalLine, ReceiverMessage } from "../../src/protocol/messages.js";
import type { Cue, Order } from "../../src/protocol/orders.js";
import { type Programme, programmeSchema } from "../../src/protocol/programme.js";
import { createJitterBuffer } from "../../src/receiver/jitter-buffer.js";
import { emptyMemory, factsOf, remember } from "../../src/receiver/memory.js";
import { createPlayHead } from "../../src/receiver/play-head.js";
import { isNewer } from "../../src/receiver/programme-holder.js";
import { sampleAt } from "../../src/receiver/samples.js";
import { createSealGate } from "../../src/receiver/seal-gate.js";
import type { House } from "../../src/relay/house.js";
import { createLoudspeaker } from "../../src/relay/loudspeaker.js";
import { createPip } from "../../src/relay/sound/pip.js";
import type { FakeClock } from "./fake-clock.js";
import { noUpdates } from "./no-updates.js";

/** Longest stretch that is rendered in one go, samples; a device that stood still longer goes on from where time is. */
const STRETCH = 96_000;

/**
 * The real loudspeaker of the relay without network, disk and sound: it holds every clip, and its clock is what it was last
 * told, carried on.
 */
export function createPaperSpeaker(id: ReceiverId, clock: FakeClock, clips: () => readonly Sha256[]) {
  let memory = emptyMemory();
  /** The programme on its disk. */
  let programme: Programme | undefined;
  const lines: JournalLine[] = [];
  /** When a programme first told it of a cue, civil ms. */
  const offered = new Map<string, number>();
  /** What each cue held when it was told last. */
  const items = new Map<string, Cue["items"]>();
  let acknowledged = 0;
  let reported = 0;
  /** Civil time minus monotonic time, µs; unknown until it was told. */
  let ahead: number | undefined;
  let send: ((message: ReceiverMessage) => void) | undefined;
  let rendered: number | undefined;

  const now = (): Micros => micros(clock.now() * 1000 + (ahead ?? 0));
  /** A start of the program, with what is on its disk. */
  const boot = (): House => ({
    receiver: id,
    clock,
    log: silentLog,
    time: {
      at: (at) => micros(at * 1000 + (ahead ?? 0)),
      now,
      trusted: () => ahead !== undefined,
      source: () => (ahead === undefined ? "none" : "server"),
      errorUs: () => 1000,
      setPathBias: () => {},
      welcome: () => {},
      answer: () => {},
      answerSigned: () => {},
      hear: () => {},
      lost: () => {},
      close: () => {},
    },
    head: createPlayHead(),
    buffer: createJitterBuffer(),
    library: {
      clip: () => {},
      stream: () => {},
      retain: () => {},
      isReady: () => true,
      openStream: () => {},
      closeStream: () => {},
      covers: () => false,
      release: () => {},
      late: () => 0,
      underruns: () => 0,
      close: () => {},
    },
    disk: {
      memory,
      remember: async (...facts) => {
        for (const fact of facts) remember(memory, fact);
      },
      damage: undefined,
      health: () => "ok",
      mend: async () => {},
      close: async () => {},
    },
    journal: {
      id: `journal-of-${id}`,
      write: (entry) => lines.push({ seq: lines.length + 1, ...entry }),
      lost: 0,
      isDamaged: false,
      health: () => "ok",
      mend: async () => {},
      pending: () => lines.slice(acknowledged),
      acknowledge: (upTo) => {
        acknowledged = Math.max(acknowledged, upTo);
      },
      onLine: () => {},
      close: async () => {},
    },
    gate: createSealGate(),
    pip: createPip(),
    update: noUpdates,
    streams: new Map(),
    programme,
  });
  let house = boot();
  const start = () => createLoudspeaker(house, () => ({ keyId: "paper" }), { onSound: () => {}, onRestart: () => {} });
  let speaker = start();
  const samples = new Float32Array(STRETCH);
  const sendState = () => send?.({ t: "state", p: { ...speaker.state(rendered), sink: "ok" } });

  return {
    id,
    now,
    isTrusted: () => ahead !== undefined,
    revision: () => house.programme?.revision ?? 0,
    /** Everything it wrote into its journal. */
    lines: (): readonly JournalLine[] => lines,
    journal: house.journal.id,
    /** The sounds of a cue that it has begun. */
    offered: (): ReadonlyMap<string, number> => offered,
    itemsOf: (cue: string): Cue["items"] => items.get(cue) ?? [],
    /** A connection is open and the server's clock is known. */
    connected(post: (message: ReceiverMessage) => void, upTo: number) {
      send = post;
      house.journal.acknowledge(upTo);
      reported = acknowledged;
      send({ t: "clips", p: { have: [...clips()], failed: [] } });
    },
    lost() {
      send = undefined;
    },
    isConnected: () => send !== undefined,
    /** Learns what time it is at the server. */
    tellTime(civil: Micros) {
      ahead = civil - clock.now() * 1000;
    },
    acknowledge: (upTo: number) => house.journal.acknowledge(upTo),
    take(body: string) {
      const next: Programme = programmeSchema.parse(JSON.parse(body));
      if (!isNewer(next, house.programme)) return;
      for (const cue of next.cues) {
        items.set(cue.id, cue.items);
        if (!offered.has(cue.id)) offered.set(cue.id, clock.date());
      }
      programme = next;
      house.programme = next;
      speaker.agenda.refresh();
      send?.({ t: "holds", p: { programmeRevision: next.revision } });
    },
    async order(text: string) {
      const { body }: Order = JSON.parse(text);
      if (body.kind === "cue") items.set(body.cue.id, body.cue.items);
      const answer = await speaker.obey({ text, keyId: "", signature: "" });
      send?.({ t: "ack", p: answer });
    },
    /** Its program is killed and started again: what is not on its disk is gone. */
    restart() {
      const facts = factsOf(memory);
      memory = emptyMemory();
      for (const fact of facts) remember(memory, fact);
      send = undefined;
      rendered = undefined;
      house = boot();
      speaker = start();
      speaker.agenda.refresh();
    },
    /** Goes on to the present. */
    step() {
      if (ahead === undefined) return;
      speaker.tick();
      const here = sampleAt(now());
      const from = rendered === undefined || Math.abs(here - rendered) > STRETCH ? here - 1 : rendered;
      if (here > from && !speaker.isSilent()) speaker.render(from, samples.subarray(0, here - from));
      rendered = here;
      if (!send) return;
      sendState();
      const fresh = lines.slice(reported);
      if (fresh.length > 0) send({ t: "report", p: { journal: house.journal.id, lines: fresh } });
      reported = lines.length;
    },
  };
}
export type PaperSpeaker = ReturnType<typeof createPaperSpeaker>;
