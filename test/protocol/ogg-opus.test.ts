import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import installer from "@ffmpeg-installer/ffmpeg";
import { expect } from "chai";
import fc from "fast-check";
import { BufferSource, EncodedPacketSink, Input, OGG } from "mediabunny";
import { Fault } from "../../src/base/errors.js";
import { opusSamples, parseOggOpus } from "../../src/protocol/ogg-opus.js";
import { checksum } from "../../src/protocol/ogg-pages.js";
import { page, writeOggOpus } from "../support/ogg-writer.js";

/** First byte of a packet with one 20 ms frame (CELT, fullband, mono). */
const TOC_20_MS = 0xf8;

const aPacket = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i === 0 ? TOC_20_MS : i & 255));
const aClip = (count = 120) =>
  writeOggOpus(
    Array.from({ length: count }, (_, i) => aPacket(1 + ((i * 37) % 300))),
    960,
  );
const packetLists = fc.array(fc.integer({ min: 1, max: 1275 }).map(aPacket), { minLength: 1, maxLength: 60 });

function faultOf(bytes: Uint8Array): Fault | undefined {
  try {
    parseOggOpus(bytes);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}

describe("an Ogg Opus clip", () => {
  it("gives back the packets that were written, whatever their lengths and the size of pages", () => {
    fc.assert(
      fc.property(packetLists, fc.integer({ min: 1, max: 42 }), (packets, perPage) => {
        const clip = parseOggOpus(writeOggOpus(packets, 960, { perPage }));
        expect(clip.packets).to.deep.equal(packets);
        expect(clip.samplesPerPacket).to.deep.equal(packets.map(() => 960));
        expect(clip.playableSamples).to.equal(packets.length * 960 - 312);
      }),
      { numRuns: 100 },
    );
  });

  it("leaves the padding of the last packet out of what is heard", () => {
    const clip = parseOggOpus(writeOggOpus([aPacket(9), aPacket(9)], 960, { position: 1_500 }));
    expect(clip).to.include({ preSkip: 312, playableSamples: 1_188 });
  });

  it("puts a packet together that lies across two pages", () => {
    const packet = aPacket(600);
    const pages = splitClip(packet);
    expect(parseOggOpus(pages).packets).to.deep.equal([packet]);
  });

  it("refuses every single flipped bit", () => {
    const bytes = aClip(12);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), (bit) => {
        const bent = Uint8Array.from(bytes);
        bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(faultOf(bent)?.code).to.equal("invalid");
      }),
      { numRuns: 500 },
    );
  });

  it("refuses a file cut off anywhere", () => {
    const bytes = aClip();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(faultOf(bytes.subarray(0, length))?.code).to.equal("invalid");
      }),
      { numRuns: 300 },
    );
  });

  it("answers nonsense with a fault, even when the checksum is right", () => {
    const pages = fc.array(
      fc.record({
        body: fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 5 }),
        flags: fc.constantFrom(0, 1, 2, 4),
        granule: fc.integer(),
        number: fc.integer({ min: 0, max: 3 }),
        serial: fc.constantFrom(1, 2),
      }),
      { maxLength: 5 },
    );
    const first = aClip(1).subarray(0, 47);
    fc.assert(
      fc.property(pages, fc.uint8Array({ maxLength: 40 }), (list, rest) => {
        expect(faultOf(Buffer.concat([first, ...list.map(page), rest]))?.code).to.equal("invalid");
        expect(faultOf(rest)?.code).to.equal("invalid");
      }),
      { numRuns: 300 },
    );
  });

  for (const [what, bytes] of [
    ["nothing", new Uint8Array()],
    ["no packets", writeOggOpus([], 960)],
    ["stereo", writeOggOpus([aPacket(5)], 960, { channels: 2 })],
    ["an output gain, which a plain decoder would not apply", writeOggOpus([aPacket(5)], 960, { gain: 256 })],
    ["an empty packet", writeOggOpus([new Uint8Array()], 960)],
    ["a packet too long for the wire", writeOggOpus([aPacket(1_276)], 960)],
    ["a packet of 240 ms", writeOggOpus([Uint8Array.of(0xfb, 12)], 960)],
    ["a packet of no frames", writeOggOpus([Uint8Array.of(0xfb, 0)], 960)],
    ["a position behind the last sample", writeOggOpus([aPacket(5)], 960, { position: 961 })],
    ["a position before the first sample", writeOggOpus([aPacket(5)], 960, { position: 312 })],
    ["a second clip behind the first", Buffer.concat([aClip(3), aClip(3)])],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(faultOf(bytes)?.code).to.equal("invalid");
    });
  }

  it("is as long as each packet's first byte says", () => {
    expect(opusSamples(Uint8Array.of(TOC_20_MS))).to.equal(960);
    expect(opusSamples(Uint8Array.of(0x18))).to.equal(2_880);
    expect(opusSamples(Uint8Array.of(0xe1))).to.equal(240);
    expect(opusSamples(Uint8Array.of(0xfb, 0x86))).to.equal(5_760);
  });
});

describe("a clip made by ffmpeg", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loa-ogg-"));
  });
  after(() => rm(folder, { recursive: true }));

  for (const frame of [10, 20, 40, 60]) {
    it(`gives the same packets as mediabunny, ${frame} ms each`, async () => {
      const bytes = await encoded(join(folder, `${frame}.opus`), frame);
      const clip = parseOggOpus(bytes);
      const theirs = await packetsOfMediabunny(bytes);
      expect(clip.packets.map(hex)).to.deep.equal(theirs.map(hex));
      expect(clip.playableSamples).to.equal(3.1 * 48_000);
      expect(new Set(clip.samplesPerPacket)).to.deep.equal(new Set([frame * 48]));
    });
  }
});

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

async function encoded(file: string, frame: number): Promise<Uint8Array> {
  const sound = ["-f", "lavfi", "-i", "sine=frequency=440:duration=3.1"];
  const house = ["-ar", "48000", "-ac", "1", "-c:a", "libopus", "-b:a", "32k", "-frame_duration", String(frame)];
  await promisify(execFile)(installer.path, ["-v", "error", ...sound, ...house, "-f", "ogg", file]);
  return readFile(file);
}

async function packetsOfMediabunny(bytes: Uint8Array): Promise<Uint8Array[]> {
  const input = new Input({ source: new BufferSource(bytes), formats: [OGG] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) return [];
  const packets: Uint8Array[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet.data);
  return packets;
}

/** The same clip with its only packet cut at byte 255, as a muxer with small pages would write it. */
function splitClip(packet: Uint8Array): Uint8Array {
  const whole = writeOggOpus([packet], 960);
  const headers = whole.subarray(0, whole.length - (27 + 3 + packet.length));
  const start = Buffer.from(page({ body: [packet.subarray(0, 255)], flags: 0, granule: -1, number: 2, serial: 7 }));
  // A lone 255 in the segment table means that the packet goes on; the writer always adds the closing value.
  const open = Buffer.concat([start.subarray(0, 28), start.subarray(29)]);
  open.writeUInt8(1, 26);
  open.writeUInt32LE(checksum(open, 0, open.length), 22);
  const rest = page({ body: [packet.subarray(255)], flags: 5, granule: 960, number: 3, serial: 7 });
  return Buffer.concat([headers, open, rest]);
}
