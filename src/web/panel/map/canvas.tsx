/**
 * The drawing itself: Leaflet without tiles, so that nothing is asked of anybody outside.
 *
 * @module
 */
import {
  control,
  divIcon,
  type LatLngExpression,
  type LayerGroup,
  type Map as LeafletMap,
  layerGroup,
  map as leaflet,
  marker,
  polygon,
  tileLayer,
} from "leaflet";
import "leaflet/dist/leaflet.css";
import { useEffect, useRef, useState } from "preact/hooks";
import type { BaseMap } from "../../../domain/base-map.js";
import type { Outline } from "../../../domain/outline.js";
import { STATE_SHAPE, words as stateWords } from "../loudspeakers/words.js";
import { go } from "../paths.js";
import { type Drawing, type Mark, marksOf } from "./points.js";
import { words } from "./words.js";

/** Marks closer than this, pixels, are gathered. */
const GATHER = 44;
/** From this zoom on, every loudspeaker has its own. */
const NEAREST = 18;

interface CanvasProps {
  readonly drawing: Drawing;
  readonly outlines: readonly Outline[];
  /** Lies below. */
  readonly baseMap: BaseMap | undefined;
}

export default function Canvas({ drawing, outlines, baseMap }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<LeafletMap | undefined>(undefined);
  const layers = useRef<LayerGroup>(layerGroup());
  const [zoom, setZoom] = useState(14);
  const isFitted = useRef(false);
  useEffect(() => {
    if (!box.current) return;
    const made = leaflet(box.current, { attributionControl: false, zoomControl: true, minZoom: 4, maxZoom: 20 });
    made.setView([0, 0], 14);
    if (!drawing.isSchematic) control.scale({ imperial: false }).addTo(made);
    layers.current.addTo(made);
    made.on("zoomend", () => setZoom(made.getZoom()));
    map.current = made;
    return () => void made.remove();
  }, []);
  useEffect(() => {
    const made = map.current;
    if (!made) return;
    const corners = [
      ...drawing.placed.map(({ at }): [number, number] => [at[0], at[1]]),
      ...outlines.flatMap(({ rings }) => rings.flatMap((ring) => ring.map(([x, y]): [number, number] => [y, x]))),
    ];
    if (!isFitted.current && corners.length > 0) {
      made.fitBounds(corners, { padding: [40, 40], maxZoom: 17, animate: false });
      isFitted.current = true;
    }
    // Degrees that are so many pixels wide at this zoom, on the equator; a little less is gathered further north.
    const cell = made.getZoom() >= NEAREST ? 0 : (360 / (256 * 2 ** made.getZoom())) * GATHER;
    layers.current.clearLayers();
    for (const { rings } of outlines)
      polygon(
        rings.map((ring) => ring.map(([x, y]): LatLngExpression => [y, x])),
        { className: "outline", interactive: false },
      ).addTo(layers.current);
    for (const mark of marksOf(drawing.placed, cell)) drawn(mark, made).addTo(layers.current);
  }, [drawing, outlines, zoom]);
  useEffect(() => {
    const made = map.current;
    if (!made || !baseMap) return undefined;
    const layer = tilesOf(baseMap).addTo(made);
    return () => void layer.remove();
  }, [baseMap]);
  // The list beside it says the same to whoever does not see it or has no mouse.
  return (
    <figure class="map-figure">
      <div ref={box} class="map" role="application" aria-label={words().drawing} />
      {baseMap && baseMap.attribution !== "" && <figcaption>{baseMap.attribution}</figcaption>}
    </figure>
  );
}

/** Pictures from the station's own machine; between its finest zoom and ours they are stretched. */
const tilesOf = ({ sha256, minZoom, maxZoom, bounds: [west, south, east, north] }: BaseMap) =>
  tileLayer(`/api/v1/base-map/${sha256}/{z}/{x}/{y}`, {
    ...{ minNativeZoom: minZoom, maxNativeZoom: maxZoom, maxZoom: 20 },
    bounds: [
      [south, west],
      [north, east],
    ],
  });

function drawn({ at, worst, receivers }: Mark, made: LeafletMap) {
  const [first, ...others] = receivers;
  const state = stateWords().state[worst];
  const label = others.length === 0 ? `${first?.name ?? ""}: ${state}` : words().many(receivers.length, state);
  const face = document.createElement("span");
  face.className = `mark ${worst}`;
  face.textContent = `${STATE_SHAPE[worst]}${others.length === 0 ? "" : ` ${receivers.length}`}`;
  const icon = divIcon({ html: face, className: "mark-box", iconSize: [44, 44] });
  const made_ = marker([at[0], at[1]], { icon, title: label, alt: label, keyboard: false });
  return made_.on("click", () => {
    if (others.length === 0 && first) go(`/loudspeakers/${first.id}`);
    else made.setView([at[0], at[1]], made.getZoom() + 2);
  });
}
