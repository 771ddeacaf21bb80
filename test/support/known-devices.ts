import { systemClock } from "../../src/base/clock.js";
import { silentLog } from "../../src/base/log.js";
import { receiverId } from "../../src/domain/ids.js";
import { receiverSchema } from "../../src/domain/receiver.js";
import { openStore } from "../../src/server/store/index.js";
import type { Paired } from "../bench/paired.js";
import { newDeviceKey } from "./device-key.js";

/** What a pairing code that nobody can use any more leaves behind. */
const USED = "0".repeat(64);

/**
 * A station that has paired `count` devices in its years: its own store writes them, while no program serves the folder. By its doors
 * that would take longer than what is to be tried.
 */
export async function layDevices(folder: string, count: number): Promise<readonly Paired[]> {
  const store = await openStore({ folder, clock: systemClock, log: silentLog });
  try {
    const at = systemClock.date();
    const made = Array.from({ length: count }, (_, index) => ({ receiver: `cot-${index}`, ...newDeviceKey() }));
    await store.receivers.commit(
      made.map(({ receiver, publicKey }) => {
        const id = receiverId(receiver);
        const place = receiverSchema.parse({ id, name: receiver, area: "phuong", kind: "fixed" });
        const confirmed = { pairedAt: at, confirmedAt: at, confirmedBy: "Văn thư (thử)", codeHash: USED };
        return { put: { ...place, device: { publicKey, ...confirmed } } };
      }),
    );
    return made.map(({ receiver, privateKey }) => ({ receiver, privateKey }));
  } finally {
    await store.close();
  }
}
