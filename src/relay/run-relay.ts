/**
 * Program 2: a loudspeaker. Built in the order in which orders become sound, taken down in reverse. Everything it needs
 * comes in as an argument, so that several run in one process.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { every } from "../base/clock.js";
import { ms } from "../base/units.js";
import type { ReceiverMessage, ServerMessage } from "../protocol/messages.js";
import type { Signed } from "../protocol/orders.js";
import { createJitterBuffer } from "../receiver/jitter-buffer.js";
import { createPlayHead } from "../receiver/play-head.js";
import type { WantedClip } from "../receiver/programme-holder.js";
import { createSealGate } from "../receiver/seal-gate.js";
import { lockFolder } from "./disk/lock.js";
import { openStateFolder } from "./disk/state-folder.js";
import { startHardware } from "./hardware.js";

import { type House, latestTime } from "./house.js";
import { createDayKeeper } from "./keeping-days.js";
import { type Addresses, createAddresses, parseServers } from "./link/addresses.js";
import { openConnection } from "./link/connection.js";

import { createDownloads, withUrgent } from "./link/downloads.js";
import { watchHome } from "./link/home-watch.js";
import { joinStation } from "./link/membership.js";
import { createWaitingRoom } from "./link/waiting-room.js";
import { createListening } from "./listening.js";
import { createLoudspeaker } from "./loudspeaker.js";
import { createMachineHealth } from "./machine-health.js";
import { isStop } from "./obey.js";
import { buildProgrammeFetch } from "./programme-wiring.js";
import type { ExitCode, Relay, RelayOptions } from "./relay-options.js";
import { createReports } from "./reports.js";
import { createDecoders } from "./sound/decoders.js";
import { createLibrary } from "./sound/library.js";
import { LEAD, startOutput } from "./sound/output.js";
import { createPip } from "./sound/pip.js";
import { type Out, openSink, parseOut } from "./sound/players.js";
import { buildTimekeeper, knownTime, writeTimeDown } from "./time-wiring.js";
import { openTrust } from "./trust.js";
import { createUpdating } from "./updating.js";

/** Bytes of clips kept on disk unless said otherwise: a month of ordinary programme. */
const CLIP_BUDGET = 256 * 1024 * 1024;
/** Milliseconds of audio that may be sent ahead. */
const BUFFER_MS = 60_000;
/** From a chunk's arrival until it can sound: the lead and the time to render, ms. */
const LEAD_MS = LEAD + 50;
/** The parts are looked after this often, ms. */
const PERIOD = 100;

/**
 * Starts a loudspeaker; resolves when it runs, whether or not the server can be reached.
 *
 * @throws Fault "invalid" for wrong options, "forbidden" (reason `not-paired`, `pairing` or `credentials`) without credentials,
 *   "conflict" (reason `locked`) when another program uses the folder, "unavailable" when pairing or the output does not work
 */
export async function runRelay(options: RelayOptions): Promise<Relay> {
  const addresses = createAddresses(parseServers([options.server].flat()));
  const out = parseOut(options.out);
  await mkdir(options.state, { recursive: true, mode: 0o700 });
  /** What was opened so far, for a start that fails half-way. */
  const opened: (() => unknown)[] = [];
  try {
    opened.push(await lockFolder(options.state));
    return await start(options, { addresses, out, opened });
  } catch (thrown) {
    for (const close of opened.reverse()) await close();
    throw thrown;
  }
}

interface Beginnings {
  readonly addresses: Addresses;
  readonly out: Out;
  readonly opened: (() => unknown)[];
}

