/**
 * The items of a playlist in their order: moved by dragging, by keys and by buttons, each time with its place said.
 *
 * @module
 */
import { useRef, useState } from "preact/hooks";
import { length } from "../words/times.js";
import { ItemDetails } from "./item-details.js";
import { nameOf, silenceWords } from "./names.js";
import type { Row } from "./rows.js";
import type { Found } from "./sounds.js";
import type { Timing } from "./timing.js";
import type { Editing } from "./use-playlist.js";
import { words } from "./words.js";

interface ItemsProps {
  readonly editing: Editing;
  readonly sounds: Found;
  readonly timing: Timing;
  /** The time of day of an offset, or how long after the start. */
  readonly timeOf: (offsetMs: number) => string;
}

interface Drag {
  readonly from: number;
  readonly to: number;
}

export function Items({ editing, sounds, timing, timeOf }: ItemsProps) {
  const say = words();
  const { rows } = editing.draft;
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag>();
  /** What was moved last, to say where it stands once its time is known. */
  const [last, setLast] = useState<{ readonly key: number } | { readonly said: string }>();
  const move = (from: number, to: number) => {
    const row = rows[from];
    if (!row || to < 0 || to >= rows.length) return;
    editing.move(from, to);
    setLast({ key: row.key });
  };
  const follow = (y: number) => {
    const boxes = [...(list.current?.children ?? [])].map((child) => child.getBoundingClientRect());
    const past = boxes.filter(({ top, height }) => y > top + height / 2).length;
    setDrag((now) => now && { ...now, to: Math.min(rows.length - 1, past > now.from ? past - 1 : past) });
  };
  const drop = () => {
    if (drag && drag.to !== drag.from) move(drag.from, drag.to);
    setDrag(undefined);
  };
  const spoken = () => {
    if (!last || "said" in last) return last?.said ?? "";
    const place = rows.findIndex(({ key }) => key === last.key);
    const row = rows[place];
    if (!row) return "";
    const time = timeOf(timing.items[place]?.offsetMs ?? 0);
    return say.movedTo(nameOf(row.item, sounds), place + 1, rows.length, time);
  };
  return (
    <>
      <p class="unseen" role="status">
        {spoken()}
      </p>
      <ol class="items" ref={list}>
        {rows.map((row, index) => (
          <Item
            key={row.key}
            {...{ row, index, editing, sounds, timeOf, timing }}
            mark={markOf(drag, index)}
            onMove={(by) => move(index, index + by)}
            onRemove={() => {
              editing.remove(row.key);
              setLast({ said: say.removed(nameOf(row.item, sounds)) });
            }}
            grip={{
              onPointerDown(event) {
                event.currentTarget.setPointerCapture(event.pointerId);
                setDrag({ from: index, to: index });
              },
              onPointerMove: (event) => drag && follow(event.clientY),
              onPointerUp: drop,
              onPointerCancel: () => setDrag(undefined),
            }}
          />
        ))}
      </ol>
    </>
  );
}

/** Where what is dragged would stand. */
function markOf(drag: Drag | undefined, index: number): string {
  if (!drag) return "";
  if (index === drag.from) return " dragged";
  if (index !== drag.to) return "";
  return drag.to > drag.from ? " drop-after" : " drop-before";
}

interface Grip {
  readonly onPointerDown: (event: PointerEvent & { readonly currentTarget: HTMLElement }) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

interface ItemProps extends ItemsProps {
  readonly row: Row;
  readonly index: number;
  readonly mark: string;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly grip: Grip;
}

function Item({ row: { key, item }, index, editing, sounds, timing, timeOf, mark, ...act }: ItemProps) {
  const say = words();
  const name = nameOf(item, sounds);
  const timed = timing.items[index];
  const count = editing.draft.rows.length;
  const press = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : undefined;
    if (by === undefined || !event.altKey) return;
    event.preventDefault();
    act.onMove(by);
  };
  return (
    // Whatever of the item has the focus, the keys move all of it.
    <li class={`item${mark}`} onKeyDown={press}>
      <button type="button" class="handle" aria-label={say.handle(name)} {...act.grip}>
        <span aria-hidden="true">⠿</span>
      </button>
      <div class="about-item">
        <time>{timeOf(timed?.offsetMs ?? 0)}</time> <strong>{name}</strong>
        {timed && timed.silent === undefined && item.kind !== "pause" && <small> {length(timed.lengthMs)}</small>}
        {sounds.isThere && timed?.silent !== undefined && <small class="wrong"> ⚠ {silenceWords(timed.silent)}</small>}
        <ItemDetails item={item} name={name} onChange={(next) => editing.change(key, next)} />
      </div>
      <div class="buttons">
        <button
          type="button"
          class="secondary outline"
          aria-disabled={index === 0}
          onClick={() => index > 0 && act.onMove(-1)}
        >
          <span aria-hidden="true">↑</span>
          <span class="unseen">
            {say.up}: {name}
          </span>
        </button>
        <button
          type="button"
          class="secondary outline"
          aria-disabled={index === count - 1}
          onClick={() => index < count - 1 && act.onMove(1)}
        >
          <span aria-hidden="true">↓</span>
          <span class="unseen">
            {say.down}: {name}
          </span>
        </button>
        <button type="button" class="quiet" onClick={act.onRemove}>
          {say.remove}
          <span class="unseen"> {name}</span>
        </button>
      </div>
    </li>
  );
}
