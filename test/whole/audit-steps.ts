import { createHash } from "node:crypto";
import { expect } from "chai";
import { type Month, monthBefore } from "../../src/domain/report-period.js";
import { openHouse, type WholeHouse } from "../support/whole-house.js";
import { ANY, keys, type Step } from "./audit-first-steps.js";
import { PACKAGE } from "./audit-later-steps.js";

const STEP_RADIO = { "dai-tinh": { title: "Đài tỉnh (mẫu)", url: "https://radio.example/" } };

/** A house in which all steps find what they need. */
export async function openForSteps(config: Readonly<Record<string, unknown>> = {}): Promise<WholeHouse> {
  const house = await openHouse({
    config: { radio: STEP_RADIO, ...config },
    policies: [{ area: "da-lat", quiet: [], quietSensitive: [], minutesPerDay: 600 }],
    levels: [{ name: "cap-1", title: "Cấp 1", rank: 1 }],
  });
  await house.addRelay("loa-1");
  await house.call("POST", "/receivers", { id: "loa-9", name: "Loa 9", area: "phuong-2", kind: "fixed" });
  return house;
}

interface Taught {
  readonly id: string;
  readonly entry: { readonly context?: object };
}

/** Takes steps at a house: what a path names in capitals is looked up there. */
export function createSteps(house: WholeHouse) {
  const firstOf = async <T>(path: string) => (await house.call<readonly T[]>("GET", path))[0];
  const named = async (path: string) => {
    const values: Record<string, () => Promise<string | undefined>> = {
      KEY: async () => (await keys(house)).find(({ signs }) => !signs)?.keyId,
      READING: async () =>
        (await house.call<Taught[]>("GET", "/lexicon?from=taught")).find(({ entry }) => !entry.context)?.id,
      RAISE: async () => (await firstOf<{ id?: string }>("/airtime-raises"))?.id,
      ALERT: async () => (await firstOf<{ id: string }>("/alerts"))?.id,
      FIGURES: async () => (await firstOf<{ id: string }>("/case-figures"))?.id,
      MONTH: async () => {
        // Its draft is there, though the log of a new station tells nothing of it and it is not listed.
        const [present] = await house.call<{ month: Month }[]>("GET", "/reports");
        return present && monthBefore(present.month);
      },
      PACKAGE: async () => createHash("sha256").update(PACKAGE).digest("hex"),
    };
    const [name = ""] = /[A-Z]{3,}/.exec(path) ?? [];
    return path.replace(name, (await values[name]?.()) ?? name);
  };
  /** @param found the body, where the step itself says none */
  const send = async ({ method, path, body, headers = {}, media }: Step, found: unknown) => {
    const at = await named(path);
    if (media === undefined) return house.call(method, at, body ?? found, { ...ANY, ...headers });
    const response = await fetch(`${house.server.url}/api/v1${at}`, {
      method,
      headers: { authorization: `Bearer ${house.server.token}`, "content-type": media, ...headers },
      body: found as string,
    });
    expect(response.ok, `${at}: ${await response.text()}`).to.equal(true);
    return undefined;
  };

  return { named, send };
}
