/**
 * Where things are heard: a schedule in its targets, a playlist where it is scheduled, an announcement where playlists bring it
 * or else around those who write it. Nothing of this is taken on anybody's word.
 *
 * @module
 */
import type { AnnouncementId, AreaId, PlaylistId, ReceiverId } from "../../domain/ids.js";
import { grantsOf } from "../../domain/role.js";
import type { Schedule, Targets } from "../../domain/schedule.js";
import type { Reach } from "../../domain/sight.js";
import type { ControlVerbs } from "./control-verbs.js";

type Places = Pick<Targets, "areas" | "receivers">;
export type WhereaboutsVerbs = Pick<ControlVerbs, "standing" | "schedules" | "playlists" | "authorsOf" | "accounts">;

/** The reach of a thing, and whether a right somewhere inside of it is enough. */
export interface Whereabouts {
  readonly areas: Reach;
  readonly loosely?: boolean;
}

/**
 * Looks the station's schedules and playlists through once, when the first question is asked, for all questions of one request.
 */
export function createWhereabouts(control: WhereaboutsVerbs) {
  const areasOf = (receivers: readonly ReceiverId[]): AreaId[] =>
    receivers.flatMap((id) => control.standing(id)?.area ?? []);
  const placesOf = ({ areas, receivers }: Places): AreaId[] => [...areas, ...areasOf(receivers)];

  const schedulesOf = once(() =>
    grouped(control.schedules().map(({ value }): [PlaylistId, Schedule] => [value.playlist, value])),
  );
  const playlistsWith = once(() =>
    grouped(
      control
        .playlists()
        .flatMap(({ value: { id, items } }) =>
          items.flatMap((item): [AnnouncementId, PlaylistId][] =>
            item.kind === "announcement" ? [[item.announcement, id]] : [],
          ),
        ),
    ),
  );
  const composingOf = once(
    () => new Map(control.accounts().map(({ id, roles }) => [id as string, composingAreas(grantsOf(roles))])),
  );
  const schedulesWith = (id: PlaylistId): readonly Schedule[] => schedulesOf().get(id) ?? [];

  /** What sounds nowhere yet belongs to its authors: to whoever has a right where one of them composes, or around it. */
  const atAuthors = (id: AnnouncementId): Whereabouts => {
    const areas = control
      .authorsOf(id)
      .flatMap(({ account }) => (account === undefined ? [] : (composingOf().get(account) ?? [])));
    if (areas.length === 0) return { areas: "anywhere" };
    const named = areas.filter((area) => area !== undefined);
    return named.length < areas.length ? { areas: "station", loosely: true } : { areas: inAreas(named), loosely: true };
  };

  return {
    areasOf,
    schedulesWith,
    targets: (targets: Places): Reach => inAreas(placesOf(targets)),
    receivers: (ids: readonly ReceiverId[]): Reach => inAreas(areasOf(ids)),
    /** One that no schedule brings belongs to all. */
    playlist: (id: PlaylistId): Reach => inAreas(schedulesWith(id).flatMap(({ targets }) => placesOf(targets))),
    announcement(id: AnnouncementId, own: Places | undefined): Whereabouts {
      const schedules = (playlistsWith().get(id) ?? []).flatMap(schedulesWith);
      const places = [...schedules.map(({ targets }) => targets), ...(own ? [own] : [])].flatMap(placesOf);
      return places.length === 0 ? atAuthors(id) : { areas: inAreas(places) };
    },
  };
}
export type WhereaboutsOf = ReturnType<typeof createWhereabouts>;

/** What is aimed at no place belongs to all. */
export const inAreas = (areas: readonly AreaId[]): Reach => (areas.length === 0 ? "anywhere" : [...new Set(areas)]);

function grouped<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

const composingAreas = (grants: ReturnType<typeof grantsOf>): readonly (AreaId | undefined)[] =>
  grants.flatMap(({ permission, area }) => (permission === "compose" ? [area] : []));

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
