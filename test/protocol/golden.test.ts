import { readFileSync } from "node:fs";
import { expect } from "chai";
import { micros } from "../../src/base/units.js";
import { type Chunk, decodeChunk } from "../../src/protocol/chunk.js";
import { dayHeadSchema } from "../../src/protocol/day-head.js";
import { keyNoticeSchema } from "../../src/protocol/key-notice.js";
import * as limits from "../../src/protocol/limits.js";
import { encodeMessage, parseReceiverMessage, parseServerMessage } from "../../src/protocol/messages.js";
import { orderSchema } from "../../src/protocol/orders.js";
import { programmeSchema } from "../../src/protocol/programme.js";
import { encodeChunk } from "../support/encode-chunk.js";

type Texts = Readonly<Record<string, string>>;
type GoldenChunk = Omit<Chunk, "at" | "packet"> & { name: string; at: number; packet: string; hex: string };

// Read from the working directory, which npm sets to the checkout: golden files and the page are not compiled.
const golden = <T>(name: string): T => JSON.parse(readFileSync(`test/golden/${name}.json`, "utf8"));
const page = readFileSync("src/protocol/PROTOCOL.md", "utf8");
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

const fromReceiver = golden<Texts>("receiver-messages");
const fromServer = golden<Texts>("server-messages");
const documents = golden<Texts>("documents");
const chunks = golden<GoldenChunk[]>("chunks");
const signatures = golden<{ seal: { hex: string } }>("signatures");

/** Names of all fields in a value, at any depth. */
function fieldsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...fieldsOf(inner)]);
}

describe("pa.v1 in golden bytes", () => {
  for (const [name, text] of Object.entries(fromReceiver))
    it(`reads and writes ${name} of a receiver to the letter`, () => {
      const message = parseReceiverMessage(text);
      expect(message && encodeMessage(message)).to.equal(text);
    });

  for (const [name, text] of Object.entries(fromServer))
    it(`reads and writes ${name} of the server to the letter`, () => {
      const message = parseServerMessage(text);
      expect(message && encodeMessage(message)).to.equal(text);
    });

  for (const [name, text] of Object.entries(documents))
    it(`reads and writes the document ${name} to the letter`, () => {
      const schema = name.startsWith("order-")
        ? orderSchema
        : name === "key-notice"
          ? keyNoticeSchema
          : name === "day-head"
            ? dayHeadSchema
            : programmeSchema;
      expect(JSON.stringify(schema.parse(JSON.parse(text)))).to.equal(text);
    });

  for (const { name, hex: bytes, packet, ...rest } of chunks)
    it(`reads and writes the chunk ${name} to the bit`, () => {
      const chunk: Chunk = { ...rest, at: micros(rest.at), packet: Buffer.from(packet, "hex") };

      expect(hex(encodeChunk(chunk))).to.equal(bytes);
      const read = decodeChunk(Buffer.from(bytes, "hex"));
      expect(read && { ...read, packet: hex(read.packet) }).to.deep.equal({ ...chunk, packet });
    });
});

describe("PROTOCOL.md", () => {
  const examples = new Map(
    [...page.matchAll(/```json golden=([a-z-]+)\n(.*?)```/gs)].map(([, name = "", text = ""]) => [name, text]),
  );
  const texts = { ...fromReceiver, ...fromServer, ...documents };

  it("shows exactly the golden messages and documents", () => {
    expect([...examples.keys()].sort()).to.deep.equal(Object.keys(texts).sort());
    for (const [name, text] of examples) expect(JSON.stringify(JSON.parse(text)), name).to.equal(texts[name]);
  });

  it("shows exactly the golden chunks", () => {
    const shown = [...page.matchAll(/^\| `([a-z]+)` +\| `([0-9a-f ]+)` +\|$/gm)];
    expect(shown.map(([, name, bytes = ""]) => [name, bytes.replaceAll(" ", "")])).to.deep.equal([
      ...chunks.map(({ name, hex: bytes }) => [name, bytes]),
      ["sealed", signatures.seal.hex],
    ]);
  });

  it("explains every field of every example", () => {
    const explained = new Set(
      [...page.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = ""]) => code.match(/[A-Za-z0-9]+/g) ?? []),
    );
    // Fields of policies are those of config/policy.json, and are explained there.
    const own = Object.entries(texts).flatMap(([, text]) => fieldsOf({ ...JSON.parse(text), policies: [] }));
    expect([...new Set(own)].filter((field) => !explained.has(field))).to.deep.equal([]);
  });

  it("names every message type and the direction it travels in", () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (receiver|server) → (?:receiver|server) +\|/gm)];
    const typesIn = (from: string) => rows.filter((row) => row[2] === from).map((row) => row[1]);
    const typesOf = (messages: Texts) => Object.values(messages).map((text) => JSON.parse(text).t);

    expect([...typesIn("receiver")].sort()).to.deep.equal([...new Set(typesOf(fromReceiver))].sort());
    expect([...typesIn("server")].sort()).to.deep.equal([...new Set(typesOf(fromServer))].sort());
  });

  it("gives the limits that the programs keep", () => {
    const told = Object.fromEntries(
      [...page.matchAll(/^\| `([A-Z_]+)` +\| (\d+)/gm)].map(([, name = "", value]) => [name, Number(value)]),
    );
    const kept = Object.entries(limits).filter(([, value]) => typeof value === "number");
    expect(told).to.deep.equal(Object.fromEntries(kept));
    expect(page).to.include(`GET ${limits.RECEIVER_PATH}`).and.to.include(`Protocol: ${limits.SUBPROTOCOL}`);
  });
});
