/**
 * Keeps requests to addresses that people configure from reaching into the station's own network.
 *
 * @module
 */
import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Addresses that are not on the public Internet (IANA special-purpose registries). */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  PRIVATE.addSubnet(network, bits, "ipv4");
  // The same address written as IPv6, mapped or translated.
  PRIVATE.addSubnet(`::ffff:${network}`, 96 + bits, "ipv6");
  PRIVATE.addSubnet(`64:ff9b::${network}`, 96 + bits, "ipv6");
}
for (const [network, bits] of [
  ["::", 96],
  ["64:ff9b:1::", 48],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
] as const) {
  PRIVATE.addSubnet(network, bits, "ipv6");
}

/** Whether an IP address is loopback, private, link-local, multicast or otherwise not public. */
export const isPrivate = (address: string): boolean => PRIVATE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** Whether a URL names a private address outright; names are judged when they are looked up. */
export function namesPrivateAddress(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/gu, "");
  return isIP(host) !== 0 && isPrivate(host);
}

/** The error code of {@link publicLookup} when a name leads to a private address. */
export const PRIVATE_ADDRESS = "EPRIVATE";

/**
 * Looks a name up and refuses private answers. The very address that was judged is connected to, so a name that changes
 * its answer in between gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const open = addresses.filter(({ address }) => !isPrivate(address));
    const [first] = open;
    if (first === undefined)
      return callback(Object.assign(new Error("private address"), { code: PRIVATE_ADDRESS }), "", 0);
    return options.all ? callback(null, open) : callback(null, first.address, first.family);
  });
};
