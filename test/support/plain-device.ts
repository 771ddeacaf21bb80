import type { HelloBody, JournalLine, ReceiverMessage, ServerMessage, StateBody } from "../../src/protocol/messages.js";
import { type DeviceKey, newDeviceKey } from "./device-key.js";
import { linkDevice } from "./device-link.js";
import type { WholeHouse } from "./whole-house.js";

/** A device that says and does only what a test tells it to, over a real socket. Its clock is trusted and it holds nothing. */
export async function addDevice(house: WholeHouse, id: string, place: object = {}) {
  await house.call("POST", "/receivers", { id, name: id, area: "phuong", kind: "fixed", ...place });
  const { code } = await house.call<{ code: string }>("POST", `/receivers/${id}/pairing`);
  const key: DeviceKey = newDeviceKey();
  await house.call("POST", "/pair", { code, publicKey: key.publicKey, name: id });
  const all = await house.call<{ id: string; waiting?: { words: string[] } }[]>("GET", "/receivers");
  await house.call("POST", `/receivers/${id}/confirm`, { words: all.find((one) => one.id === id)?.waiting?.words });
  let link: Awaited<ReturnType<typeof linkDevice>> | undefined;
  let pinging: NodeJS.Timeout | undefined;
  let seq = 0;

  const device = {
    say: (message: ReceiverMessage) => link?.socket.send(JSON.stringify(message)),
    async connect(state: Partial<StateBody> = {}, away?: HelloBody["away"]) {
      link = await linkDevice(house.server.url, { receiver: id, key, ...(away === undefined ? {} : { away }) });
      await link.outcome;
      const { socket } = link;
      pinging = setInterval(() => socket.ping(), 200);
      socket.once("close", () => clearInterval(pinging));
      const silent = { now: [], volume: 60, muted: false, bufferMs: 0, late: 0, underruns: 0, clockErrorUs: 100 };
      device.say({ t: "state", p: { ...silent, clock: "trusted", sink: "ok", ...state } });
      device.say({ t: "clips", p: { have: [], failed: [] } });
    },
    leave() {
      clearInterval(pinging);
      link?.socket.terminate();
    },
    /** Writes lines into its journal and sends them. */
    report(...lines: (Pick<JournalLine, "event" | "cue" | "why"> & { at: number })[]) {
      const numbered = lines.map(({ at, ...line }) => ({ seq: ++seq, ...line, at: Math.round(at * 1000) }));
      device.say({ t: "report", p: { journal: "j", lines: numbered } });
    },
    /** The orders it was sent, as they were meant. */
    orders: (): { kind: string; [field: string]: unknown }[] =>
      (link?.messages ?? []).flatMap((message: ServerMessage) =>
        message.t === "order" ? [JSON.parse(message.p.text).body] : [],
      ),
  };
  return device;
}
export type PlainDevice = Awaited<ReturnType<typeof addDevice>>;
