/**
 * What is written of an event: who did it and from where, and what the change was. Every line of the server passes here, so that
 * no verb has to think of it.
 *
 * @module
 */
import { createHash, randomBytes } from "node:crypto";
import { changeOf } from "../../domain/change.js";
import type { EventLine } from "../../domain/log-line.js";
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
  const { personal: words, ...sides } = change;
  const personal = words && { salt: randomBytes(16).toString("hex"), text: canonical(words) };
  const hash = personal && { personal: personalHash(personal) };
  const body = { ...line, ...whoOf(by), ...sides, ...hash, at: line.at ?? at, source: "server" as const };
  return personal === undefined ? { body } : { body, personal };
}

function whoOf(by: EventLine["by"]): Pick<LogBody, "by" | "who"> {
  if (by === undefined || typeof by === "string") return { by };
  const { name, account, session, from, factor } = by;
  const told = Object.entries({ account, session, from, factor }).filter(([, part]) => part !== undefined);
  return { by: name, ...(told.length === 0 ? {} : { who: Object.fromEntries(told) }) };
}
