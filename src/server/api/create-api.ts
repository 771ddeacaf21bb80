/**
 * The station's one HTTP port: pages, API, device doors.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import express, { type Express, type RequestHandler, type Response } from "express";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { ADDRESS_LIMIT, createThrottle, networkOf, type Throttle } from "../../base/throttle.js";
import { type Access, bearerOf, createAccess, receiverAsking } from "./access.js";
import { accountRoutes } from "./account-routes.js";
import { airRoutes } from "./air-routes.js";
import { alertRoutes } from "./alert-routes.js";
import { alignmentRoutes } from "./alignment-routes.js";
import { announcementRoutes } from "./announcement-routes.js";
import { approvalRoutes } from "./approval-routes.js";
import { backupRoutes } from "./backup-routes.js";
import { baseMapRoutes } from "./base-map-routes.js";
import { careRoutes } from "./care-routes.js";
import { checkRoutes } from "./check-routes.js";
import { chimeRoutes } from "./chime-routes.js";
import { createClipDoor } from "./clip-door.js";
import { createContentGate } from "./content-gate.js";
import type { ControlVerbs } from "./control-verbs.js";
import { correctionRoutes } from "./correction-routes.js";
import { doorRoutes } from "./door-routes.js";
import { factorRoutes } from "./factor-routes.js";
import { OWN_PROTOCOL } from "./form-page.js";
import { PAGE_STYLE } from "./html.js";
import { keyRoutes } from "./key-routes.js";
import { lexiconRoutes } from "./lexicon-routes.js";
import { liveRoutes } from "./live-routes.js";
import { logRoutes } from "./log-routes.js";
import { mountRoutes } from "./mount.js";
import { createOpenApi } from "./openapi.js";
import { addressOf, guardOrigin, isNear, secureHeaders } from "./origin.js";
import { outlineRoutes } from "./outline-routes.js";
import { oversightRoutes } from "./oversight-routes.js";
import { renderPage, renderStranger } from "./page.js";
import { createPanelFiles } from "./panel-files.js";
import { mountPeoplePages } from "./people-pages.js";
import { noCaller } from "./permit.js";
import { createPiecewise } from "./piecewise.js";
import { piecewiseRoutes } from "./piecewise-routes.js";
import { placeRoutes } from "./place-routes.js";
import { playlistRoutes } from "./playlist-routes.js";
import { answerErrors, answerFault } from "./problems.js";
import { mountPublicPages, type Residents } from "./public-pages.js";
import { radioRoutes } from "./radio-routes.js";
import { raiseRoutes } from "./raise-routes.js";
import { reportRoutes } from "./report-routes.js";
import { withRequestLog } from "./request-log.js";
import { responseRoutes } from "./response-routes.js";
import type { Route } from "./route.js";
import { scheduleRoutes } from "./schedule-routes.js";
import { settingsRoutes } from "./settings-routes.js";
import { createShelf } from "./shelf.js";
import { soundRoutes } from "./sound-routes.js";
import { sourceRoutes } from "./source-routes.js";
import { templateRoutes } from "./template-routes.js";
import { updateRoutes } from "./update-routes.js";
import { createQuarantine, MAX_UPLOAD } from "./upload.js";

/** Bytes of clips held in memory: two hours of speech, as much as a city is sent anew in a day. */
const SHELF = 32 * 1024 * 1024;

/** Every door that the OpenAPI document describes. */
export const ROUTES: readonly Route[] = [
  ...accountRoutes,
  ...factorRoutes,
  ...placeRoutes,
  ...outlineRoutes,
  ...baseMapRoutes,
  ...careRoutes,
  ...alignmentRoutes,
  ...keyRoutes,
  ...announcementRoutes,
  ...piecewiseRoutes,
  ...approvalRoutes,
  ...correctionRoutes,
  ...oversightRoutes,
  ...chimeRoutes,
  ...sourceRoutes,
  ...templateRoutes,
  ...checkRoutes,
  ...reportRoutes,
  ...lexiconRoutes,
  ...playlistRoutes,
  ...scheduleRoutes,
  ...radioRoutes,
  ...airRoutes,
  ...liveRoutes,
  ...soundRoutes,
  ...logRoutes,
  ...alertRoutes,
  ...responseRoutes,
  ...raiseRoutes,
  ...updateRoutes,
  ...settingsRoutes,
  ...backupRoutes,
  ...doorRoutes,
];

export interface ApiOptions {
  readonly control: ControlVerbs;
  /** The station's token, at least 16 letters. */
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Folder in which uploads wait, the station's own; made when missing. */
  readonly quarantine: string;
  /** Folder of the panel as it was built. */
  readonly panel: string;
  /** Names the station goes by besides localhost and IP addresses, lower case. */
  readonly hosts?: readonly string[];
  /** Whether browsers come by https, so that the cookie must too. */
  readonly isSecure?: boolean;
  /** Largest recording, bytes; 50 MiB when left out. */
  readonly maxUpload?: number;
  /** More receivers are coming than are let in at once: programmes and clips have to wait. */
  readonly isCrowded: () => boolean;
  /** What residents see without an account; nothing when left out. */
  readonly residents?: Residents | undefined;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Gives names for uploads that were never used before. */
  readonly newName?: () => string;
}

