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
import { type Access, bearerOf, COOKIE, COOKIE_SECONDS, createAccess, receiverAsking } from "./access.js";
import { airRoutes } from "./air-routes.js";
import { alignmentRoutes } from "./alignment-routes.js";
import { announcementRoutes } from "./announcement-routes.js";
import { careRoutes } from "./care-routes.js";
import { checkRoutes } from "./check-routes.js";
import { createClipDoor } from "./clip-door.js";
import { createContentGate } from "./content-gate.js";
import type { ControlVerbs } from "./control-verbs.js";
import { doorRoutes } from "./door-routes.js";
import { keyRoutes } from "./key-routes.js";
import { lexiconRoutes } from "./lexicon-routes.js";
import { mountRoutes } from "./mount.js";
import { createOpenApi } from "./openapi.js";
import { guardOrigin, isNear, secureHeaders } from "./origin.js";
import { PAGE_STYLE, renderPage, renderStranger } from "./page.js";
import { placeRoutes } from "./place-routes.js";
import { playlistRoutes } from "./playlist-routes.js";
import { answerErrors, answerFault } from "./problems.js";
import type { Route } from "./route.js";
import { scheduleRoutes } from "./schedule-routes.js";
import { createShelf } from "./shelf.js";
import { templateRoutes } from "./template-routes.js";
import { createThrottle, type Throttle } from "./throttle.js";
import { updateRoutes } from "./update-routes.js";
import { createQuarantine, MAX_UPLOAD } from "./upload.js";

/** Bytes of clips held in memory: two hours of speech, as much as a city is sent anew in a day. */
const SHELF = 32 * 1024 * 1024;

/** Every door that the OpenAPI document describes. */
export const ROUTES: readonly Route[] = [
  ...placeRoutes,
  ...careRoutes,
  ...alignmentRoutes,
  ...keyRoutes,
  ...announcementRoutes,
  ...templateRoutes,
  ...checkRoutes,
  ...lexiconRoutes,
  ...playlistRoutes,
  ...scheduleRoutes,
  ...airRoutes,
  ...updateRoutes,
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
  /** Names the station goes by besides localhost and IP addresses, lower case. */
  readonly hosts?: readonly string[];
  /** Whether browsers come by https, so that the cookie must too. */
  readonly isSecure?: boolean;
  /** Largest recording, bytes; 50 MiB when left out. */
  readonly maxUpload?: number;
  /** More receivers are coming than are let in at once: programmes and clips have to wait. */
  readonly isCrowded: () => boolean;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Gives names for uploads that were never used before. */
  readonly newName?: () => string;
}

/** What answers requests, with every door mounted. The same {@link Access} lets panels in at the socket. */
export function createApi(options: ApiOptions): { readonly answer: RequestListener; readonly access: Access } {
  const { control, clock, log, hosts = [] } = options;
  const access = createAccess(options);
  const throttle = createThrottle(clock);
  const guards = createGuards({ access, throttle, control });
  const shelf = createShelf({ read: readFile, most: SHELF });
  const app = express();
  app
    .disable("x-powered-by")
    .disable("etag")
    .set("query parser", "simple")
    .enable("strict routing")
    .enable("case sensitive routing");
  app.use(secureHeaders, guardOrigin(hosts));
  mountPage(app, { control, access, guards, isSecure: options.isSecure ?? false });
  mountRoutes(app, ROUTES, {
    control,
    guards,
    shelf,
    quarantine: createQuarantine({
      folder: options.quarantine,
      newName: options.newName ?? randomUUID,
      most: options.maxUpload ?? MAX_UPLOAD,
    }),
  });
  app.use("/api/v1", guards.station);
  app.use((request, response) => answerFault(response, nowhere(request.path)));
  app.use(answerErrors(log));
  const clipDoor = createClipDoor({ control, shelf, hosts, otherwise: app });
  return { answer: createContentGate({ ...options, answer: clipDoor }), access };
}

interface PageParts {
  readonly control: ControlVerbs;
  readonly access: Access;
  readonly guards: Record<Route["access"], RequestHandler>;
  readonly isSecure: boolean;
}

function mountPage(app: Express, { control, access, guards, isSecure }: PageParts): void {
  let openApi: object | undefined;
  app.get("/api/v1/openapi.json", (_request, response) => {
    openApi ??= createOpenApi(ROUTES, control.station().version);
    response.json(openApi);
  });
  app.get("/page.css", (_request, response) => void response.type("css").send(PAGE_STYLE));
  app.get("/", async (request, response) => {
    const isWelcome = isNear(request) || access.isLetIn(request);
    const page = isWelcome ? await renderPage(control) : renderStranger();
    response.status(isWelcome ? 200 : 401).type("html");
    response.send(page);
  });
  app.get("/enter", guards.pairing, (request, response) => {
    const { token } = request.query;
    if (typeof token !== "string" || !access.isRightToken(token)) throw noToken();
    response.cookie(COOKIE, access.newCookie(), {
      ...{ httpOnly: true, sameSite: "strict", path: "/", secure: isSecure },
      maxAge: COOKIE_SECONDS * 1000,
    });
    response.redirect(303, "/");
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
      const address = request.socket.remoteAddress ?? "";
      refuseWhenThrottled(throttle, address, response);
      if (bearerOf(request) !== undefined) throttle.wrong(address);
      throw noToken();
    };
  return {
    open: (_request, _response, next) => next(),
    station: only((request) => access.isLetIn(request)),
    near: only((request) => isNear(request) || access.isLetIn(request)),
    device: only((request) => receiverAsking(request, control) !== undefined),
    // A guess counts before it is judged, so that many at once gain nothing; a right one is forgiven afterwards.
    pairing(request, response, next) {
      const address = request.socket.remoteAddress ?? "";
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

const noToken = () =>
  new Fault(
    "forbidden",
    {
      vi: "Cần mã của đài (Authorization: Bearer …, hoặc mở đường dẫn vào đài được in ra khi máy chủ khởi động). Không có gì thay đổi.",
      en: "The station's token is needed (Authorization: Bearer …, or open the link printed when the server starts). Nothing has changed.",
    },
    { reason: "no-token" },
  );

const nowhere = (path: string) =>
  new Fault("not-found", {
    vi: `Không có địa chỉ ${path.slice(0, 200)}.`,
    en: `There is nothing at ${path.slice(0, 200)}.`,
  });
