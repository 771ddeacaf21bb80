import { micros } from "../../src/base/units.js";
import type { Place } from "../../src/domain/place.js";
import { policySchema } from "../../src/domain/policy.js";
import { readOrder } from "../../src/protocol/orders.js";
import type { Claim } from "../../src/receiver/claims.js";
import { type Identity, judgeOrder, judgeStart } from "../../src/receiver/guard.js";
import { hindranceOf } from "../../src/receiver/hindrance.js";
import { emptyMemory, type Fact, remember } from "../../src/receiver/memory.js";
import { sampleAt } from "../../src/receiver/samples.js";

/** What the guard is asked, and what it must say: plain JSON, so that Node and a browser are asked the same. */
export interface GuardVectors {
  readonly identity: Identity;
  readonly place: Omit<Place, "policies"> & { readonly policies: readonly object[] };
  /** µs since 1970. */
  readonly instants: Readonly<Record<string, number>>;
  readonly memories: Readonly<Record<string, readonly Fact[]>>;
  /** As they come over the wire. */
  readonly orders: Readonly<Record<string, object>>;
  /** Times in µs since 1970. */
  readonly claims: Readonly<Record<string, object & { readonly at: number; readonly until: number }>>;
  /** For each question the answers, in the order of the memories. */
  readonly verdicts: Readonly<Record<string, string>>;
}

const STANDINGS = {
  trusted: { trusted: true, verified: "0123456789abcdef" },
  untrusted: { trusted: false, verified: "0123456789abcdef" },
  forged: { trusted: true, verified: false, doubt: "unknown-key" },
} as const;

/** Every order and every sound at every instant, by a clock that is believed and one that is not, with every memory. */
export function verdictsOf(given: GuardVectors): Record<string, string> {
  const { identity, instants, orders, claims } = given;
  const place = { ...given.place, policies: given.place.policies.map((policy) => policySchema.parse(policy)) };
  const verdicts: Record<string, string> = {};
  const memories = () =>
    Object.values(given.memories).map((facts) => {
      const memory = emptyMemory();
      for (const fact of facts) remember(memory, fact);
      return memory;
    });
  const said = (verdict: { readonly kind: string; readonly why?: string }) => verdict.why ?? verdict.kind;

  for (const [instant, at] of Object.entries(instants))
    for (const [by, standing] of Object.entries(STANDINGS)) {
      const scene = { identity, place, now: micros(at), trusted: standing.trusted };
      for (const [name, order] of Object.entries(orders))
        for (const isBusy of [false, true]) {
          const doings = { hasClaims: isBusy, isSounding: isBusy, hasRoomFor: () => !isBusy };
          const answers = memories().map((memory) => {
            const read = readOrder(JSON.stringify(order));
            if (read.kind !== "order") return read.kind;
            const verdict = judgeOrder(read.order, { ...identity, ...standing, now: micros(at) }, memory);
            return verdict.kind === "refuse"
              ? verdict.why
              : (hindranceOf(read.order.body, doings, scene, memory) ?? verdict.kind);
          });
          verdicts[`order ${name}, ${instant}, ${by}${isBusy ? ", busy" : ""}`] = answers.join(" ");
        }
      if (standing.verified === false) continue;
      for (const [name, { at: start, until, ...rest }] of Object.entries(claims)) {
        const claim = {
          ...rest,
          start: sampleAt(micros(start)),
          notAfter: sampleAt(micros(until)),
        } as unknown as Claim;
        const answers = memories().map((memory) => said(judgeStart(claim, scene, memory)));
        verdicts[`sound ${name}, ${instant}, ${by}`] = answers.join(" ");
      }
    }
  return verdicts;
}
