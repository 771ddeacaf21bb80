import { expect } from "chai";
import { checkPlaylist } from "../../../src/language/checks/index.js";

const severity = (topics: readonly string[], context = {}) => checkPlaylist(topics, context)[0]?.severity;

describe("checkPlaylist", () => {
  it("warns of a session that holds hardly anything but warnings", () => {
    expect(severity(["dich-benh", "thien-tai", "khac"])).to.equal("warning");
  });

  it("notes good items that are too few", () => {
    expect(severity(["dich-benh", "khac", "khac"])).to.equal("note");
    expect(severity(["guong-tot", ...Array.from({ length: 5 }, () => "dich-benh")])).to.equal("note");
  });

  it("is content with one good item in five, and with everyday news", () => {
    expect(severity(["guong-tot", "dich-benh", "dich-benh", "khac", "khac"])).to.equal(undefined);
    expect(severity(["khac", "dien-nuoc", "constructor"])).to.equal(undefined);
    expect(severity(["dich-benh", "dich-benh"])).to.equal(undefined);
  });

  it("goes by the station's own moods and share", () => {
    expect(severity(["a", "a", "b"], { moods: { a: "grave" } })).to.equal("warning");
    expect(severity(["a", "a", "b"], { moods: { a: "grave", b: "good" } })).to.equal(undefined);
    expect(severity(["a", "a", "b"], { moods: { a: "grave", b: "good" }, leastGood: 0.5 })).to.equal("note");
    expect(
      severity(["a", "a", "b"], { moods: { a: "grave" }, severities: { "playlist.positive-share": "off" } }),
    ).to.equal(undefined);
  });
});
