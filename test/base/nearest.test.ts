import { expect } from "chai";
import { nearest } from "../../src/base/nearest.js";

describe("nearest", () => {
  const commands = ["serve", "init", "relay", "render", "plan", "play", "stop", "device", "backup", "doctor"];

  it("finds the name with a letter left out, added, changed or swapped", () => {
    expect(nearest("serv", commands)).to.equal("serve");
    expect(nearest("reender", commands)).to.equal("render");
    expect(nearest("dector", commands)).to.equal("doctor");
    expect(nearest("sotp", commands)).to.equal("stop");
  });

  it("takes the nearest of several, whatever their order", () => {
    expect(nearest("plann", ["play", "plan"])).to.equal("plan");
    expect(nearest("plann", ["plan", "play"])).to.equal("plan");
  });

  it("says nothing when no name is near", () => {
    expect(nearest("banana", commands)).to.equal(undefined);
    expect(nearest("x", [])).to.equal(undefined);
  });

  it("does not compare words of a stranger's length", () => {
    expect(nearest("s".repeat(100_000), commands)).to.equal(undefined);
  });
});
