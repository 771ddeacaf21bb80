/**
 * The one button: held, or pressed twice; by finger, mouse or keyboard.
 *
 * @module
 */
import { useEffect, useRef } from "preact/hooks";
import type { Speaking } from "./use-speaking.js";
import { words } from "./words.js";

interface TalkButtonProps {
  readonly isHeld: boolean;
  readonly speaking: Speaking;
  /** Why it cannot be pressed, in words. */
  readonly missing: string | undefined;
  readonly onBegin: () => void;
  readonly onEnd: () => void;
}

/** Where a space is a space, or presses something else. */
const OTHERS = "input, textarea, select, button, summary, a, audio, [contenteditable]";

export function TalkButton({ isHeld, speaking, missing, onBegin, onEnd }: TalkButtonProps) {
  const say = words();
  const isOn = speaking.is === "opening" || (speaking.is === "on-air" && !speaking.isEnding);
  const isOff = missing !== undefined && !isOn;
  const press = () => {
    if (isOff) return;
    if (!isOn) onBegin();
    else if (!isHeld) onEnd();
  };
  const letGo = () => isHeld && isOn && onEnd();
  const latest = useRef({ press, letGo });
  latest.current = { press, letGo };
  useEffect(() => {
    const isOurs = ({ key, target }: KeyboardEvent) => key === " " && !(target as HTMLElement).matches(OTHERS);
    const down = (event: KeyboardEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      if (!event.repeat) latest.current.press();
    };
    const up = (event: KeyboardEvent) => isOurs(event) && latest.current.letGo();
    const leave = () => latest.current.letGo();
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    // A key that is let go in another window would never be heard of.
    addEventListener("blur", leave);
    return () => {
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
      removeEventListener("blur", leave);
    };
  }, []);
  const isKey = ({ key }: KeyboardEvent) => key === " " || key === "Enter";
  return (
    <>
      <button
        type="button"
        class={isOn ? "danger talk on" : "talk"}
        aria-pressed={isOn}
        aria-disabled={isOff}
        aria-describedby="talk-missing"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          press();
        }}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (!isKey(event)) return;
          event.preventDefault();
          if (!event.repeat) press();
        }}
        onKeyUp={(event) => isKey(event) && letGo()}
      >
        {isOn ? (isHeld ? say.speaking : say.stop) : isHeld ? say.speakHold : say.speakToggle}
      </button>
      <p id="talk-missing" class={isOff ? "wrong" : "unseen"}>
        {isOff ? missing : say.space}
      </p>
    </>
  );
}
