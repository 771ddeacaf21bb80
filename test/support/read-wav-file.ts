/** Reads a WAV file of 16-bit mono sound whose header has 44 bytes, and checks that its lengths are right. */
export function readWav(bytes: Buffer): { readonly rate: number; readonly samples: Int16Array } {
  const text = (from: number, to: number) => bytes.toString("latin1", from, to);
  if (text(0, 4) !== "RIFF" || text(8, 16) !== "WAVEfmt " || text(36, 40) !== "data") throw new Error("not a WAV file");
  if (bytes.readUInt32LE(4) !== bytes.length - 8 || bytes.readUInt32LE(40) !== bytes.length - 44) {
    throw new Error("the lengths in the header are wrong");
  }
  const samples = Int16Array.from({ length: (bytes.length - 44) / 2 }, (_, at) => bytes.readInt16LE(44 + 2 * at));
  return { rate: bytes.readUInt32LE(24), samples };
}
