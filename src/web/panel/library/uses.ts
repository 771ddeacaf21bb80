/**
 * Where an announcement is used: the playlists that hold it, the schedules that bring those on air, and emergency packs. Pure.
 *
 * @module
 */
import { isPartOf, type Pack } from "../../../domain/emergency-pack.js";
import type { Playlist } from "../../../domain/playlist.js";
import type { Schedule } from "../../../domain/schedule.js";
import type { Kept } from "../../../server/api/control-verbs.js";

export interface Uses {
  readonly playlists: readonly Kept<Playlist>[];
  /** Switched on or off: a playlist that a schedule names cannot be removed. */
  readonly schedules: readonly Kept<Schedule>[];
  /** Emergency packs that it is a part of. */
  readonly packs: readonly Pack[];
  /** A playlist that holds nothing else, as the panel makes one. */
  readonly alone: Playlist | undefined;
}

export interface PlanParts {
  readonly playlists: readonly Kept<Playlist>[];
  readonly schedules: readonly Kept<Schedule>[];
  readonly packs?: readonly Pack[];
}

export function usesOf(announcement: string, { playlists, schedules, packs = [] }: PlanParts): Uses {
  const holding = playlists.filter(({ value }) =>
    value.items.some((item) => item.kind === "announcement" && item.announcement === announcement),
  );
  const ids = new Set<string>(holding.map(({ value }) => value.id));
  return {
    playlists: holding,
    schedules: schedules.filter(({ value }) => ids.has(value.playlist)),
    packs: packs.filter((pack) => isPartOf(announcement, pack)),
    alone: holding.find(({ value: { items } }) => {
      const [first, ...others] = items;
      const isPlain = first?.kind === "announcement" && first.repeat === 1 && first.gainDb === 0;
      return isPlain && others.length === 0;
    })?.value,
  };
}
