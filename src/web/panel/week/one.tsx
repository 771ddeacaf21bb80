/**
 * One schedule, or a new one: what it would do stands beside it before it is saved.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Schedule } from "../../../domain/schedule.js";
import { ask, askKept, type Kept, otherSideOf } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { fetchSchedules } from "../lists.js";
import { AlsoOpen } from "../live/also-open.js";
import { now, zone } from "../live/line.js";
import { go, Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { useFetched } from "../pieces/fetched.js";
import { SlotStanding } from "../radio/slots.js";
import { mayDo } from "../session.js";
import { freshId, identifierFrom } from "../words/identifiers.js";
import { localDateOf } from "../words/times.js";
import { Consequence, useReview } from "./consequence.js";
import { Fields } from "./fields.js";
import { TwoSides } from "./two-sides.js";
import { words } from "./words.js";

interface OneScheduleProps {
  readonly id: string;
  readonly back: string;
}

export function OneSchedule({ id, back }: OneScheduleProps) {
  const say = words();
  const isNew = id === "new";
  const found = useFetched(
    async () => (isNew ? { value: blank(), revision: "" } : await askKept<Schedule>("GET", `/schedules/${id}`)),
    [id],
  );
  return (
    <>
      <p>
        <Link to={back}>‹ {say.back}</Link>
      </p>
      {found.wrong !== undefined && <p role="alert">{found.wrong}</p>}
      {found.value && <Editor key={id} read={found.value} back={back} />}
    </>
  );
}

/** A schedule that nobody has filled in yet: tomorrow morning, once, nowhere. */
function blank(): Schedule {
  const start = localDateOf(now.value + 86_400_000, zone.value);
  return {
    ...{ id: "", title: "", class: "ordinary", playlist: "", start, at: ["06:00"], except: [], extra: [] },
    ...{ targets: { areas: [], receivers: [], except: [], kinds: ["fixed", "van"] }, holidays: "ignore" },
    ...{ timing: { kind: "soft", waitMs: 600_000 }, lateMs: 120_000, resume: "continue", order: 100 },
    ...{ maxMs: 3_600_000, enabled: true },
  } as unknown as Schedule;
}

const isSame = (one: Schedule, other: Schedule) => JSON.stringify(one) === JSON.stringify(other);

/** What is written here, what the station keeps, and the way between them. */
function useEditing(read: Kept<Schedule>) {
  const [draft, setDraft] = useState<Schedule>(read.value);
  /** What is kept now, and what was before it, to go back to. */
  const [kept, setKept] = useState(read);
  const [before, setBefore] = useState<Schedule>();
  const [theirs, setTheirs] = useState<Kept<Schedule>>();
  const [told, setTold] = useState<"saved" | "undone">();
  const acting = useAct();
  const isNew = kept.revision === "";
  const markSaved = useUnsaved(!isSame(draft, kept.value) && "unsaved");
  const save = (schedule: Schedule, isUndo: boolean) =>
    acting.act(async () => {
      const taken = isNew
        ? new Set((await fetchSchedules()).map(({ value }) => value.id as string))
        : new Set<string>();
      const body = isNew ? { ...schedule, id: freshId(schedule.id, taken) } : schedule;
      const wishes = { body, ...(isNew ? {} : { revision: kept.revision }) };
      try {
        const next = await askKept<Schedule>("PUT", `/schedules/${body.id}`, wishes);
        setBefore(isNew ? undefined : kept.value);
        setKept(next);
        setDraft(next.value);
        setTold(isUndo ? "undone" : "saved");
      } catch (thrown) {
        const other = otherSideOf<Schedule>(thrown);
        if (!other) throw thrown;
        setTheirs(other);
      }
    });
  const settle = (whose: "mine" | "theirs") => {
    if (!theirs) return;
    setKept(theirs);
    setBefore(undefined);
    setTold(undefined);
    if (whose === "theirs") setDraft(theirs.value);
    setTheirs(undefined);
  };
  return { draft, setDraft, kept, before, theirs, told, isNew, markSaved, save, settle, ...acting };
}

function Editor({ read, back }: { readonly read: Kept<Schedule>; readonly back: string }) {
  const say = words();
  const editing = useEditing(read);
  const { draft, kept, before, theirs, told, isNew, busy, wrong } = editing;
  const [isRemoving, setIsRemoving] = useState(false);
  const named = isNew ? { ...draft, id: identifierFrom(draft.title) as Schedule["id"] } : draft;
  const review = useReview(named);
  const may = mayDo("air", { areas: "anywhere" }, localDateOf(now.value, zone.value));
  const isBlocked = !may || theirs !== undefined || review === undefined || review.refusals.length > 0;
  const isWhole = named.title.trim() !== "" && named.playlist !== "";
  const lacks = !may ? say.mayNot : isWhole ? undefined : say.lacks;
  const submit = async (event: Event) => {
    event.preventDefault();
    await editing.save(named, false);
  };
  return (
    <>
      <h1>{isNew ? say.newTitle : kept.value.title}</h1>
      {!isNew && <AlsoOpen kind="schedule" id={kept.value.id} />}
      {!isNew && kept.value.radio && <SlotStanding schedule={kept.value} />}
      <form onSubmit={submit} class="schedule">
        {theirs && <TwoSides mine={draft} theirs={theirs.value} onSettle={editing.settle} />}
        <Fields key={kept.revision} draft={draft} onChange={editing.setDraft} />
        <Consequence review={review} />
        {wrong !== undefined && <p role="alert">{wrong}</p>}
        {lacks !== undefined && <p id="lacks">{lacks}</p>}
        {told && (
          <p role="status">
            {say[told]}{" "}
            {before && told === "saved" && (
              <button type="button" class="quiet" aria-disabled={busy} onClick={() => void editing.save(before, true)}>
                {say.undo}
              </button>
            )}
          </p>
        )}
        {isRemoving && (
          <RemoveDialog
            kept={kept}
            onRemoved={() => {
              editing.markSaved();
              go(back);
            }}
            onClose={() => setIsRemoving(false)}
          />
        )}
        <div class="buttons">
          <button type="submit" disabled={isBlocked} aria-disabled={busy} aria-describedby={lacks && "lacks"}>
            {say.save}
          </button>
          {may && !isNew && (
            <button type="button" class="secondary" aria-disabled={busy} onClick={() => setIsRemoving(!busy)}>
              {say.remove}
            </button>
          )}
        </div>
      </form>
    </>
  );
}

interface RemoveDialogProps {
  readonly kept: Kept<Schedule>;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

/** What is looked at now is what is removed: when somebody changes it meanwhile, the station says so. */
function RemoveDialog({ kept: { value, revision }, onRemoved, onClose }: RemoveDialogProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const remove = () =>
    act(async () => {
      await ask("DELETE", `/schedules/${value.id}`, { revision });
      onRemoved();
    });
  return (
    <Dialog title={say.remove} onClose={onClose}>
      <p>{say.reallyRemove(value.title)}</p>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <button type="button" class="danger" aria-disabled={busy} onClick={() => void remove()}>
        {say.remove}
      </button>
      <button type="button" class="secondary" onClick={onClose}>
        {say.keep}
      </button>
    </Dialog>
  );
}
