/**
 * Tells receivers the signed time: an answer to each nonce, and to everybody a statement now and then that costs no write of
 * its own while they idle, since it rides with a pong.
 *
 * @module
 */
import { type Clock, every } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Micros, seconds } from "../../base/units.js";
import type { Signed } from "../../protocol/orders.js";
import { encodeSignedTime, type TimeStatement, timeText } from "../../protocol/signed-time.js";
import { type Connection, writeControl } from "./connection.js";
import type { Counts } from "./counts.js";
import { binaryFrame, pongFrame, textFrame } from "./frames.js";
import type { Roster } from "./roster.js";

/** A statement is made anew this often: an old one bounds little. */
const FRESH = seconds(5);
/** Rounds of {@link FRESH} in which everybody who is on air has been looked at once: a minute. */
const ROUNDS = 12;
/** With a pong it is not told more often than every second ping of an idle receiver, ms. */
const AGAIN = 40_000;
/** Statements older than this are told to nobody, ms: then there is no signer. */
const STALE = 15_000;

/** What signs the time. */
export interface TimeSigning {
  /** The server's time base now. */
  readonly epoch: () => number;
  /** Signs a text for the purpose `time`. */
  readonly sign: (text: string) => Promise<Signed>;
}

export interface TimeDesk {
  /** Answers a nonce that came at `at`. One question of each connection at a time; others are left alone. */
  answer(connection: Connection, nonce: string, at: Micros): void;
  /** The answer to a ping, with the time when it is due. */
  pong(connection: Connection, carried: Buffer): Buffer;
  close(): void;
}

export interface TimeDeskParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly counts: Counts;
  readonly roster: Roster;
  readonly serverMicros: () => Micros;
  /** Nothing is told without it. */
  readonly signing: TimeSigning | undefined;
}

export function createTimeDesk({ clock, log, counts, roster, serverMicros, signing }: TimeDeskParts): TimeDesk {
  let statement: { readonly frame: Buffer; readonly withPong: Buffer; readonly madeAt: number } | undefined;
  let failing = false;
  let cursor = 0;

  /** Resolves to nothing when there is no signature; says so once. */
  const sign = async ({ epoch, sign }: TimeSigning, about: Omit<TimeStatement, "epoch">) => {
    try {
      const of = { epoch: epoch(), ...about };
      const signed = await sign(timeText(of));
      failing = false;
      return { ...of, signed };
    } catch (thrown) {
      if (!failing) log.error("fanout.time-not-signed", { thrown });
      failing = true;
      return undefined;
    }
  };
  const present = () => (statement && clock.now() - statement.madeAt <= STALE ? statement : undefined);

  /** A part of those on air at a time, for they are many. */
  const tellOnAir = (frame: Buffer) => {
    const { all } = roster;
    const now = clock.now();
    for (let left = Math.ceil(all.length / ROUNDS); left > 0; left--) {
      cursor = cursor + 1 < all.length ? cursor + 1 : 0;
      const connection = all[cursor];
      if (connection?.stage !== "on" || !(connection.streams > 0 || connection.sounding)) continue;
      if (now - connection.timeToldAt < AGAIN) continue;
      connection.timeToldAt = now;
      writeControl(connection, frame, counts);
    }
  };
  const refresh = async (by: TimeSigning) => {
    if (roster.size() === 0) return;
    const made = await sign(by, { at: serverMicros() });
    if (made === undefined) return;
    const frame = binaryFrame(
      encodeSignedTime({ ...made, signature: Buffer.from(made.signed.signature, "base64url") }),
    );
    statement = { frame, withPong: Buffer.concat([pongFrame(Buffer.alloc(0)), frame]), madeAt: clock.now() };
    tellOnAir(frame);
  };
  const stop = signing && every(clock, FRESH, () => void refresh(signing));

  return {
    answer(connection, nonce, at) {
      if (!signing || connection.asksTime) return;
      connection.asksTime = true;
      void sign(signing, { at, nonce }).then((made) => {
        connection.asksTime = false;
        if (made && connection.stage === "on")
          writeControl(connection, textFrame({ t: "signed-time", p: made.signed }), counts);
      });
    },
    pong(connection, carried) {
      const told = present();
      if (!told || carried.length > 0 || clock.now() - connection.timeToldAt < AGAIN) return pongFrame(carried);
      connection.timeToldAt = clock.now();
      return told.withPong;
    },
    close: () => stop?.(),
  };
}
