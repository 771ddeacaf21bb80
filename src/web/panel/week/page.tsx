/**
 * Lịch tuần: see and change the week without waking anybody at 4 a.m.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { RundownView } from "../../../server/api/rundown-view.js";
import { ask } from "../ask.js";
import { fetchPolicies } from "../lists.js";
import { now, picture, zone } from "../live/line.js";
import { Link, path } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { AreaChoice, inOrder, isWard } from "../pieces/area-choice.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo } from "../session.js";
import { localDateOf, plainDate } from "../words/times.js";
import { DayList } from "./day-list.js";
import { dateAfter, mondayOf } from "./days.js";
import { type Line, plannedMoment, WeekGrid, weekFrom } from "./grid.js";
import { MoveDialog, type Moved } from "./move-dialog.js";
import type { Moment } from "./moves.js";
import { OneSchedule } from "./one.js";
import { quietSpans, quietWhere } from "./quiet-time.js";
import { Wards } from "./wards.js";
import "./week.css";
import { words } from "./words.js";

const AT = "/week";

/** `/week`, `/week/new`, `/week/<schedule>`. */
export default function Week() {
  const id = path.value.slice(AT.length + 1);
  return id === "" ? <WeekView /> : <OneSchedule key={id} id={id} back={AT} />;
}

const VIEWS = ["grid", "wards", "list"] as const;
type View = (typeof VIEWS)[number];

/** A grid of seven days needs a desk. */
const isWide = () => matchMedia("(min-width: 1000px)").matches;

/** What is known of the hours in which places must be quiet. */
function useQuiet(area: string) {
  const policies = useFetched(fetchPolicies, []);
  const parts = { zone: zone.value, areas: areas.value, policies: policies.value ?? [] };
  const receivers = picture.value?.receivers;
  const wards = inOrder(areas.value).filter((one) => isWard(one) && (area === "" || one.id === area));
  const placesOf = (line: Line) => line.receivers.flatMap((id) => receivers?.get(id)?.area ?? []);
  return {
    wrong: policies.wrong,
    of: (date: string) =>
      quietSpans(
        date,
        wards.map(({ id }) => id),
        parts,
      ),
    for: (line: Line, to: Moment) =>
      line.class === "emergency"
        ? []
        : quietWhere(to, Date.parse(line.end) - Date.parse(line.start), placesOf(line), parts),
  };
}

function WeekView() {
  const say = words();
  const today = localDateOf(now.value, zone.value);
  const [monday, setMonday] = useState(mondayOf(today));
  const [area, setArea] = useState("");
  const [view, setView] = useState<View>(() => (isWide() ? "grid" : "list"));
  const [moving, setMoving] = useState<{ readonly line: Line; readonly to: Moment }>();
  const [moved, setMoved] = useState<Moved>();
  const { busy, wrong, act } = useAct();
  const rundown = useFetched(
    () => ask<RundownView>("GET", `/rundown?from=${monday}&days=7${area === "" ? "" : `&area=${area}`}`),
    [monday, area],
    ["rundown", "schedules", "declarations"],
  );
  const quiet = useQuiet(area);
  const days = weekFrom(monday);
  const lines = rundown.value?.lines ?? [];
  const mayAir = mayDo("air", { areas: "anywhere" }, today);
  const mayMove = (line: Line) => mayAir && Date.parse(line.planned) > now.value;
  const fault = rundown.wrong ?? quiet.wrong ?? wrong;
  return (
    <>
      <h1>
        {say.title} {plainDate(monday)} – {plainDate(dateAfter(monday, 6))}
      </h1>
      <div class="buttons week-tools">
        <button type="button" class="secondary" onClick={() => setMonday(dateAfter(monday, -7))}>
          ‹ {say.before}
        </button>
        <button type="button" class="secondary" onClick={() => setMonday(dateAfter(monday, 7))}>
          {say.after} ›
        </button>
        <AreaChoice label={say.ward} value={area} everything={say.all} only={isWard} onChoose={setArea} />
        <fieldset class="views">
          <legend class="unseen">{say.view}</legend>
          {VIEWS.map((one) => (
            <label key={one}>
              <input type="radio" name="view" checked={view === one} onChange={() => setView(one)} />
              {say.views[one]}
            </label>
          ))}
        </fieldset>
        {mayAir && (
          <Link to={`${AT}/new`} class="main-action">
            {say.add}
          </Link>
        )}
      </div>
      {fault !== undefined && <p role="alert">{fault}</p>}
      <div role="status">
        {moved && (
          <p>
            {moved.said}{" "}
            <button
              type="button"
              class="quiet"
              aria-disabled={busy}
              onClick={() =>
                void act(async () => {
                  await moved.undo();
                  setMoved(undefined);
                })
              }
            >
              {say.undo}
            </button>
          </p>
        )}
      </div>
      {!rundown.value && rundown.wrong === undefined && <p aria-busy="true">{say.loading}</p>}
      {rundown.value && view === "grid" && (
        <WeekGrid
          {...{ days, lines, mayMove }}
          quietOf={quiet.of}
          quietFor={quiet.for}
          onDrop={(line, to) => setMoving({ line, to })}
        />
      )}
      {rundown.value && view === "wards" && <Wards {...{ days, lines, area }} />}
      {rundown.value && view === "list" && (
        <DayList {...{ days, lines, today, mayMove }} onMove={(line) => setMoving({ line, to: plannedMoment(line) })} />
      )}
      {moving && (
        <MoveDialog
          {...moving}
          quietFor={(to) => quiet.for(moving.line, to)}
          onMoved={(done) => {
            setMoved(done);
            setMoving(undefined);
          }}
          onClose={() => setMoving(undefined)}
        />
      )}
    </>
  );
}
