import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { initStation } from "../../src/cli/init.js";
import { makeOwnCertificates } from "../../src/server/own-certificates.js";
import { FakeClock } from "../support/fake-clock.js";
import { openHouse } from "../support/whole-house.js";
import { run } from "./run.js";

/** Planted; none of it may leave the house. */
const PEOPLE = ["Nguyễn Thị Trồng Thử", "0912345678", "nguyen-thi-trong", "trong.thu@example.vn", "12 hẻm Trồng Thử"];

describe("loa doctor --bundle", () => {
  let root: string;
  before(async () => {
    root = await fs.mkdtemp(join(tmpdir(), "loa-goi-"));
  });
  after(() => fs.rm(root, { recursive: true }));

  const bundleOf = async (station: string) => {
    const file = join(root, `goi-${Math.random()}.json`);
    const { out } = await run(["doctor", station, "--bundle", file]);
    expect(out).to.include(file);
    expect((await fs.stat(file)).mode & 0o777).to.equal(0o600);
    const text = await fs.readFile(file, "utf8");
    return { text, read: JSON.parse(text) };
  };
  /** Every line of every secret file, and every text in what is kept about people. */
  const secretsOf = async (station: string) => {
    const names = await fs.readdir(join(station, "config"), { recursive: true });
    const secret = names.filter((name) => /^(?:token|keys\/.*|tls\/.*(?:key|server\.pem)|secrets\/.*)$/.test(name));
    const found: string[] = [];
    for (const name of secret) {
      const path = join(station, "config", name);
      if (!(await fs.stat(path)).isFile()) continue;
      found.push(...(await fs.readFile(path, "utf8")).split(/[\s",:{}[\]]+/).filter((line) => line.length >= 16));
    }
    return found;
  };

  it("holds what a helper needs, and no secret and nobody, of a station that was planted full of both", async () => {
    const secrets = join(root, "secrets");
    await fs.mkdir(secrets);
    await fs.writeFile(join(secrets, "smtp"), "mật-khẩu-thư-rất-dài", { mode: 0o600 });
    await fs.writeFile(join(secrets, "hook"), "bí-mật-webhook-rất-dài", { mode: 0o600 });
    const [name = "", phone = "", account = "", mail = "", place = ""] = PEOPLE;
    const house = await openHouse({
      config: {
        checks: { publicNumbers: [phone] },
        notices: {
          smtp: { host: "mail.trong-thu.vn", from: mail, user: mail, password: `file:${join(secrets, "smtp")}` },
          recipients: [
            { name, email: mail, kinds: ["alarm"] },
            {
              name: account,
              webhook: { url: `https://${account}.vn/x?khoa=${phone}`, secret: `file:${join(secrets, "hook")}` },
              kinds: ["digest"],
            },
          ],
        },
      },
    });
    try {
      await house.call("POST", "/receivers", { id: "cot-1", name, area: "phuong", kind: "fixed" });
      await house.call("POST", "/complaints", {
        place,
        at: "2026-11-29T01:00:00Z",
        what: name,
        contact: phone,
        receiver: "cot-1",
      });
      await house.call("POST", "/announcements", {
        id: account,
        title: name,
        class: "ordinary",
        topic: "thu",
        text: `${name} ${phone}`,
      });
      await makeOwnCertificates(house.folder, { title: "Đài thử", names: ["localhost"], now: new FakeClock().date() });
      const stack = `Fault: ${name} ở ${place}\n    at save (file:///nha/${account}/loa/dist/src/server/store/disk.js:12:5)\n    at node:internal/x:1:1`;
      const lines = [
        {
          time: "2026-11-29T01:00:00.000Z",
          level: "error",
          event: "api.bug",
          request: "a".repeat(36),
          path: `/api/v1/accounts/${account}`,
          thrown: stack,
        },
        {
          time: "2026-11-29T01:00:01.000Z",
          level: "warn",
          event: "x.y",
          by: name,
          receiver: account,
          reason: `${phone} đã gọi`,
          why: "disk-full",
          text: place,
          count: 7,
        },
        {
          time: "2026-11-29T01:00:02.000Z",
          level: "info",
          event: "api.request",
          path: `/api/v1/announcements/${account}`,
        },
        { time: name, level: "warn", event: name },
      ];
      await fs.mkdir(join(house.folder, "logs"));
      await fs.writeFile(
        join(house.folder, "logs/program.log"),
        `nửa dòng ${name}\n${lines.map((line) => JSON.stringify(line)).join("\n")}\n`,
      );

      const { text, read } = await bundleOf(house.folder);
      for (const planted of [...PEOPLE, "trong-thu", "Trồng", house.server.token, house.folder])
        expect(text, planted).to.not.include(planted);
      const secret = [...(await secretsOf(house.folder)), "mật-khẩu-thư-rất-dài", "bí-mật-webhook-rất-dài"];
      expect(secret.length).to.be.above(8);
      for (const one of secret) expect(text, one).to.not.include(one);

      expect(read.program).to.have.keys("version", "node", "platform", "release", "arch");
      expect(read.found.map(({ part }: { part: string }) => part)).to.include.members([
        "node",
        "files",
        "disk",
        "ffmpeg",
      ]);
      expect(read.configuration.notices.recipients).to.deep.equal([
        { by: "email", kinds: ["alarm"] },
        { by: "webhook", kinds: ["digest"] },
      ]);
      expect(read.state.files).to.deep.include.members([
        {
          name: "complaints.json",
          items: 1,
          version: 2,
          bytes: read.state.files.find((file: { name: string }) => file.name === "complaints.json").bytes,
        },
      ]);
      expect(read.log).to.deep.equal([
        {
          ...{ time: "2026-11-29T01:00:00.000Z", level: "error", event: "api.bug", request: "a".repeat(36) },
          ...{ path: "/api/v1/accounts", stack: ["Fault", "dist/src/server/store/disk.js:12:5"] },
        },
        { time: "2026-11-29T01:00:01.000Z", level: "warn", event: "x.y", why: "disk-full", count: 7 },
      ]);
    } finally {
      await house.close();
    }
  }).timeout(60_000);

  it("is written of a station that does not start, and tells where its files are wrong without their text", async () => {
    const station = join(root, "hong");
    await initStation(station);
    await fs.writeFile(
      join(station, "config/station.json"),
      JSON.stringify({ station: { name: "" }, zone: PEOPLE[0] }),
    );
    const { text, read } = await bundleOf(station);
    expect(read.configuration.failed).to.deep.include({ file: "config/station.json", line: 1, path: "/station/name" });
    for (const planted of PEOPLE) expect(text).to.not.include(planted);
    expect((await bundleOf(join(root, "không có"))).read.configuration).to.have.property("failed");
  });
});
