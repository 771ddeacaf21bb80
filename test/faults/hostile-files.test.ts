import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { Fault } from "../../src/base/errors.js";
import { MEGABYTE } from "../../src/base/units.js";
import { type Bench, openBench } from "../server/pipeline/bench.js";
import { encode, joined, silence, voice, wav } from "../server/pipeline/sounds.js";
import { writeOggOpus } from "../support/ogg-writer.js";

describe("a file that is not what it seems", () => {
  let bench: Bench;
  const good: Record<string, Buffer> = {};

  before(async () => {
    bench = await openBench();
    const options: Record<string, string[]> = { opus: ["-c:a", "libopus"], webm: ["-c:a", "libopus"] };
    for (const kind of ["mp3", "m4a", "flac", "opus", "ogg", "webm", "aac", "wav"]) {
      good[kind] = await readFile(await encode(voice(5), join(bench.folder, `good.${kind}`), options[kind]));
    }
  });
  after(() => bench.close());

  const bytesOf = (kind: string): Buffer => {
    const bytes = good[kind];
    if (bytes === undefined) throw new RangeError(kind);
    return bytes;
  };

  async function refusalOf(name: string, bytes: Uint8Array): Promise<Fault> {
    const file = join(bench.folder, name);
    await writeFile(file, bytes);
    const answer = await bench.make(file, { name }).catch((thrown: unknown) => thrown);
    if (!(answer instanceof Fault)) throw new Error(`${name} was not refused`, { cause: answer });
    expect(await bench.leftOver(), "left in quarantine").to.deep.equal([]);
    return answer;
  }

  const playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\ngood.mp3\n#EXT-X-ENDLIST\n";
  for (const [what, name, reason, bytes] of [
    [
      "a list for ffmpeg that names a neighbour",
      "list.mp3",
      "unknown-format",
      () => "ffconcat version 1.0\nfile good.mp3\n",
    ],
    ["an HLS playlist", "hls.mp3", "unknown-format", () => playlist],
    ["a text with the name of a sound", "text.wav", "unknown-format", () => "Kính thưa bà con"],
    ["zero bytes only", "nul.mp3", "unknown-format", () => Buffer.alloc(5_000)],
    ["an empty file", "empty.mp3", "empty", () => ""],
    ["a picture", "picture.mp3", "unknown-format", () => Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
    ["a WAV that claims 4 GB", "claim.wav", "damaged", () => wav(voice(2), 0xffffffff)],
    ["pure silence", "silence.wav", "silent", () => wav(silence(3))],
    ["more than half silence", "mostly.wav", "silent", () => wav(joined(voice(8), silence(14)))],
    ["a click", "click.wav", "too-short", () => wav(voice(0.05))],
    ["10 hours in few bytes", "hours.opus", "too-long", () => tenHours()],
    ["10 hours that claim to be short", "lie.opus", "too-long", () => tenHours(48_000 * 60)],
    ["more than 50 MB", "large.wav", "too-large", () => Buffer.alloc(50 * MEGABYTE + 1)],
  ] as const) {
    it(`is refused: ${what}`, async () => {
      const fault = await refusalOf(name, Buffer.from(bytes()));
      expect(fault.reason).to.equal(reason);
      expect(fault.words.vi).to.include(name).and.to.include("Chưa lưu gì cả");
      expect(fault.words.en).to.include("Nothing was kept");
    });
  }

  for (const kind of ["mp3", "m4a", "flac", "opus", "ogg", "webm", "aac", "wav"]) {
    it(`is refused when cut off: ${kind}`, async () => {
      const bytes = bytesOf(kind);
      const fault = await refusalOf(`cut.${kind}`, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
      expect(fault.code).to.equal("invalid");
    });
  }

  for (const kind of ["mp3", "m4a", "flac", "opus", "ogg", "aac"]) {
    it(`is refused when bits are flipped: ${kind}`, async () => {
      const bytes = Buffer.from(bytesOf(kind));
      for (let i = 600; i < bytes.length - 600; i += 53) bytes[i] = (bytes[i] ?? 0) ^ (1 << (i % 8));
      expect((await refusalOf(`bent.${kind}`, bytes)).code).to.equal("invalid");
    });
  }

  it("is taken for its sound alone when it carries a large cover picture", async () => {
    const plain = await bench.make(join(bench.folder, "good.mp3"));
    const file = join(bench.folder, "cover.mp3");
    await writeFile(file, Buffer.concat([coverTag(10_000_000), withoutTag(bytesOf("mp3"))]));
    expect((await bench.make(file)).sha256).to.equal(plain.sha256);
  });

  it("is taken when only tags and padding follow its sound", async () => {
    const file = join(bench.folder, "padded.mp3");
    await writeFile(file, Buffer.concat([bytesOf("mp3"), Buffer.alloc(3_000)]));
    expect((await bench.make(file)).durationMs).to.be.within(4_950, 5_150);
  });

  it("is measured by the limit of the station, which the sentence names", async () => {
    const strict = await openBench({ mostUploadBytes: 2 * MEGABYTE });
    const file = join(strict.folder, "large.wav");
    await writeFile(file, Buffer.alloc(2 * MEGABYTE + 1));
    const fault = await strict.make(file, { name: "large.wav" }).catch((thrown: unknown) => thrown);
    await strict.close();

    expect(fault).to.be.instanceOf(Fault).with.property("code", "too-large");
    expect((fault as Fault).words.vi).to.include("lớn quá 2 MB");
    expect((fault as Fault).words.en).to.include("larger than 2 MB");
  });

  it("cannot rewrite the sentence that refuses it", async () => {
    const file = join(bench.folder, "name.mp3");
    await writeFile(file, "x");
    const fault = await bench
      .make(file, { name: `a\n\u0000\u202e${"b".repeat(500)}` })
      .catch((thrown: unknown) => thrown);
    expect(fault).to.be.instanceOf(Fault);
    expect((fault as Fault).words.vi).to.match(/^Tệp “ab{79}” /);
  });

  it("changes nothing for the next good file", async () => {
    expect((await bench.make(join(bench.folder, "good.flac"))).durationMs).to.equal(5_000);
  });
});

/** 600,000 packets of three 20 ms frames each, of which none holds a sound; `position` is what the last page claims. */
function tenHours(position?: number): Uint8Array {
  const packet = Uint8Array.of(0xfb, 0x03, 0, 0, 0);
  const packets = Array.from({ length: 600_000 }, () => packet);
  return writeOggOpus(packets, 2_880, { perPage: 250, ...(position === undefined ? {} : { position }) });
}

/** An ID3v2.3 tag with one picture frame of `size` zero bytes. */
function coverTag(size: number): Buffer {
  const picture = Buffer.concat([Buffer.from("\0image/png\0\u0003\0", "latin1"), Buffer.alloc(size)]);
  const frame = Buffer.alloc(10);
  frame.write("APIC", 0, "latin1");
  frame.writeUInt32BE(picture.length, 4);
  const head = Buffer.from("ID3\u0003\0\0\0\0\0\0", "latin1");
  const total = frame.length + picture.length;
  for (let i = 0; i < 4; i++) head[9 - i] = (total >> (7 * i)) & 127;
  return Buffer.concat([head, frame, picture]);
}

/** The frames of an MP3 file behind the tag that ffmpeg wrote. */
function withoutTag(mp3: Buffer): Buffer {
  const size = [6, 7, 8, 9].reduce((sum, i) => (sum << 7) | (mp3[i] ?? 0), 0);
  return mp3.subarray(10 + size);
}
