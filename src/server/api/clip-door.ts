/**
 * The short way to a clip. When a clip is new, every receiver of a city asks for it whole within minutes; by the way of all
 * requests each would cost more than its bytes (measured: 340 µs against 180 µs for a minute of speech).
 *
 * Only what is plainly right is answered here. Ranges, conditions, strangers and mistakes go the way of all requests.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { sha256Schema } from "../../domain/ids.js";
import { receiverAsking } from "./access.js";
import type { ControlVerbs } from "./control-verbs.js";
import { isOwnHost } from "./origin.js";
import { clipHeaders } from "./send-file.js";
import type { Shelf } from "./shelf.js";

const PATH = "/clips/";
/** With one of these the answer may be something else than the whole clip. */
const CONDITIONS = ["range", "if-none-match", "if-match", "if-modified-since", "if-unmodified-since"];

export interface ClipDoorOptions {
  readonly control: Pick<ControlVerbs, "receiverOf" | "clipFile">;
  readonly shelf: Shelf;
  readonly hosts: readonly string[];
  /** The way of all requests. */
  readonly otherwise: (request: IncomingMessage, response: ServerResponse) => void;
}

/** What an HTTP server calls with each request. */
export function createClipDoor({ control, shelf, hosts, otherwise }: ClipDoorOptions) {
  const fileFor = (request: IncomingMessage): string | undefined => {
    const { method, url = "", headers } = request;
    if (method !== "GET" || !url.startsWith(PATH) || CONDITIONS.some((name) => headers[name] !== undefined)) return;
    const sha256 = sha256Schema.safeParse(url.slice(PATH.length)).data;
    if (sha256 === undefined || !isOwnHost(request, hosts)) return;
    return receiverAsking(request, control) === undefined ? undefined : control.clipFile(sha256);
  };

  const send = (file: string, request: IncomingMessage, response: ServerResponse) => {
    const etag = request.url?.slice(PATH.length) ?? "";
    shelf(file).then(
      (bytes) => {
        response.writeHead(200, { ...clipHeaders(etag), "Content-Length": bytes.length });
        response.end(bytes);
      },
      // It has just gone, or cannot be read: said as always.
      () => otherwise(request, response),
    );
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const file = fileFor(request);
    if (file === undefined) otherwise(request, response);
    else send(file, request, response);
  };
}
