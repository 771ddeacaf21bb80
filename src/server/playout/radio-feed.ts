/**
 * Streams another station's programme: a second at a time, the same bytes for every loudspeaker.
 *
 * @module
 */
import { type Micros, micros } from "../../base/units.js";
import { LIVE_PACKET_MS } from "../../domain/live.js";
import { RADIO_PIECE_MS, type RadioPacket } from "../../domain/radio.js";
import type { OpenStream, SealKey } from "./playout.js";

export interface RadioFeedParts {
  readonly openStream: (stream: number, seal: SealKey["sign"], periodMs: number) => OpenStream;
  readonly newSealKey: () => SealKey;
  /** A number that no other stream has. */
  readonly nextStream: () => number;
}

/** Opens streams for what is relayed, one for each slot. */
export const createRadioFeeds = ({ openStream, newSealKey, nextStream }: RadioFeedParts) => ({
  open() {
    const stream = nextStream();
    const seal = newSealKey();
    const wire = openStream(stream, seal.sign, RADIO_PIECE_MS);
    let sequence = 0;
    return {
      stream,
      sealKey: seal.publicKey,
      /** Sends packets that are heard one after the other from `at` on. `isLast`: nothing follows. */
      push(packets: readonly RadioPacket[], at: Micros, isLast: boolean) {
        const end = packets.length - 1;
        wire.push(
          packets.map(({ packet, isBreak }, index) => ({
            at: micros(at + index * LIVE_PACKET_MS * 1000),
            ...{ sequence: sequence++, discontinuity: isBreak, last: isLast && index === end, packet },
          })),
        );
      },
      add: wire.add,
      remove: wire.remove,
      close: wire.close,
    };
  },
});
