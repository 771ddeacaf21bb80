/**
 * What a loudspeaker sounds at this moment, by its own word (R10), for whoever wants to listen along from afar.
 *
 * @module
 */
import type { Epoch } from "../../base/units.js";
import type { Class } from "../../domain/class.js";
import type { AnnouncementId, OccurrenceId, ReceiverId } from "../../domain/ids.js";
import type { Ticket } from "../../domain/ticket.js";
import type { StateBody } from "../../protocol/messages.js";
import type { Said } from "./lately-said.js";
import type { Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";

export interface SoundThereParts {
  readonly registry: Pick<Registry, "get">;
  readonly tickets: Pick<Tickets, "of">;
  /** What was last said live there; nothing when nobody speaks. */
  readonly saidThere: (occurrence: OccurrenceId, receiver: ReceiverId, from: number | undefined) => Said | undefined;
  readonly isRecalled: (id: AnnouncementId) => boolean;
  /** Whether somebody at the station has muted it: then nothing at all is heard there. */
  readonly isMutedFromHere: (id: ReceiverId) => boolean;
  /** By the civil clock that dates reports. */
  readonly now: () => Epoch;
}

/** A piece of a clip at its place in the whole. */
type Item = Pick<Ticket["items"][number], "sha256" | "offsetMs" | "durationMs" | "gainDb">;

/** Times are ISO 8601. */
export interface SoundThere {
  readonly at: string;
  /** When it said what follows; absent while it is away. */
  readonly reportedAt?: string;
  /** Whether what sounds is not heard there, since it is muted. */
  readonly muted?: boolean;
  readonly sounding?: {
    readonly cue: string;
    readonly class: Class;
    readonly title?: string;
    readonly since?: string;
    readonly positionMs: number;
    readonly content:
      | { readonly kind: "clips"; readonly items: readonly Item[] }
      | ({ readonly kind: "live" } & Said)
      | { readonly kind: "unknown" };
  };
}

export function createSoundThere({ registry, tickets, saidThere, isRecalled, isMutedFromHere, now }: SoundThereParts) {
  const contentOf = (cue: string, receiver: ReceiverId, from: number | undefined) => {
    // A loudspeaker may name what the station has never heard of; then there is no such ticket either.
    const occurrence = cue as OccurrenceId;
    const ticket = tickets.of(occurrence).find(({ receivers }) => receivers.includes(receiver));
    const said = saidThere(occurrence, receiver, from);
    if (said) return { kind: "live" as const, ticket, ...said };
    if (!ticket || ticket.isLive) return { kind: "unknown" as const, ticket };
    const items = ticket.items.filter(({ announcement }) => announcement === undefined || !isRecalled(announcement));
    return {
      ...{ kind: "clips" as const, ticket },
      items: items.map(({ sha256, offsetMs, durationMs, gainDb }) => ({ sha256, offsetMs, durationMs, gainDb })),
    };
  };
  /** Whoever mutes a loudspeaker at the pole does not mute a confirmed emergency. */
  const isHeardDespite = (cue: string, receiver: ReceiverId) =>
    !isMutedFromHere(receiver) &&
    tickets
      .of(cue as OccurrenceId)
      .some(
        ({ class: of, confirmedBy, receivers }) =>
          of === "emergency" && confirmedBy !== undefined && receivers.includes(receiver),
      );
  const soundingOf = (
    { cue, class: of, positionMs }: StateBody["now"][number],
    { receiver, from, reportedAt }: { receiver: ReceiverId; from: number | undefined; reportedAt: Epoch },
  ) => {
    const { ticket, ...content } = contentOf(cue, receiver, from);
    const startedAt = ticket?.results[receiver]?.startedAt;
    return {
      ...{ cue, class: of, content },
      ...(ticket ? { title: ticket.title } : {}),
      ...(startedAt === undefined ? {} : { since: iso(startedAt) }),
      // It goes on as it was when it was reported; the next report comes within two seconds.
      positionMs: Math.round(positionMs + Math.max(0, now() - reportedAt)),
    };
  };

  /** @param from for what is spoken live: number of the first packet that is wanted */
  return (receiver: ReceiverId, from?: number): SoundThere => {
    const at = iso(now());
    const live = registry.get(receiver);
    if (!live?.connected || !live.state || live.stateAt === undefined) return { at };
    const { state, stateAt: reportedAt } = live;
    const claim = state.now.find((one) => one.state === "sounding");
    return {
      ...{ at, reportedAt: iso(reportedAt), muted: state.muted && !(claim && isHeardDespite(claim.cue, receiver)) },
      ...(claim ? { sounding: soundingOf(claim, { receiver, from, reportedAt }) } : {}),
    };
  };
}

const iso = (time: number) => new Date(time).toISOString();
