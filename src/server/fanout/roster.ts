/**
 * Every open socket in one array, and the receivers among them by id.
 *
 * @module
 */
import type { ReceiverId } from "../../domain/ids.js";
import type { Connection } from "./connection.js";

export interface Roster {
  /** All sockets, those before hello too, in no order. Walk it backwards when members may leave meanwhile. */
  readonly all: readonly Connection[];
  /** Sockets that have not said hello. */
  pending(): number;
  connected(): ReceiverId[];
  size(): number;
  of(receiver: ReceiverId): Connection | undefined;
  enter(connection: Connection): void;
  /** From now on this socket is the receiver's. The old one must have left. */
  admit(connection: Connection, receiver: ReceiverId): void;
  leave(connection: Connection): void;
}

export function createRoster(): Roster {
  const all: Connection[] = [];
  const byReceiver = new Map<ReceiverId, Connection>();

  return {
    all,
    pending: () => all.length - byReceiver.size,
    connected: () => [...byReceiver.keys()],
    size: () => byReceiver.size,
    of: (receiver) => byReceiver.get(receiver),
    enter(connection) {
      connection.place = all.length;
      all.push(connection);
    },
    admit(connection, receiver) {
      connection.stage = "on";
      connection.receiver = receiver;
      byReceiver.set(receiver, connection);
    },
    leave(connection) {
      connection.stage = "gone";
      const last = all.pop();
      if (last !== undefined && last !== connection) {
        all[connection.place] = last;
        last.place = connection.place;
      }
      const { receiver } = connection;
      if (receiver !== undefined && byReceiver.get(receiver) === connection) byReceiver.delete(receiver);
    },
  };
}
