/**
 * The station at a glance.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import type { TwoPeopleRule } from "../../domain/two-people.js";
import type { StationFacts } from "./knowledge.js";
import type { ReceiverRecords } from "./receiver-records.js";
import type { Registry } from "./registry.js";

export interface StationViewParts {
  readonly facts: Pick<StationFacts, "name" | "zone" | "version">;
  readonly twoPeople: TwoPeopleRule;
  readonly receivers: ReceiverRecords;
  readonly registry: Registry;
  readonly now: () => Epoch;
}

export function createStationView({ facts, twoPeople, receivers, registry, now }: StationViewParts) {
  const { name, zone, version } = facts;
  const startedAt = new Date(now()).toISOString();
  return () => {
    const all = receivers.all();
    const sounds = (id: (typeof all)[number]["id"]) =>
      registry.get(id)?.state?.now.some((claim) => claim.state === "sounding") ?? false;
    return {
      ...{ name, zone, version, startedAt, singleOfficer: twoPeople.singleOfficer },
      now: new Date(now()).toISOString(),
      receivers: {
        total: all.length,
        connected: registry.connectedCount(),
        sounding: all.filter(({ id }) => sounds(id)).length,
      },
    };
  };
}
