/**
 * Builds the server in the order in which sound flows, and takes it down in the opposite order.
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { type Cancel, every } from "../base/clock.js";
import { createStationClock, type StationClock } from "../base/station-clock.js";
import { epoch, minutes } from "../base/units.js";
import { buildAccounts } from "./account-wiring.js";
import {
  buildFanout,
  buildLive,
  buildPlayout,
  buildRadio,
  numberStreams,
  type PlayoutWiring,
  wireOf,
} from "./air-wiring.js";
import { radioSources } from "./config/radio-settings.js";
import type { Station } from "./config.js";
import type { AccountVerbs } from "./control/accounts.js";
import { type Control, createControl } from "./control/control.js";
import { createDayClosing } from "./day-closing.js";
import type { Fanout } from "./fanout/index.js";
import { bringIn } from "./first-start.js";
import { followClock } from "./follow-clock.js";
import { createStationLexicon, type StationLexicon } from "./lexicon.js";
import { listen } from "./listen.js";
import { isBroughtIn, lastAlive, noteAlive, noteBroughtIn, offersIn } from "./meta.js";
import { type OpenStation, openStation } from "./open-station.js";
import { createPacing, type Pacing } from "./pacing.js";
import type { Playout } from "./playout/playout.js";
import { readingOptions } from "./reading-options.js";
import { buildReports } from "./report-wiring.js";
import { nodeScheduleWaker, startTick } from "./schedule/tick.js";
import { type ConnectionTokens, createConnectionTokens } from "./trust/connection-tokens.js";
import { stationSecrets } from "./trust/secrets.js";
import { stationToken } from "./trust/token.js";
import { isManifestSigned } from "./trust/update-signature.js";
import { createUpkeep } from "./upkeep.js";
import { VERSION } from "./version.js";
import { buildWeb, type World } from "./web-wiring.js";

export interface RunningServer {
  readonly url: string;
  /** The secret of the station, for the person at this machine. */
  readonly token: string;
  readonly control: Control;
  readonly accounts: AccountVerbs;
  /** What a restore from a backup ended, at the first start after it. */
  readonly restored: OpenStation["restored"];
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
    const nextStream = numberStreams(stationClock);
    const playout = buildPlayout({ world, open, stationClock, fanout, nextStream, control: () => control });
    const live = buildLive({ open, stationClock, fanout, nextStream });
    const radio = buildRadio({ world, open, fanout, nextStream });
    const pacing = createPacing({ voices: open.voices, paces: open.store.voicePaces, log });
    const lexicon = buildLexicon(station, { open, stationClock, pacing });
    const control: Control = buildControl({
      station,
      world,
      open,
      stationClock,
      tokens,
      fanout,
      playout,
      live,
      radio,
      lexicon,
      pacing,
    });
    const token = stationToken(station.paths.token, (kept) => log.error("token.damaged", { kept }));
    const accounts = buildAccounts({ station, world, open, stationClock });
    const reports = buildReports({ station, open, stationClock, onChange: control.tellReports });
    const upkeep = createUpkeep({ station, world, open, stationClock, control, reports });
    const web = buildWeb({
      station,
      world,
      open,
      control,
      accounts,
      reports,
      fanout,
      token,
      tokens,
      lexicon,
      pacing,
      upkeep,
    });
    const url = await listen(web.http, station.settings.listen).catch(async (thrown: unknown) => {
      await takeDown({ web, playout, control, fanout });
      throw thrown;
    });
    upkeep.start(web.http);
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
      ...housekeeping(station, { world, open, control, stationClock }),
      every(clock, minutes(1), reports.remind),
    ];
    const settled = settle(station, { world, open, control, stationClock });
    return {
      url,
      token,
      control,
      accounts,
      restored: open.restored,
      settled,
      async stop() {
        for (const cancel of cancels) cancel();
        await upkeep.close();
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

interface LexiconWiring {
  readonly open: OpenStation;
  readonly stationClock: StationClock;
  readonly pacing: Pacing;
}

function buildLexicon(
  { lexicon, settings }: Station,
  { open: { store, asRun }, stationClock: { date }, pacing }: LexiconWiring,
) {
  return createStationLexicon({
    file: lexicon,
    taught: store.lexicon,
    announcements: store.announcements,
    options: readingOptions(settings),
    voiceFor: pacing.optionsFor,
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
  fanout.shut();
  web.panel.close();
  web.microphones.close();
  playout.close();
  await control.close();
  await fanout.close();
  web.http.closeAllConnections();
  await new Promise((resolve) => web.http.close(resolve));
}

interface ControlWiring extends Omit<PlayoutWiring, "control" | "nextStream"> {
  readonly station: Station;
  readonly live: ReturnType<typeof buildLive>;
  readonly radio: ReturnType<typeof buildRadio>;
  readonly playout: Playout;
  readonly tokens: ConnectionTokens;
  readonly lexicon: StationLexicon;
  readonly pacing: Pacing;
}

function buildControl(wiring: ControlWiring): Control {
  const { station, world, open, stationClock, tokens, fanout, playout, live, radio, lexicon, pacing } = wiring;
  const { clock, log } = world;
  const { store } = open;
  return createControl({
    facts: {
      ...station,
      name: station.settings.station.name,
      zone: station.settings.zone,
      version: VERSION,
      library: open.library.chimes,
      radio: radioSources(station.settings.radio),
    },
    kept: { ...store, playlists: open.playlists, offers: offersIn(store.meta) },
    asRun: open.asRun,
    clips: open.clips,
    packages: open.packages,
    baseMap: open.baseMap,
    isManifestSigned,
    voices: open.voices,
    onSpoken: pacing.learn,
    pipeline: open.pipeline,
    planner: open.planner,
    normalise: lexicon.read,
    wording: station.settings.checks,
    templates: station.templates,
    twoPeople: station.settings.editorial,
    wire: wireOf(fanout, stationClock, tokens),
    feeding: playout,
    live,
    radio,
    clock,
    stationClock,
    nextOrder: () => ({ epoch: stationClock.epoch(), sequence: store.orderNumbers.next() }),
    newId: () => randomBytes(10).toString("hex"),
    sign: open.signer.sign,
    keys: open.signer,
    digest: sha256Of,
    secrets: stationSecrets({ now: stationClock.date }),
    trusted: { authority: station.tls.authority, orderKeys: open.signer.orderKeys },
    keepRecording: open.library.keep,
    removeFile: (file) => rm(file, { force: true }),
    aliveUntil: epoch(lastAlive(store.meta) ?? clock.date()),
    log,
  });
}

interface KeepingWiring {
  readonly world: World;
  readonly open: OpenStation;
  readonly control: Control;
  readonly stationClock: StationClock;
}

function housekeeping(
  station: Station,
  { world: { clock, log }, open, control, stationClock }: KeepingWiring,
): Cancel[] {
  const note = () => noteAlive(open.store.meta, stationClock.date(), log);
  const days = createDayClosing({
    ...{ asRun: open.asRun, signer: open.signer, zone: station.settings.zone, now: stationClock.date, log },
    onClosed: control.dayClosed,
  });
  note();
  void days.look();
  return [
    every(clock, minutes(1), note),
    every(clock, minutes(1), () => void days.look()),
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
