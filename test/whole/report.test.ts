import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { systemClock } from "../../src/base/clock.js";
import type { NightDigest } from "../../src/domain/night-digest.js";
import type { Report } from "../../src/domain/report.js";
import { type Month, monthBefore } from "../../src/domain/report-period.js";
import type { Submission } from "../../src/domain/report-submission.js";
import type { LogPageView } from "../../src/server/api/log-views.js";
import type { ReportMonthView } from "../../src/server/api/report-views.js";
import type { OrderedView } from "../../src/server/api/views.js";
import { run } from "../cli/run.js";
import { tone } from "../support/tones.js";
import { unzip } from "../support/unzip.js";
import { eventually, openHouse, type WholeHouse } from "../support/whole-house.js";

describe("the whole house, reporting its month", function () {
  this.timeout(120_000);
  let house: WholeHouse;
  let months: ReportMonthView[];
  before(async () => {
    house = await openHouse({ config: { report: { issuer: "Đài <phường> thử", place: "Đà Lạt" } } });
    await house.record("tin", tone(2, 700));
    await house.addRelay("loa-1");
    await house.holdsEverything("loa-1");
    const { occurrence = "" } = await house.call<OrderedView>("POST", "/play", {
      class: "ordinary",
      content: { kind: "announcement", announcement: "tin" },
      targets: { areas: ["phuong"] },
    });
    await eventually("the occurrence to be over", 60_000, async () => {
      const { lines } = await house.call<LogPageView>("GET", `/log?occurrence=${encodeURIComponent(occurrence)}`);
      return lines.some(({ kind }) => kind === "occurrence.closed");
    });
    months = await house.call<ReportMonthView[]>("GET", "/reports");
  });
  after(() => house.close());

  const file = async (path: string) => {
    const response = await fetch(`${house.server.url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${house.server.token}` },
    });
    expect(response.status, path).to.equal(200);
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const present = () => months[0]?.month ?? "";

  it("counts what was heard, by what it was about", async () => {
    const report = await house.call<Report>("GET", `/reports/${present()}?area=phuong`);

    expect(report.about).to.equal("Phường thử");
    expect(report.total).to.deep.include({ airings: 1, sessions: 1 });
    const { lines } = await house.call<LogPageView>("GET", "/log?kind=finished");
    expect(lines).to.have.length(1);
    expect(report.total.ms).to.equal(lines[0]?.heardMs).and.to.be.greaterThan(500);
    expect(report.total.byTopic).to.deep.equal([{ topic: "thu", airings: 1, ms: report.total.ms }]);
    expect(report.total.coverage).to.deep.include({ receivers: 1, sounded: 1, due: 1, played: 1, missed: 0 });
    expect(report.upTo.hash).to.match(/^[0-9a-f]{64}$/);
    // It sounded at a place for tests, which no report of the station is about.
    expect((await house.call<Report>("GET", `/reports/${present()}`)).total.airings).to.equal(0);
  });

  it("comes as PDF, as a spreadsheet, as a page and as a script", async () => {
    const path = (form: string) => `/reports/${present()}.${form}?area=phuong`;
    const pdf = await file(path("pdf"));
    expect(pdf.bytes.subarray(0, 5).toString()).to.equal("%PDF-");
    expect(pdf.response.headers.get("content-disposition")).to.contain(`bao-cao-${present()}-phuong.pdf`);

    const xlsx = await file(path("xlsx"));
    expect([...unzip(xlsx.bytes).values()].join("")).to.contain("Phường thử");

    const page = await file(path("html"));
    expect(page.bytes.toString()).to.contain("Đài &lt;phường&gt; thử");
    expect(page.response.headers.get("content-security-policy")).to.match(/^default-src 'none'; style-src 'sha256-/);

    expect((await file(path("sql"))).bytes.toString()).to.match(/^ATTACH 'file:/);
  });

  it("is handed in with the hash of the very bytes that can be had again", async () => {
    const before = monthBefore(present() as Month);
    const handed = await house.call<Submission>("POST", `/reports/${before}/submissions`, {
      area: "phuong",
      recipients: [{ name: "Thành ủy", as: "b/c" }],
    });

    const { bytes } = await file(`/report-submissions/${handed.number}`);
    expect(createHash("sha256").update(bytes).digest("hex")).to.equal(handed.sha256);
    const { lines } = await house.call<LogPageView>("GET", "/log?kind=report.submitted");
    expect(lines).to.have.length(1);
    const listed = await house.call<ReportMonthView[]>("GET", "/reports");
    expect(listed[1]?.submissions).to.deep.equal([handed]);
    expect((await readFile(join(house.folder, "config", "reports", `${handed.sha256}.pdf`))).equals(bytes)).to.equal(
      true,
    );
  });

  it("tells of the night in the morning", async () => {
    const digest = await house.call<NightDigest>("GET", "/night-digest");
    expect(digest.items).to.deep.equal([]);
    expect(digest.words.vi).to.equal("Mọi lượt phát đều đã phát trọn.");
  });

  it("is had from the command line", async () => {
    const at = ["--station", house.folder, "--server", house.server.url];
    const told = await run(["report", present(), "--area", "phuong", ...at]);
    expect(told, told.error).to.include({ code: 0 });
    expect(told.out).to.contain("Tổng cộng: 1 buổi, 1 lượt").and.to.contain("mã băm");

    const output = join(house.folder, "bao-cao.pdf");
    expect((await run(["report", present(), "-o", output, ...at])).code).to.equal(0);
    expect((await readFile(output)).subarray(0, 5).toString()).to.equal("%PDF-");
    const figures = await run(["report", present(), "--format", "json", "--area", "phuong", ...at]);
    expect(JSON.parse(figures.out).total.airings).to.equal(1);
    expect((await run(["report", "2026-13", ...at])).code).to.equal(2);
    expect((await run(["report", present(), "--format", "doc", ...at])).code).to.equal(2);
    expect((await run(["report", present(), "--format", "pdf", ...at])).code).to.equal(2);
    expect((await run(["report", present(), "--area", "khong-co", ...at])).code).to.equal(1);
  });

  it("is had from the folder of a station that is not running, and leaves it as it is", async () => {
    const asked = await house.call<Report>("GET", `/reports/${present()}?area=phuong`);
    const state = () => readdir(join(house.folder, "config"), { recursive: true });
    await house.restartServer(async () => {
      const before = (await state()).sort();
      const loa = (...argv: string[]) =>
        run(["report", present(), "--area", "phuong", ...argv, "--station", house.folder], { clock: systemClock });

      const { countedAt: _now, upTo, ...told } = JSON.parse((await loa("--format", "json")).out) as Report;
      const output = join(house.folder, "bao-cao-2.pdf");
      const file = await loa("-o", output);

      const { countedAt: _then, upTo: earlier, ...expected } = asked;
      expect(told).to.deep.equal(expected);
      expect(upTo.n).to.be.at.least(earlier.n);
      expect(file, file.error).to.include({ code: 0 });
      expect((await readFile(output)).subarray(0, 5).toString()).to.equal("%PDF-");
      expect((await loa("--area", "khong-co")).code).to.equal(1);
      expect((await state()).sort()).to.deep.equal(before);
    });
  });
});
