import { expect } from "chai";
import { createLog } from "../../src/base/log.js";
import { FakeClock } from "../support/fake-clock.js";

describe("the log of a program", () => {
  const start = () => {
    const lines: string[] = [];
    return { lines, log: createLog(new FakeClock(), (line) => lines.push(line)) };
  };

  it("is one line of JSON an event, with what goes with all of them, and errors as text", () => {
    const { lines, log } = start();
    log.with({ relay: "loa-1" }).warn("receiver.lost", { times: 2, thrown: new Error("hai\ndòng") });
    log.debug("never", {});

    expect(lines).to.have.length(1);
    expect(lines[0]).to.not.include("\n");
    const { time, thrown, ...rest } = JSON.parse(lines[0] ?? "");
    expect(rest).to.deep.equal({ level: "warn", event: "receiver.lost", relay: "loa-1", times: 2 });
    expect(time).to.equal("2026-11-23T00:00:00.000Z");
    expect(thrown).to.match(/^Error: hai/);
  });

  it("tells no secret, wherever somebody lets it slip in", () => {
    const { lines, log } = start();
    const secret = "rất bí mật";
    log.info("mail.sent", {
      login: { user: "đài", password: secret },
      headers: [{ Authorization: secret, cookie: secret }],
    });
    log.with({ token: secret }).info("x", { passphrase: secret, secret, privateKey: secret });

    expect(lines.join()).to.not.include(secret);
    expect(JSON.parse(lines[0] ?? "").login).to.deep.equal({ user: "đài", password: "•••" });
  });
});
