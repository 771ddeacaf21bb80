/**
 * How it goes while somebody speaks: by the word of the loudspeakers, never by hope (R10).
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { every, systemClock } from "../../../base/clock.js";
import { ms, until } from "../../../base/units.js";
import { LIVE_WARN_MS } from "../../../domain/live.js";
import { picture } from "../live/line.js";
import { standing } from "../live/standing.js";
import { length } from "../words/times.js";
import type { Speaking } from "./use-speaking.js";
import { words } from "./words.js";

export function OnAir({ speaking }: { readonly speaking: Speaking }) {
  const say = words();
  const [, setRound] = useState(0);
  const isOn = speaking.is === "on-air";
  useEffect(() => (isOn ? every(systemClock, ms(250), () => setRound((round) => round + 1)) : undefined), [isOn]);
  if (speaking.is === "idle") return null;
  if (speaking.is === "opening") return <p role="status">{say.connecting}</p>;
  if (speaking.is === "refused") return <p role="alert">{speaking.sentence}</p>;
  if (speaking.is === "ended")
    return <p role="status">{speaking.why === "lost" ? say.lost : say.ended[speaking.why]}</p>;
  const { opened, since, isBroken, isEnding } = speaking;
  const elapsed = until(since, systemClock.now());
  const chimeLeft = opened.chimeMs - elapsed;
  const left = opened.longestMs - elapsed;
  const now = isEnding
    ? say.ending
    : chimeLeft > 0
      ? say.chimeNow(length(Math.ceil(chimeLeft / 1000) * 1000))
      : say.talk;
  return (
    <div class="on-air-now">
      <p role="status">
        <strong>{now}</strong>
      </p>
      {isBroken && <p role="alert">{say.broken}</p>}
      <p aria-hidden="true">{say.elapsed(length(elapsed), length(opened.longestMs))}</p>
      {elapsed > LIVE_WARN_MS && <p role="alert">{say.warn(length(left))}</p>}
      <Heard cue={opened.occurrence} away={opened.away.length} />
    </div>
  );
}

function Heard({ cue, away }: { readonly cue: string; readonly away: number }) {
  const say = words();
  const line = picture.value?.onAir.find((one) => one.cue === cue);
  const waiting = line ? line.confirmed.length - line.sounding.length : 0;
  const said = [
    line && line.sounding.length > 0 ? standing(line) : say.nothingYet,
    ...(waiting > 0 ? [say.waiting(waiting)] : []),
    ...(line && line.failed.length > 0 ? [say.failed(line.failed.length)] : []),
    ...(away > 0 ? [say.away(away)] : []),
  ];
  return <p role="status">{said.join(" – ")}</p>;
}
