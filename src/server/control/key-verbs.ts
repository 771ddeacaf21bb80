/**
 * The order keys of the station: which hold, how a new one takes over, how an old one ends. The verbs about keys.
 *
 * @module
 */
import type { EventLine } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import type { Signed } from "../../protocol/orders.js";
import type { AsRunLog, Wire } from "./ports.js";

/** What is known of the order keys; the keys themselves stay with the signer. */
interface KeyStanding {
  readonly active: string;
  readonly keys: readonly {
    readonly keyId: string;
    readonly publicKey: string;
    /** µs of server time. */
    readonly madeAt: number;
    readonly until?: number | undefined;
  }[];
  readonly notices: readonly Signed[];
}

export interface KeyVerbsParts {
  readonly keys: {
    standing(): KeyStanding;
    /** A new key signs from now on, the old one holds for a month. @throws Fault "conflict", "unavailable" */
    rotate(): Promise<KeyStanding>;
    /** Ends a key at once. @throws Fault "not-found", "conflict" for the one that signs */
    retire(keyId: string): Promise<KeyStanding>;
  };
  readonly wire: Pick<Wire, "tellKeys">;
  readonly asRun: AsRunLog;
}

export function createKeyVerbs({ keys, wire, asRun }: KeyVerbsParts) {
  const view = ({ active, keys: all }: KeyStanding) =>
    all.map(({ keyId, publicKey, madeAt, until }) => ({
      ...{ keyId, publicKey, signs: keyId === active, madeAt: iso(madeAt) },
      ...(until === undefined ? {} : { until: iso(until) }),
    }));
  /** Who is connected is told at once, before the next order comes; the others when they come back. */
  const tell = (standing: KeyStanding, line: EventLine) => {
    wire.tellKeys("all", standing.notices);
    asRun.event(line);
    return view(standing);
  };
  return {
    /** The keys that hold now, the oldest first. */
    orderKeys: () => view(keys.standing()),
    async rotateOrderKey(by: Person) {
      const before = keys.standing().active;
      const after = await keys.rotate();
      const change = { before: { active: before }, after: { active: after.active } };
      return tell(after, { kind: "key.rotated", by, detail: { from: before, to: after.active }, ...change });
    },
    async retireOrderKey(keyId: string, by: Person) {
      const before = keyIdsOf(keys.standing());
      const after = await keys.retire(keyId);
      return tell(after, { kind: "key.retired", by, detail: { keyId }, before, after: keyIdsOf(after) });
    },
  };
}

const keyIdsOf = ({ keys }: KeyStanding) => ({ keyIds: keys.map(({ keyId }) => keyId) });
const iso = (time: number) => new Date(time / 1000).toISOString();