/** What answers requests, with every door mounted. The same {@link Access} lets panels in at the socket. */
export function createApi(options: ApiOptions): { readonly answer: RequestListener; readonly access: Access } {
  const { control, clock, log, hosts = [] } = options;
  const access = createAccess(options);
  const throttle = createThrottle(clock, ADDRESS_LIMIT);
  const setCookie = cookieSetter(access.cookie, options.isSecure ?? false);
  const guards = createGuards({ access, throttle, control });
  const shelf = createShelf({ read: readFile, most: SHELF });
  const app = express();
  app
    .disable("x-powered-by")
    .disable("etag")
    .set(OWN_PROTOCOL, options.isSecure ? "https" : "http")
    .set("query parser", "simple")
    .enable("strict routing")
    .enable("case sensitive routing");
  app.use(secureHeaders(options.isSecure ?? false), guardOrigin(hosts));
  const panel = createPanelFiles(options.panel);
  panel.mountParts(app);
  mountPage(app, { control, access, panel: panel.page });
  mountPeoplePages(app, { control, access, slowly: guards.pairing, setCookie });
  if (options.residents) mountPublicPages(app, { residents: options.residents, control, clock, shelf });
  const uploads = {
    ...{ folder: options.quarantine, newName: options.newName ?? randomUUID },
    ...{ most: options.maxUpload ?? MAX_UPLOAD, clock },
  };
  mountRoutes(app, ROUTES, {
    control,
    access,
    log,
    setCookie,
    guards,
    shelf,
    quarantine: createQuarantine(uploads),
    piecewise: createPiecewise(uploads),
  });
  app.use("/api/v1", guards.station);
  panel.mountAddresses(app);
  app.use((request, response) => answerFault(response, nowhere(request.path)));
  app.use(answerErrors(log));
  const clipDoor = createClipDoor({ control, shelf, hosts, otherwise: app });
  const answer = createContentGate({ ...options, answer: clipDoor });
  return { answer: withRequestLog({ answer, log, clock, newId: randomUUID }), access };
}

/** How long a browser keeps the cookie; the server ends the session earlier when it is not used. */
const COOKIE_LASTS = 7 * 24 * 3_600_000;

const cookieSetter = (name: string, secure: boolean) => (response: Response, secret: string | undefined) => {
  const options = { httpOnly: true, sameSite: "strict", path: "/", secure } as const;
  // What the browser has kept of the station goes with whoever leaves.
  if (secret === undefined) response.clearCookie(name, options).set("Clear-Site-Data", '"cache", "storage"');
  else response.cookie(name, secret, { ...options, maxAge: COOKIE_LASTS });
};

interface PageParts {
  readonly control: ControlVerbs;
  readonly access: Access;
  readonly panel: RequestHandler;
}

function mountPage(app: Express, { control, access, panel }: PageParts): void {
  let openApi: object | undefined;
  app.get("/api/v1/openapi.json", (_request, response) => {
    openApi ??= createOpenApi(ROUTES, control.station().version);
    response.json(openApi);
  });
  app.get("/page.css", (_request, response) => void response.type("css").send(PAGE_STYLE));
  app.get("/", async (request, response, next) => {
    // Until there are accounts, whoever sits at this machine sees what goes on.
    if (control.hasAccounts()) await panel(request, response, next);
    else if (isNear(request) || access.callerOf(request)) response.type("html").send(await renderPage(control));
    else response.status(401).type("html").send(renderStranger());
  });
}

interface GuardParts {
  readonly access: Access;
  readonly throttle: Throttle;
  readonly control: ControlVerbs;
}

function createGuards({ access, throttle, control }: GuardParts): Record<Route["access"], RequestHandler> {
  /** Whoever holds the right token passes even when others at the address guess: a stop must never wait (R3). */
  const only =
    (isLetIn: (request: Parameters<RequestHandler>[0]) => boolean): RequestHandler =>
    (request, response, next) => {
      if (isLetIn(request)) return next();
      const address = networkOf(addressOf(request));
      refuseWhenThrottled(throttle, address, response);
      if (bearerOf(request) !== undefined) throttle.wrong(address);
      throw noCaller();
    };
  return {
    open: (_request, _response, next) => next(),
    station: only((request) => access.callerOf(request) !== undefined),
    near: only((request) => isNear(request) || access.callerOf(request) !== undefined),
    device: only((request) => receiverAsking(request, control) !== undefined),
    // A guess counts before it is judged, so that many at once gain nothing; a right one is forgiven afterwards.
    pairing(request, response, next) {
      const address = networkOf(addressOf(request));
      refuseWhenThrottled(throttle, address, response);
      throttle.wrong(address);
      response.on("finish", () => {
        if (response.statusCode < 400) throttle.forgive(address);
      });
      next();
    },
  };
}

function refuseWhenThrottled(throttle: Throttle, address: string, response: Response): void {
  const wait = throttle.waitSeconds(address);
  if (wait === 0) return;
  response.set("Retry-After", String(wait));
  throw new Fault(
    "busy",
    {
      vi: `Địa chỉ này đã thử sai quá nhiều lần. Hãy chờ ${wait} giây.`,
      en: `Too many wrong tries from this address. Wait ${wait} seconds.`,
    },
    { reason: "throttled" },
  );
}

const nowhere = (path: string) =>
  new Fault("not-found", {
    vi: `Không có địa chỉ ${path.slice(0, 200)}.`,
    en: `There is nothing at ${path.slice(0, 200)}.`,
  });
