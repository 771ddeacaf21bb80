/**
 * Receivers paired with a whole station by its own doors, for those who play them.
 *
 * @module
 */
import { newDeviceKey } from "../support/device-key.js";
import type { WholeHouse } from "../support/whole-house.js";

export interface Paired {
  readonly receiver: string;
  /** See `deviceKeyOf`. */
  readonly privateKey: string;
}

/** Doors asked at the same time. */
const AT_ONCE = 8;

/** Makes `count` places, pairs each with a device, and confirms them. */
export async function pairMany(house: WholeHouse, count: number): Promise<readonly Paired[]> {
  const { call } = house;
  const paired: Paired[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < count; index = next++) {
      const id = `cot-${index}`;
      const { publicKey, privateKey } = newDeviceKey();
      await call("POST", "/receivers", { id, name: `Cột ${index}`, area: "phuong", kind: "fixed" });
      const { code } = await call<{ code: string }>("POST", `/receivers/${id}/pairing`);
      await call("POST", "/pair", { code, publicKey, name: id });
      paired.push({ receiver: id, privateKey });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await house.confirmWaiting();
  return paired;
}
