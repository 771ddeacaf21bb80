/**
 * What is known of a station's log outside of it, gathered for `loa log verify`.
 *
 * @module
 */
import { Fault } from "../base/errors.js";
import { parseDayHead, type SignedDay } from "../protocol/day-head.js";
import type { OrderKey } from "../protocol/signing.js";
import { heldDaysView } from "../server/api/log-views.js";
import { type DaySeal, type HeldHead, isSealed, type LogReader, type Witness } from "../server/store/index.js";
import type { DayAnchor } from "../server/trust/day-anchor.js";
import type { StationClient } from "./station-client.js";

export interface Gathered {
  readonly witness: Witness;
  /** Loudspeakers that told what they hold, and those that did not answer. */
  readonly asked: readonly string[];
  readonly silent: readonly string[];
  /** Why no loudspeaker could be asked. */
  readonly trouble?: Fault;
}

interface Sources {
  readonly log: Pick<LogReader, "closedDays">;
  readonly anchor: DayAnchor | undefined;
  readonly heads: readonly string[];
  /** Absent where no loudspeaker is to be asked. */
  readonly client?: () => Promise<StationClient>;
}

export async function gatherWitness({ log, anchor, heads, client }: Sources): Promise<Gathered> {
  const told = await heldByReceivers(client);
  // A key of long ago is known by the days that it closed: each of them is chained to those after it.
  const keys = [...(anchor?.keys ?? []), ...log.closedDays().map(({ seal }) => seal)];
  const held = told.receivers.flatMap(({ receiver, heads: all = [] }) =>
    all.flatMap((one) => heldHead(one, keys, `loa «${receiver}»`) ?? []),
  );
  const last = anchor?.lastDay === undefined ? undefined : parseDayHead(anchor.lastDay);
  const signer: HeldHead[] = last === undefined ? [] : [{ head: last, by: "chương trình ký / the signer" }];
  return {
    witness: { heads, held: [...signer, ...held], ...(anchor === undefined ? {} : { isOurs: isOurs(anchor) }) },
    asked: told.receivers.filter((one) => one.heads !== undefined).map(({ receiver }) => receiver),
    silent: told.receivers.filter((one) => one.heads === undefined).map(({ receiver }) => receiver),
    ...(told.trouble === undefined ? {} : { trouble: told.trouble }),
  };
}

const isOurs =
  ({ keys, lastDay }: DayAnchor) =>
  ({ publicKey, text }: DaySeal): boolean =>
    text === lastDay || keys.some((key) => key.publicKey === publicKey);

function heldHead(signed: SignedDay, keys: readonly OrderKey[], by: string): HeldHead | undefined {
  const publicKey = keys.find(({ keyId }) => keyId === signed.keyId)?.publicKey;
  const head = parseDayHead(signed.text);
  return publicKey !== undefined && head && isSealed({ ...signed, publicKey }) ? { head, by } : undefined;
}

async function heldByReceivers(client: Sources["client"]) {
  if (client === undefined) return { receivers: [] };
  try {
    return { receivers: await (await client()).call("GET", "/log/held-days", { answer: heldDaysView }) };
  } catch (thrown) {
    if (thrown instanceof Fault) return { receivers: [], trouble: thrown };
    throw thrown;
  }
}
