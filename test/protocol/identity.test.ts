import { readFileSync } from "node:fs";
import { expect } from "chai";
import { receiverId } from "../../src/domain/ids.js";
import { helloBytes } from "../../src/protocol/identity.js";
import { areSameWords, type PairingFacts, WORDS, wordsOf } from "../../src/protocol/pairing-words.js";
import * as relay from "../../src/relay/link/identity.js";
import * as server from "../../src/server/trust/device-proofs.js";
import { seededDeviceKey } from "../support/device-key.js";

interface Golden {
  readonly seed: string;
  readonly publicKey: string;
  readonly nonce: string;
  readonly receiver: string;
  readonly bootId: string;
  readonly proof: string;
  readonly words: readonly { readonly name: string; readonly facts: PairingFacts; readonly words: readonly string[] }[];
}
const golden: Golden = JSON.parse(readFileSync("test/golden/pairing.json", "utf8"));

describe("the proof of a device", () => {
  const key = seededDeviceKey(golden.seed);
  const claim = { nonce: golden.nonce, receiver: receiverId(golden.receiver), bootId: golden.bootId };

  it("is the golden one for the golden key", () => {
    expect(key.publicKey).to.equal(golden.publicKey);
    expect(key.proof(golden.nonce, golden.receiver, golden.bootId)).to.equal(golden.proof);
    expect(Buffer.from(helloBytes(claim)).toString("utf8")).to.equal(
      `loa pa.v1 hello\n${golden.nonce}\n${golden.receiver}\n${golden.bootId}`,
    );
  });

  it("fits its own nonce, receiver, start and key, and no other", async () => {
    const { publicKey, proof } = golden;
    expect(await server.isSignedBy(publicKey, helloBytes(claim), proof)).to.equal(true);
    for (const other of [{ nonce: "x".repeat(32) }, { receiver: receiverId("loa-mau-2") }, { bootId: "b7e2" }])
      expect(await server.isSignedBy(publicKey, helloBytes({ ...claim, ...other }), proof)).to.equal(false);
    const stranger = seededDeviceKey("ab".repeat(32));
    expect(await server.isSignedBy(stranger.publicKey, helloBytes(claim), proof)).to.equal(false);
    expect(await server.isSignedBy("no key", helloBytes(claim), proof)).to.equal(false);
  });
});

describe("the words of a pairing", () => {
  for (const { name, facts, words } of golden.words)
    it(`are the golden ones at both ends: ${name}`, async () => {
      expect(await server.pairingWords(facts)).to.deep.equal(words);
      expect(await relay.pairingWords(facts)).to.deep.equal(words);
    });

  it("are others for any other fact", async () => {
    const [, { facts, words } = { facts: undefined, words: [] }] = golden.words;
    if (!facts) throw new Error("no vector");
    const { authority: _without, ...plain } = facts;
    const stranger = seededDeviceKey("ab".repeat(32)).publicKey;
    const others: PairingFacts[] = [
      { ...facts, code: "KX4P-9WTN" },
      { ...facts, receiver: receiverId("loa-mau-2") },
      { ...facts, publicKey: stranger },
      { ...facts, orderKeys: [] },
      { ...facts, orderKeys: [{ keyId: "00112233445566aa", publicKey: stranger }] },
      plain,
    ];
    for (const other of others) expect(await server.pairingWords(other)).not.to.deep.equal(words);
  });

  it("are compared as people type them", () => {
    const shown = ["đèn dầu", "cầu treo"];
    expect(areSameWords(["Đèn dầu", "CẦU TREO"], shown)).to.equal(true);
    expect(areSameWords(["đèn dầu · cầu treo".normalize("NFD")], shown)).to.equal(true);
    expect(areSameWords(["đèn", "dầu", "cầu", "treo"], shown)).to.equal(true);
    expect(areSameWords(["cầu treo", "đèn dầu"], shown)).to.equal(false);
    expect(areSameWords(["đèn dầu"], shown)).to.equal(false);
    expect(areSameWords([], shown)).to.equal(false);
  });

  it("need six bytes", () => {
    expect(() => wordsOf(Uint8Array.of(1, 2, 3, 4, 5))).to.throw(RangeError);
    expect(wordsOf(Uint8Array.of(0, 255, 0, 255, 0, 255))).to.deep.equal(Array(3).fill([WORDS[0], WORDS[255]]).flat());
  });
});

describe("the list of words", () => {
  /** How a word sounds to somebody who writes no accents and mixes up what dialects mix up. */
  const sound = (word: string) =>
    word
      .replaceAll("đ", "@")
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .split(" ")
      .map((syllable) =>
        syllable
          .replace(/^tr/, "ch")
          .replace(/^(gi|d|r|v)(?=[aeiouy])/, "z")
          .replace(/^x/, "s")
          .replace(/^n(?=[aeiouy])/, "l")
          .replace(/ng$|nh$/, "n")
          .replace(/c$|ch$/, "t")
          .replaceAll("y", "i"),
      )
      .join(" ");
  /** Letters to change, add or leave out from one to the other. */
  function distance(one: string, other: string): number {
    let row = Array.from({ length: other.length + 1 }, (_, index) => index);
    for (const [i, letter] of [...one].entries()) {
      const next = [i + 1];
      for (const [j, against] of [...other].entries())
        next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === against ? 0 : 1)));
      row = next;
    }
    return row[other.length] ?? 0;
  }

  it("has 256 words of two syllables in one normal form", () => {
    expect(WORDS).to.have.lengthOf(256);
    expect(new Set(WORDS).size).to.equal(256);
    for (const word of WORDS) {
      expect(word).to.match(/^\p{L}+ \p{L}+$/u);
      expect(word.normalize("NFC")).to.equal(word);
    }
  });

  it("has no two that sound alike without accents in any dialect", () => {
    const sounds = WORDS.map(sound);
    const alike = sounds.flatMap((one, index) =>
      sounds.slice(0, index).flatMap((other, at) => (distance(one, other) < 2 ? [`${WORDS[index]} ${WORDS[at]}`] : [])),
    );
    expect(alike).to.deep.equal([]);
  });
});
