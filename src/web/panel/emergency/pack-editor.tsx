/**
 * Prepares a pack in quiet times: its parts with what they say, its usual places, how it is said again.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { PARTS, type Pack, type Part } from "../../../domain/emergency-pack.js";
import type { LocalDate } from "../../../domain/local-time.js";
import type { Targets } from "../../../domain/schedule.js";
import { targeted } from "../../../domain/targets.js";
import type { PackView } from "../../../server/api/alert-views.js";
import type { AnnouncementView, ReceiverView } from "../../../server/api/views.js";
import { ask, askKept, type Kept, Refusal } from "../ask.js";
import "../compose/compose.css";
import { Where } from "../compose/where.js";
import { useUnsaved } from "../leaving.js";
import { now, picture, zone } from "../live/line.js";
import { follow, go, Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { useFetched } from "../pieces/fetched.js";
import { idOf } from "../pieces/id-of.js";
import { areas, mayDo } from "../session.js";
import { told } from "../words/language.js";
import { localDateOf } from "../words/times.js";
import { PackPart } from "./pack-part.js";
import { packWords } from "./pack-words.js";

const BACK = "/emergency";

/** A pack as it is being prepared: parts may be missing still. */
interface Draft {
  readonly title: string;
  readonly parts: Readonly<Record<Part, string>>;
  readonly targets: Targets;
  readonly repeat: Pack["repeat"];
}

const NOWHERE = { areas: [], receivers: [], except: [], kinds: ["fixed", "van"] } as const;

const draftOf = (pack: PackView | undefined): Draft => ({
  title: pack?.title ?? "",
  parts: {
    ...{ alert: pack?.alert ?? "", correction: pack?.correction ?? "" },
    ...{ allClear: pack?.allClear ?? "", exercise: pack?.exercise ?? "" },
  },
  targets: pack?.targets ?? (NOWHERE as unknown as Targets),
  repeat: pack ? pack.repeat : { everyMinutes: 5, forMinutes: 60 },
});

/** The pack as the station takes it. */
function packOf({ title, parts, targets, repeat }: Draft, id: string) {
  const { exercise, ...needed } = parts;
  return {
    ...{ id, title: title.trim(), ...needed },
    ...(exercise === "" ? {} : { exercise }),
    ...(targets.areas.length + targets.receivers.length === 0 ? {} : { targets }),
    ...(repeat === undefined ? {} : { repeat }),
  };
}

const fetchAnnouncements = () => ask<readonly AnnouncementView[]>("GET", "/announcements");

interface PackEditorProps {
  /** Nothing for a new one. */
  readonly id: string | undefined;
}

export default function PackEditor({ id }: PackEditorProps) {
  const say = packWords();
  const read = useFetched(
    async () => (id === undefined ? undefined : await askKept<PackView>("GET", `/emergency-packs/${id}`)),
    [id],
  );
  const all = useFetched(fetchAnnouncements, [], ["announcements"]);
  const wrong = read.wrong ?? all.wrong;
  const isRead = id === undefined || read.value !== undefined;
  return (
    <>
      <p>
        <Link to={BACK}>‹ {say.back}</Link>
      </p>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {isRead && all.value && (
        <Editor key={read.value?.revision} read={read.value} all={all.value} onTakeNew={read.again} />
      )}
    </>
  );
}

interface EditorProps {
  readonly read: Kept<PackView> | undefined;
  readonly all: readonly AnnouncementView[];
  readonly onTakeNew: () => void;
}

