/**
 * Keeps a draft: saves it a while after the last letter, takes in what the station makes of it, and never writes over what
 * somebody else has changed meanwhile. Knows neither browser nor network; both are handed in.
 *
 * @module
 */
import { computed, signal } from "@preact/signals";
import type { Cancel, Clock } from "../../../base/clock.js";
import { seconds } from "../../../base/units.js";
import type { TemplateUse } from "../../../domain/template.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { type Body, changeBody, type Draft, draftOf, EMPTY, newBody, rebased, wasChangedByOthers } from "./draft.js";

/** Each save of a text is spoken by the station: what is still being typed would be spoken in halves. */
export const REST = seconds(4);

/** An announcement with the mark of the state that was read. */
export interface Announcement {
  readonly value: AnnouncementView;
  readonly revision: string;
}

export interface DraftState {
  readonly draft: Draft;
  /** What the station keeps; absent until it was saved once or has been read. */
  readonly kept: Announcement | undefined;
  /** What somebody else has written meanwhile: nothing is saved until somebody has decided. */
  readonly theirs: Announcement | undefined;
  readonly busy: boolean;
  /** When it was last saved from here, epoch milliseconds of the station. */
  readonly savedAt: number | undefined;
  /** Why it could not be saved or read, in words; what was written is still here. */
  readonly wrong: string | undefined;
}

const FRESH: DraftState = {
  ...{ draft: EMPTY, kept: undefined, theirs: undefined, busy: false, savedAt: undefined, wrong: undefined },
};

export interface KeeperParts {
  readonly clock: Clock;
  /** The station's time, epoch milliseconds. */
  readonly now: () => number;
  readonly read: (id: string) => Promise<Announcement>;
  readonly create: (body: Body) => Promise<Announcement>;
  readonly change: (before: Announcement, body: Body) => Promise<Announcement>;
  /** The present state out of a refusal because somebody was quicker; nothing for any other refusal. */
  readonly otherSideOf: (thrown: unknown) => Announcement | undefined;
  readonly sentenceOf: (thrown: unknown) => string;
  /** Whether it may be saved without being asked: what is approved would lose its approval. */
  readonly savesItself: (kept: AnnouncementView | undefined) => boolean;
  /** It has a name from now on. */
  readonly onCreated: (id: string) => void;
}

export type DraftKeeper = ReturnType<typeof createDraftKeeper>;

export function createDraftKeeper(parts: KeeperParts) {
  const state = signal<DraftState>(FRESH);
  let saving: Promise<AnnouncementView | undefined> | undefined;
  let cancelRest: Cancel = () => {};
  /** Only the newest reading counts, and none that began before a save. */
  let reads = 0;
  const put = (part: Partial<DraftState>) => {
    state.value = { ...state.value, ...part };
  };

  const due = (): Body | undefined => {
    const { draft, kept } = state.value;
    if (kept) return changeBody(draft, draftOf(kept.value));
    return draft.text.trim() === "" ? undefined : newBody(draft);
  };
  /** This is kept now; `before` is what stood in the form for it until now. */
  const stand = (kept: Announcement, before: Draft) =>
    put({ kept, draft: rebased(state.value.draft, before, draftOf(kept.value)) });
  const send = async (): Promise<AnnouncementView | undefined> => {
    const { kept, draft: sent } = state.value;
    const body = due();
    if (body === undefined) return kept?.value;
    if (kept === undefined) {
      const made = await parts.create(body);
      stand(made, sent);
      parts.onCreated(made.value.id);
      return made.value;
    }
    try {
      const saved = await parts.change(kept, body);
      stand(saved, sent);
      return saved.value;
    } catch (thrown) {
      const other = parts.otherSideOf(thrown);
      if (other === undefined) throw thrown;
      if (wasChangedByOthers(kept.value, other.value)) {
        put({ theirs: other });
        return undefined;
      }
      // The station itself has changed it: its sound is made.
      stand(other, draftOf(kept.value));
      return send();
    }
  };
  const attempt = async () => {
    put({ busy: true });
    reads += 1;
    try {
      const saved = await send();
      put(saved ? { wrong: undefined, savedAt: parts.now() } : { wrong: undefined });
      return saved;
    } catch (thrown) {
      put({ wrong: parts.sentenceOf(thrown) });
      return undefined;
    } finally {
      saving = undefined;
      put({ busy: false });
      rest();
    }
  };
  const rest = () => {
    cancelRest();
    const { kept, theirs, wrong } = state.value;
    if (theirs || wrong !== undefined || due() === undefined || !parts.savesItself(kept?.value)) return;
    cancelRest = parts.clock.after(REST, () => void save());
  };
  /** Saves now. Resolves to what is kept then, to nothing when it could not be saved. */
  const save = () => {
    cancelRest();
    saving ??= attempt();
    return saving;
  };

  /** What was read anew goes under what is written here, unless somebody else has written. */
  const takeIn = (found: Announcement) => {
    const { kept } = state.value;
    if (kept?.value.id === found.value.id && due() !== undefined) {
      if (wasChangedByOthers(kept.value, found.value)) put({ theirs: found });
      else stand(found, draftOf(kept.value));
    } else put({ kept: found, draft: draftOf(found.value), theirs: undefined });
  };

  return {
    state,
    /** Whether everything that is written here is kept. */
    isSaved: computed(() => state.value.kept !== undefined && due() === undefined),
    /** Whether there is work here that is not kept, and whether it will be by itself. */
    holding: computed((): "unsaved" | "self-saving" | false => {
      const { theirs, wrong, kept } = state.value;
      if (due() === undefined) return false;
      return theirs === undefined && wrong === undefined && parts.savesItself(kept?.value) ? "self-saving" : "unsaved";
    }),
    save,
    write(change: Partial<Draft>) {
      put({ draft: { ...state.value.draft, ...change }, wrong: undefined });
      rest();
    },
    /** Reads what the station keeps, at first or because it has changed. */
    async read(id: string) {
      await saving;
      reads += 1;
      const turn = reads;
      try {
        const found = await parts.read(id);
        if (turn !== reads) return;
        takeIn(found);
        put({ wrong: undefined });
      } catch (thrown) {
        if (turn === reads) put({ wrong: parts.sentenceOf(thrown) });
      }
    },
    /** What a door has answered about this announcement. */
    takeIn,
    /** Takes a filled-in form in place of what is written. @throws whatever the station refuses it with */
    async fillIn(template: TemplateUse) {
      cancelRest();
      await saving;
      const { kept } = state.value;
      const made = await (kept ? parts.change(kept, { template }) : parts.create({ template }));
      put({ kept: made, draft: draftOf(made.value), theirs: undefined, wrong: undefined });
      if (!kept) parts.onCreated(made.value.id);
    },
    /** Ends a conflict: goes on with what is written here, or with theirs. */
    settle(whose: "mine" | "theirs") {
      const { theirs, draft } = state.value;
      if (!theirs) return;
      put({ kept: theirs, theirs: undefined, draft: whose === "mine" ? draft : draftOf(theirs.value) });
      rest();
    },
    /** Nobody looks at it any more: what is due is saved now. */
    close() {
      cancelRest();
      const { kept, theirs } = state.value;
      if (!theirs && due() !== undefined && parts.savesItself(kept?.value)) void save();
    },
  };
}
