/**
 * Puts the table of doors on Express: reads what comes in by its schemas, calls the one verb, writes the answer.
 *
 * @module
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { permissionSchema } from "../../domain/permission.js";
import type { Person } from "../../domain/person.js";
import { sightOf } from "../../domain/sight.js";
import type { Access, Caller } from "./access.js";
import type { Site } from "./account-verbs.js";
import type { ControlVerbs, Expected, Upload } from "./control-verbs.js";
import { addressOf } from "./origin.js";
import { permit, verdictOf } from "./permit.js";
import { type Piecewise, UPLOAD_HEADER } from "./piecewise.js";
import { answerFault, type ProblemDetail } from "./problems.js";
import { read } from "./refusals.js";
import type { Call, Needs, RawRoute, Reply, Route, VerbRoute } from "./route.js";
import { seenControl } from "./seen-control.js";
import { sendFile } from "./send-file.js";
import type { Shelf } from "./shelf.js";
import type { Quarantine } from "./upload.js";

/** Largest JSON or text body, bytes. */
export const MAX_BODY = 256 * 1024;
const NO_UPLOAD: Upload = { file: "", bytes: 0 };

interface Parts {
  readonly control: ControlVerbs;
  readonly access: Access;
  readonly log: Log;
  /** Puts a session's secret into the cookie, or takes it out. */
  readonly setCookie: (response: Response, secret: string | undefined) => void;
  readonly quarantine: Quarantine;
  readonly piecewise: Piecewise;
  /** Where files that never change are read. */
  readonly shelf: Shelf;
  /** Lets in, or throws; by what the door asks for. */
  readonly guards: Readonly<Record<Route["access"], RequestHandler>>;
}

/** Mounts every door. Another method on a known path is answered with the methods there are. */
export function mountRoutes(app: Express, routes: readonly Route[], parts: Parts): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    const door = app.route(expressPath(path));
    for (const route of here) {
      // The types say so already; a door that slipped past them must not stand open.
      if (route.needs === undefined) throw new TypeError(`the door ${route.id} does not say what it needs`);
      door[route.method](parts.guards[route.access], ...bodyReaders(route), async (request, response) => {
        if ("raw" in route) await serveRaw(route, parts, { request, response });
        else await serve(route, parts, { request, response });
      });
    }
    door.all(refuseMethod(here));
  }
}

const expressPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ":$1");

function refuseMethod(here: readonly Route[]): RequestHandler {
  const methods = here.map((route) => route.method.toUpperCase());
  const allow = [...(methods.includes("GET") ? ["HEAD"] : []), ...methods, "OPTIONS"].join(", ");
  return (request, response) => {
    response.set("Allow", allow);
    if (request.method === "OPTIONS") response.status(204).end();
    else
      answerFault(
        response,
        new Fault(
          "invalid",
          { vi: `Địa chỉ này chỉ nhận ${allow}.`, en: `This address only takes ${allow}.` },
          { reason: "no-such-method" },
        ),
      );
  };
}

function bodyReaders(route: Route): RequestHandler[] {
  if (route.body === undefined) return [];
  if (route.takes === "text") return [express.text({ limit: MAX_BODY, type: () => true })];
  const isJson: RequestHandler = (request, _response, next) => {
    // Nothing has no type; programs that send nothing announce it by its length.
    if (request.headers["content-length"] !== "0" && request.is(["application/json", "+json"]) === false)
      throw new Fault("invalid", NOT_JSON_TYPE, { reason: "media-type" });
    next();
  };
  return [isJson, express.json({ limit: MAX_BODY, strict: false, type: () => true })];
}

async function serveRaw(route: RawRoute, parts: Parts, { request, response }: Exchange): Promise<void> {
  const { access, control } = parts;
  const caller = access.callerOf(request);
  // Whoever is let in for being on this machine needs to be nobody.
  if (caller !== undefined || route.access !== "near") letThrough(route, parts, { caller, call: undefined });
  await route.raw(request, response, control);
}

async function serve(route: VerbRoute, parts: Parts, exchange: Exchange): Promise<void> {
  const { access, control, quarantine, piecewise } = parts;
  const { request, response } = exchange;
  const caller = route.needs === "nothing" ? undefined : access.callerOf(request);
  const write = (reply: Reply<unknown>) => answer(exchange, { route, reply, parts });
  const call: Call<unknown, unknown, unknown> = {
    control,
    params: route.params && read(route.params, { ...request.params }, "/path"),
    query: route.query && read(route.query, { ...request.query }, "/query"),
    body: route.body && read(route.body, request.body),
    upload: NO_UPLOAD,
    piecewise,
    person: caller?.person ?? strangerOf(request),
    agent: (request.get("User-Agent") ?? "").slice(0, 200),
    site: siteOf(request),
    caller,
    mayAlso: (permission, touched) =>
      caller !== undefined && verdictOf(caller, permission, touched, control.here()).may,
    expected: expectedOf(request),
  };
  letThrough(route, parts, { caller, call });
  // Whoever may not change it at all is not asked which state they have read.
  if (call.expected === undefined && route.needsExpected)
    throw new Fault("invalid", NO_MATCH, { reason: "if-match-needed" });
  const seen = caller === undefined ? call : { ...call, control: seenBy(route, caller, control) };
  if (route.takes === "upload") return write(await withUpload(route, seen, { quarantine, request }));
  try {
    await write(await route.run(seen));
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "conflict" || response.headersSent) throw error;
    answerFault(response, error, bothSides(route, seen));
  }
}

