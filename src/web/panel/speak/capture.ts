/**
 * The microphone as packets of the house: cleaned of rumble, held below what distorts, encoded by the browser itself.
 *
 * @module
 */
import { openMicrophone } from "../pieces/microphone.js";
import { bilingual } from "../words/language.js";
import captureScript from "./capture-worklet.ts?worker&url";

const RATE = 48_000;
const BITRATE = 32_000;
/** What a horn does not give anyway, and a hand at the microphone does, Hz. */
const RUMBLE = 90;

const words = bilingual(
  {
    noEncoder:
      "Trình duyệt này không nén được tiếng để nói trực tiếp. Hãy dùng Chrome, Edge, Firefox hoặc Safari bản mới, hoặc ghi âm ở trang Soạn thông báo. Chưa có gì phát ra.",
  },
  {
    noEncoder:
      "This browser cannot encode speech for live use. Use a current Chrome, Edge, Firefox or Safari, or record on the page Write. Nothing was heard.",
  },
);

export interface Capture {
  /** For the meter. */
  readonly analyser: AnalyserNode;
  /** Called with each packet of 20 ms while somebody listens. */
  onPacket: ((packet: Uint8Array) => void) | undefined;
  /** Gives the microphone back. */
  release(): void;
}

/** @throws Error in words for people */
export async function openCapture({ isLevelled }: { readonly isLevelled: boolean }): Promise<Capture> {
  const config = {
    ...{ codec: "opus", sampleRate: RATE, numberOfChannels: 1, bitrate: BITRATE },
    opus: { frameDuration: 20_000, application: "voip", signal: "voice" },
  } as AudioEncoderConfig;
  if (typeof AudioEncoder === "undefined" || !(await AudioEncoder.isConfigSupported(config)).supported)
    throw new Error(words().noEncoder);
  const stream = await openMicrophone({
    ...{ channelCount: 1, sampleRate: RATE, echoCancellation: false, noiseSuppression: false },
    autoGainControl: isLevelled,
  });
  const context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  try {
    await context.audioWorklet.addModule(captureScript);
    await context.resume();
  } catch (thrown) {
    release();
    throw thrown;
  }
  const analyser = context.createAnalyser();
  const gatherer = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
  const held = limited(context);
  context.createMediaStreamSource(stream).connect(held.first);
  held.last.connect(analyser);
  held.last.connect(gatherer);

  const capture: Capture = { analyser, onPacket: undefined, release: () => {} };
  const encoder = new AudioEncoder({
    output(chunk) {
      const packet = new Uint8Array(chunk.byteLength);
      chunk.copyTo(packet);
      capture.onPacket?.(packet);
    },
    // The station misses the voice within seconds and says so to whoever speaks.
    error: (thrown) => console.error(thrown),
  });
  encoder.configure(config);
  let samples = 0;
  gatherer.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => {
    if (encoder.state !== "configured") return;
    const timestamp = Math.round((samples * 1e6) / RATE);
    samples += data.length;
    const sound = { format: "f32", sampleRate: RATE, numberOfFrames: data.length, numberOfChannels: 1 } as const;
    const piece = new AudioData({ ...sound, timestamp, data });
    encoder.encode(piece);
    piece.close();
  };
  return Object.assign(capture, {
    release() {
      capture.onPacket = undefined;
      if (encoder.state !== "closed") encoder.close();
      release();
    },
  });
}

/** A filter against rumble, and a hand at the control that never lets it distort. */
function limited(context: AudioContext): { readonly first: AudioNode; readonly last: AudioNode } {
  const first = new BiquadFilterNode(context, { type: "highpass", frequency: RUMBLE });
  const last = new DynamicsCompressorNode(context, { threshold: -14, knee: 6, ratio: 12, attack: 0.003, release: 0.2 });
  first.connect(last);
  return { first, last };
}
