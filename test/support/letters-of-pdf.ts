import { inflateSync } from "node:zlib";

/** Every stream of a PDF, unpacked where it was packed. */
function streamsOf(pdf: Buffer): string[] {
  const streams: string[] = [];
  for (let at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at)) {
    const end = pdf.indexOf("\nendstream", at);
    const bytes = pdf.subarray(at + 7, end);
    try {
      streams.push(inflateSync(bytes).toString("latin1"));
    } catch {
      streams.push(bytes.toString("latin1"));
    }
    at = end + 10;
  }
  return streams;
}

/** The letters that the fonts of a PDF say they draw, as a reader copies them. */
export function lettersOf(pdf: Buffer): Set<string> {
  const letters = new Set<string>();
  for (const stream of streamsOf(pdf))
    if (stream.includes("begincmap"))
      for (const [, hex = ""] of stream.matchAll(/<([0-9a-fA-F]{4,})>/g))
        for (let at = 0; at + 4 <= hex.length; at += 4)
          letters.add(String.fromCharCode(Number.parseInt(hex.slice(at, at + 4), 16)));
  return letters;
}
