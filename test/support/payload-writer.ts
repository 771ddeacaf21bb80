import { expect } from "chai";
import { ROUTES } from "../../src/server/api/create-api.js";
import type { Route } from "../../src/server/api/route.js";
import { stringFields, withText } from "./string-fields.js";

/** A string that would run, be markup, or be a formula, if anything took it for more than a text. Its number tells where it went in. */
export const payload = (n: number): string => `=1'"><img src=x onerror=xss(${n})>`;
/** The same for fields that hold no more letters; it can only be seen as markup. */
export const shortPayload = (n: number): string => `=<b class=xss${n}>`;

/** What became of the string fields of a door: kept, or refused by the schema, or by the verb (such as the name of what is not there). */
export interface Outcome {
  readonly kept: readonly string[];
  readonly refused: readonly string[];
  readonly unknown: readonly string[];
}

/** Fields that name or repeat something that is there; tried last, since no other text fits there. */
const NAMES =
  /\/(?:link|password|version|finding|recipient|confirmedBy|provider|voice|manifest|signature|key|template|values\/bat-ky)$/;

export interface PayloadRequest {
  readonly door: string;
  readonly method: string;
  /** Below `/api/v1`, without a query. */
  readonly path: string;
  readonly base?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Answer {
  readonly status: number;
  readonly text: string;
}
export type Send = (request: PayloadRequest & { readonly body: unknown }) => Promise<Answer>;

export const routeOf = (door: string): Route => {
  const found = ROUTES.find(({ id }) => id === door);
  if (!found) throw new Error(`there is no door ${door}`);
  return found;
};

/** Doors by which people write strings: of their bodies and of their queries. */
export const WRITING = ROUTES.filter(
  ({ method, body, query }) =>
    method !== "get" && [body, query].some((schema) => schema && stringFields(schema).length > 0),
);

/** Writes payloads into every string field of a door, and keeps account of where each went. */
export function createPayloadWriter(send: Send) {
  const places = new Map<number, string>();
  const outcomes = new Map<string, Outcome>();

  /** The payload that the schema takes there, or none. */
  const fitting = ({ body }: Route, base: unknown, path: string, n: number): string | undefined =>
    [payload(n), shortPayload(n)].find(
      (text) =>
        (body as { safeParse?(value: unknown): { success: boolean } }).safeParse?.(withText(base, path, text)).success,
    );

  async function write({ base = {}, ...request }: PayloadRequest): Promise<boolean> {
    const route = routeOf(request.door);
    if (!route.body || (route.takes ?? "json") !== "json") return false;
    const fields = stringFields(route.body);
    const chosen = new Map<string, string>();
    const refused: string[] = [];
    for (const path of fields) {
      const n = places.size + 1;
      const text = fitting(route, base, path, n);
      if (text !== undefined) {
        chosen.set(path, text);
        places.set(n, `${request.door} ${path}`);
        continue;
      }
      refused.push(path);
      const answer = await send({ ...request, body: withText(base, path, payload(0)) });
      expect(answer.status, `${request.door} ${path}: ${answer.text}`).to.be.within(400, 422);
    }
    const unknown: string[] = [];
    let isTaken = chosen.size === 0;
    while (chosen.size > 0 && !isTaken) {
      const body = [...chosen].reduce((all, [path, text]) => withText(all, path, text), base);
      const answer = await send({ ...request, body });
      isTaken = answer.status < 300;
      if (isTaken) break;
      expect(answer.status, `${request.door}: ${answer.text}`).to.be.within(400, 499);
      const named = (JSON.parse(answer.text) as { path?: string }).path ?? "";
      const all = [...chosen.keys()];
      const worst =
        all.find((path) =>
          [path, path.replaceAll(".", "/")].some((one) => one === named || named.startsWith(`${one}/`)),
        ) ??
        all.find((path) => NAMES.test(path)) ??
        (all.at(-1) as string);
      chosen.delete(worst);
      unknown.push(worst);
    }
    const before = outcomes.get(request.door);
    if (before === undefined || before.kept.length < chosen.size)
      outcomes.set(request.door, { kept: [...chosen.keys()], refused, unknown });
    return chosen.size > 0;
  }

  return {
    write,
    /** A payload for a place that is no field of a body; whoever asks must see it kept. */
    payloadFor(door: string, path: string): string {
      const n = places.size + 1;
      places.set(n, `${door} ${path}`);
      const { kept = [], refused = [], unknown = [] } = outcomes.get(door) ?? {};
      outcomes.set(door, { kept: [...kept, path], refused, unknown });
      return payload(n);
    },
    outcomes,
    places,
  };
}
