/**
 * Which findings are gates. Data, so that a station's policy can be stricter; it can never lower the gates of the design.
 *
 * @module
 */
import * as z from "zod/mini";
import { CHECKS, type CheckName, type Severities, type Severity } from "./finding.js";

/** Severity of each check while nobody has decided otherwise. */
export const USUAL_SEVERITY: Readonly<Record<CheckName, Severity>> = {
  "privacy.name": "warning",
  "privacy.age": "warning",
  "privacy.address": "warning",
  "privacy.phone": "warning",
  "privacy.identity-number": "gate",
  "privacy.plate": "warning",
  "privacy.patient-code": "gate",
  "privacy.workplace": "gate",
  "balance.recovered": "gate",
  "balance.as-of": "gate",
  "source.document": "gate",
  "source.body": "gate",
  "source.date": "gate",
  "source.rumour": "warning",
  stigma: "warning",
  advertising: "warning",
  "length.item": "warning",
  "length.slot": "warning",
  "date.expired": "warning",
  "date.impossible": "warning",
  repeated: "warning",
  "tone.panic": "warning",
  "tone.shouting": "note",
  "invitation.incomplete": "note",
  "playlist.positive-share": "warning",
};

const RANK: Readonly<Record<Severity, number>> = { note: 0, warning: 1, gate: 2 };

/**
 * The severity of a finding under a station's policy.
 *
 * @param found what the check itself says of this place; a `gate` found (a patient's identity, balance, official source)
 *   stays a gate whatever the policy says
 * @returns undefined when the policy silences it
 */
export function severityOf(check: CheckName, found: Severity, policy: Severities = {}): Severity | undefined {
  const wished = Object.hasOwn(policy, check) ? policy[check] : undefined;
  if (wished === undefined || found === "gate") return found;
  if (wished === "off") return undefined;
  return wished;
}

/** Whether a policy may say this: a gate of the design cannot be lowered, so saying it would only mislead. */
export const mayBe = (check: CheckName, wished: Severity | "off"): boolean =>
  USUAL_SEVERITY[check] !== "gate" || wished === "gate";

/** The more severe of two. */
export const stricter = (one: Severity, other: Severity): Severity => (RANK[one] >= RANK[other] ? one : other);

/** What a station writes in its policy: a check and how severe it is there. Refuses what {@link mayBe} does not allow. */
export const severitiesSchema = z
  .partialRecord(z.enum(CHECKS), z.enum(["note", "warning", "gate", "off"]))
  .check(
    z.refine(
      (wished) => CHECKS.every((check) => wished[check] === undefined || mayBe(check, wished[check])),
      "a gate of the design cannot be lowered",
    ),
  );
