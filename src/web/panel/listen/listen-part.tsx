/**
 * Listening along to one loudspeaker, on its page. It begins when somebody presses, and ends when they leave.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { systemClock } from "../../../base/clock.js";
import type { SoundThereView } from "../../../server/api/sound-routes.js";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask, sentenceOf } from "../ask.js";
import { lineState, now, zone } from "../live/line.js";
import { ago, exactTime } from "../words/times.js";
import { createClipSink } from "./clip-sink.js";
import { createListening, type Heard, type Listening } from "./listening.js";
import { canDecode, createSpeechSink } from "./speech-sink.js";
import { words } from "./words.js";

/** While it sounds, a loudspeaker says so every two seconds; what it said longer ago is not true any more, ms. */
const STALE = 10_000;

/** What this page can say without asking: nothing sounds, or nobody knows. */
type Known = "lost" | "away" | "silent" | undefined;

function knownOf({ connected, reported }: ReceiverView): Known {
  if (lineState.value.is === "lost") return "lost";
  if (!connected || !reported) return "away";
  if (!reported.now.some(({ state }) => state === "sounding")) return "silent";
  return now.value - Date.parse(reported.at) > STALE ? "away" : undefined;
}

export function ListenPart({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const audio = useRef<HTMLAudioElement>(null);
  const { heard, begin, end } = useListening(receiver, audio);
  const reportedAt = receiver.connected ? receiver.reported?.at : undefined;
  return (
    <section aria-labelledby="listen">
      <h2 id="listen">{say.title}</h2>
      <p class="hint">{say.about}</p>
      <div class="buttons">
        <button type="button" class={heard ? "secondary" : ""} onClick={heard ? end : begin}>
          {heard ? say.end : say.begin}
        </button>
      </div>
      {/* biome-ignore lint/a11y/useMediaCaption: it is the sound of somewhere else as it goes */}
      <audio ref={audio} />
      <p role="status">{heard && sentence(heard, knownOf(receiver))}</p>
      {heard && reportedAt !== undefined && (
        <p>
          <small>{say.reported(exactTime(reportedAt, zone.value), ago(now.value - Date.parse(reportedAt)))}</small>
        </p>
      )}
    </section>
  );
}

function sentence(heard: Heard | { readonly is: "refused" }, known: Known): string {
  const say = words();
  if (known === "lost") return say.lost;
  switch (heard.is) {
    case "heard": {
      const title = heard.isLive ? say.live(heard.title) : say.heard(heard.title);
      return `${title}${heard.since === undefined ? "" : say.since(exactTime(heard.since, zone.value))}.`;
    }
    case "unknown":
    case "no-decoder":
      return say[heard.is](heard.title);
    case "broken":
      return heard.sentence;
    default:
      return say[heard.is];
  }
}

function useListening(receiver: ReceiverView, audio: { readonly current: HTMLAudioElement | null }) {
  const [heard, setHeard] = useState<Heard | { readonly is: "refused" }>();
  const listening = useRef<Listening | undefined>(undefined);
  const close = useRef<() => void>(() => {});
  const known = knownOf(receiver);
  const follow = () => {
    if (known === undefined) listening.current?.told();
    else listening.current?.hush(known === "silent" ? "silent" : "away");
  };
  useEffect(follow, [known, receiver.reported?.at, receiver.reported?.muted]);
  useEffect(() => () => close.current(), []);

  const begin = () => {
    if (!audio.current || listening.current) return;
    const speech = canDecode() ? createSpeechSink() : undefined;
    const clips = createClipSink(audio.current, {
      onRefused: () => setHeard({ is: "refused" }),
      onBroken: () => setHeard({ is: "broken", sentence: words().broken }),
    });
    const path = `/receivers/${receiver.id}/sound`;
    const begun = createListening({
      ...{ clock: systemClock, clips, speech, sentenceOf, onHeard: setHeard },
      ask: (from) => ask<SoundThereView>("GET", from === undefined ? path : `${path}?from=${from}`),
    });
    listening.current = begun;
    close.current = () => {
      begun.close();
      speech?.close();
    };
    setHeard({ is: "asking" });
    follow();
  };
  const end = () => {
    close.current();
    listening.current = undefined;
    close.current = () => {};
    setHeard(undefined);
  };
  return { heard, begin, end };
}
