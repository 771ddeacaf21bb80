/**
 * One part of a pack: which announcement it is, what it says, and what it still lacks; or a new one, written here.
 *
 * @module
 */
import { useId, useState } from "preact/hooks";
import type { Part } from "../../../domain/emergency-pack.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { Player } from "../sound/player.js";
import { stageName } from "../words/stages.js";
import { packWords } from "./pack-words.js";

const OVER = new Set(["recalled", "corrected", "expired"]);

interface PackPartProps {
  readonly part: Part;
  /** Of the pack, for the title of what is written here. */
  readonly title: string;
  readonly chosen: string;
  readonly all: readonly AnnouncementView[];
  readonly mayWrite: boolean;
  readonly onChoose: (id: string) => void;
}

export function PackPart({ part, title, chosen, all, mayWrite, onChoose }: PackPartProps) {
  const say = packWords();
  const aboutId = useId();
  const [isWriting, setWriting] = useState(false);
  const found = all.find(({ id }) => id === chosen);
  const offered = all.filter((one) => one.class === "emergency" && (!OVER.has(one.stage) || one.id === chosen));
  return (
    <fieldset class="pack-part">
      <legend>{say.parts[part]}</legend>
      <p id={aboutId}>
        <small>{say.partAbout[part]}</small>
      </p>
      <select
        aria-label={say.parts[part]}
        aria-describedby={aboutId}
        value={chosen}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      >
        <option value="">{say.choose}</option>
        {offered.map((one) => (
          <option key={one.id} value={one.id}>
            {`${one.title} (${stageName(one.stage)})`}
          </option>
        ))}
      </select>
      {found && <Says announcement={found} />}
      {mayWrite && !isWriting && (
        <button type="button" class="quiet" onClick={() => setWriting(true)}>
          {say.write}
          <span class="unseen"> – {say.parts[part]}</span>
        </button>
      )}
      {isWriting && (
        <NewPart
          part={part}
          title={title}
          onMade={(id) => {
            setWriting(false);
            onChoose(id);
          }}
          onLeave={() => setWriting(false)}
        />
      )}
    </fieldset>
  );
}

function Says({ announcement }: { readonly announcement: AnnouncementView }) {
  const say = packWords();
  const { busy, wrong, act } = useAct();
  const { id, title, stage, text, spokenText, clip, version } = announcement;
  const submit = () => act(() => ask("POST", `/announcements/${id}/submission`, { body: { version } }));
  return (
    <>
      <p>
        <strong class={`stage ${stage}`}>{stageName(stage)}</strong>{" "}
        <Link to={`/compose/${id}`}>
          {say.open}
          <span class="unseen"> «{title}»</span>
        </Link>
      </p>
      {text === undefined ? <p>{say.recording}</p> : <p>{say.reads}</p>}
      {text !== undefined && <blockquote lang="vi">{spokenText ?? text}</blockquote>}
      {clip && <Player title={title} sha256={clip.sha256} />}
      {stage === "checked" && version !== undefined && (
        <button type="button" class="secondary" aria-busy={busy} onClick={() => void submit()}>
          {say.submit}
          <span class="unseen"> «{title}»</span>
        </button>
      )}
      {wrong && <p role="alert">{wrong}</p>}
    </>
  );
}

interface NewPartProps {
  readonly part: Part;
  readonly title: string;
  readonly onMade: (id: string) => void;
  readonly onLeave: () => void;
}

const TOPIC: Readonly<Record<Part, string>> = {
  alert: "canh-bao",
  correction: "dinh-chinh",
  allClear: "canh-bao",
  exercise: "canh-bao",
};

function NewPart({ part, title, onMade, onLeave }: NewPartProps) {
  const say = packWords();
  const [text, setText] = useState("");
  const { busy, wrong, act } = useAct();
  useUnsaved(text.trim() !== "" && "unsaved");
  const make = () =>
    act(async () => {
      const name = `${say.parts[part].replace(/ \(.*/, "")}: ${title}`.slice(0, 200);
      const body = { title: name, class: "emergency", topic: TOPIC[part], text: text.trim() };
      onMade((await ask<AnnouncementView>("POST", "/announcements", { body })).id);
    });
  return (
    <>
      <label>
        {say.text}
        <textarea
          rows={3}
          maxLength={4000}
          lang="vi"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      {wrong && <p role="alert">{wrong}</p>}
      <div class="buttons">
        <button type="button" aria-busy={busy} disabled={text.trim() === ""} onClick={() => void make()}>
          {say.make}
        </button>
        <button type="button" class="secondary" onClick={onLeave}>
          {say.leave}
        </button>
      </div>
    </>
  );
}
