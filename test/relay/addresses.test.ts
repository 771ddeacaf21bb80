import { expect } from "chai";
import { type Addresses, createAddresses, parseServers } from "../../src/relay/link/addresses.js";
import { watchHome } from "../../src/relay/link/home-watch.js";
import { FakeClock } from "../support/fake-clock.js";

const two = (): Addresses => createAddresses(parseServers(["https://a.vn", "https://b.vn"]));

describe("the addresses of a station", () => {
  it("are one or two, given apart or in one text", () => {
    const hrefs = (...texts: string[]) => parseServers(texts).map(({ href }) => href);
    expect(hrefs("https://a.vn")).to.deep.equal(["https://a.vn/"]);
    expect(hrefs("https://a.vn, http://10.0.0.5:8080")).to.deep.equal(["https://a.vn/", "http://10.0.0.5:8080/"]);
    expect(hrefs("https://a.vn", "https://b.vn/dai")).to.deep.equal(["https://a.vn/", "https://b.vn/dai/"]);
    expect(hrefs("https://a.vn", "https://a.vn/")).to.deep.equal(["https://a.vn/"]);
    expect(() => hrefs("https://a.vn", "https://b.vn", "https://c.vn")).to.throw("not 3");
    expect(() => hrefs("")).to.throw("not 0");
    expect(() => hrefs("https://a.vn", "ftp://b.vn")).to.throw("such as https");
  });

  it("are taken in turn, and the first one again after the last", () => {
    const addresses = two();
    expect([addresses.next(), addresses.current().hostname]).to.deep.equal([false, "b.vn"]);
    expect([addresses.next(), addresses.current().hostname]).to.deep.equal([true, "a.vn"]);
    expect(createAddresses(parseServers(["https://a.vn"])).next()).to.equal(true);
  });

  describe("looked after while the second is in use", () => {
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    /** Minutes at which the first was asked, and at which it was gone back to. */
    const watch = async (minutes: number, { free = () => true, answers = () => false, addresses = two() }) => {
      const clock = new FakeClock();
      const asked: number[] = [];
      const back: number[] = [];
      const minute = () => Math.round(clock.now() / 60_000);
      const stop = watchHome({
        ...{ clock, random: () => 1, addresses, isFree: () => free() },
        ask: async () => {
          asked.push(minute());
          return answers();
        },
        onBack() {
          back.push(minute());
          addresses.toFirst();
        },
      });
      for (let step = 0; step < minutes; step++) {
        clock.advance(60_000);
        await settle();
      }
      stop();
      return { asked, back };
    };

    it("asks more and more seldom, at most once an hour in the end", async () => {
      const addresses = two();
      addresses.next();
      expect((await watch(240, { addresses })).asked).to.deep.equal([5, 15, 35, 75, 135, 195]);
    });

    it("goes back when the first answers, and never while something sounds", async () => {
      const addresses = two();
      addresses.next();
      let looks = 0;
      const free = () => {
        looks += 1;
        return looks > 4;
      };
      const { asked, back } = await watch(60, { addresses, free, answers: () => true });
      expect(asked).to.deep.equal([25]);
      expect(back).to.deep.equal([25]);
    });

    it("asks nobody while the first is in use", async () => {
      expect((await watch(240, {})).asked).to.deep.equal([]);
    });
  });
});
