/**
 * Receivers paired with a whole station by its own doors, for those who play them.
 *
 * @module
 */
import type { WholeHouse } from "../support/whole-house.js";

export interface Paired {
  readonly receiver: string;
  readonly token: string;
}

/** Doors asked at the same time. */
const AT_ONCE = 8;

/** Makes `count` places and pairs each with a device. */
export async function pairMany({ call }: WholeHouse, count: number): Promise<readonly Paired[]> {
  const paired: Paired[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < count; index = next++) {
      const id = `cot-${index}`;
      await call("POST", "/receivers", { id, name: `Cột ${index}`, area: "phuong", kind: "fixed" });
      const { code } = await call<{ code: string }>("POST", `/receivers/${id}/pairing`);
      paired.push(await call<Paired>("POST", "/pair", { code, name: id }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return paired;
}
