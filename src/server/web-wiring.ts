/**
 * The station's doors for people and their pages: requests, the panel's socket, and the one for microphones.
 *
 * @module
 */
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { fileURLToPath } from "node:url";
import { epoch, MEGABYTE } from "../base/units.js";
import { areasInLog } from "../domain/area.js";
import type { ReceiverId } from "../domain/ids.js";
import { createApi, createLiveSocket, createPanelSocket } from "./api/index.js";
import type { SettingsVerbs } from "./api/settings-routes.js";
import { secureOptions } from "./certificate-care.js";
import type { Station } from "./config.js";
import type { AccountVerbs } from "./control/accounts.js";
import type { Control } from "./control/control.js";
import { createPublicBoard } from "./control/public-board.js";
import { createRecordVerbs } from "./control/record-verbs.js";
import type { ReportVerbs } from "./control/reports.js";
import { type Fanout, refuseUpgrade } from "./fanout/index.js";
import { metricsOf, readinessOf } from "./health.js";
import type { StationLexicon } from "./lexicon.js";
import type { OpenStation, Surroundings } from "./open-station.js";
import type { Pacing } from "./pacing.js";
import type { Waker } from "./schedule/tick.js";
import { createSettingsDesk } from "./settings-desk.js";
import type { ConnectionTokens } from "./trust/connection-tokens.js";
import type { Upkeep } from "./upkeep.js";

/** Where the panel is built to, beside this program. */
const PANEL = fileURLToPath(new URL("../../web/panel/", import.meta.url));

/** What tests put in the place of the real thing. */
export interface World extends Surroundings {
  readonly waker?: Waker;
  /** Starts the station anew from its files, in this very program. */
  readonly restart?: () => void;
}

export interface WebWiring {
  readonly station: Station;
  readonly world: World;
  readonly open: OpenStation;
  readonly control: Control;
  readonly accounts: AccountVerbs;
  readonly reports: ReportVerbs;
  readonly fanout: Fanout;
  readonly token: string;
  readonly tokens: ConnectionTokens;
  readonly lexicon: StationLexicon;
  readonly pacing: Pacing;
  readonly upkeep: Upkeep;
}

const residentsOf = ({ station: { settings, areas }, open, world }: WebWiring) => ({
  board: createPublicBoard({
    ...{ name: settings.station.name, zone: settings.zone, areas, asRun: open.asRun },
    announcements: open.store.announcements.all,
    areaOf: (receiver) => open.store.receivers.get(receiver as ReceiverId)?.area,
    now: () => epoch(world.clock.date()),
  }),
  takesComplaints: settings.public.complaints,
});

export function buildWeb(wiring: WebWiring) {
  const { station, open, control, accounts, reports, fanout, token, tokens, lexicon, pacing, upkeep } = wiring;
  const { clock, log, random } = wiring.world;
  const { areas, settings } = station;
  const health = { fanout, control, pipeline: open.pipeline, voices: open.voices, folder: station.folder, upkeep };
  const desk: SettingsVerbs = createSettingsDesk({
    ...{ station, clock, asRun: open.asRun, weekWith: control.weekWith, restart: wiring.world.restart },
    isOnAir: () => control.onAir().length > 0,
  });
  const verbs = {
    ...control,
    ...accounts,
    ...reports,
    receiverOf: tokens.receiverOf,
    ...createRecordVerbs({
      log: open.asRun,
      zone: settings.zone,
      areasWithin: (root) => areasInLog(areas, root),
    }),
    ...lexicon.verbs,
    ...desk,
    ...upkeep.backups,
    normalize: lexicon.read,
    voices: () => open.voices.list().map((voice) => ({ ...voice, pace: pacing.paceOf(voice.choice) })),
    readiness: () => readinessOf(health),
    metrics: () => metricsOf(health),
  };
  const { answer, access } = createApi({
    control: verbs,
    isCrowded: fanout.isCrowded,
    residents: settings.public.enabled ? residentsOf(wiring) : undefined,
    random,
    token,
    clock,
    log,
    quarantine: open.uploads,
    panel: PANEL,
    maxUpload: settings.limits.uploadMb * MEGABYTE,
    hosts: settings.listen.names,
    // Who comes by a name comes through the proxy, which speaks TLS.
    isSecure: settings.listen.names.length > 0 || station.tls.certificate !== undefined,
  });
  const panel = createPanelSocket({ control: verbs, access, clock, log, hosts: settings.listen.names });
  const microphones = createLiveSocket({ control: verbs, access, clock, log, hosts: settings.listen.names });
  const { certificate } = station.tls;
  const http = certificate ? createTlsServer(secureOptions(certificate), answer) : createServer(answer);
  http.on("upgrade", (request, socket, head) => {
    const doors = [fanout.upgrade, panel.handleUpgrade, microphones.handleUpgrade];
    if (!doors.some((door) => door(request, socket, head))) refuseUpgrade(socket, { status: 404 });
  });
  return { http, panel, microphones };
}
