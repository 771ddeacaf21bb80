/**
 * Which person's stop is behind what a receiver did not play to its end.
 *
 * @module
 */
import type { AnnouncementId, AreaId, ReceiverId } from "../../domain/ids.js";
import type { Order, StopScope } from "../../protocol/orders.js";
import type { KeptStop, Records } from "./ports.js";

/** What may have been stopped. Times are server time, µs. */
export interface Stopped {
  readonly receiver: ReceiverId;
  readonly area: AreaId | undefined;
  readonly cue: string;
  readonly announcements: readonly AnnouncementId[];
  /** When it was to begin, and the last instant at which a stop can have ended it. */
  readonly dueAt: number;
  readonly until: number;
}

export interface StopBehind {
  readonly why: "stopped" | "recalled";
  readonly by: string | undefined;
}

/** Clocks differ: a stop may seem to have been issued this much after what it ended, µs. */
const APART = 10_000_000;

/** @param isBelow whether an area lies in one of these or is one of them */
export function createWhoStopped(
  stops: Records<string, KeptStop>,
  isBelow: (area: AreaId, roots: readonly AreaId[]) => boolean,
) {
  const inScope = (scope: StopScope, { receiver, area, cue, announcements }: Stopped): boolean => {
    switch (scope.kind) {
      case "all":
        return true;
      case "areas":
        return area !== undefined && isBelow(area, scope.areas);
      case "receivers":
        return scope.receivers.includes(receiver);
      case "occurrence":
        return scope.occurrence === cue;
      case "announcement":
        return announcements.includes(scope.announcement);
    }
  };
  /** A stop of everything ends what was due when it was issued; one that names what it stops also ends what comes. */
  const reaches = ({ body, issuedAt }: Order, about: Stopped): boolean => {
    if (body.kind !== "stop" || issuedAt > about.until + APART) return false;
    const names = body.scope.kind === "occurrence" || body.scope.kind === "announcement";
    return (names || about.dueAt <= issuedAt + APART) && inScope(body.scope, about);
  };

  /** The last stop that can have ended it. */
  return (about: Stopped): StopBehind | undefined => {
    let last: Order | undefined;
    for (const { order } of stops.all())
      if (reaches(order, about) && (last === undefined || order.issuedAt > last.issuedAt)) last = order;
    if (last?.body.kind !== "stop") return undefined;
    return { why: last.body.scope.kind === "announcement" ? "recalled" : "stopped", by: last.by.aired };
  };
}
export type WhoStopped = ReturnType<typeof createWhoStopped>;
