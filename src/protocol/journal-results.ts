/**
 * What a line of a receiver's journal means for the occurrence that it is about (R7).
 *
 * @module
 */
import type { ResultState } from "../domain/ticket.js";
import type { JournalLine } from "./messages.js";

type Event = JournalLine["event"];

const STATES: Readonly<Record<Event, ResultState>> = {
  started: "sounding",
  resumed: "sounding",
  interrupted: "interrupted",
  finished: "played",
  cut: "cut",
  missed: "missed",
  muted: "muted",
  refused: "missed",
  failed: "missed",
  due: "due",
  unordered: "due",
};

/** The state that a receiver's event leads to; `due` where it tells nothing of what was heard. */
export const resultStateOf = (event: Event): ResultState => STATES[event];

/** Whether a kind of log line is a receiver's event. */
export const isJournalEvent = (kind: string): kind is Event => Object.hasOwn(STATES, kind);
