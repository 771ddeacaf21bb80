/**
 * Puts the table of doors on Express: reads what comes in by its schemas, calls the one verb, writes the answer.
 *
 * @module
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import { Fault } from "../../base/errors.js";
import type { ControlVerbs, Expected, Person, Upload } from "./control-verbs.js";
import { answerFault, type ProblemDetail } from "./problems.js";
import { read } from "./refusals.js";
import type { Call, Reply, Route, VerbRoute } from "./route.js";
import { sendFile } from "./send-file.js";
import type { Shelf } from "./shelf.js";
import type { Quarantine } from "./upload.js";

/** Largest JSON or text body, bytes. */
export const MAX_BODY = 256 * 1024;
/** Longest name of a person, letters. */
const MAX_PERSON = 120;
/** Who acts when the request does not say. */
const UNNAMED: Person = { name: "người giữ mã đài" };
const NO_UPLOAD: Upload = { file: "", bytes: 0 };

interface Parts {
  readonly control: ControlVerbs;
  readonly quarantine: Quarantine;
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
    for (const route of here)
      door[route.method](parts.guards[route.access], ...bodyReaders(route), async (request, response) => {
        if ("raw" in route) await route.raw(request, response, parts.control);
        else await serve(route, parts, { request, response });
      });
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

async function serve(route: VerbRoute, parts: Parts, exchange: Exchange): Promise<void> {
  const { control, quarantine } = parts;
  const { request, response } = exchange;
  const write = (reply: Reply<unknown>) => answer(exchange, { route, reply, shelf: parts.shelf });
  const call: Call<unknown, unknown, unknown> = {
    control,
    params: route.params && read(route.params, { ...request.params }, "/path"),
    query: route.query && read(route.query, { ...request.query }, "/query"),
    body: route.body && read(route.body, request.body),
    upload: NO_UPLOAD,
    person: personOf(request),
    expected: expectedOf(request, route),
  };
  if (route.takes === "upload") return write(await withUpload(route, call, { quarantine, request }));
  try {
    await write(await route.run(call));
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "conflict" || response.headersSent) throw error;
    answerFault(response, error, bothSides(route, call));
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
  const upload = await quarantine.take(request);
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
  readonly shelf: Shelf;
}

async function answer({ request, response }: Exchange, { route, reply, shelf }: Answer): Promise<void> {
  response.status(route.status);
  if (reply.kind === "nothing") response.end();
  else if (reply.kind === "json") response.json(reply.value);
  else if (reply.kind === "kept") response.set("ETag", `"${reply.kept.revision}"`).json(reply.kept.value);
  else if (reply.kind === "text") response.type(route.media ?? "text/plain").send(reply.text);
  else if (reply.kind === "file") await sendFile(request, response, { ...reply, shelf });
  else {
    response.type(reply.media).attachment(reply.name);
    await pipeline(Readable.from(reply.pieces), response);
  }
}

/** `Loa-Person` holds the name percent-encoded, since headers carry no Vietnamese letters. */
function personOf(request: Request): Person {
  const given = request.get("Loa-Person");
  if (given === undefined) return UNNAMED;
  const name = decoded(given).normalize("NFC").trim();
  if (name === "" || name.length > MAX_PERSON || /\p{C}/u.test(name))
    throw new Fault("invalid", WRONG_PERSON, { path: "/headers/Loa-Person", reason: "wrong-field" });
  return { name };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new Fault("invalid", WRONG_PERSON, { path: "/headers/Loa-Person", reason: "wrong-field", cause });
  }
}

/** The mark in `If-Match`, `*`, or nothing. */
function expectedOf(request: Request, route: VerbRoute): Expected {
  const given = request.get("If-Match")?.trim();
  if (given === undefined && route.needsExpected) throw new Fault("invalid", NO_MATCH, { reason: "if-match-needed" });
  return given?.replace(/^(?:W\/)?"(.*)"$/, "$1");
}

const NOT_JSON_TYPE = {
  vi: "Nội dung phải là application/json. Không có gì được lưu.",
  en: "The body must be application/json. Nothing was kept.",
};
const WRONG_PERSON = {
  vi: "Tên người thực hiện (Loa-Person) phải là 1–120 chữ, mã hoá phần trăm (UTF-8).",
  en: "The acting person's name (Loa-Person) must be 1 to 120 letters, percent-encoded UTF-8.",
};
const NO_MATCH = {
  vi: "Hãy gửi kèm If-Match với dấu ETag của bản đã đọc (hoặc *), để không ghi đè thay đổi của người khác. Không có gì được lưu.",
  en: "Send If-Match with the ETag of what you read (or *), so that nobody's change is overwritten. Nothing was kept.",
};
