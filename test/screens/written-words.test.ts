import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { ROUTES } from "../../src/server/api/create-api.js";
import { browserAt } from "../support/browser.js";
import {
  createPayloadWriter,
  type Outcome,
  type PayloadRequest,
  payload,
  routeOf,
  WRITING,
} from "../support/payload-writer.js";
import { textOfMail } from "../support/read-mail.js";
import { closeBrowser, newVisitor, type Visitor } from "../support/real-browser.js";
import { PASSWORD } from "../support/real-people.js";
import { startSmtpDouble } from "../support/smtp-double.js";
import { tone } from "../support/tones.js";
import { unzip } from "../support/unzip.js";
import { eventually, type WholeHouse } from "../support/whole-house.js";
import { FIRST_STEPS, type Step } from "../whole/audit-first-steps.js";
import { LATER_STEPS } from "../whole/audit-later-steps.js";
import { SETTING_STEPS } from "../whole/audit-setting-steps.js";
import { createSteps, openForSteps } from "../whole/audit-steps.js";

/** What people have read over: which fields of which door keep a text, and which refuse it. */
const GOLDEN = "test/golden/written-words.json";

/** They take away what the pages are to show. */
const TAKE_AWAY =
  /^(?:remove|erase|forget|revoke|replace|eraseContact|retire|endCampaign|endLevel|endMandate|restartReceiver)/;
/** Where they are written is not kept: they answer, or tell what would be. */
const KEEP_NOTHING = new Set([
  ...["normalize", "previewTemplate", "checkWording", "previewReadings"],
  ...["reviewPlaylist", "reviewSchedule", "reviewLevel", "reviewRaise", "reviewPolicy"],
]);
/** Their strings are secrets, codes and signatures that must be right; or no person writes there. */
const WITHOUT_WORDS = new Set([
  ...[
    "logIn",
    "finishLogIn",
    "askPasskeyAtDoor",
    "acceptInvitation",
    "prove",
    "changePassword",
    "addTotp",
    "addPasskey",
  ],
  ...["setRoles", "confirmDevice", "pair", "startRollout", "testNotice", "startAlignment"],
]);
/** More of a body than the steps give, so that every field has a place to stand in. */
const MORE: Readonly<Record<string, object>> = {
  addPlace: { pole: "C-09" },
  putRecipients: { recipients: [{ name: "Trực", email: "truc@dai.example", kinds: ["alarm"] }] },
  putPolicy: { raises: [{ from: "2099-01-01", until: "2099-01-02", minutesPerDay: 60, reason: "đợt dịch" }] },
  submitReport: { recipients: [{ name: "Cơ quan mẫu", as: "b/c" }], note: "bản chính" },
  changeSettings: { "station.name": "Đài thử" },
  openLive: { brokenGlass: { reason: "không gọi được ai" } },
};
/** Written at a copy of the thing, for later steps need the thing itself as it is. */
const AT_COPY: Readonly<Record<string, string>> = {
  updateAnnouncement: "/announcements/x-tin",
  updateReceiver: "/receivers/x-loa-2",
};

