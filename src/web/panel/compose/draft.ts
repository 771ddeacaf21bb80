/**
 * What somebody writes, beside what the station keeps of it: what has to be sent, and whether somebody else was quicker. Pure.
 *
 * @module
 */
import type { Class } from "../../../domain/class.js";
import type { Targets } from "../../../domain/schedule.js";
import type { Stage } from "../../../domain/stage.js";
import type { TemplateUse } from "../../../domain/template.js";
import type { AnnouncementView } from "../../../server/api/views.js";

export interface Draft {
  /** Empty: made from the first words of the text. */
  readonly title: string;
  readonly text: string;
  readonly class: Class;
  readonly topic: string;
  /** Issuing body and document; empty when it is not said. */
  readonly source: string;
  /** `provider/voice`; empty for the voice that the station speaks with. */
  readonly voice: string;
  readonly speed: number;
  /** Where it is to sound. */
  readonly targets: Targets;
}

/** Whether it can be written on without taking an approval, or a submission, from it. */
export const isWritable = (stage: Stage): boolean => stage === "draft" || stage === "checked" || stage === "returned";

export const NOWHERE: Targets = { areas: [], receivers: [], except: [], kinds: ["fixed", "van"] };

export const EMPTY: Draft = {
  ...{ title: "", text: "", class: "ordinary", topic: "khac", source: "", voice: "", speed: 1 },
  targets: NOWHERE,
};

const FIRST_WORDS = 60;

/** The title that is kept: what was written, else the first words of the text, cut between words. */
export function titleOf({ title, text }: Pick<Draft, "title" | "text">): string {
  const own = title.trim();
  if (own !== "") return own;
  const line = text.trim().split("\n")[0]?.trim() ?? "";
  if (line.length <= FIRST_WORDS) return line;
  const cut = line.slice(0, FIRST_WORDS + 1);
  const words = cut.slice(0, Math.max(cut.lastIndexOf(" "), FIRST_WORDS / 2)).replace(/[\s,;:.–-]+$/, "");
  return `${words}…`;
}

/** What the station keeps, as it stands in the form. */
export function draftOf(kept: AnnouncementView): Draft {
  const { title, text = "", class: of, topic, source = "", voice, targets = NOWHERE } = kept;
  return {
    ...{ title: title === titleOf({ title: "", text }) ? "" : title, text, class: of, topic, source, targets },
    voice: voice === undefined || voice.provider === "" ? "" : `${voice.provider}/${voice.voice}`,
    speed: voice?.speed ?? 1,
  };
}

/** What `POST /announcements` and `PATCH /announcements/{id}` take. */
export interface Body {
  title?: string;
  text?: string;
  class?: Class;
  topic?: string;
  source?: string;
  voice?: { provider?: string; voice?: string; speed?: number };
  targets?: Targets | null;
  /** A filled-in form in place of a text. */
  template?: TemplateUse;
}

const hasPlace = ({ areas, receivers }: Targets) => areas.length + receivers.length > 0;

/** The voice as a wish, to be sent with a text. */
export const voiceOf = ({ voice, speed }: Draft) => {
  const [provider = "", ...name] = voice.split("/");
  return voice === "" ? { speed } : { provider, voice: name.join("/"), speed };
};

/** A new announcement. */
export const newBody = (draft: Draft): Body => ({
  ...{ title: titleOf(draft), text: draft.text.trim(), class: draft.class, topic: draft.topic },
  ...(draft.source.trim() === "" ? {} : { source: draft.source.trim() }),
  ...(draft.voice === "" && draft.speed === 1 ? {} : { voice: voiceOf(draft) }),
  ...(hasPlace(draft.targets) ? { targets: draft.targets } : {}),
});

/** What differs from `before`; `undefined` when nothing does. A recording has no text to be sent. */
export function changeBody(draft: Draft, before: Draft): Body | undefined {
  const change: Body = {};
  const isTyped = before.text !== "" || draft.text !== "";
  if (titleOf(draft) !== titleOf(before) && titleOf(draft) !== "") change.title = titleOf(draft);
  if (isTyped && draft.text.trim() !== before.text.trim() && draft.text.trim() !== "") change.text = draft.text.trim();
  if (draft.class !== before.class) change.class = draft.class;
  if (draft.topic !== before.topic) change.topic = draft.topic;
  if (draft.source.trim() !== before.source.trim()) change.source = draft.source.trim();
  if (draft.voice !== before.voice || draft.speed !== before.speed) change.voice = voiceOf(draft);
  if (!isSame(draft.targets, before.targets)) change.targets = hasPlace(draft.targets) ? draft.targets : null;
  return Object.keys(change).length > 0 ? change : undefined;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * What is written here over what the station keeps now: a field that was not touched since `before` follows the station, all
 * others stay as they are written.
 */
export function rebased(draft: Draft, before: Draft, present: Draft): Draft {
  const fields = Object.keys(present) as (keyof Draft)[];
  const followed = fields.filter(
    (field) => isSame(draft[field], before[field]) && !isSpaceOnly(draft[field], present[field]),
  );
  return { ...draft, ...Object.fromEntries(followed.map((field) => [field, present[field]])) };
}

/** A blank at the end of what is being written is not taken from under somebody's hands. */
const isSpaceOnly = (one: unknown, other: unknown) =>
  typeof one === "string" && typeof other === "string" && one.trim() === other.trim();

/**
 * Whether somebody else has changed what was written since it was read. The station itself changes an announcement, too, when its
 * sound is made: that is no conflict.
 */
export const wasChangedByOthers = (read: AnnouncementView, present: AnnouncementView): boolean => {
  const written = ({ title, text, class: of, topic, source, targets }: AnnouncementView) =>
    JSON.stringify([title, text, of, topic, source, targets ?? null]);
  return written(read) !== written(present);
};
