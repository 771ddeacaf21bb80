/**
 * Somebody who speaks into a microphone, without the microphone: what they say is encoded as a page does it, and goes by the same
 * doors at the pace of a voice.
 *
 * @module
 */
import { Encoder } from "@evan/opus";
import { WebSocket } from "ws";
import { micros } from "../../src/base/units.js";
import type { LiveEnd } from "../../src/domain/live.js";
import type { LiveView } from "../../src/server/api/live-routes.js";
import type { MicrophoneTold } from "../../src/server/api/live-socket.js";
import { encodeChunk } from "./encode-chunk.js";
import type { WholeHouse } from "./whole-house.js";

const SAMPLES = 960;

/** A signal by its time in seconds, -1 to 1, as packets of 20 ms. */
export function* packetsOf(sample: (time: number) => number): Generator<Uint8Array> {
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: "voip" });
  for (let start = 0; ; start += SAMPLES) {
    const frame = Int16Array.from({ length: SAMPLES }, (_, index) =>
      Math.round(32_000 * sample((start + index) / 48_000)),
    );
    yield encoder.encode(frame).slice();
  }
}

export interface Voice {
  readonly opened: LiveView;
  /** Server time at which the first sample was spoken, ms. */
  readonly spokenAt: number;
  /** Why it was over, once it is. */
  readonly ended: Promise<LiveEnd>;
  /** Says that nothing follows. */
  finish(): void;
  /** The network is gone, without a word. */
  vanish(): void;
}

/** Opens the loudspeakers and speaks until told otherwise. */
export async function speak(
  { server, call }: Pick<WholeHouse, "server" | "call">,
  wish: Record<string, unknown>,
  sample: (time: number) => number,
): Promise<Voice> {
  const targets = { areas: ["phuong"], kinds: ["fixed", "van"] };
  const opened = await call<LiveView>("POST", "/live", { targets, reason: "Nói thử", ...wish });
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws/microphone`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  let onEnded: (why: LiveEnd) => void = () => {};
  const ended = new Promise<LiveEnd>((resolve) => {
    onEnded = resolve;
  });
  const isOpen = new Promise<void>((resolve) =>
    socket.on("message", (raw) => {
      const told = JSON.parse(raw.toString()) as MicrophoneTold;
      if (told.kind === "open") resolve();
      else onEnded(told.why);
    }),
  );
  socket.send(JSON.stringify({ live: opened.occurrence }));
  await isOpen;
  const packets = packetsOf(sample);
  const began = performance.now();
  const spokenAt = Date.now();
  let sequence = 0;
  let isLast = false;
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    // A packet is there when its last sample has been spoken.
    while (socket.readyState === WebSocket.OPEN && performance.now() >= began + (sequence + 1) * 20) {
      const packet = packets.next().value as Uint8Array;
      const chunk = { type: "microphone", at: micros(sequence * 20_000), stream: 0, discontinuity: false } as const;
      socket.send(encodeChunk({ ...chunk, sequence: sequence++, last: isLast, packet }));
      if (isLast) return;
    }
    if (socket.readyState === WebSocket.OPEN) timer = setTimeout(next, 5);
  };
  next();
  return {
    ...{ opened, spokenAt, ended },
    finish() {
      isLast = true;
    },
    vanish() {
      clearTimeout(timer);
      socket.terminate();
    },
  };
}
