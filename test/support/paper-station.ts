import { createHash } from "node:crypto";
import { expect } from "chai";
import type { Clock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { createStationClock } from "../../src/base/station-clock.js";
import { seconds } from "../../src/base/units.js";
import type { Alert } from "../../src/domain/alert.js";
import { type Declaration, declarationKey } from "../../src/domain/alert-level.js";
import type { Announcement } from "../../src/domain/announcement.js";
import type { Pack } from "../../src/domain/emergency-pack.js";
import type { ReceiverId } from "../../src/domain/ids.js";
import type { Receiver } from "../../src/domain/receiver.js";
import type { PlanInput } from "../../src/domain/rundown.js";
import type { Schedule } from "../../src/domain/schedule.js";
import type { Ticket } from "../../src/domain/ticket.js";
import { type ControlParts, createControl } from "../../src/server/control/control.js";
import type { KeptStop, Wire } from "../../src/server/control/ports.js";
import { followClock } from "../../src/server/follow-clock.js";
import { inThreadPlanner, type Planner } from "../../src/server/planning/index.js";
import { FakeClock } from "./fake-clock.js";
import { fakeRecords } from "./fake-records.js";
import { careRecords, createPaperDisk, type PaperDisk, recordsOn } from "./paper-disk.js";
import { createPaperSpeaker, type PaperSpeaker } from "./paper-speaker.js";

const digest = (text: string) => createHash("sha256").update(text).digest("hex");
const never = () => Promise.reject(new Error("no sound is made here"));
const unread = (): never => expect.fail("no text is read here");
const settled = () => new Promise(setImmediate);

/** Nothing is signed on paper. */
const noKeys = { active: "", keys: [], notices: [] };

/** One run of the control over the disk: nothing of it happens any more once it is dead. */
function startRun(disk: PaperDisk, { station, clock, speakers, planner, repeats, newsroom }: Parts) {
  let isAlive = true;
  const keptOn = <Id extends string, T>(map: Map<Id, string>, idOf: (value: T) => Id) =>
    recordsOn(map, { idOf, isAlive: () => isAlive });
  let isStalled = false;
  const own: Clock = {
    now: () => clock.now(),
    date: () => clock.date(),
    after: (delay, task) => clock.after(delay, () => isAlive && task()),
  };
  disk.epoch += 1;
  const stationClock = createStationClock(own, disk.epoch);
  /** Messages that came during a stall, in order. */
  let waiting: (() => void)[] = [];
  const deliver = (task: () => void) => {
    if (!isAlive) return;
    if (isStalled) waiting.push(task);
    else task();
  };
  const connected = () => [...speakers.values()].filter((one) => one.isConnected()).map(({ id }) => id);
  const each = (receivers: readonly ReceiverId[] | "all", task: (speaker: PaperSpeaker) => void) => {
    for (const id of receivers === "all" ? connected() : receivers) {
      const speaker = speakers.get(id);
      if (speaker?.isConnected()) task(speaker);
    }
  };
  const drop = (id: ReceiverId, why: string) => {
    speakers.get(id)?.lost();
    control.reception.gone(id, why);
  };
  const wire: Wire = {
    connected,
    sendOrder: (receivers, { text }) =>
      each(receivers, (speaker) => {
        void speaker.order(text);
        if (repeats()) own.after(seconds(1), () => void speaker.order(text));
      }),
    offerProgramme(receiver) {
      const body = control.programmeOf(receiver)?.body;
      if (body !== undefined) each([receiver], (speaker) => speaker.take(body));
    },
    ...{ tellKeys: () => {}, keepDays: () => {}, askDays: () => {}, wantClips: () => {} },
    acknowledge: (receiver, _journal, upTo) => each([receiver], (speaker) => speaker.acknowledge(upTo)),
    dismiss: drop,
  };
  const control = createControl({
    facts: { ...station, library: new Map(), radio: new Map(), name: "Đài thử", version: "0" },
    kept: {
      receivers: keptOn(disk.receivers, ({ id }: Receiver) => id),
      tombstones: fakeRecords(({ id }) => id),
      announcements: keptOn(disk.announcements, ({ id }: Announcement) => id),
      schedules: keptOn(disk.schedules, ({ id }: Schedule) => id),
      declarations: keptOn<string, Declaration>(disk.declarations, declarationKey),
      tickets: keptOn(disk.tickets, ({ id }: Ticket) => id),
      talks: fakeRecords(({ occurrence }) => occurrence),
      stops: keptOn(disk.stops, ({ id }: KeptStop) => id),
      alarms: { all: () => [], commit: async () => {} },
      ...careRecords(),
      packs: keptOn(disk.packs, ({ id }: Pack) => id),
      alerts: keptOn(disk.alerts, ({ id }: Alert) => id),
      playlists: disk.playlists,
      officialTexts: fakeRecords(({ id }) => id),
      figures: fakeRecords(({ id }) => id),
      chimeUploads: fakeRecords(({ file }) => file),
      slots: fakeRecords(({ schedule }) => schedule),
      chimeApprovals: fakeRecords(({ file }) => file),
      offers: {
        get: (id) => disk.offers.get(id),
        async putAll(offers) {
          for (const offer of offers) disk.offers.set(offer.id, offer);
        },
      },
    },
    asRun: disk.asRun.log,
    clips: { has: () => true, pathOf: () => "", clip: never, peaks: never, collect: never },
    voices: newsroom?.voices ?? { speak: never, list: () => [] },
    pipeline: { makeClip: newsroom?.makeClip ?? never, makePips: never, findPips: never },
    packages: { bytesOf: () => undefined, pathOf: () => "", keep: never, keepOnly: never },
    ...{ isManifestSigned: () => false, baseMap: { about: () => undefined, keep: never, remove: never, tile: never } },
    normalise: newsroom?.normalise ?? unread,
    planner,
    wording: { publicNumbers: [], issuingBodies: [] },
    templates: [],
    twoPeople: { singleOfficer: false },
    wire,
    feeding: { feed: () => {}, stop: () => {}, lost: () => {} },
    live: { feeds: { open: unread }, recordings: { begin: never, pathOf: () => undefined }, packetsOf: never },
    radio: { tune: unread, feeds: { open: unread } },
    clock: own,
    stationClock,
    nextOrder: () => ({ epoch: stationClock.epoch(), sequence: ++disk.sequence }),
    newId: () => `order${String(disk.ids++).padStart(8, "0")}`,
    sign: async (_what, text) => ({ text, keyId: "", signature: "" }),
    keys: { standing: () => noKeys, rotate: async () => noKeys, retire: async () => noKeys },
    digest,
    secrets: {
      newCode: () => ({ code: "", codeHash: "", expiresAt: stationClock.date() }),
      hashOf: digest,
      words: async () => [],
      keyIdOf: digest,
    },
    trusted: { authority: undefined, orderKeys: () => [] },
    removeFile: async () => {},
    keepRecording: never,
    aliveUntil: disk.aliveUntil ?? stationClock.date(),
    log: silentLog,
  });
  let last = clock.now();

  return {
    control,
    drop,
    stationClock,
    get isStalled() {
      return isStalled;
    },
    stall(on: boolean) {
      isStalled = on;
      if (on) return;
      const came = waiting;
      waiting = [];
      for (const task of came) task();
    },
    connect(speaker: PaperSpeaker) {
      const hello = {
        versions: [1],
        receiver: speaker.id,
        proof: "",
        bootId: "",
        software: "paper",
        bufferMs: 10_000,
        leadMs: 0,
        programmeRevision: speaker.revision(),
        journal: speaker.journal,
      };
      const { reported } = control.reception.hello(speaker.id, hello);
      speaker.tellTime(stationClock.micros());
      speaker.connected((message) => {
        deliver(() => control.reception.message(speaker.id, message));
        if (repeats()) own.after(seconds(1), () => deliver(() => control.reception.message(speaker.id, message)));
      }, reported);
      control.reception.ready(speaker.id);
    },
    async beat() {
      followClock({
        stationClock,
        control,
        connected,
        disconnect: drop,
        raiseEpoch: async () => {
          disk.epoch += 1;
        },
        log: silentLog,
      });
      const since = seconds((clock.now() - last) / 1000);
      last = clock.now();
      if (disk.aliveUntil === undefined || Math.abs(stationClock.date() - disk.aliveUntil) >= 60_000)
        disk.aliveUntil = stationClock.date();
      void control.beat(since);
      await settled();
    },
    die() {
      isAlive = false;
      for (const speaker of speakers.values()) speaker.lost();
    },
  };
}

interface Parts {
  readonly station: Omit<PlanInput, "from" | "until">;
  readonly clock: FakeClock;
  readonly speakers: ReadonlyMap<ReceiverId, PaperSpeaker>;
  readonly planner: Planner;
  readonly repeats: () => boolean;
  readonly newsroom: PaperStationWishes["newsroom"];
}

export interface PaperStationWishes {
  /** Civil milliseconds at the beginning. */
  readonly at: number;
  readonly planner?: Planner;
  /** Whether the network brings the next message once more, a second later. */
  readonly repeats?: () => boolean;
  /** Told of every second that a loudspeaker has lived through. */
  /** Who reads and speaks, where texts are written. */
  readonly newsroom?: Pick<ControlParts, "voices" | "normalise"> & Pick<ControlParts["pipeline"], "makeClip">;
  readonly onSecond?: (speaker: PaperSpeaker) => void;
}

/** A whole station on paper: the real control, planner and loudspeakers, a clock that does as it is told, and nothing else. */
export async function openPaperStation(
  station: Parts["station"],
  { at, planner = inThreadPlanner, repeats = () => false, onSecond = () => {}, newsroom }: PaperStationWishes,
) {
  const clock = new FakeClock(at);
  const clips = [...station.announcements.values()].flatMap(({ clip }) => clip?.sha256 ?? []);
  const speakers = new Map(station.receivers.map(({ id }) => [id, createPaperSpeaker(id, clock, () => clips)]));
  const disk = createPaperDisk(station);
  const parts = { station, clock, speakers, planner, repeats, newsroom };
  const away = new Set<ReceiverId>();
  let run = startRun(disk, parts);

  const speak = () => {
    for (const speaker of speakers.values()) {
      if (speaker.isConnected()) speaker.tellTime(run.stationClock.micros());
      speaker.step();
      onSecond(speaker);
    }
  };
  const second = async () => {
    clock.advance(1000);
    for (const speaker of speakers.values()) if (!speaker.isConnected() && !away.has(speaker.id)) run.connect(speaker);
    speak();
    await run.beat();
  };
  await run.beat();

  return {
    clock,
    disk,
    speakers: [...speakers.values()],
    get control() {
      return run.control;
    },
    async pass(length: number) {
      for (let left = length; left > 0; left -= 1000) await second();
    },
    /** A loudspeaker's line is cut, until it is mended. */
    cut(id: ReceiverId) {
      away.add(id);
      if (speakers.get(id)?.isConnected()) run.drop(id, "lost");
    },
    mend: (id: ReceiverId) => void away.delete(id),
    /** A loudspeaker's program is killed and started again. */
    reboot(id: ReceiverId) {
      if (speakers.get(id)?.isConnected()) run.drop(id, "lost");
      speakers.get(id)?.restart();
    },
    /** The server's event loop stands still; the loudspeakers do not. */
    async stall(length: number) {
      run.stall(true);
      for (let left = length; left > 0; left -= 1000) {
        clock.stall(1000);
        speak();
        await settled();
      }
      run.stall(false);
      await second();
    },
    /** The server is killed between two beats, and started again after that time. */
    async restart(downFor = 0) {
      clock.advance(400);
      speak();
      clock.advance(100);
      await settled();
      run.die();
      for (let left = downFor; left > 0; left -= 1000) {
        clock.advance(1000);
        speak();
        await settled();
      }
      run = startRun(disk, parts);
      await second();
    },
  };
}
export type PaperStation = Awaited<ReturnType<typeof openPaperStation>>;
