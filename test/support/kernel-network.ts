import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { FAIR, type Network, QUEUE, type Weather } from "./network.js";

const run = promisify(execFile);

/** Of a router's two ends of cable, the one to the station and the one to the loudspeaker. */
const ENDS = ["upward", "downward"] as const;
/** Without a limit: more than two processes on a machine send each other. */
const UNLIMITED = "10gbit";

/** A packet is lost by this chance: what a socket filter may ask is a random number below 2^32, and the class 1:20 keeps nothing. */
function lossFilter(chance: number): string {
  const below = Math.round(chance * 2 ** 32);
  const [loadRandom, jumpIfAtLeast, answer] = ["32 0 0 4294963256", "53 1 0", "6 0 0"];
  if (below >= 2 ** 32) return `1,${answer} ${0x1_0020}`;
  return `4,${loadRandom},${jumpIfAtLeast} ${below},${answer} ${0x1_0020},${answer} 0`;
}

/**
 * A network of the kernel: the station is in the machine's own namespace, loudspeakers in another, and between them a third forwards
 * packets as a router does, or loses them. TCP is the real one at both ends. It needs Linux, root and iproute2.
 *
 * Nothing in it makes packets late; a kernel that can is not found everywhere.
 */
export async function openKernelNetwork() {
  const slot = Math.floor(Math.random() * 2 ** 14);
  /** Of 198.18.0.0/15, which is kept for measurements: two addresses on each cable. */
  const address = (host: number) => `198.${18 + (slot >> 13)}.${(slot >> 5) & 255}.${(slot & 31) * 8 + host}`;
  const [station, near, far, pole] = [address(1), address(2), address(5), address(6)];
  const name = `loa-${process.pid}-${slot.toString(36)}`;
  const [router, poles, cable] = [`${name}-r`, `${name}-p`, `loa${slot.toString(36)}`];

  const inRouter = (...words: string[]) => run("ip", ["netns", "exec", router, ...words]);
  const close = async () => {
    for (const space of [poles, router]) await run("ip", ["netns", "del", space]).catch(() => undefined);
    // A cable goes with the namespace at its other end, a little later.
    await run("ip", ["link", "del", "dev", cable]).catch(() => undefined);
  };
  const lay = async () => {
    for (const space of [router, poles]) await run("ip", ["netns", "add", space]);
    await run("ip", ["link", "add", cable, "type", "veth", "peer", "name", "upward", "netns", router]);
    await run("ip", [
      "-n",
      router,
      ...["link", "add", "downward", "type", "veth", "peer", "name", "mast", "netns", poles],
    ]);
    await run("ip", ["addr", "add", `${station}/30`, "dev", cable]);
    await run("ip", ["-n", router, "addr", "add", `${near}/30`, "dev", "upward"]);
    await run("ip", ["-n", router, "addr", "add", `${far}/30`, "dev", "downward"]);
    await run("ip", ["-n", poles, "addr", "add", `${pole}/30`, "dev", "mast"]);
    await run("ip", ["link", "set", "dev", cable, "up"]);
    for (const end of ENDS) await run("ip", ["-n", router, "link", "set", "dev", end, "up"]);
    for (const end of ["lo", "mast"]) await run("ip", ["-n", poles, "link", "set", "dev", end, "up"]);
    await run("ip", ["-n", poles, "route", "add", "default", "via", far]);
    await run("ip", ["route", "add", `${pole}/32`, "via", near]);
    await inRouter("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    for (const end of ENDS) {
      await inRouter("tc", ...["qdisc", "add", "dev", end, "root", "handle", "1:", "htb", "default", "10"]);
      await limit("add", end, 0);
      await inRouter("tc", ...["qdisc", "add", "dev", end, "parent", "1:10", "bfifo", "limit", String(QUEUE)]);
      await inRouter(
        "tc",
        ...["class", "add", "dev", end, "parent", "1:", "classid", "1:20", "htb", "rate", UNLIMITED],
      );
      await inRouter("tc", ...["qdisc", "add", "dev", end, "parent", "1:20", "pfifo", "limit", "0"]);
    }
  };
  const limit = (how: "add" | "change", end: string, bytesPerSecond: number) => {
    const rate = bytesPerSecond > 0 ? `${bytesPerSecond * 8}bit` : UNLIMITED;
    return inRouter("tc", ...["class", how, "dev", end, "parent", "1:", "classid", "1:10", "htb", "rate", rate]);
  };
  const lose = async (end: string, chance: number) => {
    await inRouter("tc", "filter", "del", "dev", end, "parent", "1:").catch(() => undefined);
    if (chance === 0) return;
    const filter = ["protocol", "ip", "bpf", "bytecode", lossFilter(chance)];
    await inRouter("tc", "filter", "add", "dev", end, "parent", "1:", ...filter);
  };

  let weather: Weather = FAIR;
  const change = async (changes: Partial<Weather>) => {
    const next = { ...weather, ...changes };
    if (next.delayMs > 0 || next.jitterMs > 0) throw new Error("this network makes nothing late");
    for (const end of ENDS) {
      if (next.bytesPerSecond !== weather.bytesPerSecond) await limit("change", end, next.bytesPerSecond);
      const chance = next.blackHole ? 1 : next.loss;
      if (chance !== (weather.blackHole ? 1 : weather.loss)) await lose(end, chance);
    }
    if (next.refuses !== weather.refuses)
      await run("ip", ["-n", router, "link", "set", "dev", "downward", next.refuses ? "down" : "up"]);
    weather = next;
  };

  try {
    await lay();
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    /** Where the station must listen to be reached. */
    host: station,
    /** The network as those behind it see a station at this port of {@link host}. */
    to: (port: number): Network => ({
      ...{ url: `http://${station}:${port}/`, enter: ["ip", "netns", "exec", poles], change, close },
      // Nobody tells TCP: it finds out, or goes on.
      reset: async () => {},
    }),
    close,
  };
}
export type KernelNetwork = Awaited<ReturnType<typeof openKernelNetwork>>;

/** Why this machine allows no {@link openKernelNetwork}, or `undefined` when it does. */
export async function kernelNetworkRefused(): Promise<string | undefined> {
  try {
    await (await openKernelNetwork()).close();
    return undefined;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message.trim().replaceAll("\n", ": ") : String(thrown);
  }
}
