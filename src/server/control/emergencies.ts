/**
 * Everything about dangers, put together: packs, alerts, their sound; and what playing and stopping by hand have to do with them.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { needsOf } from "../../domain/alert.js";
import type { Person } from "../../domain/person.js";
import type { StopScope } from "../../protocol/orders.js";
import type { createAirVerbs } from "./air.js";
import { type AlertAirParts, createAlertAir } from "./alert-air.js";
import { type AlertParts, createAlertVerbs } from "./alerts.js";
import { createPackVerbs, type PackParts } from "./emergency-packs.js";
import type { Wish } from "./ticket-by-hand.js";

export interface EmergencyParts
  extends Omit<AlertParts, "readyPack" | "air" | "asRun">,
    Omit<AlertAirParts, "play" | "silence" | "asRun">,
    Omit<PackParts, "asRun"> {
  readonly air: ReturnType<typeof createAirVerbs>;
  readonly asRun: AlertAirParts["asRun"];
}

export function createEmergencies({ air, ...parts }: EmergencyParts) {
  const { readyPack, ...packs } = createPackVerbs(parts);
  const sound = createAlertAir({ ...parts, play: air.playNow, silence: air.stop });
  const { beatAlerts, ...alerts } = createAlertVerbs({ ...parts, readyPack, air: sound });

  return {
    beat: beatAlerts,
    verbs: {
      ...packs,
      ...alerts,

      /**
       * Plays something at once. An emergency that one person may not give is given as an alert, with its way back prepared.
       * @throws Fault "forbidden", reason `second-person`
       */
      async playNow(wish: Wish, by: Person) {
        if (wish.class === "emergency") {
          const { areas, isQuiet } = parts;
          const needs = needsOf({ areas, isQuiet, receivers: parts.targeted(wish.targets) });
          if (needs.length > 0) throw secondPerson(needs.includes("night"));
        }
        return air.playNow(wish, by);
      },

      /** Silences, and ends the alerts that it reaches with all their repeats. */
      async stop(scope: StopScope, by: Person, reason?: string) {
        const writeDown = sound.stopping(scope, by);
        try {
          return await air.stop(scope, by, reason);
        } finally {
          await writeDown();
        }
      },
    },
  };
}

const secondPerson = (atNight: boolean) =>
  new Fault(
    "forbidden",
    {
      vi: `Bản tin khẩn cấp ${atNight ? "trong giờ yên tĩnh" : "cho nhiều hơn một phường"} cần người thứ hai xác nhận. Hãy phát bằng gói khẩn cấp đã chuẩn bị (có sẵn bản đính chính và báo yên). Không có gì được phát.`,
      en: `An emergency ${atNight ? "in quiet hours" : "for more than one ward"} needs a second person. Give it as an alert from a prepared pack, which holds its correction and all-clear. Nothing was aired.`,
    },
    { reason: "second-person" },
  );
