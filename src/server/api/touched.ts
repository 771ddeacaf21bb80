/**
 * What requests touch: the class of the announcement itself, the areas where a schedule sounds, the area in which a
 * loudspeaker stands. Nothing of this is taken on the caller's word.
 *
 * @module
 */
import { unreachable } from "../../base/errors.js";
import type { Class } from "../../domain/class.js";
import type { AnnouncementId, AreaId, PlaylistId, ReceiverId, ScheduleId, TemplateId } from "../../domain/ids.js";
import type { OfficialTextId } from "../../domain/official-text.js";
import type { Touched } from "../../domain/permission.js";
import type { Schedule, Targets } from "../../domain/schedule.js";
import type { StopScope } from "../../protocol/orders.js";
import type { ComplaintView } from "./care-views.js";
import type { ControlVerbs } from "./control-verbs.js";
import { createWhereabouts, inAreas } from "./whereabouts.js";

/** What is there; `undefined` for what is not there (the verb itself says so). */
export function there<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

/** The areas of these loudspeakers; those that are not there have none. */
const areasOf = (control: ControlVerbs, receivers: readonly ReceiverId[]): AreaId[] =>
  receivers.flatMap((id) => control.standing(id)?.area ?? []);

/** One loudspeaker, with the area that it would come into. */
export const receiver = (
  control: ControlVerbs,
  id: ReceiverId,
  also: readonly (AreaId | undefined)[] = [],
): Touched => {
  const standing = control.standing(id);
  return {
    areas: inAreas([...areasOf(control, [id]), ...also.filter((area) => area !== undefined)]),
    ...(standing ? { kinds: [standing.kind] } : {}),
  };
};

/** The loudspeaker that the path names. */
export const named = ({ control, params }: Asked<{ readonly id: ReceiverId }>): Touched => receiver(control, params.id);

export const receivers = (control: ControlVerbs, ids: readonly ReceiverId[]): Touched => {
  const standing = ids.flatMap((id) => control.standing(id) ?? []);
  return {
    areas: inAreas(standing.map(({ area }) => area)),
    kinds: [...new Set(standing.map(({ kind }) => kind))],
  };
};

/** Everything that targets mean, with its kinds of loudspeakers. */
export const targets = (
  control: ControlVerbs,
  { areas, receivers: named, kinds }: Targets,
  classes: readonly Class[],
): Touched => {
  const standing = named.flatMap((id) => control.standing(id) ?? []);
  // Areas may hold both kinds; loudspeakers that are named are of the kind that they are.
  const touched = areas.length > 0 ? kinds : [...new Set(standing.map(({ kind }) => kind))];
  return { classes, areas: inAreas([...areas, ...standing.map(({ area }) => area)]), kinds: touched };
};

/** A schedule as it would be, and as it is: whoever moves it away from a place touches that place. */
export function schedule(control: ControlVerbs, id: ScheduleId, draft?: Schedule): readonly Touched[] {
  const kept = there(() => control.schedule(id).value);
  return [kept, draft].flatMap((one) => (one ? [targets(control, one.targets, [one.class])] : []));
}

/** A playlist sounds where it is scheduled. */
export function playlist(control: ControlVerbs, id: PlaylistId): readonly Touched[] {
  const schedules = createWhereabouts(control).schedulesWith(id);
  if (schedules.length === 0) return [{ areas: "anywhere" }];
  return schedules.map((one) => targets(control, one.targets, [one.class]));
}

/** What is taken out of the library has the class that it has there. */
export const officialText = (control: ControlVerbs, id: OfficialTextId, own: Targets | undefined): Touched => {
  const of = there(() => control.officialText(id).value.class);
  return draft(control, of ?? "ordinary", own);
};

/** A new announcement has its class, and targets if it has its own; where it will sound is another's affair. */
export const draft = (control: ControlVerbs, of: Class, own: Targets | undefined): Touched =>
  own ? targets(control, own, [of]) : { classes: [of], areas: "anywhere" };

