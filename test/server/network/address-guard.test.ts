import { expect } from "chai";
import { isPrivate, namesPrivateAddress, publicLookup } from "../../../src/server/network/address-guard.js";

describe("the address guard", () => {
  const inside =
    "0.0.0.0 10.1.2.3 100.64.0.1 127.8.8.8 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1 198.18.0.1 224.0.0.1 " +
    "255.255.255.255 :: ::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 fc00::1 fd12::1 fe80::1 ff02::1";
  const outside = "8.8.8.8 1.1.1.1 172.15.0.1 172.32.0.1 192.167.0.1 100.128.0.1 223.255.255.255 2001:4860:4860::8888";
  for (const address of inside.split(" ")) {
    it(`holds ${address} for private`, () => {
      expect(isPrivate(address)).to.equal(true);
    });
  }
  for (const address of outside.split(" ")) {
    it(`holds ${address} for public`, () => {
      expect(isPrivate(address)).to.equal(false);
    });
  }

  it("sees an address in a URL in whatever way it is written", () => {
    for (const host of ["127.1", "0x7f000001", "[::1]", "[::ffff:192.168.0.1]", "017700000001"]) {
      expect(namesPrivateAddress(new URL(`http://${host}/`)), host).to.equal(true);
    }
    expect(namesPrivateAddress(new URL("https://example.com/"))).to.equal(false);
  });

  it("refuses a name that leads to a private address", (done) => {
    publicLookup("localhost", { all: true }, (error, addresses) => {
      expect(error).to.include({ code: "EPRIVATE" });
      expect(addresses).to.equal("");
      done();
    });
  });
});