async function start(options: RelayOptions, { addresses, out, opened }: Beginnings): Promise<Relay> {
  const { clock, log, random } = options;
  const membership = await joinStation(options, addresses);
  const { receiver, dialler, http, orderKeys } = membership;
  opened.push(dialler.close, http.close);
  const bootId = randomUUID();
  const sink = openSink(out, { clock, log, random, path: options.path ?? "" });
  opened.push(sink.close);

  const kept = await openStateFolder({
    folder: options.state,
    clipBudget: options.clipBudget ?? CLIP_BUDGET,
    clock,
    log,
  });
  opened.push(kept.close);
  const { disk, journal, clips, programmes, programme } = kept;
  const decoders = await createDecoders((thrown) => log.error("relay.decoder-failed", { thrown }));
  const head = createPlayHead();
  const buffer = createJitterBuffer();
  const library = createLibrary({ has: clips.has, read: (sha256) => clips.read(sha256), decoders, buffer, log });
  const send = (message: ReceiverMessage): boolean => connection.send(message);
  const trust = openTrust(options.state, orderKeys, { log, now: () => latestTime(house) });
  const days = createDayKeeper({ folder: options.state, trust, send, log });
  const time = buildTimekeeper(options, {
    ...{ disk, send, trust },
    house: () => house,
    loudspeaker: () => loudspeaker,
  });
  const rooms = {
    ...{ receiver, clock, log, time, head, buffer, library, disk, journal, programme },
    ...{ pip: createPip(), gate: createSealGate(), streams: new Map() },
  };
  const tellTrust = () => send({ t: "trusts", p: { keys: trust.keyIds() } });
  const update = createUpdating({
    ...{ house: rooms, state: options.state, slot: options.slot, version: options.version ?? "0.0.0" },
    ...{ random, http, clips, downloads: () => downloads, agenda: () => loudspeaker.agenda, sink: () => sink.state() },
    send: (p) => send({ t: "update", p }),
    restart: () => void close(75),
  });
  const house: House = { ...rooms, update };
  const loudspeaker = createLoudspeaker(house, trust.verify, {
    onSound: () => reports.soundChanged(),
    onRestart: () => void close(75),
  });
  const listening = createListening({ house, clock, log, isOn: loudspeaker.isOn, isAudible: loudspeaker.isAudible });
  const hardware = startHardware({ ...options, onPress: loudspeaker.pressed, onLevel: listening.hear });
  opened.push(hardware.stop);
  const output = startOutput({
    clock,
    sink: listening.around(sink),
    delayMs: () => house.programme?.outputDelayMs ?? 0,
    serverTime: (at) => (time.trusted() ? time.at(at) : undefined),
    render: loudspeaker.render,
    isSilent: loudspeaker.isSilent,
    onStall: (lostMs) => log.warn("relay.stalled", { lostMs: Math.round(lostMs) }),
  });
  const machine = createMachineHealth({
    ...{ clock, folder: options.state, version: options.software ?? "loa-relay" },
    signalDbm: hardware.signalDbm,
  });
  const state = () => ({
    ...loudspeaker.state(output.next()),
    sink: sink.state(),
    health: { ...machine(), clockSource: time.source() },
  });
  const downloads = createDownloads({
    ...{ http, clips, clock, log, random },
    onChange: () => reports.clipsChanged(),
  });
  const reports = createReports({
    ...{ clock, journal, send, state },
    have: () => clips.list(),
    failed: () => downloads.failed(),
  });

  const want = (wanted: readonly WantedClip[]) => {
    clips.pin(new Set(wanted.map(({ sha256 }) => sha256)));
    downloads.want(wanted);
  };
  const follow = () => {
    loudspeaker.agenda.refresh();
    want(loudspeaker.agenda.wanted());
    time.setPathBias(house.programme?.pathBiasUs ?? 0);
  };
  const programmeFetch = buildProgrammeFetch(options, {
    ...{ house, http, trust, programmes, send, onTaken: follow, leastRevision: kept.revision },
    volume: loudspeaker.volume,
  });

  const room = createWaitingRoom(clock, time.trusted);
  const obey = (signed: Signed) =>
    loudspeaker
      .obey(signed)
      .then((p) => {
        want(loudspeaker.agenda.wanted());
        send({ t: "ack", p });
      })
      .catch((thrown: unknown) => log.error("relay.order-failed", { thrown }));
  const onMessage = (message: ServerMessage) => {
    switch (message.t) {
      case "welcome":
        http.setToken(message.p.token);
        downloads.welcome();
        room.welcome();
        loudspeaker.volume.greeted();
        time.welcome(message.p.epoch);
        update.welcome();
        tellTrust();
        return reports.welcome(message.p.reported);
      case "time":
        time.answer(message.p);
        return room.flush();
      case "signed-time":
        time.answerSigned(message.p);
        return room.flush();
      case "programme":
        if (message.p.revision > (house.programme?.revision ?? 0)) loudspeaker.volume.awaits();
        return programmeFetch.announced(message.p);
      case "keys":
        trust.take(message.p);
        return tellTrust();
      case "order":
        // A stop needs no time to be judged, and what waits here is what it may be about.
        return isStop(message.p) ? void obey(message.p) : room.take(() => obey(message.p));
      case "clips":
        downloads.setRate(message.p.rate);
        update.setRate(message.p.rate);
        return want(withUrgent(loudspeaker.agenda.wanted(), message.p.want));
      case "days":
      case "days-wanted":
        return days.hear(message);
      case "reported":
        return reports.reported(message.p.journal, message.p.upTo);
      case "challenge":
      case "bye":
        return;
    }
  };

  let finish: (code: ExitCode) => void = () => {};
  const done = new Promise<ExitCode>((resolve) => {
    finish = resolve;
  });
  const onAir = () => head.sounding() !== undefined || house.streams.size > 0;
  const connection = openConnection({
    ...{ addresses, dialler, clock, log, random, onMessage, onAir, onTold: options.onTold },
    hello: (nonce, away) => ({
      t: "hello",
      p: {
        ...{ versions: [1], ...membership.proof(nonce, bootId), journal: journal.id },
        software: options.software ?? "loa-relay",
        bufferMs: BUFFER_MS,
        leadMs: LEAD_MS,
        programmeRevision: house.programme?.revision ?? 0,
        ...days.greeting(),
        ...(away === undefined ? {} : { away }),
      },
    }),
    onChunk: (framed) => room.take(() => loudspeaker.onChunk(framed)),
    onSeal: (seal) => room.take(() => loudspeaker.onSeal(seal)),
    onSignedTime: time.hear,
    onLost() {
      time.lost();
      update.lost();
      loudspeaker.volume.lost();
      room.empty();
      house.gate.clear();
    },
    onUnconfirmed: membership.unconfirmed,
    onRefused(why) {
      // Said by whoever holds the line, and signed by nobody: no reason to fall silent.
      log.error("relay.refused", { why, hint: "it plays its programme on; pair it anew with a new code" });
      options.onRefused?.(why);
    },
  });
  dialler.judgeBy(() => knownTime(house));
  const stopWatching = watchHome({
    ...{ clock, random, addresses, ask: membership.isHome, onBack: connection.goToFirst },
    isFree: () => connection.isConnected() && !onAir() && !loudspeaker.agenda.isBusy(),
  });
  follow();
  kept.confess(time.now());

  const stopTicking = every(clock, ms(PERIOD), () => {
    room.flush();
    loudspeaker.tick();
    reports.tick();
  });
  const stopTiming = writeTimeDown({ clock, log, disk, time });

  let closing: Promise<void> | undefined;
  const close = (code: ExitCode): Promise<void> => {
    closing ??= takeDown().then(() => finish(code));
    return closing;
  };
  const takeDown = async () => {
    stopTiming();
    stopTicking();
    hardware.stop();
    stopWatching();
    connection.close();
    programmeFetch.close();
    time.close();
    loudspeaker.volume.lost();
    await update.close();
    await downloads.close();
    http.close();
    dialler.close();
    await output.close();
    library.close();
    await decoders.close();
    await kept.close();
    // The lock.
    await opened[0]?.();
  };

  return { receiver, done, close: () => close(0) };
}
