/**
 * One playlist: its items with their times, whether it fits where it is scheduled, and what is said about it.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { epoch } from "../../../base/units.js";
import type { Finding } from "../../../domain/finding.js";
import type { LocalDate } from "../../../domain/local-time.js";
import type { Playlist } from "../../../domain/playlist.js";
import type { RundownView } from "../../../server/api/rundown-view.js";
import { ask, askKept, type Kept } from "../ask.js";
import { fetchPolicies, fetchSchedules } from "../lists.js";
import { AlsoOpen } from "../live/also-open.js";
import { now, picture, zone } from "../live/line.js";
import { go, Link } from "../paths.js";
import { useAsked } from "../pieces/asked.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo } from "../session.js";
import { told } from "../words/language.js";
import { clockTime, exactTime, length, localDateOf } from "../words/times.js";
import { AddPart } from "./add-part.js";
import { Conflict } from "./conflict.js";
import { FitPart, type Use } from "./fit-part.js";
import { Items } from "./items.js";
import { RemoveDialog } from "./remove-dialog.js";
import { useSounds } from "./sounds.js";
import { nextSlot, timingOf } from "./timing.js";
import { type Editing, usePlaylist } from "./use-playlist.js";
import { words } from "./words.js";

/** The plan is looked at for so many days, as the station plans. */
const DAYS = 8;

interface OneProps {
  readonly id: string;
  readonly back: string;
}

export function OnePlaylist({ id, back }: OneProps) {
  const isNew = id === "new";
  const found = useFetched(
    async () => (isNew ? undefined : { read: await askKept<Playlist>("GET", `/playlists/${id}`) }),
    [id],
  );
  return (
    <>
      <p>
        <Link to={back}>‹ {words().back}</Link>
      </p>
      {found.wrong !== undefined && <p role="alert">{found.wrong}</p>}
      {(isNew || found.value) && <Editor read={found.value?.read} back={back} />}
    </>
  );
}

/** The schedules that use it, each with its next slot. */
function useUses(playlist: string) {
  const schedules = useFetched(fetchSchedules, [], ["schedules"]);
  const policies = useFetched(fetchPolicies, []);
  const rundown = useFetched(
    () => ask<RundownView>("GET", `/rundown?from=${localDateOf(now.peek(), zone.peek())}&days=${DAYS}`),
    [],
    ["rundown"],
  );
  const own = (schedules.value ?? []).filter(({ value }) => value.playlist === playlist);
  const uses = own.map(
    ({ value }): Use => ({
      schedule: value,
      slot: nextSlot(value, {
        ...{ lines: rundown.value?.lines ?? [], receivers: picture.value?.receivers ?? new Map() },
        ...{ areas: areas.value, policies: policies.value ?? [], zone: zone.value, now: now.value },
        dayOf: (at) => localDateOf(at, zone.value) as LocalDate,
      }),
    }),
  );
  return { own, uses, wrong: schedules.wrong ?? policies.wrong ?? rundown.wrong };
}

