/**
 * Work that nobody has saved is never lost by a slip: whoever leaves a page with some of it is asked first, by whatever way they
 * leave. Pages say that they hold some; everything else is here.
 *
 * @module
 */
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Dialog } from "./pieces/dialog.js";
import { bilingual } from "./words/language.js";

/** `self-saving`: what is saved by itself when the page is left, as long as the panel is there and somebody is logged in. */
type Holding = "unsaved" | "self-saving";

const words = bilingual(
  {
    title: "Chưa lưu",
    about: "Những gì bạn vừa nhập ở trang này chưa được lưu. Rời trang là mất.",
    stay: "Ở lại để lưu",
    leave: "Rời trang, bỏ những gì chưa lưu",
  },
  {
    title: "Not saved",
    about: "What you typed on this page is not saved. Whoever leaves it loses it.",
    stay: "Stay and save",
    leave: "Leave, and lose it",
  },
);

const held = new Map<object, Holding>();
/** Goes where somebody wanted to, once they have said so. */
const wanted = signal<(() => void) | undefined>(undefined);

/** Says that a page holds work, as long as it does. Returns what says that it has just been kept, for whoever leaves right after. */
export function useUnsaved(holding: Holding | false): () => void {
  const { current: key } = useRef({});
  useEffect(() => {
    if (holding === false) return;
    held.set(key, holding);
    return () => void held.delete(key);
  }, [holding]);
  return () => void held.delete(key);
}

/** Whether anything would be lost with the panel itself. */
export const holdsWork = (): boolean => held.size > 0;

/** Leaves now, or once whoever works here has said that what is not saved may go. Returns whether it was now. */
export function leave(go: () => void): boolean {
  if (![...held.values()].includes("unsaved")) {
    go();
    return true;
  }
  wanted.value = go;
  return false;
}

/** From now on the browser itself asks before the panel is closed or loaded again. */
export function guardTab(): void {
  addEventListener("beforeunload", (event) => {
    if (holdsWork()) event.preventDefault();
  });
}

/** What was not saved may go: nobody is asked about it any more. */
export function forsake(): void {
  held.clear();
}

/** The question, while there is one. */
export function LeaveDialog() {
  const say = words();
  const go = wanted.value;
  if (!go) return null;
  const stay = () => {
    wanted.value = undefined;
  };
  return (
    <Dialog title={say.title} onClose={stay}>
      <p>{say.about}</p>
      <button type="button" onClick={stay}>
        {say.stay}
      </button>
      <button
        type="button"
        class="secondary"
        onClick={() => {
          stay();
          forsake();
          go();
        }}
      >
        {say.leave}
      </button>
    </Dialog>
  );
}
