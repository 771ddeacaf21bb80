/**
 * Where an announcement may have sounded without anybody knowing yet: loudspeakers that are away go by what they hold, and tell
 * when they are back.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import type { AnnouncementId, ReceiverId } from "../../domain/ids.js";
import type { AsRunLog } from "./ports.js";
import type { Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";

/** A loudspeaker that was away for longer than this plays nothing any more: its programme is over. */
const REMEMBERED_MS = 8 * 24 * 3_600_000;

export interface UntoldParts {
  readonly tickets: Pick<Tickets, "open">;
  readonly registry: Pick<Registry, "isConnected">;
  readonly asRun: Pick<AsRunLog, "untold">;
  readonly now: () => Epoch;
}

export function createUntold({ tickets, registry, asRun, now }: UntoldParts) {
  return (id: AnnouncementId): readonly ReceiverId[] => {
    const due = tickets.open().filter(({ items }) => items.some(({ announcement }) => announcement === id));
    const away = due.flatMap(({ receivers }) => receivers.filter((receiver) => !registry.isConnected(receiver)));
    return [...new Set([...away, ...asRun.untold(id, now() - REMEMBERED_MS)])];
  };
}