function Editor({ read, back }: { readonly read: Kept<Playlist> | undefined; readonly back: string }) {
  const say = words();
  const editing = usePlaylist(read);
  const { draft, playlist, kept, isNew, theirs } = editing;
  const sounds = useSounds();
  const { own, uses, wrong } = useUses(kept.value.id);
  const [chosen, setChosen] = useState("");
  const [isRemoving, setRemoving] = useState(false);
  const timing = timingOf(playlist.items, sounds);
  const planned = uses.filter(({ slot }) => slot !== undefined);
  const by = planned.find(({ schedule }) => schedule.id === chosen) ?? planned[0];
  const timeOf = (offsetMs: number) => {
    const start = by?.slot?.start;
    return start === undefined ? `+${clock(offsetMs)}` : exactTime(epoch(start + offsetMs), zone.value);
  };
  const may = mayDo("air", { areas: "anywhere" }, localDateOf(now.value, zone.value));
  const save = async (event: Event) => {
    event.preventDefault();
    const id = await editing.save();
    if (isNew && id !== undefined) go(`${back}/${id}`);
  };
  return (
    <form onSubmit={save} class="playlist">
      <h1>{isNew ? say.newTitle : kept.value.title}</h1>
      {!isNew && <AlsoOpen kind="playlist" id={kept.value.id} />}
      {theirs && <Conflict mine={playlist} theirs={theirs.value} sounds={sounds} onSettle={editing.settle} />}
      <Heading editing={editing} />
      <h2>{say.items}</h2>
      {by ? (
        <label class="times-by">
          {say.timesBy}
          <select value={by.schedule.id} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            {planned.map(({ schedule, slot }) => (
              <option key={schedule.id} value={schedule.id}>
                {say.at(clockTime(slot?.start ?? 0, zone.value), schedule.title)}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <p>{say.noSchedule}</p>
      )}
      {draft.rows.length === 0 && <p>{say.empty}</p>}
      <Items editing={editing} sounds={sounds} timing={timing} timeOf={timeOf} />
      <p>
        <strong>{say.total(length(timing.lengthMs))}</strong>
      </p>
      <AddPart editing={editing} sounds={sounds} />
      <FitPart uses={uses} lengthMs={timing.lengthMs} />
      <Findings playlist={playlist} />
      {(wrong ?? sounds.wrong) && <p role="alert">{wrong ?? sounds.wrong}</p>}
      <Foot editing={editing} may={may} onRemove={() => setRemoving(true)} />
      {isRemoving && (
        <RemoveDialog
          kept={kept}
          users={own.map(({ value }) => value)}
          onRemoved={() => {
            editing.forget();
            go(back);
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  );
}

/** `1:05` after the start. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function Heading({ editing: { draft, write } }: { readonly editing: Editing }) {
  const say = words();
  return (
    <div class="narrow">
      <label>
        {say.name}
        <input
          required
          maxLength={200}
          value={draft.title}
          onInput={({ currentTarget }) => write({ title: currentTarget.value })}
        />
      </label>
      <label>
        {say.note}
        <input
          maxLength={1000}
          value={draft.note}
          onInput={({ currentTarget }) => write({ note: currentTarget.value })}
        />
      </label>
    </div>
  );
}

/** What the station says about the whole: whether there is good news in it, above all. */
function Findings({ playlist }: { readonly playlist: Playlist }) {
  const say = words();
  const { id, items } = playlist;
  const body = { id: id === "" ? "moi" : id, title: "–", items };
  const asked = useAsked(items.length === 0 ? undefined : JSON.stringify(items), () =>
    ask<{ readonly findings: readonly Finding[] }>("POST", "/playlist-reviews", { body }),
  );
  if (items.length === 0) return null;
  const findings = asked.value?.findings ?? [];
  return (
    <section aria-labelledby="findings" aria-live="polite">
      <h2 id="findings">{say.findings}</h2>
      {asked.wrong !== undefined && <p role="alert">{asked.wrong}</p>}
      {asked.value && findings.length === 0 && <p>✔ {say.goodNews}</p>}
      <ul>
        {findings.map((finding) => (
          <li key={finding.id}>
            {told(finding.words)} <small>{told(finding.suggestion)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FootProps {
  readonly editing: Editing;
  readonly may: boolean;
  readonly onRemove: () => void;
}

function Foot({ editing, may, onRemove }: FootProps) {
  const say = words();
  const { draft, kept, isNew, isSaved, theirs, told: done, before, busy, wrong } = editing;
  const isEmpty = draft.rows.length === 0;
  return (
    <>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <p role="status">
        {done !== undefined ? say[done] : !isSaved && say.unsaved}{" "}
        {done === "saved" && before && (
          <button type="button" class="quiet" aria-disabled={busy} onClick={() => void editing.undo()}>
            {say.undo}
          </button>
        )}
      </p>
      {isEmpty && <p id="why-not">{say.needsItems}</p>}
      <div class="buttons">
        <button
          type="submit"
          disabled={!may || isEmpty || theirs !== undefined}
          aria-disabled={busy}
          aria-describedby={isEmpty ? "why-not" : undefined}
        >
          {say.save}
        </button>
        {!isNew && (
          <a
            class="secondary export"
            href={`/api/v1/playlists/${kept.value.id}/m3u8`}
            download={`${kept.value.id}.m3u8`}
          >
            {say.export}
          </a>
        )}
        {may && !isNew && (
          <button type="button" class="secondary" aria-disabled={busy} onClick={() => !busy && onRemove()}>
            {say.delete}
          </button>
        )}
      </div>
    </>
  );
}