describe("what people write", function () {
  this.timeout(300_000);
  let house: WholeHouse;
  let page: Visitor;
  let smtp: Awaited<ReturnType<typeof startSmtpDouble>>;
  const written = new Map<string, Outcome>();
  let places: ReadonlyMap<number, string> = new Map();

  before(async () => {
    smtp = await startSmtpDouble();
    const kinds = ["emergency", "alarm", "approval", "report", "backup", "certificate", "digest"];
    const notices = {
      smtp: { host: "127.0.0.1", port: smtp.port, security: "none", from: "dai@dai.example" },
      recipients: [{ name: "Trực", email: "truc@dai.example", kinds }],
      allowHosts: ["127.0.0.1"],
    };
    house = await openForSteps({ notices, public: { enabled: true } });
  });
  after(async () => {
    await closeBrowser();
    await house.close();
    smtp.close();
  });

  it("is taken or refused at every door that keeps words, field by field, as people have read over", async () => {
    const person = encodeURIComponent(payload(9999));
    const owner = browserAt(house);
    const writer = createPayloadWriter(async ({ door, method, path, body, headers = {} }) => {
      if (routeOf(door).tag === "accounts") return owner.ask(method, `/api/v1${path}`, body);
      const response = await fetch(`${house.server.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${house.server.token}`,
          ...{ "content-type": "application/json", "if-match": "*", "loa-person": person, ...headers },
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    });
    for (const step of [...FIRST_STEPS, ...SETTING_STEPS, ...LATER_STEPS])
      if (!TAKE_AWAY.test(step.door)) await writeAt(step, writer.write);
    await writeTables(writer.payloadFor);
    await writePeople(writer.write, owner);

    const { outcomes } = writer;
    for (const [door, outcome] of outcomes) written.set(door, outcome);
    places = writer.places;
    const tried = Object.fromEntries([...outcomes].sort(([one], [other]) => one.localeCompare(other)));
    if (process.env.LOA_GOLDEN === "write") writeFileSync(GOLDEN, `${JSON.stringify(tried, null, 2)}\n`);
    else expect(tried).to.deep.equal(JSON.parse(readFileSync(GOLDEN, "utf8")));
    const missed = WRITING.map(({ id }) => id).filter(
      (id) => !outcomes.has(id) && !KEEP_NOTHING.has(id) && !WITHOUT_WORDS.has(id) && !TAKE_AWAY.test(id),
    );
    expect(missed, "put the door into the steps of the audit, or say why nobody writes words there").to.deep.equal([]);
  });

  async function writeAt(step: Step, write: (request: PayloadRequest) => Promise<boolean>) {
    const found = await step.first?.(house);
    const plain = step.path.endsWith("/reading") ? step.body : (step.body ?? found);
    const steps = createSteps(house);
    let isWritten = false;
    if (step.media === undefined && typeof (plain ?? {}) === "object") {
      const { path, base } = copyOf(step, { ...(plain as object), ...MORE[step.door] });
      const request = { door: step.door, method: step.method, path: await steps.named(path), base };
      isWritten = await write({ ...request, ...(step.headers ? { headers: step.headers } : {}) });
    }
    await steps.send(step, plain).catch((thrown: unknown) => {
      if (!isWritten) throw thrown;
    });
  }
  /** What comes as a file, a table, or in a query. */
  async function writeTables(payloadFor: (door: string, path: string) => string) {
    const send = async (method: string, path: string, media: string, body: string | Uint8Array<ArrayBuffer>) => {
      const headers = { authorization: `Bearer ${house.server.token}`, "content-type": media };
      const response = await fetch(`${house.server.url}/api/v1${path}`, { method, headers, body });
      expect(response.status, `${path}: ${await response.text()}`).to.be.below(300);
    };
    const [title, source] = ["?title", "?source"].map((path) => payloadFor("uploadRecording", path)) as [
      string,
      string,
    ];
    const query = new URLSearchParams({
      id: "x-ghi-am",
      class: "ordinary",
      topic: "thu",
      name: "a.wav",
      title,
      source,
    });
    await send("POST", `/recordings?${query}`, "audio/wav", Uint8Array.from(tone(1, 500)));
    const row = ["VCTHU", "vê xê thử", payloadFor("importReadings", "note")].map(
      (cell) => `"${cell.replaceAll('"', '""')}"`,
    );
    await send("POST", "/lexicon/table", "text/csv", `written,spoken,note\r\n${row.join(",")}\r\n`);
    const list = `#EXTM3U\n#PLAYLIST:${payloadFor("importPlaylist", "#PLAYLIST")}\n#LOA-PAUSE:10\n`;
    await send("POST", "/playlists/x-m3u/m3u8", "text/plain", list);
  }
  /** Accounts and tokens, by somebody who came in by the set-up link, and is then in the browser. */
  async function writePeople(
    write: ReturnType<typeof createPayloadWriter>["write"],
    owner: ReturnType<typeof browserAt>,
  ) {
    const { path } = await house.call<{ path: string }>("POST", "/set-up/link");
    const link = new URL(path, house.server.url).searchParams.get("link");
    const by = (door: string, at: string, base: object) => write({ door, method: "POST", path: at, base });
    await by("setUpStation", "/set-up", { link, name: "Chủ đài", password: PASSWORD });
    await by("invite", "/accounts", { name: "An", roles: [] });
    await by("createToken", "/tokens", { name: "Bảng tin", grants: [{ permission: "inspect" }] });
    page = await newVisitor(house.server.url);
    const [name = "", value = ""] = owner.cookie.split("=");
    await page.context().addCookies([{ name, value, url: house.server.url }]);
  }
  /** The same request about a thing of another name. */
  const copyOf = ({ door, path }: Step, base: object): Pick<PayloadRequest, "path" | "base"> => {
    const other = AT_COPY[door];
    if (other !== undefined) return { path: other, base };
    if (!("id" in base)) return { path, base };
    return { path: path.replace(`/${base.id}`, `/x-${base.id}`), base: { ...base, id: `x-${base.id}` } };
  };

  it("is shown as text on every page: no script runs, nothing becomes markup, and the page's policy has nothing to hold back", async () => {
    await page.addInitScript("globalThis.ran = []; globalThis.xss = (n) => globalThis.ran.push(n)");
    const seen = new Set<string>();
    for (const path of await pathsOfAll()) {
      await page.goto(path);
      await page.locator("h1, h2, main, body > p").first().waitFor();
      await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
      if (path === "/log") {
        await page.getByRole("button", { name: "Tìm" }).click();
        await page.locator("table.log").waitFor();
        const told = await page.locator("table.log td:nth-child(2)").allInnerTexts();
        expect(told.filter((text) => /^[a-z-]+\.[a-z-]+/.test(text))).to.deep.equal([]);
        await page.getByLabel("Vì sao").fill("img SRC");
        await page.getByLabel("Bản tin").selectOption("tin");
        await page.getByRole("button", { name: "Tìm" }).click();
        await eventually("the lines with that reason alone", 10_000, async () => {
          const reasons = await page.locator("table.log td:nth-child(5)").allInnerTexts();
          return reasons.length > 0 && reasons.every((text) => text.includes("<img src"));
        });
      }
      const found = (await page.evaluate(LOOK)) as { ran: number[]; made: string[]; text: string };
      expect({ ran: found.ran, made: found.made }, path).to.deep.equal({ ran: [], made: [] });
      for (const [, n] of found.text.matchAll(/xss\(?(\d+)/g)) seen.add(places.get(Number(n)) ?? "person");
    }
    expect(page.complaints).to.deep.equal([]);
    if (process.env.LOA_TEST_LOG) process.stderr.write(`${[...seen].sort().join("\n")}\n`);
    // Else the pages that were looked at would prove nothing.
    expect(seen.size).to.be.at.least(25);
  });

  it("is no formula in any table, and only text in mails", async () => {
    const answers = ROUTES.filter(({ method, media }) => method === "get" && media === "text/csv");
    expect(answers.length).to.be.at.least(6);
    for (const { path, id } of answers) {
      const text = await (await page.request.get(path)).text();
      expect(text, id).to.not.match(/(?:^|,|\n)"?[=+@]/);
      if (["exportLog", "exportRepairs", "exportComplaints", "exportReadings"].includes(id))
        expect(text, id).to.match(/(?:^|,|\n)"?'=/);
    }
    const [month] = (await (await page.request.get("/api/v1/reports")).json()) as { month: string }[];
    const book = unzip(await (await page.request.get(`/api/v1/reports/${month?.month}.xlsx`)).body());
    for (const [name, xml] of book) expect(xml, name).to.not.match(/<f[ >]|<img|<b class/);

    const mails = await eventually("a mail with a title", 40_000, () => {
      const all = smtp.mails.map(textOfMail).join("\n");
      return all.includes("xss(") && smtp.mails;
    });
    for (const mail of mails) {
      expect(mail).to.match(/^content-type: text\/plain; charset=utf-8$/im);
      expect(mail).to.not.match(/text\/html|multipart/i);
    }
  });

  /** Every page of the panel, one of each kind of thing, and the pages that the server makes itself. */
  async function pathsOfAll(): Promise<readonly string[]> {
    const table = readFileSync("src/web/panel/shell.tsx", "utf8");
    const panel = [...table.matchAll(/at: "(\/[a-z]*)"/g)].map(([, at]) => at ?? "");
    expect(panel).to.include.members(["/", "/log", "/people", "/settings"]);
    const idsOf = async (list: string) => {
      const all = (await (await page.request.get(`/api/v1/${list}`)).json()) as {
        id?: string;
        value?: { id: string };
      }[];
      return all.map(({ id, value }) => id ?? value?.id ?? "?");
    };
    const each = async (list: string, at: (id: string) => string[]) => (await idsOf(list)).flatMap(at);
    const [month] = (await (await page.request.get("/api/v1/reports")).json()) as { month: string }[];
    return [
      ...panel,
      ...(await each("announcements", (id) => [`/compose/${id}`, `/approve/${id}`])),
      ...(await each("playlists", (id) => [`/playlists/${id}`])),
      ...(await each("schedules", (id) => [`/week/${id}`])),
      ...(await each("receivers", (id) => [`/loudspeakers/${id}`])),
      ...(await each("emergency-packs", (id) => [`/emergency/${id}`, `/emergency/${id}/edit`])),
      "/complaints/1",
      ...["/nghe-lai", "/second-factor", `/api/v1/reports/${month?.month}.html`],
    ];
  }
});

/** What ran, what became markup, and what is read, fields to fill in included. */
const LOOK = `({
  ran: globalThis.ran,
  made: [...document.querySelectorAll("img[src=x], [onerror], [class^=xss]")].map((one) => one.outerHTML),
  text: document.documentElement.innerText + [...document.querySelectorAll("input, textarea, select")].map((one) => one.value).join("\\n"),
})`;
