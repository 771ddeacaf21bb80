/**
 * The rule of two people: what is not an emergency is approved by somebody who has not written it (R2).
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Alone, Announcement } from "./announcement.js";
import { type Finding, openGates } from "./finding.js";
import { isSamePerson, type Person } from "./person.js";

/** What a station allows. */
export interface TwoPeopleRule {
  /** Whether the station has one officer only, who may approve what they wrote themselves. */
  readonly singleOfficer: boolean;
}

/** Whether a person is among those who have changed the announcement since it was last approved. */
export const isAuthor = ({ authors = [] }: Pick<Announcement, "authors">, person: Person): boolean =>
  authors.some((author) => isSamePerson(author, person));

/**
 * The findings that hold an approval back: those about which nobody has decided whose word counts. An author explains by a
 * decision, and is not the one who weighs it; unless their own approval would count, too.
 */
export const openForApproval = (
  findings: readonly Finding[],
  announcement: Pick<Announcement, "authors" | "class" | "decisions">,
  rule: TwoPeopleRule,
): readonly Finding[] =>
  openGates(
    findings,
    announcement.decisions?.filter(
      ({ by: name, account }) =>
        !isAuthor(announcement, { name, account }) || whyAlone(announcement, rule) !== undefined,
    ),
  );

/** Why an author's decision about a finding counts for the approval; `undefined` when it does not, and for everybody else's. */
export const whyCounts = (announcement: Announcement, person: Person, rule: TwoPeopleRule) =>
  isAuthor(announcement, person) ? whyAlone(announcement, rule) : undefined;

/** Why the author's own approval counts; `undefined` when it does not. */
const whyAlone = (
  { class: of }: Pick<Announcement, "class">,
  { singleOfficer }: TwoPeopleRule,
): "emergency" | "single-officer" | undefined => {
  if (of === "emergency") return "emergency";
  return singleOfficer ? "single-officer" : undefined;
};

/** Who approves: a person by the rule, or an author for a reason that is kept with the approval; else why they may not. */
export type Consent = { readonly alone?: Alone } | { readonly refusal: Words };

export function consentOf(announcement: Announcement, person: Person, rule: TwoPeopleRule): Consent {
  if (!isAuthor(announcement, person)) return {};
  const alone = whyAlone(announcement, rule);
  if (alone !== undefined) return { alone };
  const { title } = announcement;
  return {
    refusal: {
      vi: `«${title}» do chính ${person.name} soạn hoặc sửa, nên phải có người khác duyệt. Bản thảo vẫn được giữ; hãy trình người có quyền duyệt. (Đài chỉ có một cán bộ: đặt "editorial": { "singleOfficer": true } trong config/station.json.)`,
      en: `"${title}" was written or changed by ${person.name}, so somebody else has to approve it. The draft is kept; submit it to a person who may approve. (A station with a single officer says so by "editorial": { "singleOfficer": true } in config/station.json.)`,
    },
  };
}
