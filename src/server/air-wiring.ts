/**
 * How sound and orders leave the house: sockets, streams, and what control sees of them.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { StationClock } from "../base/station-clock.js";
import type { Sha256 } from "../domain/ids.js";
import { MAX_DAYS_LISTED } from "../protocol/limits.js";
import { parseOggOpus } from "../protocol/ogg-opus.js";
import type { Control } from "./control/control.js";
import type { Wire } from "./control/ports.js";
import { createFanout, type Fanout } from "./fanout/index.js";
import type { OpenStation, Surroundings } from "./open-station.js";
import { createLiveFeeds } from "./playout/live-feed.js";
import { createPlayout, type Playout } from "./playout/playout.js";
import { createRadioFeeds } from "./playout/radio-feed.js";
import { createOpenRadio, createRadio } from "./radio/index.js";
import { rememberLatest } from "./remember-latest.js";
import { createAuthenticator } from "./trust/authenticate.js";
import type { ConnectionTokens } from "./trust/connection-tokens.js";
import { newSealKey } from "./trust/ed25519.js";
import type { Signer } from "./trust/signer.js";

/** Clips that are parsed for streaming stay in memory; one of fifteen minutes is 4 MB. */
const CLIPS_IN_MEMORY = 8;
/** Milliseconds of prepared audio in one write. */
const PIECE_MS = 5_000;
/** A receiver fetches clips no faster than this, bytes a second, so that control and sound keep the line. */
const FETCH_RATE = 100_000;
/** After a restart receivers come back spread over this time. */
const RETURN_SPREAD_MS = 2_000;

export interface FanoutWiring {
  readonly world: Surroundings;
  readonly stationClock: StationClock;
  readonly tokens: ConnectionTokens;
  readonly signer: Pick<Signer, "sign">;
  /** Asked for later: it is built on what this gives. */
  readonly control: () => Control;
}

export function buildFanout({
  world: { clock, random, log },
  stationClock,
  signer,
  tokens,
  control,
}: FanoutWiring): Fanout {
  const authenticate = createAuthenticator((receiver) => control().claimsOf(receiver));
  return createFanout({
    clock,
    log,
    random,
    serverMicros: stationClock.micros,
    timeSigning: { epoch: stationClock.epoch, sign: (text) => signer.sign("time", text) },
    async authenticate(hello, nonce) {
      const verdict = await authenticate(hello, nonce);
      if (!verdict.ok) control().reception.turnedAway(hello.receiver, verdict.why);
      return verdict;
    },
    onTwoDevices(receiver) {
      control()
        .quarantine(receiver)
        .catch((thrown: unknown) => log.error("quarantine.not-kept", { receiver, thrown }));
    },
    welcome: (receiver, hello) => ({
      session: randomBytes(8).toString("hex"),
      token: tokens.give(receiver),
      version: 1,
      epoch: stationClock.epoch(),
      reported: control().reception.hello(receiver, hello).reported,
      spreadMs: RETURN_SPREAD_MS,
    }),
    onHello: (receiver) => control().reception.ready(receiver),
    onMessage: (receiver, message) => control().reception.message(receiver, message),
    onAlive: (receiver) => control().reception.alive(receiver),
    onGone(receiver, why) {
      tokens.ended(receiver);
      control().reception.gone(receiver, why);
    },
  });
}

/** Numbers for streams: those of two runs of the server are never confused. */
export function numberStreams(stationClock: StationClock): () => number {
  let streams = (stationClock.epoch() * 1000) >>> 0;
  return () => {
    const stream = streams;
    streams = (streams + 1) >>> 0;
    return stream;
  };
}

/** How speech leaves the house, where it is kept, and what may come before it. */
export const buildLive = ({
  open,
  stationClock,
  fanout,
  nextStream,
}: Pick<PlayoutWiring, "open" | "stationClock" | "fanout" | "nextStream">) => ({
  feeds: createLiveFeeds({
    now: stationClock.micros,
    openStream: (stream, seal, periodMs) => fanout.openStream({ stream, seal, receivers: [], periodMs }),
    newSealKey,
    nextStream,
  }),
  recordings: open.talks,
  packetsOf: async (sha256: Sha256) => parseOggOpus(await readFile(open.clips.pathOf(sha256))).packets,
});

/** How other stations are heard, and how they leave the house. */
export const buildRadio = ({
  world: { clock, random, log },
  open,
  fanout,
  nextStream,
}: Pick<PlayoutWiring, "world" | "open" | "fanout" | "nextStream">) => ({
  ...createRadio({ clock, random, log, open: createOpenRadio(clock), relayRadio: open.pipeline.relayRadio }),
  feeds: createRadioFeeds({
    openStream: (stream, seal, periodMs) => fanout.openStream({ stream, seal, receivers: [], periodMs }),
    newSealKey,
    nextStream,
  }),
});

export interface PlayoutWiring {
  readonly world: Surroundings;
  readonly open: OpenStation;
  readonly stationClock: StationClock;
  readonly fanout: Fanout;
  readonly nextStream: () => number;
  readonly control: () => Control;
}

export function buildPlayout({
  world: { clock, log },
  open,
  stationClock,
  fanout,
  nextStream,
  control,
}: PlayoutWiring): Playout {
  return createPlayout({
    clock,
    now: stationClock.micros,
    readClip: rememberLatest(CLIPS_IN_MEMORY, async (sha256: Sha256) =>
      parseOggOpus(await readFile(open.clips.pathOf(sha256))),
    ),
    openStream: (stream, seal) => fanout.openStream({ stream, seal, receivers: [], periodMs: PIECE_MS }),
    newSealKey,
    order: (body, receivers, cue) =>
      control().desk.issue({
        body,
        audience: control().audienceOf(receivers),
        receivers,
        class: cue.class,
        lifetimeMs: Math.max(0, cue.notAfter / 1000 - stationClock.date()) + 1000,
        by: cue.by,
        confirmedBy: control().confirmationOf(cue.id),
      }),
    nextStream,
    log,
  });
}

/** The receivers' connections as control sees them. */
export function wireOf(fanout: Fanout, stationClock: StationClock, tokens: ConnectionTokens): Wire {
  return {
    connected: fanout.connected,
    sendOrder: fanout.sendOrder,
    offerProgramme: (receiver, offered) => fanout.send([receiver], { t: "programme", p: offered }),
    tellKeys(receivers, notices) {
      for (const p of notices) fanout.send(receivers, { t: "keys", p });
    },
    wantClips(receiver, wanted) {
      const deadline = stationClock.micros();
      fanout.send([receiver], {
        t: "clips",
        p: { want: wanted.map((clip) => ({ ...clip, deadline })), rate: FETCH_RATE },
      });
    },
    acknowledge: (receiver, journal, upTo) => fanout.send([receiver], { t: "reported", p: { journal, upTo } }),
    keepDays(receivers, heads) {
      for (let from = 0; from < heads.length; from += MAX_DAYS_LISTED)
        fanout.send(receivers, { t: "days", p: { heads: heads.slice(from, from + MAX_DAYS_LISTED) } });
    },
    askDays: (receiver, after) =>
      fanout.send([receiver], { t: "days-wanted", p: after === undefined ? {} : { after } }),
    dismiss(receiver, reason) {
      tokens.revoke(receiver);
      fanout.disconnect(receiver, reason);
    },
  };
}
