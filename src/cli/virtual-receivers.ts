/**
 * Loudspeakers that the server's own process runs, for the sample station and for trying things out: real relays, over a
 * real socket, that write what they play to a file.
 *
 * @module
 */
import { join } from "node:path";
import type { Clock } from "../base/clock.js";
import { Fault } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { seconds } from "../base/units.js";
import { type Relay, runRelay, type Unconfirmed } from "../relay/index.js";
import type { ControlVerbs } from "../server/api/control-verbs.js";
import { newPlaceSchema } from "../server/api/requests.js";
import type { Station, VirtualReceiver } from "../server/config.js";
import { ownTlsOf } from "./own-station.js";

export interface VirtualParts {
  readonly station: Station;
  /** Address of the running server. */
  readonly url: string;
  readonly control: Pick<ControlVerbs, "receivers" | "addPlace" | "createPairing" | "confirmDevice">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** A loudspeaker that takes longer to write things down does not hold up the station's own end. */
const PATIENCE = seconds(5);
/** Who sets them up, for the log. */
const BY = { name: "config/station.json" };

/** Starts every virtual loudspeaker of the station. The function that comes back stops them. */
export async function startVirtualReceivers(parts: VirtualParts): Promise<() => Promise<void>> {
  const relays = new Map<string, Relay>();
  let isClosed = false;

  /** One that is told to starts anew. A loudspeaker that the server no longer knows takes a new code once; twice means that something else is wrong. */
  async function keep(virtual: VirtualReceiver, isSecondTry = false): Promise<void> {
    let isLost = false;
    const relay = await start(parts, virtual, {
      withNewCode: isSecondTry,
      onRefused() {
        isLost = !isSecondTry;
        if (isLost) void relay.close();
      },
    });
    relays.set(virtual.id, relay);
    relay.done
      .then((code) => (!isClosed && (code === 75 || isLost) ? keep(virtual, isLost) : undefined))
      .catch((error: unknown) => parts.log.error("virtual.failed", { receiver: virtual.id, error }));
  }

  for (const virtual of parts.station.settings.virtual) await keep(virtual);
  return async () => {
    isClosed = true;
    const closed = Promise.all([...relays.values()].map((relay) => relay.close()));
    await within(closed, parts);
  };
}

function within(work: Promise<unknown>, { clock, log }: VirtualParts): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(PATIENCE, () => {
      log.error("virtual.does-not-end");
      resolve(undefined);
    });
    work.then(resolve, reject).finally(cancel);
  });
}

interface Begin {
  readonly withNewCode: boolean;
  readonly onRefused: () => void;
}

async function start(parts: VirtualParts, virtual: VirtualReceiver, { withNewCode, onRefused }: Begin): Promise<Relay> {
  const { station, url, control, clock, random, log } = parts;
  const { id, name, area, kind } = virtual;
  if (!control.receivers().some((receiver) => receiver.id === id))
    await control.addPlace(newPlaceSchema.parse({ id, name, area, kind }), BY);
  const options = {
    ...ownTlsOf(station.tls),
    ...{ server: url, name, clock, random, log: log.with({ receiver: id }) },
    out: outOf(virtual, station.folder),
    state: join(station.paths.state, "virtual", id),
    onRefused,
    // Both ends run in this process: there is nobody between them, and what they show can be compared right here.
    async onUnconfirmed({ words }: Unconfirmed) {
      await control.confirmDevice(id, words, BY);
    },
  };
  const withCode = async () => runRelay({ ...options, pair: (await control.createPairing(id, BY)).code });
  if (withNewCode) return withCode();
  try {
    return await runRelay(options);
  } catch (error) {
    if (error instanceof Fault && error.code === "forbidden") return withCode();
    throw error;
  }
}

/** `wav:` names a file below the station's folder; the usual one when nothing is said. */
function outOf({ id, out = `wav:audio/out/${id}.wav` }: VirtualReceiver, folder: string): string {
  return out.startsWith("wav:") ? `wav:${join(folder, out.slice("wav:".length))}` : out;
}
