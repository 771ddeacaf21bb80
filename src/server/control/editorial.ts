/**
 * What has to be said about a wording before anybody may approve it: what has no reading, and what the checks found.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Announcement } from "../../domain/announcement.js";
import { type Finding, type Found, MOST_READINGS, openGates, type ReadingSummary } from "../../domain/finding.js";
import { openForApproval, type TwoPeopleRule } from "../../domain/two-people.js";
import type { VoiceWish } from "../../domain/voice-pace.js";
import { type CheckContext, check as checkWording } from "../../language/checks/index.js";
import type { Normalised } from "../../language/index.js";
import type { Normalise } from "./ports.js";

/** A text and what the checks go by. */
export interface Wording {
  /** Left out for a text that nobody keeps yet. */
  readonly id?: Announcement["id"] | undefined;
  readonly text: string;
  readonly class: Announcement["class"];
  readonly topic: string;
  readonly source?: string | undefined;
  /** The voice that will speak; the station's when left out. */
  readonly voice?: VoiceWish | undefined;
  /** What it was made from, by which its figures may be confirmed. */
  readonly template?: Announcement["template"];
  readonly official?: Announcement["official"];
}

/** What the checks find in a text; see `check` of the language. */
export type Check = (read: Normalised, context: CheckContext) => readonly Omit<Found, "id">[];

export interface EditorialParts {
  readonly normalise: Normalise;
  /** The language's own unless a test puts another in its place. */
  readonly check?: Check | undefined;
  /** What the checks must know besides the text: the day, what was on air lately, the station's public numbers. */
  readonly situation: (id: Announcement["id"] | undefined) => Omit<CheckContext, "class" | "topic" | "source">;
  /** Whether what it says of cases is what the health office has confirmed. */
  readonly isConfirmed: (made: Pick<Announcement, "template" | "official">) => boolean;
  readonly twoPeople: TwoPeopleRule;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
}

export interface Editorial {
  /** What the voice will say, and what has no reading in it. @param voice whose length is estimated */
  read(text: string, voice?: VoiceWish): { readonly spoken: string; readonly reading: ReadingSummary };
  /** Everything that the checks find today. */
  findingsOf(wording: Wording): readonly Found[];
  /** The same for an announcement; none for a recording. */
  findingsIn(announcement: Announcement): readonly Found[];
  /**
   * An announcement as it is to be kept: with today's findings, and with those decisions that are still about its text.
   * @param before as it was until now; left out for a new one
   */
  judged(announcement: Announcement, before?: Announcement): Announcement;
  /**
   * @param act a submission is content with what its author has decided about findings, an approval is not
   * @throws Fault "forbidden", reason `unknown-words` or `gates`, when nobody may submit or approve it yet
   */
  mustBeClear(announcement: Announcement, act: "submit" | "approve"): void;
}

/** So many are kept with an announcement, with how many there are beyond; the rest is found again whenever somebody asks. */
const KEPT_FINDINGS = 50;
const KEPT_UNKNOWN = 100;
const LONGEST_SAID = 1000;
/** Longest wording that is shown, UTF-16 units. */
const SHOWN = 200;
/** So many are named in a refusal. */
const NAMED = 10;

