import { readFileSync } from "node:fs";
import { expect } from "chai";
import { readOrder } from "../../src/protocol/orders.js";

const documents: Record<string, string> = JSON.parse(readFileSync("test/golden/documents.json", "utf8"));
const { "order-stop": stop = "", "order-test": test = "" } = documents;
const changed = (text: string, body: object) => JSON.stringify({ ...JSON.parse(text), body });

describe("the text of an order", () => {
  it("is read as the order that it is", () => {
    expect(readOrder(test)).to.have.nested.property("order.body.kind", "test");
  });

  it("of a kind that is not known yet says whose refusal to send", () => {
    expect(readOrder(changed(stop, { kind: "sing", song: 1 }))).to.deep.equal({ kind: "unknown", id: "0h3k9s2m7q" });
  });

  for (const [name, text] of Object.entries({
    "no JSON": "{",
    "a list": "[]",
    "a known kind with a wrong field": changed(stop, { kind: "volume", percent: 101 }),
    "too long a pip": changed(test, { kind: "test", lengthMs: 10_001 }),
    "a kind that is no text": changed(stop, { kind: 7 }),
  }))
    it(`is malformed when it is ${name}`, () => {
      expect(readOrder(text)).to.deep.equal({ kind: "malformed" });
    });
});
