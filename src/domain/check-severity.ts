/**
 * What the checks of wording look for, and how severe each finding is: usually, and under what a station says otherwise.
 *
 * Data, so that a station can be stricter; it can never lower the gates of the design.
 *
 * @module
 */
import * as z from "zod/mini";

/** Every check, by what it looks for. The part before the full stop is the group that the panel shows. */
export const CHECKS = [
  "privacy.name",
  "privacy.age",
  "privacy.address",
  "privacy.phone",
  "privacy.identity-number",
  "privacy.plate",
  "privacy.patient-code",
  "privacy.workplace",
  "balance.recovered",
  "balance.as-of",
  "source.document",
  "source.body",
  "source.date",
  "source.rumour",
  "figures.unconfirmed",
  "accents.missing",
  "stigma",
  "advertising",
  "length.item",
  "length.slot",
  "date.expired",
  "date.impossible",
  "repeated",
  "tone.panic",
  "tone.shouting",
  "invitation.incomplete",
  "playlist.positive-share",
] as const;
export type CheckName = (typeof CHECKS)[number];

/**
 * `note`: worth a look. `warning`: the approver should read it. `gate`: nobody may approve before a person has mended the
 * text or recorded a decision about this very place.
 */
export type Severity = "note" | "warning" | "gate";

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
  "figures.unconfirmed": "gate",
  "accents.missing": "gate",
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

/** Key: a check. `off` silences it. */
export type Severities = { readonly [check in CheckName]?: Severity | "off" | undefined };

/**
 * The severity of a finding under a station's policy.
 *
 * @param found what the check itself says of this place; a `gate` found (a patient's identity, balance, official source, a text without accents)
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

/** How an announcement on a topic is felt. */
export const moodSchema = z.enum(["good", "plain", "grave"]);
export type Mood = z.infer<typeof moodSchema>;

/** How severe a station may say a finding is. */
const wishSchema = z.enum(["note", "warning", "gate", "off"]);
const fieldOf = (check: CheckName) =>
  z.optional(wishSchema.check(z.refine((wished) => mayBe(check, wished), "a gate of the design")));

/** What a station writes: a check and how severe it is there. Refuses what {@link mayBe} does not allow. */
export const severitiesSchema = z.strictObject(
  Object.fromEntries(CHECKS.map((check) => [check, fieldOf(check)])) as Record<CheckName, ReturnType<typeof fieldOf>>,
);
