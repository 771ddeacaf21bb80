/**
 * From hello to welcome: the proof is checked, an older connection of the same receiver is replaced or found to be another
 * device, and then the receiver is in.
 *
 * @module
 */
import type { Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { HelloBody } from "../../protocol/messages.js";
import { createAdmission } from "./admission.js";
import type { Closing } from "./closing.js";
import type { Connection } from "./connection.js";
import { askAlive } from "./rivals.js";
import type { Roster } from "./roster.js";

/** Whether a hello is believed. `why` is a short stable reason that the receiver is told. */
export type Admittance =
  | { readonly ok: true; readonly receiver: ReceiverId }
  | { readonly ok: false; readonly why: string; readonly closing?: "refused" | "two-devices" };

export interface NewcomerParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly roster: Roster;
  readonly dismiss: (connection: Connection, why: Closing, told?: string) => void;
  /** See `FanoutParts`. */
  readonly authenticate: (hello: HelloBody, nonce: string, address: string) => Promise<Admittance>;
  readonly onTwoDevices: (receiver: ReceiverId) => void;
  /** Nothing is in its way any more. */
  readonly welcome: (connection: Connection, receiver: ReceiverId, hello: HelloBody) => void;
  /** It is in, or gone: what it said meanwhile may be read. */
  readonly release: (connection: Connection) => void;
}

export interface Newcomers {
  hello(connection: Connection, hello: HelloBody): void;
  close(): void;
}

interface Newcomer {
  readonly connection: Connection;
  readonly hello: HelloBody;
  readonly nonce: string;
}

export function createNewcomers(parts: NewcomerParts): Newcomers {
  const { clock, log, roster, dismiss, welcome, release } = parts;
  /** Those whose older connection is being asked. */
  const held = new Map<ReceiverId, Newcomer>();

  const failed = (connection: Connection, thrown: unknown) => {
    log.error("fanout.bug", { what: "hello", thrown });
    dismiss(connection, "failed");
  };
  const letIn = ({ connection, hello }: Newcomer, receiver: ReceiverId) => {
    if (connection.stage === "gone") return;
    const older = roster.of(receiver);
    if (older !== undefined) dismiss(older, "replaced");
    connection.bootId = hello.bootId;
    try {
      welcome(connection, receiver, hello);
      release(connection);
    } catch (thrown) {
      failed(connection, thrown);
    }
  };
  const hold = (newcomer: Newcomer, receiver: ReceiverId, older: Connection) => {
    const before = held.get(receiver);
    held.set(receiver, newcomer);
    // The question is on its way already; only the newest of those who wait may come in.
    if (before !== undefined) return dismiss(before.connection, "replaced");
    askAlive(older, clock, (alive) => {
      const newest = held.get(receiver) ?? newcomer;
      held.delete(receiver);
      if (!alive) return letIn(newest, receiver);
      log.error("receiver.two-devices", { receiver });
      dismiss(older, "two-devices");
      dismiss(newest.connection, "two-devices");
      parts.onTwoDevices(receiver);
    });
  };
  const judge = (newcomer: Newcomer, admittance: Admittance) => {
    const { connection, hello } = newcomer;
    if (connection.stage === "gone") return;
    if (!admittance.ok) return dismiss(connection, admittance.closing ?? "refused", admittance.why);
    const { receiver } = admittance;
    const older = roster.of(receiver);
    if (older === undefined || older.bootId === hello.bootId) letIn(newcomer, receiver);
    else hold(newcomer, receiver, older);
  };
  const admission = createAdmission<Newcomer, Admittance | undefined>({
    clock,
    async prove({ connection, hello, nonce }) {
      if (connection.stage === "gone") return undefined;
      try {
        return await parts.authenticate(hello, nonce, connection.raw.remoteAddress ?? "");
      } catch (thrown) {
        failed(connection, thrown);
        return undefined;
      }
    },
    greet(newcomer, admittance) {
      const { connection } = newcomer;
      if (admittance !== undefined) judge(newcomer, admittance);
      if (connection.socket.isPaused) connection.socket.resume();
    },
  });

  return {
    hello(connection, hello) {
      const { nonce } = connection;
      connection.nonce = "";
      if (!admission.take({ connection, hello, nonce })) connection.socket.pause();
    },
    close() {
      admission.close();
      held.clear();
    },
  };
}
