/**
 * Speaking live as the rest of the control sees it: its verbs, and the part that it has in every stop and every lost connection; and
 * listening along to what loudspeakers sound.
 *
 * @module
 */
import { isQuiet } from "../../domain/policy-rules.js";
import type { ControlParts } from "./control-parts.js";
import type { Knowledge } from "./knowledge.js";
import { createLiveChime } from "./live-chime.js";
import { createLiveDesk, type LiveDeskParts } from "./live-desk.js";
import type { Feeding } from "./ports.js";
import { createSoundThere, type SoundThereParts } from "./sound-there.js";

interface LiveSideParts extends ControlParts, Pick<LiveDeskParts, "now" | "tickets" | "desk" | "registry"> {
  readonly knowledge: Knowledge;
  /** What a loudspeaker gets of what is relayed. */
  readonly relayedThere: SoundThereParts["saidThere"];
  /** Tells panels that a list is out of date. */
  readonly publish: (news: { readonly kind: "stale"; readonly what: "talks" }) => void;
}

export function createLiveSide(parts: LiveSideParts) {
  const { live, facts, kept, asRun, clock, log, knowledge, now, tickets, registry } = parts;
  const desk = createLiveDesk({
    ...{ ...live, knowledge, now, tickets, registry, asRun, clock, log, desk: parts.desk, talks: kept.talks },
    onTalks: () => parts.publish({ kind: "stale", what: "talks" }),
    areas: facts.areas,
    isQuiet: (area) => isQuiet(knowledge.place(area), now()),
    chime: createLiveChime({ ...live, library: facts.library, approvals: kept.chimeApprovals }),
  });
  const { openLive, microphone, talks } = desk;
  const soundThere = createSoundThere({
    ...{ registry, tickets, now },
    saidThere: (...what) => desk.saidThere(...what) ?? parts.relayedThere(...what),
    isRecalled: (id) => kept.announcements.get(id)?.recalledAt !== undefined,
    isMutedFromHere: (id) => kept.receivers.get(id)?.muted !== undefined,
  });
  return { ...desk, verbs: { openLive, microphone, talks, soundThere, recordingFile: live.recordings.pathOf } };
}

/** What the station streams of what is prepared, what somebody speaks and what is relayed: a stop and a lost connection reach all. */
export const withLive = (feeding: Feeding, others: () => readonly Pick<Feeding, "stop" | "lost">[]): Feeding => ({
  feed: feeding.feed,
  stop(matches, receivers) {
    feeding.stop(matches, receivers);
    for (const other of others()) other.stop(matches, receivers);
  },
  lost(receiver) {
    feeding.lost(receiver);
    for (const other of others()) other.lost(receiver);
  },
});
