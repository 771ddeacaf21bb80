/**
 * Pieces of sound of any length, as packets of one length. Pure.
 *
 * @module
 */

/** Samples of 20 ms at 48 kHz. */
export const PACKET_SAMPLES = 960;

/** Takes a piece of one or more channels of equal length; hands each full packet out, in one channel and memory of its own. */
export function createGatherer(
  onPacket: (packet: Float32Array<ArrayBuffer>) => void,
): (channels: readonly Float32Array[]) => void {
  let packet = new Float32Array(PACKET_SAMPLES);
  let filled = 0;
  return (channels) => {
    const length = channels[0]?.length ?? 0;
    for (let index = 0; index < length; index++) {
      let sum = 0;
      for (const channel of channels) sum += channel[index] ?? 0;
      packet[filled++] = sum / channels.length;
      if (filled < PACKET_SAMPLES) continue;
      onPacket(packet);
      packet = new Float32Array(PACKET_SAMPLES);
      filled = 0;
    }
  };
}
