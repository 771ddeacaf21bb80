/**
 * A button that must be held: what it does cannot be done by a slip. Letting go, or leaving it, is as if nothing was touched.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { type Cancel, systemClock } from "../../../base/clock.js";
import { seconds } from "../../../base/units.js";

const HOLD = seconds(3);

interface HoldButtonProps {
  readonly label: string;
  /** Shown while it is held. */
  readonly holding: string;
  readonly disabled: boolean;
  readonly onHeld: () => void;
}

export function HoldButton({ label, holding, disabled, onHeld }: HoldButtonProps) {
  const [isHeld, setIsHeld] = useState(false);
  const cancel = useRef<Cancel | undefined>(undefined);
  const leave = () => {
    cancel.current?.();
    cancel.current = undefined;
    setIsHeld(false);
  };
  const begin = () => {
    if (disabled || cancel.current) return;
    setIsHeld(true);
    cancel.current = systemClock.after(HOLD, () => {
      leave();
      onHeld();
    });
  };
  useEffect(() => leave, []);
  const isKey = ({ key }: KeyboardEvent) => key === " " || key === "Enter";
  return (
    <button
      type="button"
      class={isHeld ? "danger hold held" : "danger hold"}
      aria-disabled={disabled}
      onPointerDown={begin}
      onPointerUp={leave}
      onPointerLeave={leave}
      onPointerCancel={leave}
      onContextMenu={(event) => event.preventDefault()}
      onBlur={leave}
      onKeyDown={(event) => {
        if (!isKey(event)) return;
        event.preventDefault();
        if (!event.repeat) begin();
      }}
      onKeyUp={(event) => isKey(event) && leave()}
    >
      <span class="ring" aria-hidden="true" />
      <span aria-live="assertive">{isHeld ? holding : label}</span>
    </button>
  );
}
