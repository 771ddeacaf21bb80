/**
 * Whether the microphone hears enough, and not too much, before anybody else hears it.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { every, systemClock } from "../../../base/clock.js";
import { ms } from "../../../base/units.js";
import { levelOf } from "../pieces/microphone.js";
import { words } from "./words.js";

const EVERY = ms(100);
/** Rounds for which the loudest is remembered: three seconds. */
const REMEMBERED = 30;
/** Loudest sample, 0 to 1. */
const QUIET = 0.04;
const LOUD = 0.92;

export function Level({ analyser }: { readonly analyser: AnalyserNode }) {
  const say = words();
  const [level, setLevel] = useState(0);
  const lately = useRef<number[]>([]);
  useEffect(
    () =>
      every(systemClock, EVERY, () => {
        const loudest = levelOf(analyser);
        lately.current = [...lately.current.slice(1 - REMEMBERED), loudest];
        setLevel(loudest);
      }),
    [analyser],
  );
  const loudest = Math.max(0, ...lately.current);
  const isNew = lately.current.length < REMEMBERED;
  const verdict = loudest > LOUD ? say.loud : loudest > QUIET ? say.good : isNew ? "" : say.silent;
  return (
    <div class="level">
      <meter min={0} max={1} low={QUIET} high={LOUD} optimum={0.4} value={level} aria-label={say.level} />
      <p role="status">{verdict}</p>
    </div>
  );
}
