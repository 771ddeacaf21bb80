/**
 * All checks of one text.
 *
 * @module
 */
import { severityOf, USUAL_SEVERITY } from "../../domain/check-severity.js";
import { estimateSeconds } from "../duration.js";
import type { Normalised } from "../normalise.js";
import { missingAccents } from "./accents.js";
import { balance } from "./balance.js";
import { datesIn } from "./dates.js";
import { expiredDates } from "./expiry.js";
import { unconfirmedFigures } from "./figures.js";
import { type CheckContext, type Finding, type Hit, LONGEST_FOUND } from "./finding.js";
import { incompleteInvitation } from "./invitation.js";
import { tooLong } from "./length.js";
import { officialSource } from "./official-source.js";
import { homeAddresses } from "./privacy/addresses.js";
import { personalAges } from "./privacy/ages.js";
import { privateNames } from "./privacy/names.js";
import { personalNumbers } from "./privacy/numbers.js";
import { workplaces } from "./privacy/workplaces.js";
import { repeated } from "./repetition.js";
import { type Subject, subjectOf } from "./subject.js";
import { type View, viewOf } from "./view.js";
import { advertising } from "./wording/advertising.js";
import { stigma } from "./wording/stigma.js";
import { tone } from "./wording/tone.js";

/**
 * Looks through a text for what an editor would stop at. Takes any text, never throws, in time proportional to its length.
 *
 * @param what the text as it was written, or what `normalise` made of it (its length is then known better)
 * @returns in order of place; what is about the whole comes first
 */
export function check(what: string | Normalised, context: CheckContext): Finding[] {
  const source = typeof what === "string" ? what : what.tokens.map((token) => token.source).join("");
  const view = viewOf(source);
  const seconds = context.seconds ?? (typeof what === "string" ? estimateSeconds(view.text) : what.seconds);
  const subject = subjectOf(view);
  const hits = [
    ...tooLong(seconds, context.slotSeconds),
    ...repeated(view, context),
    ...missingAccents(view),
    ...privacy(view, subject, context),
    ...editorial(view, subject, context),
  ];
  return hits.flatMap((hit) => findingOf(view, hit, context)).sort((a, b) => a.start - b.start || a.end - b.end);
}

function privacy(view: View, subject: Subject, context: CheckContext): Hit[] {
  const names = privateNames(view, subject, context.topic);
  const named = names.flatMap(({ span }) => (span ? [{ start: span[0], end: span[1], text: "" }] : []));
  return [
    ...names,
    ...personalAges(view, subject, named),
    ...homeAddresses(view, subject, named),
    ...personalNumbers(view, subject, context),
    ...workplaces(view, subject, named),
  ];
}

function editorial(view: View, subject: Subject, context: CheckContext): Hit[] {
  const dates = datesIn(view, context.today);
  return [
    ...balance(view, subject, dates),
    ...officialSource(view, subject, context),
    ...unconfirmedFigures(subject, context),
    ...expiredDates(view, dates, context.today),
    ...stigma(view),
    ...advertising(view),
    ...tone(view, context.class),
    ...incompleteInvitation(view),
  ];
}

function findingOf(view: View, hit: Hit, { severities }: CheckContext): Finding[] {
  const severity = severityOf(hit.check, hit.severity ?? USUAL_SEVERITY[hit.check], severities);
  if (severity === undefined) return [];
  const start = hit.span ? view.origin(hit.span[0]) : 0;
  const end = hit.span ? Math.max(start, view.origin(hit.span[1])) : 0;
  return [
    {
      check: hit.check,
      severity,
      start,
      end,
      found: view.source.slice(start, Math.min(end, start + LONGEST_FOUND)),
      words: hit.words,
      suggestion: hit.suggestion,
      ...(hit.heard === undefined ? {} : { heard: hit.heard }),
      decision: severity === "gate" || (hit.check.startsWith("privacy.") && severity === "warning"),
    },
  ];
}
