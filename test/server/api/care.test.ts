import { expect } from "chai";
import { areaId, receiverId } from "../../../src/domain/ids.js";
import type { ComplaintView, RepairView } from "../../../src/server/api/care-views.js";
import { startApi } from "./start-api.js";

describe("the doors about the care of loudspeakers", () => {
  let api: Awaited<ReturnType<typeof startApi>>;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());
  const ask = (method: string, path: string, body?: unknown) =>
    api.ask(method, `/api/v1${path}`, ...(body === undefined ? [] : [{ body }]));

  for (const [path, name] of [
    ["/repairs/table", "phieu-sua-chua"],
    ["/complaints/table", "phan-anh"],
    ["/silent-receivers/table", "loa-im-lang"],
    ["/alarms/table", "canh-bao"],
  ] as const)
    it(`gives ${path} as a table that no spreadsheet runs`, async () => {
      const answer = await ask("GET", path);
      expect(answer.headers.get("content-type")).to.contain("text/csv");
      expect(answer.headers.get("content-disposition")).to.contain(`${name}.csv`);
      expect(answer.text).to.not.match(/(^|[,\n"])[=@]/);
    });

  it("never gives a resident's contact away in a table", async () => {
    expect((await ask("GET", "/complaints/table")).text).to.not.contain("0263");
    expect((await ask("GET", "/complaints")).text).to.contain("0263");
  });

  it("shows complaints to the ward that they are of, also about a loudspeaker that was removed or moved, and to no other", async () => {
    const [kept] = api.control.complaints();
    const gone = { ...(kept as ComplaintView), receiver: receiverId("da-go") };
    api.control.complaints = () => [gone];
    api.control.complaint = async () => ({ ...gone, played: [] });
    const asked = ["/complaints", "/complaints/1", "/complaints/table"];
    const seen = await Promise.all(
      ["xuan-huong", "cam-ly"].map(async (area) => {
        const { secret } = await api.people.person(area, [{ role: "ward-operator", area: areaId(area) }]);
        const answers = asked.map((path) => api.askAs(secret, "GET", `/api/v1${path}`));
        return (await Promise.all(answers)).map(({ text }) => [text.includes("Ngõ 3"), text.includes("0263")]);
      }),
    );
    expect(seen).to.deep.equal([
      [
        [true, true],
        [true, true],
        [true, false],
      ],
      [
        [false, false],
        [false, false],
        [false, false],
      ],
    ]);
  });

  it("tells nobody how to reach a resident for answering what names no loudspeaker, but whoever wrote it down", async () => {
    const [kept] = api.control.complaints();
    const { receiver: _unnamed, area: _nowhere, ...unnamed } = kept as ComplaintView;
    api.control.complaints = () => [unnamed];
    const told = await Promise.all(
      ["Anh Nam", "Chị Hoa"].map(async (name) => {
        const { secret } = await api.people.person(name, [{ role: "ward-operator", area: areaId("cam-ly") }]);
        const asked = { body: { answer: "Đã vặn nhỏ" }, headers: { "if-match": "*" } };
        const answers = [
          await api.askAs(secret, "PATCH", "/api/v1/complaints/1", asked),
          await api.askAs(secret, "POST", "/api/v1/complaints/1/closing"),
        ];
        return answers.map(({ status, text }) => [status, text.includes("0263")]);
      }),
    );
    const [hidden, shown] = [false, true].map((isShown) => [
      [200, isShown],
      [200, isShown],
    ]);
    expect(told).to.deep.equal([hidden, shown]);
  });

  it("shows repairs of a loudspeaker that was removed to the ward where it stood, which may close them, and to no other", async () => {
    const [kept] = api.control.repairs();
    api.control.repairs = () => [
      { ...(kept as RepairView), receiver: receiverId("da-go"), area: areaId("xuan-huong") },
    ];
    const seen = await Promise.all(
      ["xuan-huong", "cam-ly"].map(async (area) => {
        const { secret } = await api.people.person(area, [{ role: "ward-operator", area: areaId(area) }]);
        const told = (await api.askAs(secret, "GET", "/api/v1/repairs")).text.includes("da-go");
        const body = { done: "đã gỡ" };
        return [told, (await api.askAs(secret, "POST", "/api/v1/repairs/1/closing", { body })).status];
      }),
    );
    expect(seen).to.deep.equal([
      [true, 200],
      [false, 403],
    ]);
  });

  it("lets nobody of another ward answer about a loudspeaker that was removed", async () => {
    const [kept] = api.control.complaints();
    const gone = { ...(kept as ComplaintView), receiver: receiverId("da-go") };
    const { area: _unknown, ...nowhere } = gone;
    const answerOf = async (secret: string, complaint: ComplaintView) => {
      api.control.complaints = () => [complaint];
      const asked = { body: { answer: "Đã vặn nhỏ" }, headers: { "if-match": "*" } };
      return (await api.askAs(secret, "PATCH", "/api/v1/complaints/1", asked)).status;
    };
    const { secret: own } = await api.people.person("Chị Hoa", [{ role: "ward-operator", area: areaId("xuan-huong") }]);
    const { secret: other } = await api.people.person("Anh Nam", [{ role: "ward-operator", area: areaId("cam-ly") }]);
    expect([await answerOf(own, gone), await answerOf(other, gone)]).to.deep.equal([200, 403]);
    expect([await answerOf(own, nowhere), await answerOf(other, nowhere)]).to.deep.equal([403, 403]);
  });

  it("asks for what a repair and a complaint need", async () => {
    expect((await ask("POST", "/repairs", { receiver: "loa-1", text: " " })).status).to.equal(400);
    expect((await ask("POST", "/complaints", { place: "Ngõ 3", at: "hôm qua", what: "ồn" })).status).to.equal(400);
    expect((await ask("POST", "/receivers/loa-1/test", { lengthMs: 60_000 })).status).to.equal(400);
    expect(api.calls).to.deep.equal([]);
  });

  it("takes a pip without a length, and lists without a question", async () => {
    expect((await ask("POST", "/receivers/loa-1/test")).status).to.equal(202);
    expect(api.calls[0]?.slice(0, 3)).to.deep.equal(["orderTest", "loa-1", 2000]);
    expect((await ask("GET", "/repairs?open=true")).status).to.equal(200);
    expect(api.calls.at(-1)).to.deep.equal(["repairs", { open: true }]);
  });
});
