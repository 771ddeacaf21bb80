/**
 * A whole station in a process of its own, with clips and paired receivers, for what it costs to hand clips out.
 *
 * It prints one line of JSON: {@link Offer}. "end" on standard input ends it.
 *
 * @module
 */
import { createInterface } from "node:readline";
import { deviceKeyOf } from "../support/device-key.js";
import { linkDevice } from "../support/device-link.js";
import { wavOf } from "../support/tones.js";
import { openHouse } from "../support/whole-house.js";
import { pairMany } from "./paired.js";

export interface Offer {
  readonly url: string;
  readonly clips: readonly { readonly sha256: string; readonly seconds: number; readonly bytes: number }[];
  /** Each is connected for as long as this runs, and fetches with its token. */
  readonly devices: readonly { readonly token: string }[];
}

const LENGTHS = [60, 300];
const DEVICES = 20;

/** Something with the bit rate of speech: a tone that comes and goes and wanders. */
const sound = (time: number) =>
  0.4 * Math.sin(2 * Math.PI * (500 * time + 60 * Math.sin(3 * time))) * Math.abs(Math.sin(7 * time)) +
  0.1 * Math.sin(2 * Math.PI * 1900 * time);

const house = await openHouse();
const clips = [];
for (const seconds of LENGTHS) {
  const id = `tin-${seconds}`;
  await house.record(id, wavOf(seconds, sound));
  const { clip } = await house.call<{ clip: { sha256: string; bytes: number } }>("GET", `/announcements/${id}`);
  clips.push({ sha256: clip.sha256, bytes: clip.bytes, seconds });
}
const devices = [];
for (const { receiver, privateKey } of await pairMany(house, DEVICES)) {
  const { outcome } = await linkDevice(house.server.url, { receiver, key: deviceKeyOf(privateKey) });
  const welcome = await outcome;
  if (typeof welcome === "string") throw new Error(`${receiver} was not let in: ${welcome}`);
  devices.push(welcome);
}
const offer: Offer = { url: house.server.url, clips, devices };
process.stdout.write(`${JSON.stringify(offer)}\n`);

createInterface({ input: process.stdin }).on("line", async (line) => {
  if (line !== "end") return;
  await house.close();
  process.exit(0);
});
