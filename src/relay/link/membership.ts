/**
 * What makes this device a receiver of its station: its key, its place, and whom it trusts.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { seconds } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { helloBytes } from "../../protocol/identity.js";
import type { OrderKey } from "../../protocol/signing.js";
import type { Addresses } from "./addresses.js";
import { obtainCredentials } from "./credentials.js";
import { createDialler, type Dialler } from "./dial.js";
import { openIdentity } from "./identity.js";
import { createStationHttp, type StationHttp } from "./station-http.js";

/** The words are shown again after this, ms: they should stand on the screen, not fill it. */
const TELL_AGAIN = 10_000;
/** Longest wait for, and longest answer of a station that is asked whether it is there. */
const LOOK_WITHIN = seconds(15);
const MAX_LOOK = 1024;

/** A pairing that a person has to confirm. */
export interface Unconfirmed {
  readonly receiver: ReceiverId;
  /** To be compared with what the station shows. */
  readonly words: readonly string[];
}

export interface MembershipOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Folder for everything that is kept. One running program per folder. */
  readonly state: string;
  /** Pairing code. Used once; afterwards the stored credentials are. */
  readonly pair?: string | undefined;
  /** What the device calls itself when it is paired. */
  readonly name?: string | undefined;
  /** PEM of the certificate authority to trust while pairing; those of the system when left out. */
  readonly authority?: string | undefined;
  /** The name that the server's certificate must be good for, when it is not the one in the address. */
  readonly servername?: string | undefined;
  /** Shows the words to a person; called again every ten seconds or so while the station says that nobody has confirmed them. */
  readonly onUnconfirmed?: ((pairing: Unconfirmed) => void | Promise<void>) | undefined;
}

export interface Membership {
  readonly receiver: ReceiverId;
  /** Keys whose orders were to be obeyed when it was paired. */
  readonly orderKeys: readonly OrderKey[];
  /** Opens sockets to the station, and to nobody else. */
  readonly dialler: Dialler;
  readonly http: StationHttp;
  /** Whether the station answers at its first address. */
  isHome(): Promise<boolean>;
  /** Who this is, proved for this nonce. */
  proof(
    nonce: string,
    bootId: string,
  ): { readonly receiver: ReceiverId; readonly bootId: string; readonly proof: string };
  /** The station says that nobody has confirmed this device. */
  unconfirmed(): void;
}

/** @throws Fault as `obtainCredentials` and `openIdentity` */
export async function joinStation(options: MembershipOptions, addresses: Addresses): Promise<Membership> {
  const { clock, log, state, servername, onUnconfirmed = () => {} } = options;
  const identity = await openIdentity(state, log);
  const { credentials, isNew } = await obtainCredentials({ ...options, identity }, addresses);
  const { receiver, orderKeys, authority, words } = credentials;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = async () => {
    if (clock.now() - toldAt < TELL_AGAIN) return;
    toldAt = clock.now();
    log.info("relay.unconfirmed", { receiver, words: words.join(" · ") });
    await onUnconfirmed({ receiver, words });
  };
  if (isNew) await tell();
  const dialler = createDialler(clock, { authority, servername });
  return {
    receiver,
    orderKeys,
    dialler,
    http: createStationHttp({ server: addresses.current, dialler }),
    async isHome() {
      const http = createStationHttp({ server: () => addresses.first, dialler });
      const late = new AbortController();
      const cancel = clock.after(LOOK_WITHIN, () => late.abort());
      try {
        const answer = await http.get("healthz", { signal: late.signal });
        return answer.isOk && /"status":\s*"ok"/.test((await answer.bytes(MAX_LOOK)).toString("utf8"));
      } catch {
        // Not there, or not the station: that is what was asked.
        return false;
      } finally {
        cancel();
        http.close();
      }
    },
    proof(nonce, bootId) {
      const claim = { nonce, receiver, bootId };
      return { receiver, bootId, proof: identity.sign(helloBytes(claim)) };
    },
    unconfirmed() {
      tell().catch((thrown: unknown) => log.error("relay.words-not-shown", { thrown }));
    },
  };
}
