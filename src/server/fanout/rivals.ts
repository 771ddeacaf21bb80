/**
 * What happens when a receiver comes that is connected already, with the same key and from another start of its program.
 * Either its old link is dead, as after a power cut, or two devices hold one key. The old connection is asked: whoever is
 * alive answers a ping.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import type { Clock } from "../../base/clock.js";
import { type Ms, seconds } from "../../base/units.js";
import type { Connection } from "./connection.js";

/** Whoever does not answer within this time is not there any more. */
export const ANSWER_WITHIN: Ms = seconds(3);
/** Letters that no answer to another ping has by chance. */
const PING_BYTES = 8;

/** Asks whether the peer is alive; calls back once: `false` after {@link ANSWER_WITHIN}, or when the socket closes. */
export function askAlive({ socket }: Connection, clock: Clock, onAnswer: (alive: boolean) => void): void {
  if (socket.readyState !== WebSocket.OPEN) {
    onAnswer(false);
    return;
  }
  const payload = randomBytes(PING_BYTES);
  const answer = (alive: boolean) => {
    cancel();
    socket.off("pong", onPong);
    socket.off("close", onClose);
    onAnswer(alive);
  };
  const onPong = (data: Buffer) => {
    if (payload.equals(data)) answer(true);
  };
  const onClose = () => answer(false);
  const cancel = clock.after(ANSWER_WITHIN, onClose);
  socket.on("pong", onPong);
  socket.on("close", onClose);
  socket.ping(payload);
}
