import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { axeFindings, closeBrowser, letMicrophoneHear, newVisitor, type Visitor } from "../support/real-browser.js";
import { askAs, firstAccount, invitedAccount } from "../support/real-people.js";
import { pitch, rising } from "../support/tones.js";
import { stretch } from "../support/wav.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

/** What sounds rises by so many Hz a second: its pitch tells how far it has come. */
const [LOW, SLOPE] = [500, 50];
/** Whoever speaks is told apart by another range. */
const VOICE = 2_000;

/** Looks at everything that the page gives to the speakers. */
const EAR = `
  const connect = AudioNode.prototype.connect;
  const ears = new Map();
  const earOf = (context) => {
    if (!ears.has(context)) ears.set(context, new AnalyserNode(context, { fftSize: 32768, smoothingTimeConstant: 0 }));
    return ears.get(context);
  };
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) connect.call(this, earOf(this.context));
    return connect.call(this, to, ...more);
  };
  let element;
  const ofElement = () => {
    const audio = document.querySelector("section[aria-labelledby=listen] audio");
    if (audio && element !== audio) {
      element = audio;
      const context = new AudioContext();
      context.createMediaElementSource(audio).connect(context.destination);
    }
  };
  const loudest = (ear) => {
    const heights = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(heights);
    const top = heights.indexOf(Math.max(...heights));
    return heights[top] > -60 ? (top * ear.context.sampleRate) / ear.fftSize : 0;
  };
  window.pitchHere = () => {
    ofElement();
    return Math.max(0, ...[...ears].filter(([{ state }]) => state === "running").map(([, ear]) => loudest(ear)));
  };
`;

describe("listening along to a loudspeaker", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let page: Visitor;

  before(async () => {
    house = await openHouse();
    const voice = join(house.folder, "voice.wav");
    await writeFile(voice, rising(30, VOICE, SLOPE));
    letMicrophoneHear(voice);
    await house.addRelay("cot-1");
    await house.record("keo-dai", rising(30, LOW, SLOPE));
    await house.holdsEverything("cot-1");
    page = await newVisitor(house.server.url, 360);
    await page.addInitScript(EAR);
    await firstAccount(house, page);
    await page.goto("/loudspeakers/cot-1");
    await page.getByRole("heading", { level: 2, name: "Nghe loa này" }).waitFor();
  });
  after(async () => {
    await closeBrowser();
    await house.close();
  });

  const part = () => page.getByRole("region", { name: "Nghe loa này" });
  /** Hz of what this page sounds now, 0 for nothing. */
  const here = () => page.evaluate<number>("pitchHere()");
  const silence = () => eventually("silence here", 5_000, async () => (await here()) === 0);
  /** By how many seconds this page is ahead of the loudspeaker. */
  const ahead = async () => {
    await page.waitForTimeout(1_200);
    const hz = await here();
    // What is said of a stretch is said of its middle: 32,768 samples of what has just sounded.
    const middle = Date.now() - 340;
    const there = await eventually("the loudspeaker's own sound", 5_000, async () => {
      const sound = stretch(await house.heard("cot-1"), middle - 50, 100);
      return sound.length === 4_800 && pitch(sound);
    });
    return (hz - there) / SLOPE;
  };
  const play = () =>
    askAs(page, house, "POST", "/play", {
      content: { kind: "announcement", announcement: "keo-dai" },
      targets: { areas: ["phuong"] },
    });
  const stop = () => askAs(page, house, "POST", "/stop", { scope: { kind: "all" } });

  it("says that it is silent, then sounds what the loudspeaker sounds, at the same place", async () => {
    await part().getByRole("button", { name: "Nghe loa này" }).click();
    await part().getByText("Loa báo không phát gì.").waitFor();
    expect(await here()).to.equal(0);

    await play();
    await part().getByText("Đang nghe «keo-dai», loa báo phát từ").waitFor();
    await eventually("sound here", 5_000, async () => (await here()) > 0);
    for (let look = 0; look < 3; look++) expect(await ahead(), "seconds").to.be.within(-0.8, 0.8);
  });

  it("falls silent when the loudspeaker does, and sounds again with it", async () => {
    await stop();
    await part().getByText("Loa báo không phát gì.").waitFor();
    await silence();

    await play();
    await eventually("sound here", 5_000, async () => (await here()) > 0);
    expect(await axeFindings(page)).to.deep.equal([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).to.be.at.most(0);
  });

  it("is silent while the loudspeaker says that it is muted", async () => {
    await askAs(page, house, "PUT", "/receivers/cot-1/mute", { muted: true });
    await part().getByText("Loa báo đang tắt tiếng").waitFor();
    await silence();
    await askAs(page, house, "PUT", "/receivers/cot-1/mute", { muted: false });
    await eventually("sound here", 5_000, async () => (await here()) > 0);
    await stop();
    await silence();
  });

  it("sounds somebody who speaks live, as they speak, and nothing when they have ended", async () => {
    const speaker = await newVisitor(house.server.url);
    await invitedAccount(house, page, speaker, { id: "hoa", name: "Chị Hoa", role: "ward-operator" });
    await speaker.getByRole("link", { name: "Nói trực tiếp" }).click();
    await speaker.getByRole("button", { name: "Bật micro" }).click();
    await speaker.getByLabel("Phường thử").check();
    await speaker.getByLabel("Nói về việc gì").fill("Tìm trẻ lạc ở chợ");
    await speaker.getByLabel("Bấm để bắt đầu, bấm nữa để thôi").check();
    await speaker.getByRole("button", { name: "Bắt đầu nói" }).click();

    await part().getByText("Đang nghe trực tiếp «Tìm trẻ lạc ở chợ»").waitFor();
    const first = await eventually("the voice here", 5_000, async () => (await here()) > VOICE && (await here()));
    const at = Date.now();
    await page.waitForTimeout(3_000);
    const second = await here();
    expect((second - first) / ((Date.now() - at) / 1_000), "Hz a second").to.be.closeTo(SLOPE, 25);

    await speaker.getByRole("button", { name: "Thôi nói" }).click();
    await part().getByText("Loa báo không phát gì.").waitFor();
    await silence();
  });

  it("knows nothing of a loudspeaker that is away, ends by a press, and complains of nothing", async () => {
    await play();
    await eventually("sound here", 5_000, async () => (await here()) > 0);
    await part().getByRole("button", { name: "Thôi nghe" }).click();
    await silence();
    await page.waitForTimeout(1_500);
    await part().getByRole("button", { name: "Nghe loa này" }).click();
    await eventually("sound here", 5_000, async () => (await here()) > 0);
    expect(await ahead(), "seconds, of what began long before").to.be.within(-0.8, 0.8);
    await house.stopRelay("cot-1");
    await part().getByText("Loa đang mất liên lạc").waitFor();
    await silence();
    expect(page.complaints).to.deep.equal([]);
  });
});
