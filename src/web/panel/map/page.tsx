/**
 * Bản đồ: where is the trouble? A drawing from the station's own coordinates, and the same as a list beside it.
 *
 * @module
 */
import { lazy, Suspense } from "preact/compat";
import { useMemo } from "preact/hooks";
import type { BaseMap } from "../../../domain/base-map.js";
import type { Outline } from "../../../domain/outline.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { now, picture, zone } from "../live/line.js";
import { groupsOf } from "../loudspeakers/groups.js";
import { linkOf, StateMark } from "../loudspeakers/standing.js";
import { Link } from "../paths.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo } from "../session.js";
import { localDateOf } from "../words/times.js";
import { BaseMapPart } from "./base-map-part.js";
import "./map.css";
import { OutlinesPart } from "./outlines-part.js";
import { drawingOf } from "./points.js";
import { words } from "./words.js";

const Canvas = lazy(() => import("./canvas.js"));

const fetchOutlines = () => ask<readonly Outline[]>("GET", "/area-outlines");
const fetchBaseMap = () => ask<{ readonly baseMap?: BaseMap }>("GET", "/base-map");
const NONE: readonly Outline[] = [];

export default function MapPage() {
  const say = words();
  const receivers = picture.value?.receivers ?? new Map<string, ReceiverView>();
  const outlines = useFetched(fetchOutlines, []);
  const drawing = useMemo(() => drawingOf(receivers.values(), areas.value), [receivers, areas.value]);
  const baseMap = useFetched(fetchBaseMap, []);
  const today = localDateOf(now.value, zone.value);
  const mayConfigure = mayDo("configure", { areas: "anywhere" }, today);
  const drawn = drawing.isSchematic ? NONE : (outlines.value ?? NONE);
  return (
    <>
      <h1>{say.title}</h1>
      <p class="buttons">
        <Link to="/wall" class="main-action">
          {say.wall}
        </Link>
      </p>
      {(outlines.wrong ?? baseMap.wrong) && <p role="alert">{outlines.wrong ?? baseMap.wrong}</p>}
      {receivers.size === 0 && <p>{say.none}</p>}
      {receivers.size > 0 && drawing.isSchematic && <p>{say.schematic}</p>}
      <div class="map-and-list">
        {receivers.size > 0 && (
          <Suspense fallback={<p aria-busy="true" />}>
            <Canvas
              drawing={drawing}
              outlines={drawn}
              baseMap={drawing.isSchematic ? undefined : baseMap.value?.baseMap}
            />
          </Suspense>
        )}
        <section aria-labelledby="map-list" class="map-list">
          <h2 id="map-list">{say.list}</h2>
          {groupsOf(receivers.values(), areas.value, "").map((group) => (
            <div key={group.area}>
              <h3>
                {group.name} <StateMark of={group.worst} />
              </h3>
              <ul>
                {group.receivers.map((receiver) => (
                  <li key={receiver.id}>
                    <Link to={`/loudspeakers/${receiver.id}`}>{receiver.name}</Link>{" "}
                    <StateMark of={receiver.condition.state} /> <small>{linkOf(receiver)}</small>
                    {drawing.unplaced.includes(receiver) && <small> – {say.unplaced}</small>}
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      </div>
      {mayDo("configure", { areas: "station" }, today) && (
        <BaseMapPart baseMap={baseMap.value?.baseMap} onChanged={baseMap.again} />
      )}
      {mayConfigure && (
        <OutlinesPart kept={(outlines.value ?? NONE).map(({ area }) => area)} onChanged={outlines.again} />
      )}
    </>
  );
}
