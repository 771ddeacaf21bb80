/**
 * Builds the server in the order in which sound flows, and takes it down in the opposite order.
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type Cancel, every } from "../base/clock.js";
import { createStationClock, type StationClock } from "../base/station-clock.js";
import { epoch, MEGABYTE, minutes } from "../base/units.js";
import { isWithinAreas } from "../domain/area.js";
import { buildFanout, buildPlayout, type PlayoutWiring, wireOf } from "./air-wiring.js";
import { createApi, createPanelSocket } from "./api/index.js";
import type { Station } from "./config.js";
import { type Control, createControl } from "./control/control.js";
import { createRecordVerbs } from "./control/record-verbs.js";
import { type Fanout, refuseUpgrade } from "./fanout/index.js";
import { bringIn } from "./first-start.js";
import { followClock } from "./follow-clock.js";
import { metricsOf, readinessOf } from "./health.js";
import { createStationLexicon, type StationLexicon } from "./lexicon.js";
import { listen } from "./listen.js";
import { isBroughtIn, lastAlive, noteAlive, noteBroughtIn, offersIn } from "./meta.js";
import { type OpenStation, openStation, type Surroundings } from "./open-station.js";
import type { Playout } from "./playout/playout.js";
import { readingOptions } from "./reading-options.js";
import { nodeScheduleWaker, startTick, type Waker } from "./schedule/tick.js";
import { type ConnectionTokens, createConnectionTokens } from "./trust/connection-tokens.js";
import { stationSecrets } from "./trust/secrets.js";
import { stationToken } from "./trust/token.js";
import { isManifestSigned } from "./trust/update-signature.js";
import { VERSION } from "./version.js";

/** Small boxes of the last ten years speak it. */
const OLDEST_TLS = "TLSv1.2";

/** What tests put in the place of the real thing. */
export interface World extends Surroundings {
  readonly waker?: Waker;
}

export interface RunningServer {
  readonly url: string;
  /** The secret of the station, for the person at this machine. */
  readonly token: string;
  readonly control: Control;
  /** Resolves when what the station comes with has been brought in. */
  readonly settled: Promise<void>;
  stop(): Promise<void>;
}

/** @throws Fault when the station is served already, its state is damaged, or the port is taken */
export async function startServer(station: Station, world: World): Promise<RunningServer> {
  const { clock, log, waker = nodeScheduleWaker } = world;
  const open = await openStation(station, world);
  try {
    const stationClock = createStationClock(clock, await open.store.orderNumbers.raiseEpoch());
    const tokens = createConnectionTokens(clock);
    const fanout = buildFanout({ world, stationClock, signer: open.signer, tokens, control: () => control });
    const playout = buildPlayout({ world, open, stationClock, fanout, control: () => control });
    const lexicon = buildLexicon(station, open, stationClock);
    const control: Control = buildControl({ station, world, open, stationClock, tokens, fanout, playout, lexicon });
    const token = stationToken(station.paths.token);
    const web = buildWeb({ station, world, open, control, fanout, token, tokens, lexicon });
    const url = await listen(web.http, station.settings.listen).catch(async (thrown: unknown) => {
      await takeDown({ web, playout, control, fanout });
      throw thrown;
    });
    const cancels: Cancel[] = [
      startTick({
        clock,
        waker,
        onBug: (thrown) => log.error("tick.bug", { thrown }),
        onTick: (since) => {
          followClock({ ...fanout, stationClock, control, raiseEpoch: open.store.orderNumbers.raiseEpoch, log });
          void control.beat(since);
        },
      }),
      ...housekeeping({ world, open, control, stationClock }),
    ];
    const settled = settle(station, { world, open, control, stationClock });
    return {
      url,
      token,
      control,
      settled,
      async stop() {
        for (const cancel of cancels) cancel();
        await takeDown({ web, playout, control, fanout });
        await open.close();
      },
    };
  } catch (thrown) {
    await open.close();
    throw thrown;
  }
}

const sha256Of = (text: string): string => createHash("sha256").update(text).digest("hex");

function buildLexicon({ lexicon, settings }: Station, { store, asRun }: OpenStation, { date }: StationClock) {
  return createStationLexicon({
    file: lexicon,
    taught: store.lexicon,
    announcements: store.announcements,
    options: readingOptions(settings),
    asRun,
    now: date,
    digest: sha256Of,
  });
}

interface Running {
  readonly web: ReturnType<typeof buildWeb>;
  readonly playout: Playout;
  readonly control: Control;
  readonly fanout: Fanout;
}

async function takeDown({ web, playout, control, fanout }: Running): Promise<void> {
  web.panel.close();
  playout.close();
  await control.close();
  await fanout.close();
  web.http.closeAllConnections();
  await new Promise((resolve) => web.http.close(resolve));
}

