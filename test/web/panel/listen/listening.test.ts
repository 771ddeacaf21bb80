import { expect } from "chai";
import { sha256 } from "../../../../src/domain/ids.js";
import type { SoundThereView } from "../../../../src/server/api/sound-routes.js";
import { createListening } from "../../../../src/web/panel/listen/listening.js";
import { FakeClock } from "../../../support/fake-clock.js";

const [A, B] = [sha256("a".repeat(64)), sha256("b".repeat(64))];
const AT = "2026-11-23T00:00:00.000Z";
type Sounding = NonNullable<SoundThereView["sounding"]>;

const silent: SoundThereView = { at: AT, reportedAt: AT, muted: false };
const sounding = (change: Partial<Sounding> = {}, muted = false): SoundThereView => ({
  ...{ at: AT, reportedAt: AT, muted },
  sounding: {
    ...{ cue: "ban-tin", class: "ordinary", title: "Bản tin", positionMs: 400 },
    content: {
      kind: "clips",
      items: [
        { sha256: A, offsetMs: 0, durationMs: 1_000, gainDb: 0 },
        { sha256: B, offsetMs: 1_500, durationMs: 1_000, gainDb: 0 },
      ],
    },
    ...change,
  },
});
const spoken = (packets: string[], next: number) =>
  sounding({ cue: "micro", title: "Tìm trẻ lạc", content: { kind: "live", packets, next } });

function begin({ canDecode = true } = {}) {
  const clock = new FakeClock();
  const done: string[] = [];
  const asked: (number | undefined)[] = [];
  let answer: SoundThereView | Error = silent;
  let wait: Promise<void> = Promise.resolve();
  const listening = createListening({
    clock,
    ask: async (from) => {
      asked.push(from);
      const given = answer;
      await wait;
      if (given instanceof Error) throw given;
      return given;
    },
    clips: {
      play: (item, intoMs) => done.push(`${item.sha256[0]}@${Math.round(intoMs())}`),
      stop: () => done.push("-"),
    },
    speech: canDecode ? { push: (packets) => done.push(`${packets.length} packets`), stop: () => {} } : undefined,
    onHeard: (heard) => done.push(heard.is),
    sentenceOf: String,
  });
  const settle = () => new Promise(setImmediate);
  return {
    ...{ clock, listening, asked, settle },
    /** What happened since the last look. */
    happened: () => done.splice(0),
    async told(next: SoundThereView | Error) {
      answer = next;
      listening.told();
      await settle();
    },
    hold() {
      let isLetGo: () => void = () => {};
      wait = new Promise((resolve) => {
        isLetGo = resolve;
      });
      return isLetGo;
    },
    answerWith(next: SoundThereView) {
      answer = next;
    },
  };
}

describe("listening along to a loudspeaker", () => {
  it("plays each piece from where it is heard there, and the pauses between them", async () => {
    const { clock, told, happened } = begin();
    await told(sounding());
    expect(happened()).to.deep.equal(["a@400", "heard"]);
    clock.advance(600);
    expect(happened(), "a pause").to.deep.equal(["-"]);
    clock.advance(500);
    expect(happened()).to.deep.equal(["b@0"]);
    clock.advance(1_000);
    expect(happened(), "its end").to.deep.equal(["-"]);
  });

  it("stays where it is while reports tremble, and jumps when the loudspeaker is elsewhere", async () => {
    const { clock, told, happened } = begin();
    await told(sounding());
    clock.advance(100);
    happened();
    await told(sounding({ positionMs: 600 }));
    expect(happened()).to.deep.equal(["a@500", "heard"]);
    await told(sounding({ positionMs: 1_700 }));
    expect(happened()).to.deep.equal(["b@200", "heard"]);
  });

  it("takes half of what the question took for the way back", async () => {
    const { clock, told, hold, happened, settle } = begin();
    const letGo = hold();
    await told(sounding());
    clock.advance(200);
    letGo();
    await settle();
    expect(happened()).to.deep.equal(["a@500", "heard"]);
  });

  it("falls silent at once, whatever is still on its way", async () => {
    const { told, hold, listening, happened, settle } = begin();
    await told(sounding());
    happened();
    const letGo = hold();
    await told(sounding());
    listening.hush("silent");
    expect(happened()).to.deep.equal(["-", "silent"]);
    letGo();
    await settle();
    expect(happened()).to.deep.equal([]);
  });

  it("is silent for what is muted there, is not held here, or of which nothing is known", async () => {
    const { told, happened } = begin();
    await told(sounding({}, true));
    await told(sounding({ content: { kind: "unknown" } }));
    await told({ at: AT });
    await told(silent);
    await told(new Error("no network"));
    expect(happened().filter((one) => one !== "-")).to.deep.equal(["muted", "unknown", "away", "silent", "broken"]);
  });

  it("fetches what is spoken live again and again, each word once, and counts anew for somebody else", async () => {
    const { clock, told, asked, happened, settle, answerWith } = begin();
    await told(spoken(["eAE=", "eAE="], 50));
    expect(happened()).to.deep.equal(["-", "2 packets", "heard"]);
    answerWith(spoken(["eAE="], 51));
    clock.advance(400);
    await settle();
    clock.advance(400);
    await settle();
    expect(asked).to.deep.equal([undefined, 50, 51]);
    happened();
    await told(sounding());
    clock.advance(400);
    await settle();
    await told(sounding());
    expect(asked.slice(3), "no packets are asked for any more").to.deep.equal([51, undefined]);
  });

  it("says so where the browser cannot decode speech", async () => {
    const { told, happened } = begin({ canDecode: false });
    await told(spoken(["eAE="], 1));
    expect(happened()).to.deep.equal(["-", "no-decoder"]);
  });
});
