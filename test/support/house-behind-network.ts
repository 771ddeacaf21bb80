import { kernelNetworkRefused, openKernelNetwork } from "./kernel-network.js";
import { openProxyNetwork } from "./proxy-network.js";
import { pitch } from "./tones.js";
import { rms, stretch } from "./wav.js";
import { eventually, type HouseOptions, openHouse, type RelayWishes } from "./whole-house.js";

/** A line of the log, as far as runs behind a network look at it. */
interface Line {
  readonly kind: string;
  readonly at: string;
  readonly why?: string;
  readonly occurrence?: string;
}

/** Who makes a network: a proxy in this program can make all weather, the kernel makes that which is real. */
export type NetworkMaker = "a proxy in this program" | "namespaces of the kernel";

/** The kernel where it is allowed here, and otherwise the proxy, with the reason said. */
export async function bestMaker(): Promise<NetworkMaker> {
  const refused = await kernelNetworkRefused();
  if (refused === undefined) return "namespaces of the kernel";
  process.stderr.write(`no network namespaces here, so a proxy makes the network: ${refused}\n`);
  return "a proxy in this program";
}

async function lay(maker: NetworkMaker, options: HouseOptions) {
  if (maker === "a proxy in this program") {
    const house = await openHouse(options);
    return { house, network: await openProxyNetwork(new URL(house.server.url)) };
  }
  const kernel = await openKernelNetwork();
  try {
    // It is no other machine that comes in over this line.
    const env = { LOA_ALLOW_REMOTE: "1" };
    const house = await openHouse({ ...options, config: { listen: { host: kernel.host, port: 0 } }, env });
    return { house, network: kernel.to(Number(new URL(house.server.url).port)) };
  } catch (thrown) {
    await kernel.close();
    throw thrown;
  }
}

/** A whole station with one loudspeaker, `loa-1`, behind a network that can turn bad. Rules are held when it is closed. */
export async function openHouseBehindNetwork(maker: NetworkMaker, options: HouseOptions = {}) {
  const { house, network } = await lay(maker, options);
  const lines = async () => (await house.call<{ lines: Line[] }>("GET", "/log?receiver=loa-1")).lines;
  const receiver = async () =>
    (
      await house.call<{ connected: boolean; missingClips: number; programme: { offered: number; held: number } }[]>(
        "GET",
        "/receivers",
      )
    )[0];
  /** Waits for a civil time, ms. */
  const passed = (time: number) => eventually("the time to come", time - Date.now() + 1_000, () => Date.now() > time);
  return {
    house,
    network,
    lines,
    receiver,
    /** Pairs it, and waits until it runs. */
    addLoudspeaker: (wishes: RelayWishes = {}) =>
      house.addRelay("loa-1", { via: network.url, enter: network.enter, ...wishes }),
    linesOf: async (kind: string) => (await lines()).filter((line) => line.kind === kind),
    isConnected: async () => (await receiver())?.connected === true,
    /** Nothing passes and nobody can connect, until {@link mend}. */
    cut: () => network.change({ blackHole: true, refuses: true }),
    async mend() {
      await network.change({ blackHole: false, refuses: false });
      await network.reset();
    },
    passed,
    /** Orders an emergency that sounds at that pitch. Returns how long it took from then until it was heard, ms. */
    async untilEmergency(announcement: string, hz: number): Promise<number> {
      const ordered = Date.now();
      await house.call("POST", "/play", {
        content: { kind: "announcement", announcement },
        targets: { areas: ["phuong"] },
        class: "emergency",
        confirmedBy: "Trưởng ca (thử)",
      });
      await passed(ordered + 4_500);
      const heard = await house.heard("loa-1");
      const first = Array.from({ length: 400 }, (_, index) => ordered + index * 10).find((time) => {
        const piece = stretch(heard, time, 50);
        return rms(piece) > 0.01 && Math.abs(pitch(piece) - hz) < 100;
      });
      if (process.env.LOA_TEST_LOG) process.stderr.write(`order to sound: ${(first ?? 0) - ordered} ms\n`);
      return (first ?? Number.POSITIVE_INFINITY) - ordered;
    },
    /** Loudness in every tenth of a second that it sounded, from a server time on. */
    async tenths(from: number, seconds: number): Promise<number[]> {
      const heard = await house.heard("loa-1");
      return Array.from({ length: seconds * 10 }, (_, index) => rms(stretch(heard, from + index * 100, 100)));
    },
    async close() {
      try {
        await house.close();
      } finally {
        await network.close();
      }
    },
  };
}
export type HouseBehindNetwork = Awaited<ReturnType<typeof openHouseBehindNetwork>>;
