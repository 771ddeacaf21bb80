/**
 * What is written of an event: who did it and from where, and what the change was. Every line of the server passes here, so that
 * no verb has to think of it.
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import { changeOf } from "../../domain/change.js";
import { partWords } from "../../domain/free-words.js";
import { isReasonCode } from "../../domain/line-reasons.js";
import type { EventLine } from "../../domain/log-line.js";
import { DAY_CLOSED } from "./log-days.js";
import { canonical, type LogBody } from "./log-line.js";

/** Words that may hold personal data, as they lie beside the chain. */
export interface PersonalText {
  /** 32 hex digits: without them nobody can try out what an erased text may have said. */
  readonly salt: string;
  readonly text: string;
}

export interface PreparedEvent {
  readonly body: Omit<LogBody, "n" | "writtenAt">;
  readonly personal?: PersonalText;
}

/** What the line keeps in the place of personal words. */
export const personalHash = ({ salt, text }: PersonalText): string =>
  createHash("sha256").update(salt).update("\n").update(text).digest("hex");

/** @param at civil milliseconds */
export function prepareEvent({ by, before, after, ...line }: EventLine<string>, at: number): PreparedEvent {
  const change = before === undefined && after === undefined ? {} : changeOf({ before, after });
  const { personal: told, ...sides } = change;
  const { kept, words } = partLine({ ...line, ...sides }, by !== undefined);
  const beside = { ...told, ...(words === undefined ? {} : { words }) };
  const personal =
    Object.keys(beside).length === 0 ? undefined : { salt: randomBytes(16).toString("hex"), text: canonical(beside) };
  const hash = personal && { personal: personalHash(personal) };
  const body = { ...kept, ...whoOf(by), ...hash, at: line.at ?? at, source: "server" as const };
  return personal === undefined ? { body } : { body, personal };
}

type Written = Omit<EventLine<string>, "by">;
/** Takes the words that people wrote out of a line: of its reason, of what it tells, and of what changed. */
function partLine(
  line: Written,
  isOfSomebody: boolean,
): { readonly kept: Written; readonly words: object | undefined } {
  // The head of a day is read as it was signed.
  if (line.kind === DAY_CLOSED) return { kept: line, words: undefined };
  const { why, detail, before, after, ...rest } = line;
  // What a loudspeaker of another version gives as a reason is a code, too.
  const isTyped = why !== undefined && isOfSomebody && !isReasonCode(line.kind, why);
  const parted = partWords({ detail, before, after });
  const words = { ...(parted.words as object | undefined), ...(isTyped ? { why } : {}) };
  const kept = {
    ...rest,
    ...(parted.kept as Pick<Written, "detail" | "before" | "after">),
    ...(isTyped ? {} : { why }),
  };
  return { kept, words: Object.keys(words).length === 0 ? undefined : words };
}

function whoOf(by: EventLine["by"]): Pick<LogBody, "by" | "who"> {
  if (by === undefined || typeof by === "string") return { by };
  const { name, account, session, from, factor } = by;
  const told = Object.entries({ account, session, from, factor }).filter(([, part]) => part !== undefined);
  return { by: name, ...(told.length === 0 ? {} : { who: Object.fromEntries(told) }) };
}