interface ControlWiring extends Omit<PlayoutWiring, "control"> {
  readonly station: Station;
  readonly playout: Playout;
  readonly tokens: ConnectionTokens;
  readonly lexicon: StationLexicon;
}

function buildControl(wiring: ControlWiring): Control {
  const { station, world, open, stationClock, tokens, fanout, playout, lexicon } = wiring;
  const { clock, log } = world;
  const { store } = open;
  return createControl({
    facts: {
      ...station,
      name: station.settings.station.name,
      zone: station.settings.zone,
      version: VERSION,
      chimes: open.chimes,
    },
    kept: { ...store, playlists: open.playlists, offers: offersIn(store.meta) },
    asRun: open.asRun,
    clips: open.clips,
    packages: open.packages,
    isManifestSigned,
    voices: open.voices,
    pipeline: open.pipeline,
    planner: open.planner,
    normalise: lexicon.read,
    wording: station.settings.checks,
    templates: station.templates,
    wire: wireOf(fanout, stationClock, tokens),
    feeding: playout,
    clock,
    stationClock,
    nextOrder: () => ({ epoch: stationClock.epoch(), sequence: store.orderNumbers.next() }),
    newId: () => randomBytes(10).toString("hex"),
    sign: open.signer.sign,
    keys: open.signer,
    digest: sha256Of,
    secrets: stationSecrets({ now: stationClock.date }),
    trusted: { authority: station.tls.authority, orderKeys: open.signer.orderKeys },
    removeFile: (file) => rm(file, { force: true }),
    aliveUntil: epoch(lastAlive(store.meta) ?? clock.date()),
    log,
  });
}

interface WebWiring {
  readonly station: Station;
  readonly world: World;
  readonly open: OpenStation;
  readonly control: Control;
  readonly fanout: Fanout;
  readonly token: string;
  readonly tokens: ConnectionTokens;
  readonly lexicon: StationLexicon;
}

function buildWeb(wiring: WebWiring) {
  const { station, open, control, fanout, token, tokens, lexicon } = wiring;
  const { clock, log, random } = wiring.world;
  const { areas, settings } = station;
  const health = { fanout, control, pipeline: open.pipeline, voices: open.voices, folder: station.folder };
  const verbs = {
    ...control,
    receiverOf: tokens.receiverOf,
    ...createRecordVerbs({
      log: open.asRun,
      zone: settings.zone,
      areasWithin: (root) => [...areas.keys()].filter((area) => isWithinAreas(areas, area, [root])),
    }),
    ...lexicon.verbs,
    normalize: lexicon.read,
    readiness: () => readinessOf(health),
    metrics: () => metricsOf(health),
  };
  const { answer, access } = createApi({
    control: verbs,
    isCrowded: fanout.isCrowded,
    random,
    token,
    clock,
    log,
    quarantine: open.uploads,
    maxUpload: settings.limits.uploadMb * MEGABYTE,
    hosts: settings.listen.names,
    // Who comes by a name comes through the proxy, which speaks TLS.
    isSecure: settings.listen.names.length > 0 || station.tls.certificate !== undefined,
  });
  const panel = createPanelSocket({ control: verbs, access, clock, log, hosts: settings.listen.names });
  const { certificate } = station.tls;
  const http = certificate
    ? createTlsServer({ cert: certificate.chain, key: certificate.key, minVersion: OLDEST_TLS }, answer)
    : createServer(answer);
  http.on("upgrade", (request, socket, head) => {
    if (!fanout.upgrade(request, socket, head) && !panel.handleUpgrade(request, socket, head))
      refuseUpgrade(socket, { status: 404 });
  });
  return { http, panel };
}

interface KeepingWiring {
  readonly world: World;
  readonly open: OpenStation;
  readonly control: Control;
  readonly stationClock: StationClock;
}

function housekeeping({ world: { clock, log }, open, control, stationClock }: KeepingWiring): Cancel[] {
  const note = () => noteAlive(open.store.meta, stationClock.date(), log);
  note();
  return [
    every(clock, minutes(1), note),
    every(clock, minutes(60), () => {
      open.clips.collect(control.usedClips()).catch((thrown: unknown) => log.error("clips.not-collected", { thrown }));
    }),
  ];
}

async function settle(station: Station, { world: { log }, open, control, stationClock }: KeepingWiring): Promise<void> {
  const { meta } = open.store;
  if (!station.firstStart || isBroughtIn(meta)) return;
  try {
    await bringIn({
      content: station.firstStart,
      control,
      library: station.paths.library,
      quarantine: open.uploads,
      log,
    });
    await noteBroughtIn(meta, stationClock.date());
  } catch (thrown) {
    log.error("first-start.failed", { thrown });
  }
}
