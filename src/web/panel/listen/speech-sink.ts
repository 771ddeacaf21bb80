/**
 * Packets of speech, decoded by the browser itself and heard one behind the other.
 *
 * @module
 */
import type { SpeechSink } from "./listening.js";

const RATE = 48_000;
const PACKET_MICROS = 20_000;
/** After a gap it is waited so long, so that the next words come without one, seconds. */
const RESERVE = 0.3;
/** What would be heard later than this is left out: it is to be heard as it goes, seconds. */
const MOST_AHEAD = 3;

const CONFIG = { codec: "opus", sampleRate: RATE, numberOfChannels: 1 };

/** Whether this browser can decode speech; it can only where the page came safely, by https or from this machine. */
export const canDecode = (): boolean => typeof AudioDecoder !== "undefined";

/** Must be called by a press of a button, or the browser stays silent. */
export function createSpeechSink(): SpeechSink & { readonly close: () => void } {
  const context = new AudioContext({ sampleRate: RATE });
  void context.resume();
  const sounding = new Set<AudioBufferSourceNode>();
  let decoder: AudioDecoder | undefined;
  let count = 0;
  let nextAt = 0;

  const sound = (data: AudioData) => {
    const buffer = context.createBuffer(1, data.numberOfFrames, data.sampleRate);
    data.copyTo(buffer.getChannelData(0), { planeIndex: 0, format: "f32-planar" });
    data.close();
    if (nextAt < context.currentTime) nextAt = context.currentTime + RESERVE;
    if (nextAt > context.currentTime + MOST_AHEAD) return;
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.addEventListener("ended", () => sounding.delete(source));
    sounding.add(source);
    source.start(nextAt);
    nextAt += buffer.duration;
  };
  const open = (): AudioDecoder => {
    const opened = new AudioDecoder({ output: sound, error: (thrown) => console.error(thrown) });
    opened.configure(CONFIG);
    return opened;
  };

  const stop = () => {
    if (decoder && decoder.state !== "closed") decoder.close();
    decoder = undefined;
    for (const source of sounding) source.stop();
    sounding.clear();
    nextAt = 0;
  };
  return {
    push(packets) {
      // What could not be decoded closes it.
      if (!decoder || decoder.state === "closed") decoder = open();
      for (const data of packets)
        decoder.decode(new EncodedAudioChunk({ type: "key", timestamp: count++ * PACKET_MICROS, data }));
    },
    stop,
    close() {
      stop();
      void context.close();
    },
  };
}
