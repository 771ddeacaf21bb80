/**
 * Carrying something with a pointer: a mouse at once, a finger after it has rested, so that the page can still be scrolled.
 *
 * @module
 */
import { useEffect, useRef } from "preact/hooks";
import { type Cancel, systemClock } from "../../../base/clock.js";
import { ms } from "../../../base/units.js";

/** A finger that rests so long wants to drag. */
const REST = ms(350);
/** Less than so many pixels is a slip of the hand. */
const SLIP = 6;

export interface Where {
  readonly x: number;
  readonly y: number;
  /** Pixels between the top of what is carried and the place where it was taken. */
  readonly grabbed: number;
}

interface CarryParts<T> {
  readonly onCarry: (what: T, where: Where) => void;
  readonly onDrop: () => void;
  readonly onCancel: () => void;
}

interface Hold<T> {
  readonly what: T;
  readonly x: number;
  readonly y: number;
  readonly grabbed: number;
  readonly isTouch: boolean;
  isCarrying: boolean;
}

export function usePointerCarry<T>(parts: CarryParts<T>) {
  const held = useRef<Hold<T> | undefined>(undefined);
  const resting = useRef<Cancel>(() => {});
  const following = useRef<AbortController | undefined>(undefined);
  /** A link that was dragged must not be followed when it is let go. */
  const wasCarried = useRef(false);
  const latest = useRef(parts);
  latest.current = parts;
  const release = () => {
    resting.current();
    following.current?.abort();
    held.current = undefined;
  };
  useEffect(() => release, []);
  const carryTo = (x: number, y: number) => {
    if (!held.current) return;
    held.current.isCarrying = true;
    wasCarried.current = true;
    latest.current.onCarry(held.current.what, { x, y, grabbed: held.current.grabbed });
  };
  const move = ({ clientX, clientY }: PointerEvent) => {
    const hold = held.current;
    if (!hold) return;
    const hasMoved = Math.abs(clientX - hold.x) + Math.abs(clientY - hold.y) > SLIP;
    // A finger that moves before it has rested scrolls the page.
    if (!hold.isCarrying && hasMoved && hold.isTouch) return release();
    if (hold.isCarrying || hasMoved) carryTo(clientX, clientY);
  };
  const drop = () => {
    const isDropped = held.current?.isCarrying ?? false;
    release();
    if (isDropped) latest.current.onDrop();
  };
  const cancel = () => {
    release();
    latest.current.onCancel();
  };
  /** A quick mouse leaves what it has taken at once: the whole page is listened to. */
  const follow = () => {
    following.current = new AbortController();
    const { signal } = following.current;
    document.addEventListener("pointermove", move, { signal });
    document.addEventListener("pointerup", drop, { signal });
    document.addEventListener("pointercancel", cancel, { signal });
  };
  const on = (what: T) => ({
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return;
      release();
      const isTouch = event.pointerType !== "mouse";
      const { clientX: x, clientY: y } = event;
      const { top } = (event.currentTarget as Element).getBoundingClientRect();
      wasCarried.current = false;
      held.current = { what, x, y, grabbed: y - top, isTouch, isCarrying: false };
      follow();
      if (isTouch) resting.current = systemClock.after(REST, () => carryTo(x, y));
    },
    onClickCapture(event: MouseEvent) {
      if (!wasCarried.current) return;
      wasCarried.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    // The browser has a dragging of its own for links.
    onDragStart: (event: DragEvent) => event.preventDefault(),
    onContextMenu: (event: MouseEvent) => held.current?.isTouch && event.preventDefault(),
  });
  return {
    on,
    /** Keeps the page where it is while something is carried. */
    holdPage(event: Event) {
      if (held.current?.isCarrying && event.cancelable) event.preventDefault();
    },
  };
}
