/**
 * Writes small PMTiles files (version 3): one directory, plain.
 *
 * @module
 */

/** One tile, in the order in which Hilbert's curve meets them. */
export interface MapTile {
  readonly id: number;
  readonly bytes: Uint8Array;
}

interface MapWishes {
  readonly tiles: readonly MapTile[];
  /** 1 drawn, 2 PNG, 3 JPEG, 4 WebP. */
  readonly type?: number;
  readonly zooms?: readonly [number, number];
  /** West, south, east, north. */
  readonly bounds?: readonly [number, number, number, number];
  readonly metadata?: object;
}

const HEADER = 127;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

export function mapFile({
  tiles,
  type = 2,
  zooms = [0, 0],
  bounds = [108, 11, 109, 12],
  metadata = {},
}: MapWishes): Buffer {
  const sorted = [...tiles].sort((one, other) => one.id - other.id);
  const directory = Buffer.from([
    ...varint(sorted.length),
    ...sorted.flatMap(({ id }, index) => varint(id - (sorted[index - 1]?.id ?? 0))),
    ...sorted.flatMap(() => varint(1)),
    ...sorted.flatMap(({ bytes }) => varint(bytes.length)),
    ...sorted.flatMap((_, index) => varint(index === 0 ? 1 : 0)),
  ]);
  const words = Buffer.from(JSON.stringify(metadata));
  const data = Buffer.concat(sorted.map(({ bytes }) => bytes));
  const header = Buffer.alloc(HEADER);
  header.write("PMTiles", 0, "latin1");
  header[7] = 3;
  const spans = [
    [HEADER, directory.length],
    [HEADER + directory.length, words.length],
    [HEADER + directory.length + words.length, 0],
    [HEADER + directory.length + words.length, data.length],
  ];
  for (const [index, [offset = 0, length = 0]] of spans.entries()) {
    header.writeBigUInt64LE(BigInt(offset), 8 + index * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + index * 16);
  }
  for (const at of [72, 80, 88]) header.writeBigUInt64LE(BigInt(sorted.length), at);
  // Clustered; directories and tiles are plain.
  header.set([1, 1, 1, type, ...zooms], 96);
  for (const [index, degrees] of bounds.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + index * 4);
  header[118] = zooms[0];
  header.writeInt32LE(Math.round(((bounds[0] + bounds[2]) / 2) * 1e7), 119);
  header.writeInt32LE(Math.round(((bounds[1] + bounds[3]) / 2) * 1e7), 123);
  return Buffer.concat([header, directory, words, data]);
}
