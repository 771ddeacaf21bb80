import { expect } from "chai";
import { ROUTES } from "../../src/server/api/create-api.js";
import type { LogLineView, LogPageView } from "../../src/server/api/log-views.js";
import { AT_THE_MACHINE } from "../support/who-did.js";
import type { WholeHouse } from "../support/whole-house.js";
import { FIRST_STEPS, type Step } from "./audit-first-steps.js";
import { LATER_STEPS } from "./audit-later-steps.js";
import { SETTING_STEPS } from "./audit-setting-steps.js";
import { createSteps, openForSteps } from "./audit-steps.js";

/** Doors that change nothing: they answer, or tell what would be. */
const CHANGE_NOTHING = new Set([
  ...["normalize", "previewTemplate", "checkWording", "previewReadings"],
  ...["reviewPlaylist", "reviewSchedule", "reviewLevel", "reviewRaise", "reviewPolicy"],
]);
/** Tried where what they need is: people's own accounts, devices that are not in order, real updates, whoever starts the station anew. */
const TRIED_ELSEWHERE = new Set([
  ...ROUTES.filter(({ tag }) => tag === "accounts").map(({ id }) => id),
  ...["acknowledgeAlarm", "clearQuarantine", "startAlignment", "judgeAlignment", "confirmAlignment"],
  ...["pair", "confirmDevice", "startRollout", "stopRollout", "restartStation", "testNotice", "cancelBackup"],
]);
/** They leave nothing behind but a line of the log, or what the line itself tells. */
const NO_SIDES = new Set(["eraseLogWords", "testReceiver", "restartReceiver", "startBackup"]);
/** Parts of a file on its way, which nobody but the sender sees: what it becomes is told by the door that takes the whole. */
const NOTHING_YET = new Set(["beginUpload", "addToUpload", "dropUpload"]);
const STEPS = [...FIRST_STEPS, ...SETTING_STEPS, ...LATER_STEPS];

describe("the whole house, about whoever changes something", function () {
  this.timeout(60_000);
  let house: WholeHouse;
  before(async () => {
    house = await openForSteps();
  });
  after(() => house.close());

  const linesAfter = async (n: number) => (await house.call<LogPageView>("GET", `/log?after=${n}&limit=1000`)).lines;
  const lastLine = async () => {
    let last = 0;
    for (let page = await linesAfter(0); page.length > 0; page = await linesAfter(last)) last = page.at(-1)?.n ?? last;
    return last;
  };
  const send = (step: Step, found: unknown) => createSteps(house).send(step, found);

  for (const [index, step] of STEPS.entries())
    it(`${index + 1}: writes who did it by ${step.door}, from where, and what it changed`, async () => {
      const found = await step.first?.(house);
      const before = await lastLine();

      await send(step, step.path.endsWith("/reading") ? undefined : found);

      const lines = (await linesAfter(before)).filter(({ who }) => who !== undefined);
      expect(lines, "a line with a person").to.not.deep.equal([]);
      for (const { who, by } of lines) {
        expect(who).to.deep.equal(AT_THE_MACHINE);
        expect(by).to.be.a("string");
      }
      const isTold = ({ before: was, after: is, told, erased }: LogLineView) => was ?? is ?? told ?? erased;
      if (!NO_SIDES.has(step.door)) expect(lines.filter(isTold), "a line with before or after").to.not.deep.equal([]);
      expect(JSON.stringify(lines)).to.not.include("0900 000 000").and.not.include(house.server.token);
    });

  it("writes who confirmed the device of a loudspeaker, from where, and what it changed", async () => {
    const { lines } = await house.call<LogPageView>("GET", "/log?kind=receiver.confirmed");
    expect(lines.map(({ who }) => who)).to.deep.equal([AT_THE_MACHINE]);
    expect(lines[0]?.after).to.be.an("object");
  });

  it("has tried every door that changes something", () => {
    const tried = new Set(STEPS.map(({ door }) => door));
    const without = [tried, CHANGE_NOTHING, TRIED_ELSEWHERE, NOTHING_YET];
    const known = (id: string) => without.some((doors) => doors.has(id));
    const missed = ROUTES.filter(({ method, id }) => method !== "get" && !known(id)).map(({ id }) => id);
    expect(missed, "put the door into the steps, or say why it needs none").to.deep.equal([]);
  });
});