function Editor({ read, all, onTakeNew }: EditorProps) {
  const say = packWords();
  const [draft, setDraft] = useState(draftOf(read?.value));
  const [kept, setKept] = useState(read);
  const [isChanged, setChanged] = useState(false);
  const { busy, wrong, act } = useAct();
  const markSaved = useUnsaved(JSON.stringify(draft) !== JSON.stringify(draftOf(kept?.value)) && "unsaved");
  const today = localDateOf(now.value, zone.value);
  const mayWrite = mayDo("compose", { classes: ["emergency"], areas: "anywhere" }, today);
  const save = async (event: Event) => {
    event.preventDefault();
    await act(async () => {
      setChanged(false);
      const id = kept?.value.id ?? idOf(draft.title);
      const revision = kept?.revision;
      try {
        const next = await askKept<PackView>("PUT", `/emergency-packs/${id}`, { body: packOf(draft, id), revision });
        setKept(next);
        // What was written meanwhile stays.
        setDraft((later) => (later === draft ? draftOf(next.value) : later));
        if (kept) return;
        markSaved();
        follow(`${BACK}/${id}/edit`);
      } catch (thrown) {
        if (kept && thrown instanceof Refusal && thrown.status === 409) setChanged(true);
        throw thrown;
      }
    });
  };
  const { alert, correction, allClear } = draft.parts;
  const isWhole = draft.title.trim() !== "" && alert !== "" && correction !== "" && allClear !== "";
  return (
    <form class="compose pack-editor" onSubmit={(event) => void save(event)}>
      <h2>{kept?.value.title ?? say.newTitle}</h2>
      <p>{say.about}</p>
      <label>
        {say.title}
        <input
          required
          maxLength={200}
          value={draft.title}
          onInput={({ currentTarget }) => setDraft({ ...draft, title: currentTarget.value })}
        />
      </label>
      <p>{picture.value?.station.singleOfficer ? say.single : say.who}</p>
      {PARTS.map((part) => (
        <PackPart
          key={part}
          {...{ part, all, mayWrite, title: draft.title }}
          chosen={draft.parts[part]}
          onChoose={(id) => setDraft((before) => ({ ...before, parts: { ...before.parts, [part]: id } }))}
        />
      ))}
      <Places draft={draft} onDraft={setDraft} />
      <Repeat draft={draft} onDraft={setDraft} />
      {kept && <Standing pack={kept.value} isSaved={kept !== read} />}
      {isChanged && (
        <p role="alert">
          {say.changed}{" "}
          <button type="button" class="quiet" onClick={onTakeNew}>
            {say.takeNew}
          </button>
        </p>
      )}
      {wrong !== undefined && !isChanged && <p role="alert">{wrong}</p>}
      <div class="buttons">
        <button type="submit" disabled={!isWhole} aria-busy={busy}>
          {say.save}
        </button>
        {kept && <Retire pack={kept.value} />}
      </div>
    </form>
  );
}

function Standing({ pack, isSaved }: { readonly pack: PackView; readonly isSaved: boolean }) {
  const say = packWords();
  // What the parts lack changes with their approvals.
  const fresh = useFetched(
    () => ask<PackView>("GET", `/emergency-packs/${pack.id}`),
    [pack],
    ["announcements", "packs"],
  );
  const { problems } = fresh.value ?? pack;
  return (
    <div role="status">
      {isSaved && <p>{say.saved}</p>}
      <p>{problems.length === 0 ? say.ready : say.lacks}</p>
      <ul>
        {problems.map(({ part, words }) => (
          <li key={part}>{told(words)}</li>
        ))}
      </ul>
    </div>
  );
}

interface DraftProps {
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

function Places({ draft, onDraft }: DraftProps) {
  const receivers = [...(picture.value?.receivers.values() ?? [])];
  const today = localDateOf(now.value, zone.value) as LocalDate;
  const chosen = targeted(draft.targets, { areas: areas.value, receivers }, today) as readonly ReceiverView[];
  return (
    <>
      <h3>{packWords().places}</h3>
      <Where
        {...{ receivers, chosen, today }}
        targets={draft.targets}
        onChange={(targets) => onDraft({ ...draft, targets })}
      />
    </>
  );
}

function Repeat({ draft, onDraft }: DraftProps) {
  const say = packWords();
  const { repeat } = draft;
  const minutes = (name: "everyMinutes" | "forMinutes", most: number) => ({
    ...({ type: "number", inputMode: "numeric", required: true, min: 1, max: most } as const),
    value: repeat?.[name],
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      repeat && onDraft({ ...draft, repeat: { ...repeat, [name]: Number(currentTarget.value) } }),
  });
  return (
    <fieldset>
      <label>
        <input
          type="checkbox"
          checked={repeat !== undefined}
          onChange={({ currentTarget }) =>
            onDraft({ ...draft, repeat: currentTarget.checked ? { everyMinutes: 5, forMinutes: 60 } : undefined })
          }
        />
        {say.repeat}
      </label>
      {repeat && (
        <div class="tools">
          <label>
            {say.every}
            <input {...minutes("everyMinutes", 60)} />
          </label>
          <label>
            {say.lasting}
            <input {...minutes("forMinutes", 1440)} />
          </label>
        </div>
      )}
    </fieldset>
  );
}

function Retire({ pack: { id, title } }: { readonly pack: PackView }) {
  const say = packWords();
  const [isAsking, setAsking] = useState(false);
  const { busy, wrong, act } = useAct();
  const retire = () =>
    act(async () => {
      await ask("DELETE", `/emergency-packs/${id}`);
      go(BACK);
    });
  return (
    <>
      <button type="button" class="secondary" onClick={() => setAsking(true)}>
        {say.retire}
      </button>
      {isAsking && (
        <Dialog title={say.retire} onClose={() => setAsking(false)}>
          <p>{say.reallyRetire(title)}</p>
          {wrong && <p role="alert">{wrong}</p>}
          <button type="button" class="danger" aria-busy={busy} onClick={() => void retire()}>
            {say.retire}
          </button>
          <button type="button" class="secondary" onClick={() => setAsking(false)}>
            {say.keep}
          </button>
        </Dialog>
      )}
    </>
  );
}
