/**
 * Sockets to the station: by whichever of IPv4 and IPv6 answers, and over TLS to whom this device trusts.
 *
 * @module
 */
import type { X509Certificate } from "node:crypto";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import type { Clock } from "../../base/clock.js";
import { seconds } from "../../base/units.js";
import { judgeCertificate, judgeDates, type KnownTime, NO_TIME } from "./certificate-judge.js";

/** Longest wait for a socket, TLS included: a mobile line in a storm takes seconds. */
const WITHIN = seconds(15);
/**
 * From the try with one address family until the other is tried as well, ms. Node's own 250 ms are shorter than the way to a
 * station over a full mobile cell, and the first try is given up with it.
 */
const FAMILY_AFTER = 2_500;
/** What TLS says when only the dates are wrong by the machine's clock, or also the dates: it tells one thing only. */
const ABOUT_DATES: readonly unknown[] = ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];

export interface Trust {
  /** PEM of the only certificate authority to trust; those of the system when left out. */
  readonly authority?: string | undefined;
  /** The name that the certificate must be good for, when it is not the one in the address. */
  readonly servername?: string | undefined;
}

/** Where to. The part of Node's request options that counts. */
interface Target {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
}

type Done = (error: Error | null, socket?: Socket) => void;

export interface Dialler {
  /** What Node's HTTP agents and `ws` take as `createConnection`. Nothing is sent before the certificate is judged. */
  readonly plain: (target: Target, done: Done) => undefined;
  readonly tls: (target: Target, done: Done) => undefined;
  /** By what certificates are judged from now on, beside the machine's clock. */
  judgeBy(known: () => KnownTime): void;
  /** Gives up what is under way. */
  close(): void;
}

export function createDialler(clock: Clock, { authority, servername }: Trust): Dialler {
  let known: () => KnownTime = () => NO_TIME;
  const underWay = new Set<Socket>();

  const nameOf = (host: string) => servername ?? host;
  /** Why a server is not trusted; `undefined` when it is. */
  const objection = (socket: TLSSocket, host: string): string | undefined => {
    const leaf: X509Certificate | undefined = socket.getPeerX509Certificate();
    if (leaf === undefined) return "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    const error: unknown = socket.authorizationError;
    if (!socket.authorized && (authority === undefined || !ABOUT_DATES.includes(error))) return codeOf(error);
    const verdict =
      socket.authorized || authority === undefined
        ? judgeDates(leaf, known())
        : judgeCertificate(leaf, { authority, name: nameOf(host), known: known() });
    return verdict === "good" ? undefined : verdict;
  };
  /** Hands the socket on, once. */
  const follow = (socket: Socket, event: "connect" | "secureConnect", done: Done, check: () => string | undefined) => {
    underWay.add(socket);
    const end = (error: Error | null) => {
      if (!underWay.delete(socket)) return;
      cancel();
      socket.off("error", end);
      if (error === null) return done(null, socket);
      // Whatever else it says is of no account any more.
      socket.on("error", () => {});
      socket.destroy();
      done(error);
    };
    const cancel = clock.after(WITHIN, () => end(failure("ETIMEDOUT", "no connection in time")));
    socket.on("error", end);
    socket.once("close", () => end(failure("ECONNRESET", "hung up")));
    socket.once(event, () => {
      const code = check();
      end(code === undefined ? null : failure(code, `certificate: ${code}`));
    });
  };
  const addressOf = ({ host, port }: Target) => ({
    ...{ host: host ?? "localhost", port: Number(port) },
    ...{ autoSelectFamily: true, autoSelectFamilyAttemptTimeout: FAMILY_AFTER, noDelay: true },
  });

  return {
    plain(target, done) {
      follow(connect(addressOf(target)), "connect", done, () => undefined);
      return undefined;
    },
    tls(target, done) {
      const address = addressOf(target);
      const name = nameOf(address.host);
      const socket = connectTls({
        ...address,
        ...(authority === undefined ? {} : { ca: authority }),
        ...(isIP(name) === 0 ? { servername: name } : {}),
        ALPNProtocols: ["http/1.1"],
        // It is judged below, before a byte of ours is sent.
        rejectUnauthorized: false,
      });
      follow(socket, "secureConnect", done, () => objection(socket, address.host));
      return undefined;
    },
    judgeBy(next) {
      known = next;
    },
    close() {
      for (const socket of underWay) socket.destroy();
    },
  };
}

const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

/** `authorizationError` is a text or an error, by Node's version. */
const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);
