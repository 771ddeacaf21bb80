/**
 * Runs beside the page, where sound is handled without waiting for it: gathers samples into packets of 20 ms, mixed to one channel.
 *
 * @module
 */
import { createGatherer } from "./gather.js";

/** What the browser gives such a script; its types come with no library. */
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };
declare const registerProcessor: (name: string, processor: unknown) => void;

class Capture extends AudioWorkletProcessor {
  readonly #gather = createGatherer((packet) => this.port.postMessage(packet, [packet.buffer]));

  process([input]: Float32Array[][]): boolean {
    if (input?.[0]) this.#gather(input);
    return true;
  }
}

registerProcessor("capture", Capture);