/** Whoever may look by one right sees where they have that; doors that ask for no right in particular show all that is theirs. */
function seenBy({ method, needs }: VerbRoute, caller: Caller, control: ControlVerbs): ControlVerbs {
  const asked = method === "get" && typeof needs === "object" ? [needs.permission].flat() : permissionSchema.options;
  return seenControl(control, sightOf(caller.grants, asked, control.here()), caller.person);
}

interface Asking<C> {
  readonly caller: Caller | undefined;
  readonly call: C;
}

/** Asks whether this caller may; who was refused what stands in the program's log. */
function letThrough<C>(
  { id, needs }: { readonly id: string; readonly needs: Needs<C> },
  { control, log }: Pick<Parts, "control" | "log">,
  { caller, call }: Asking<C>,
): void {
  try {
    permit(needs, caller, call, control.here());
  } catch (thrown) {
    if (thrown instanceof Fault && caller !== undefined) {
      const { account, name, from, session } = caller.person;
      log.warn("access.refused", { door: id, reason: thrown.reason, account: account ?? name, from, session });
    }
    throw thrown;
  }
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/** The verb owns the file once it has said yes; otherwise it goes. */
async function withUpload(
  route: VerbRoute,
  call: Call<unknown, unknown, unknown>,
  { quarantine, request }: { quarantine: Quarantine; request: Request },
): Promise<Reply<unknown>> {
  const id = request.get(UPLOAD_HEADER);
  const upload = id ? await call.piecewise.handOver(id, call.person) : await quarantine.take(request, route.mostBytes);
  try {
    return await route.run({ ...call, upload });
  } catch (error) {
    await quarantine.discard(upload);
    throw error;
  }
}

function bothSides(route: VerbRoute, call: Call<unknown, unknown, unknown>): ProblemDetail {
  if (route.current === undefined) return {};
  try {
    const { value, revision } = route.current(call);
    return { current: value, currentRevision: revision, yours: call.body };
  } catch (error) {
    // It may have been removed meanwhile: then there is no other side to show.
    if (error instanceof Fault) return { yours: call.body };
    throw error;
  }
}

interface Answer {
  readonly route: VerbRoute;
  readonly reply: Reply<unknown>;
  readonly parts: Pick<Parts, "shelf" | "setCookie">;
}

/** Its address names its content. */
const PICTURE = { "Cache-Control": "private, max-age=604800, immutable" };

function sendBytes(
  response: Response,
  { bytes, media, name, policy }: Reply<never> & { readonly kind: "bytes" },
): void {
  if (policy === undefined) response.attachment(name);
  else response.set("Content-Security-Policy", policy);
  response.set("Content-Type", media).end(bytes);
}

async function answer({ request, response }: Exchange, { route, reply, parts }: Answer): Promise<void> {
  response.status(route.status);
  if (reply.kind === "entered") parts.setCookie(response, reply.secret);
  if (reply.kind === "left") parts.setCookie(response, undefined);
  if (reply.kind === "nothing" || reply.kind === "left") response.end();
  else if (reply.kind === "json" || reply.kind === "entered") response.json(reply.value);
  else if (reply.kind === "kept") response.set("ETag", `"${reply.kept.revision}"`).json(reply.kept.value);
  else if (reply.kind === "text") response.type(route.media ?? "text/plain").send(reply.text);
  else if (reply.kind === "file") await sendFile(request, response, { ...reply, shelf: parts.shelf });
  else if (reply.kind === "bytes") sendBytes(response, reply);
  else if (reply.kind === "picture") response.set(PICTURE).set("Content-Type", reply.media).end(reply.bytes);
  else {
    response.type(reply.media).attachment(reply.name);
    await pipeline(Readable.from(reply.pieces), response);
  }
}

/** Who enters is nobody yet, but from somewhere. */
const strangerOf = (request: Request): Person => ({ name: "?", from: addressOf(request) });

/** By which name and origin a browser knows us; foreign origins have been refused before. */
function siteOf(request: Request): Site {
  const { host = "", origin } = request.headers;
  return { host: host.replace(/:\d+$/, "").toLowerCase(), origin: origin ?? `http://${host}` };
}

/** The mark in `If-Match`, `*`, or nothing. */
function expectedOf(request: Request): Expected {
  const given = request.get("If-Match")?.trim();
  return given?.replace(/^(?:W\/)?"(.*)"$/, "$1");
}

const NOT_JSON_TYPE = {
  vi: "Nội dung phải là application/json. Không có gì được lưu.",
  en: "The body must be application/json. Nothing was kept.",
};
const NO_MATCH = {
  vi: "Hãy gửi kèm If-Match với dấu ETag của bản đã đọc (hoặc *), để không ghi đè thay đổi của người khác. Không có gì được lưu.",
  en: "Send If-Match with the ETag of what you read (or *), so that nobody's change is overwritten. Nothing was kept.",
};
