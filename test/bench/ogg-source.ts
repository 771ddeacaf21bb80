/**
 * A live source for Icecast: an Ogg Opus stream whose pages hold as much audio as asked for, each sent when its last
 * sample is due, as an encoder would. The packets are noise; Icecast looks at pages and headers only.
 *
 * Arguments: port, mount, password, page (ms of audio in a page). It prints "ready" when Icecast has taken it.
 *
 * @module
 */
import { connect } from "node:net";
import { readArguments } from "./child.js";

const PACKET_MS = 20;
const PACKET_BYTES = 80;
const SAMPLES = 960;

const given = readArguments();
const pageMs = Number(given.get("page"));
let pages = 0;

/** CRC of Ogg: polynomial 0x04c11db7, no reflection, no final inversion. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
  return value >>> 0;
});

function page(flags: number, granule: number, packets: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(27 + packets.length);
  head.write("OggS", 0, "latin1");
  head.writeUInt8(flags, 5);
  head.writeBigInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(0x10a, 14);
  head.writeUInt32LE(pages++, 18);
  head.writeUInt8(packets.length, 26);
  for (const [index, packet] of packets.entries()) head.writeUInt8(packet.length, 27 + index);
  const whole = Buffer.concat([head, ...packets]);
  let crc = 0;
  for (const byte of whole) crc = ((crc << 8) ^ (CRC[((crc >>> 24) ^ byte) & 255] ?? 0)) >>> 0;
  whole.writeUInt32LE(crc, 22);
  return whole;
}

function headers(): Buffer {
  const head = Buffer.alloc(19);
  head.write("OpusHead", 0, "latin1");
  head.writeUInt8(1, 8);
  head.writeUInt8(1, 9);
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.alloc(8 + 4 + 5 + 4);
  tags.write("OpusTags", 0, "latin1");
  tags.writeUInt32LE(5, 8);
  tags.write("bench", 12, "latin1");
  return Buffer.concat([page(2, 0, [head]), page(0, 0, [tags])]);
}

const socket = connect(Number(given.get("port")), "127.0.0.1");
socket.setNoDelay();
socket.on("error", () => process.exit(1));
socket.on("close", () => process.exit(1));
socket.write(
  `PUT ${given.get("mount")} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/ogg\r\nIce-Public: 0\r\n` +
    `Authorization: Basic ${Buffer.from(`source:${given.get("password")}`).toString("base64")}\r\n` +
    "Expect: 100-continue\r\n\r\n",
);
socket.once("data", (answer) => {
  if (!/ (100|200) /.test(answer.toString("latin1"))) process.exit(1);
  process.stdout.write("ready\n");
  socket.write(headers());
  const began = performance.now();
  let granule = 0;
  const next = () => {
    const packets = Array.from({ length: pageMs / PACKET_MS }, (_, index) => Buffer.alloc(PACKET_BYTES, index));
    granule += packets.length * SAMPLES;
    socket.write(page(0, granule, packets));
    setTimeout(next, Math.max(0, began + granule / 48 + pageMs - performance.now()));
  };
  setTimeout(next, pageMs);
});