/**
 * An announcement has a class, the one that it is to have, the areas where a schedule brings it, and those of its own targets.
 */
export function announcement(
  control: ControlVerbs,
  id: AnnouncementId,
  also: readonly (Class | undefined)[] = [],
): Touched {
  const kept = there(() => control.announcement(id).value);
  return {
    classes: [...new Set([kept?.class, ...also].filter((of) => of !== undefined))],
    ...keptFor(control, kept?.template),
    ...createWhereabouts(control).announcement(id, kept?.targets),
  };
}

/** The roles that a template is kept for. */
export function keptFor(
  control: ControlVerbs,
  template: { readonly id: TemplateId } | undefined,
): Pick<Touched, "roles"> {
  const roles = template && control.templates().find(({ id }) => id === template.id)?.roles;
  return roles ? { roles } : {};
}

/** The classes of what would be played, besides the one that is asked for. */
export const classesOf = (
  control: ControlVerbs,
  content: { announcement: AnnouncementId } | { playlist: PlaylistId },
): Class[] => {
  const ids =
    "announcement" in content
      ? [content.announcement]
      : (there(() => control.playlist(content.playlist).value)?.items ?? []).flatMap((item) =>
          item.kind === "announcement" ? [item.announcement] : [],
        );
  return [...new Set(ids.flatMap((id) => there(() => control.announcement(id).value.class) ?? []))];
};

/** What a stop silences. */
export function stopped(control: ControlVerbs, scope: StopScope): Touched {
  switch (scope.kind) {
    case "areas":
      return { areas: scope.areas };
    case "receivers":
      return receivers(control, scope.receivers);
    case "all":
      return { areas: "anywhere" };
    case "announcement":
      return { areas: announcement(control, scope.announcement).areas };
    case "occurrence": {
      const tickets = control.tickets().filter(({ occurrence }) => occurrence === scope.occurrence);
      return {
        areas: inAreas(
          tickets.flatMap((ticket) =>
            areasOf(
              control,
              ticket.results.map(({ receiver: id }) => id),
            ),
          ),
        ),
      };
    }
    default:
      return unreachable(scope);
  }
}

const atReceiver = (control: ControlVerbs, id: ReceiverId | undefined): Touched =>
  id === undefined ? { areas: "anywhere" } : receiver(control, id);

export const alarm = (control: ControlVerbs, id: string): Touched =>
  atReceiver(control, control.alarms().find((one) => one.id === id)?.receiver);

export function repair(control: ControlVerbs, number: number): Touched {
  const kept = control.repairs().find((one) => one.number === number);
  if (kept === undefined) return { areas: "anywhere" };
  return control.standing(kept.receiver) === undefined ? complainedOf(control, kept) : receiver(control, kept.receiver);
}

/** What a complaint is about: the place where its loudspeaker stood, whatever has become of that. */
export const complainedOf = (control: ControlVerbs, { receiver: id, area }: About): Touched => {
  if (id === undefined) return { areas: "anywhere" };
  const kind = control.standing(id)?.kind;
  // What one that is gone was, and where, may be unknown: then it takes a right over either kind, and over the station.
  return { areas: area === undefined ? "station" : [area], kinds: kind === undefined ? ["fixed", "van"] : [kind] };
};
type About = Pick<ComplaintView, "receiver" | "area">;

/** A complaint, and the loudspeaker that it is said to be about from now on. */
export const complaint = (control: ControlVerbs, number: number, also?: ReceiverId): readonly Touched[] => {
  const kept = control.complaints().find((one) => one.number === number);
  return [complainedOf(control, kept ?? {}), ...(also === undefined ? [] : [receiver(control, also)])];
};

/** The complaint that the path names. */
export const numberedComplaint = ({ control, params }: Asked<{ readonly number: number }>): readonly Touched[] =>
  complaint(control, params.number);

/** What a door knows of a call before it is let through. */
interface Asked<Params> {
  readonly control: ControlVerbs;
  readonly params: Params;
}
