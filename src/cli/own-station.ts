/**
 * How programs on the station's own machine reach it when it listens with TLS: by its address, but for the name in its
 * certificate and by its own authority.
 *
 * @module
 */
import { request } from "node:https";
import type { StationTls } from "../server/config.js";

/** What to trust at the station's own address; empty without TLS. */
export interface OwnTls {
  /** PEM of the authority; those of the system when absent. */
  readonly authority?: string;
  /** The name that the certificate must be good for, when it is reached by an address. */
  readonly servername?: string;
}

export const ownTlsOf = ({ certificate, ownTrust }: StationTls): OwnTls => ({
  ...(ownTrust === undefined ? {} : { authority: ownTrust }),
  ...(certificate?.name === undefined ? {} : { servername: certificate.name.replace(/^\*\./, "loa.") }),
});

/** Asks a station; the part of `fetch` that this takes. */
export type Ask = (
  url: URL,
  init: { method: string; headers: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> },
) => Promise<Response>;

/** As `fetch`, to the station's own address: for requests of programs, with texts in and out. */
export const fetchOwn =
  ({ authority, servername }: OwnTls): Ask =>
  (url, init) =>
    new Promise((resolve, reject) => {
      const trust = {
        ...(authority === undefined ? {} : { ca: authority }),
        ...(servername === undefined ? {} : { servername }),
      };
      const asked = request(url, { method: init.method, headers: init.headers, ...trust }, (answer) => {
        const pieces: Buffer[] = [];
        answer.on("data", (piece: Buffer) => pieces.push(piece));
        answer.on("error", reject);
        answer.on("end", () => {
          const { statusCode: status = 500 } = answer;
          const body = pieces.length === 0 ? null : Buffer.concat(pieces);
          resolve(new Response(body, { status }));
        });
      });
      asked.on("error", reject);
      asked.end(init.body);
    });
