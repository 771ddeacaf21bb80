import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { startApi, TOKEN } from "../server/api/start-api.js";
import { PASSWORD } from "../support/some-accounts.js";
import { run } from "./run.js";

describe("loa user", () => {
  async function start() {
    const api = await startApi();
    const folder = await mkdtemp(join(tmpdir(), "loa-user-"));
    await mkdir(join(folder, "config"));
    await writeFile(join(folder, "config", "token"), `${TOKEN}\n`);
    const loa = (...argv: string[]) => run(["user", ...argv, "--station", folder, "--server", api.url]);
    const close = async () => {
      await api.close();
      await rm(folder, { recursive: true });
    };
    const linkIn = (out: string) => new URL(/https?:\S+/.exec(out)?.[0] ?? "").searchParams.get("link") ?? "";
    return { api, close, linkIn, loa, verbs: api.people.verbs };
  }
  const whence = { from: "192.0.2.1", agent: "thử" };

  it("hands out the link for the first account, then invites people with roles at areas", async () => {
    const { close, linkIn, loa, verbs } = await start();

    expect((await loa("list")).out).to.contain("Chưa có tài khoản nào");
    const setUp = await loa("setup");
    await verbs.setUpStation({ link: linkIn(setUp.out), name: "Chủ đài", password: PASSWORD }, whence);
    const invited = await loa("invite", "Nguyễn Văn An", "--role", "ward-operator@xuan-huong", "--role", "auditor");
    await verbs.acceptInvitation({ link: linkIn(invited.out), password: PASSWORD }, whence);

    expect(invited.out).to.contain("/invitation?link=").and.to.contain("nguyen-van-an");
    const { out } = await loa("list");
    expect(out).to.match(/^nguyen-van-an\tNguyễn Văn An\tđang dùng.*ward-operator@xuan-huong auditor@\*$/m);
    expect((await loa("setup")).code, "there are accounts").to.equal(1);
    await close();
  });

  it("changes roles, resets, disables and enables, but not the last who looks after accounts", async () => {
    const { api, close, linkIn, loa, verbs } = await start();
    await api.people.first();
    const { secret } = await api.people.person("Văn An", [{ role: "auditor" }]);

    expect((await loa("role", "van-an", "--role", "driver@cam-ly")).out).to.contain("driver@cam-ly");
    expect(verbs.identify(secret), "must log in again").to.equal(undefined);
    expect((await loa("disable", "van-an")).out).to.contain("đã khóa");
    expect((await loa("enable", "van-an")).out).to.contain("đang dùng");
    const reset = await loa("reset", "van-an");
    expect(verbs.invited(linkIn(reset.out)).passwordHash).to.equal(undefined);
    const last = await loa("disable", "chu-dai");
    expect(last.code).to.equal(1);
    expect(last.error).to.contain("người cuối cùng");
    await close();
  });

  it("ends with 2 for what is no role, no name or no action, and with 1 for what is not there", async () => {
    const { api, close, loa } = await start();
    await api.people.first();

    expect((await loa("invite", "An", "--role", "kinh@xuan-huong")).code).to.equal(2);
    expect((await loa("role", "Văn An", "--role", "auditor")).code).to.equal(2);
    expect((await loa("remove", "van-an")).error).to.contain("invite");
    expect((await loa("reset", "nobody")).error).to.contain("Không có tài khoản");
    expect((await loa("invite", "An", "--role", "auditor@nowhere")).error).to.contain("Không có địa bàn");
    expect((await loa("roles")).out).to.contain("ward-leader\tLãnh đạo phường");
    await close();
  });
});
