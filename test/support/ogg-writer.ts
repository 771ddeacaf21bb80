import { checksum } from "../../src/protocol/ogg-pages.js";

/** What a file says about itself; the defaults are the house format. */
export interface OggOptions {
  readonly preSkip?: number;
  readonly channels?: number;
  readonly gain?: number;
  /** Samples that the last page claims in all, padding left out, pre-skip counted. */
  readonly position?: number;
  /** Most packets on a page. */
  readonly perPage?: number;
  readonly serial?: number;
}

/** A house clip of packets that are `samples` long each: for tests that need a clip without an encoder. */
export function writeOggOpus(packets: readonly Uint8Array[], samples: number, options: OggOptions = {}): Uint8Array {
  const { preSkip = 312, perPage = 50, serial = 7 } = options;
  const position = options.position ?? packets.length * samples;
  const pages = [
    page({ body: [head(preSkip, options)], flags: 2, granule: 0, number: 0, serial }),
    page({ body: [tags], flags: 0, granule: 0, number: 1, serial }),
  ];
  for (let first = 0; first < packets.length; first += perPage) {
    const isLast = first + perPage >= packets.length;
    pages.push(
      page({
        body: packets.slice(first, first + perPage),
        flags: isLast ? 4 : 0,
        granule: isLast ? position : (first + perPage) * samples,
        number: pages.length,
        serial,
      }),
    );
  }
  return Uint8Array.from(Buffer.concat(pages));
}

interface PageOptions {
  readonly body: readonly Uint8Array[];
  readonly flags: number;
  readonly granule: number;
  readonly number: number;
  readonly serial: number;
}

/** One page with its checksum. */
export function page({ body, flags, granule, number, serial }: PageOptions): Uint8Array {
  const lacing = body.flatMap((packet) => [...Array(Math.floor(packet.length / 255)).fill(255), packet.length % 255]);
  const bytes = Buffer.concat([Buffer.alloc(27), Buffer.from(lacing), ...body]);
  bytes.write("OggS", 0, "latin1");
  bytes.writeUInt8(flags, 5);
  bytes.writeBigInt64LE(BigInt(granule), 6);
  bytes.writeUInt32LE(serial, 14);
  bytes.writeUInt32LE(number, 18);
  bytes.writeUInt8(lacing.length, 26);
  bytes.writeUInt32LE(checksum(bytes, 0, bytes.length), 22);
  return bytes;
}

function head(preSkip: number, { channels = 1, gain = 0 }: OggOptions): Uint8Array {
  const bytes = Buffer.alloc(19);
  bytes.write("OpusHead", 0, "latin1");
  bytes.writeUInt8(1, 8);
  bytes.writeUInt8(channels, 9);
  bytes.writeUInt16LE(preSkip, 10);
  bytes.writeUInt32LE(48_000, 12);
  bytes.writeInt16LE(gain, 16);
  return bytes;
}

const tags = Buffer.concat([Buffer.from("OpusTags\u0004\0\0\0test", "latin1"), Buffer.alloc(4)]);
