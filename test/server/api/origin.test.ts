import type { IncomingMessage } from "node:http";
import { expect } from "chai";
import { addressOf, isNear } from "../../../src/server/api/origin.js";

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
  }) as unknown as IncomingMessage;

describe("where somebody comes from", () => {
  it("is whom a proxy on this machine speaks for, as the proxy itself saw them", () => {
    expect(addressOf(request("127.0.0.1", "203.0.113.9"))).to.equal("203.0.113.9");
    // Everything before the last entry was said by the browser.
    expect(addressOf(request("::ffff:127.0.0.1", "8.8.8.8, 203.0.113.9"))).to.equal("203.0.113.9");
    expect(addressOf(request("::1", "2001:db8::7"))).to.equal("2001:db8::7");
    expect(isNear(request("127.0.0.1", "203.0.113.9"))).to.equal(false);
  });

  it("is the other end of the connection, whatever it claims, when that is no proxy here", () => {
    expect(addressOf(request("198.51.100.4", "127.0.0.1"))).to.equal("198.51.100.4");
    expect(addressOf(request("127.0.0.1"))).to.equal("127.0.0.1");
    expect(addressOf(request("127.0.0.1", "no address, ; drop"))).to.equal("127.0.0.1");
    expect(addressOf(request("127.0.0.1", "x,".repeat(50_000)))).to.equal("127.0.0.1");
    expect(isNear(request("127.0.0.1"))).to.equal(true);
  });
});
