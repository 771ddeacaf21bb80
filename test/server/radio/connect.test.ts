import { expect } from "chai";
import { connect } from "../../../src/server/radio/index.js";
import { type Answer, startDouble } from "../../support/http-double.js";

const signal = new AbortController().signal;

describe("the connection to another station", () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  async function start(answer: Answer) {
    const double = await startDouble(answer);
    open.push(double);
    return double;
  }
  const outcomeOf = (attempt: Promise<unknown>) =>
    attempt.then(
      () => "open",
      (thrown: Error) => thrown.message,
    );

  it("follows a station that has moved, a few times", async () => {
    const double = await start((response, { url }) => {
      if (url.pathname === "/here") response.end("sound");
      else response.writeHead(302, { location: url.pathname === "/round" ? "/round" : "/here" }).end();
    });
    const answer = await connect({ url: new URL(`${double.url}/moved`), allowPrivate: true }, signal);
    expect((await answer.toArray()).join("")).to.equal("sound");
    expect(await outcomeOf(connect({ url: new URL(`${double.url}/round`), allowPrivate: true }, signal))).to.equal(
      "status 302",
    );
    expect(double.asked.length).to.be.below(10);
  });

  it("reaches nothing within the station's own network unless it was said to, by number, by name or by a redirect", async () => {
    const double = await start((response) => response.end("secret"));
    for (const url of [
      double.url,
      double.url.replace("127.0.0.1", "localhost"),
      "http://[::ffff:10.0.0.1]/",
      "http://169.254.169.254/",
    ])
      expect(await outcomeOf(connect({ url: new URL(url), allowPrivate: false }, signal)), url).to.equal(
        "private-address",
      );
    expect(double.asked).to.deep.equal([]);
  });

  it("goes nowhere but to http and https", async () => {
    const double = await start((response) => response.writeHead(301, { location: "file:///etc/passwd" }).end());
    expect(await outcomeOf(connect({ url: new URL(double.url), allowPrivate: true }, signal))).to.equal("redirected");
  });

  it("says why it is not had", async () => {
    const double = await start((response) => response.writeHead(404).end());
    expect(await outcomeOf(connect({ url: new URL(double.url), allowPrivate: true }, signal))).to.equal("status 404");
    await double.close();
    open.splice(0);
    expect(await outcomeOf(connect({ url: new URL(double.url), allowPrivate: true }, signal))).to.equal("ECONNREFUSED");
  });
});