export function createEditorial(parts: EditorialParts): Editorial {
  const { normalise, check = checkWording, situation, isConfirmed, digest } = parts;
  const findingsOf = (wording: Wording): readonly Found[] => {
    const { id: of, text, class: kind, topic, source } = wording;
    const figures = isConfirmed(wording) ? ("confirmed" as const) : ("free" as const);
    const context = { ...situation(of), class: kind, topic, source, figures };
    return check(normalise(text, wording.voice), context).map(
      ({ check: name, severity, start, end, found, words, suggestion, decision, heard }) => {
        const mark = digest([text.slice(start, end), start, words.en].join("\n")).slice(0, 12);
        const id = `${name}-${mark}`;
        return {
          ...{ id, check: name, severity, start, end },
          found: found.slice(0, SHOWN),
          words,
          suggestion,
          decision,
          ...(heard === undefined ? {} : { heard }),
        };
      },
    );
  };
  const findingsIn = (announcement: Announcement) =>
    announcement.text === undefined ? [] : findingsOf({ ...announcement, text: announcement.text });

  return {
    read(text, voice) {
      const { spoken, tokens, seconds, measured } = normalise(text, voice);
      const unread = tokens.filter(({ known }) => !known);
      const changed = tokens.filter(({ source, spoken: said, kind }) => kind !== "space" && said !== source);
      const cut = { unknown: over(unread, KEPT_UNKNOWN), tokens: over(changed, MOST_READINGS) };
      return {
        spoken,
        reading: {
          unknown: unread
            .slice(0, KEPT_UNKNOWN)
            .map(({ source, start, end }) => ({ text: source.slice(0, SHOWN), start, end })),
          ...{ seconds, measured },
          tokens: changed
            .slice(0, MOST_READINGS)
            .map(({ start, end, spoken: said, kind }) => ({ start, end, spoken: said.slice(0, LONGEST_SAID), kind })),
          ...(cut.unknown + cut.tokens > 0 ? { cut } : {}),
        },
      };
    },
    findingsOf,
    findingsIn,
    judged(announcement, before) {
      const { findings: _old, findingsCut: _cut, decisions = [], ...rest } = announcement;
      if (announcement.text === undefined) return rest;
      const findings = findingsIn(announcement);
      const ids = new Set(findings.map(({ id }) => id));
      const stands = announcement.text === before?.text ? decisions.filter(({ finding }) => ids.has(finding)) : [];
      const left = over(findings, KEPT_FINDINGS);
      return {
        ...rest,
        findings: toKeep(findings, openForApproval(findings, { ...announcement, decisions: stands }, parts.twoPeople)),
        ...(left > 0 ? { findingsCut: left } : {}),
        ...(stands.length > 0 ? { decisions: stands } : {}),
      };
    },
    mustBeClear(announcement, act) {
      const { unknown = [] } = announcement.reading ?? {};
      if (unknown.length > 0) throw unknownWords([...new Set(unknown.map(({ text }) => text))]);
      const findings = findingsIn(announcement);
      const open =
        act === "submit"
          ? openGates(findings, announcement.decisions)
          : openForApproval(findings, announcement, parts.twoPeople);
      if (open.length > 0) throw undecided(open);
    },
  };
}

/** How many of these are left out when so many are kept. */
const over = (all: readonly unknown[], kept: number): number => Math.max(0, all.length - kept);

/** What must still be decided about is kept before anything else; nothing is that only some may be told. */
function toKeep(found: readonly Found[], open: readonly Pick<Finding, "id">[]): Finding[] {
  const findings = found.map(({ heard: _notForAll, ...finding }) => finding);
  if (findings.length <= KEPT_FINDINGS) return findings;
  const held = new Set(open.map(({ id }) => id));
  const gates = new Set(openGates(findings).map(({ id }) => id));
  const rank = ({ id }: Finding) => (held.has(id) ? 0 : gates.has(id) ? 1 : 2);
  return findings.toSorted((one, other) => rank(one) - rank(other)).slice(0, KEPT_FINDINGS);
}

function unknownWords(words: readonly string[]): Fault {
  const list = named(words.map((word) => `«${word}»`));
  return new Fault(
    "forbidden",
    {
      vi: `Chưa biết đọc: ${list}. Hãy viết rõ ra hoặc dạy cách đọc, nghe lại rồi duyệt.`,
      en: `No reading is known for: ${list}. Write it out or teach the reading, hear it again, then approve.`,
    },
    { reason: "unknown-words" },
  );
}

function undecided(findings: readonly Finding[]): Fault {
  const listIn = (language: "vi" | "en") =>
    named(findings.map(({ found, words }) => (found === "" ? words[language] : `«${found}»: ${words[language]}`)));
  return new Fault(
    "forbidden",
    {
      vi: `Còn điều phải sửa, hoặc người không soạn bản này phải quyết định, trước khi duyệt: ${listIn("vi")}`,
      en: `Some things must be mended, or decided by somebody who has not written it, before the approval: ${listIn("en")}`,
    },
    { reason: "gates" },
  );
}

function named(list: readonly string[]): string {
  const more = list.length - NAMED;
  return `${list.slice(0, NAMED).join("; ")}${more > 0 ? `; … (+${more})` : ""}`;
}
