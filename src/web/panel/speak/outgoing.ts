/**
 * Words on their way to the station. A connection that breaks is made anew at once, for as long as the station keeps the
 * loudspeakers open; what is said meanwhile is lost and not heard late.
 *
 * @module
 */
import type { Cancel, Clock } from "../../../base/clock.js";
import { micros, ms } from "../../../base/units.js";
import type { LiveEnd } from "../../../domain/live.js";
import { LIVE_LOST_MS, LIVE_PACKET_MS } from "../../../domain/live.js";
import { CHUNK_HEADER, writeChunk } from "../../../protocol/chunk.js";
import type { MicrophoneTold } from "../../../server/api/live-socket.js";

/** Words that may wait in the browser while its line is slow, bytes: a second and a half. Older ones would come too late. */
const MOST_WAITING = 12_000;
/** Between two tries to be connected again. */
const AGAIN = ms(400);

export type OutgoingState = "connecting" | "open" | "broken";

/** What it needs of a WebSocket. */
export interface Wire {
  readonly bufferedAmount: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(
    type: "open" | "message" | "close",
    listener: (event: { readonly data?: unknown; readonly code?: number }) => void,
  ): void;
}

export interface OutgoingParts {
  readonly clock: Clock;
  readonly connect: () => Wire;
  /** What the station calls it. */
  readonly live: string;
  readonly onState: (state: OutgoingState) => void;
  /** It is over; `undefined` when the station could not be reached again. */
  readonly onEnd: (why: LiveEnd | undefined) => void;
}

export interface Outgoing {
  push(packet: Uint8Array): void;
  /** Nothing follows. */
  finish(): void;
}

export function createOutgoing({ clock, connect, live, onState, onEnd }: OutgoingParts): Outgoing {
  let socket: Wire | undefined;
  let sequence = 0;
  let brokenAt: number | undefined;
  let cancel: Cancel | undefined;
  let isOver = false;
  let isFinishing = false;
  let isOpen = false;

  const over = (why: LiveEnd | undefined) => {
    if (isOver) return;
    isOver = true;
    cancel?.();
    socket?.close();
    onEnd(why);
  };
  const send = (packet: Uint8Array, last: boolean) => {
    const bytes = new Uint8Array(CHUNK_HEADER + packet.length);
    const at = micros(sequence * LIVE_PACKET_MS * 1000);
    writeChunk(bytes, 0, {
      type: "microphone",
      at,
      stream: 0,
      sequence: sequence++,
      discontinuity: false,
      last,
      packet,
    });
    socket?.send(bytes);
  };
  const broken = () => {
    socket = undefined;
    isOpen = false;
    if (isOver) return;
    const now = clock.now();
    brokenAt ??= now;
    if (isFinishing || now - brokenAt > LIVE_LOST_MS) return over(isFinishing ? "finished" : undefined);
    onState("broken");
    cancel = clock.after(AGAIN, begin);
  };
  const begin = () => {
    const opened = connect();
    socket = opened;
    opened.addEventListener("open", () => opened.send(JSON.stringify({ live })));
    opened.addEventListener("message", ({ data }) => {
      const told = JSON.parse(String(data)) as MicrophoneTold;
      if (told.kind === "ended") return over(told.why);
      isOpen = true;
      brokenAt = undefined;
      onState("open");
    });
    opened.addEventListener("close", ({ code }) => {
      if (socket !== opened) return;
      // The station knows it no longer, or lets nobody in: trying again would be in vain.
      if (code === 1008) over(undefined);
      else broken();
    });
  };
  onState("connecting");
  begin();

  return {
    push(packet) {
      if (!isOpen || isFinishing || !socket || socket.bufferedAmount > MOST_WAITING) return;
      send(packet, false);
    },
    finish() {
      if (isFinishing) return;
      isFinishing = true;
      // Silence, 20 ms: the last packet must hold something.
      if (isOpen) send(SILENCE, true);
      else over("finished");
    },
  };
}

/** A packet of Opus that says nothing: one frame of 20 ms, mono, left out by its encoder. */
const SILENCE = Uint8Array.of(0x78);
