/**
 * Listening to a clip: the browser's own player below the waveform. It never begins by itself.
 *
 * @module
 */
import type { Ref } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { systemClock } from "../../../base/clock.js";
import { ask } from "../ask.js";
import { picture } from "../live/line.js";
import { bilingual } from "../words/language.js";
import { type Asking, keepAsking } from "./keep-asking.js";
import { HIGH, heardShare, WIDE, wavePath } from "./peaks.js";
import "./sound.css";

const words = bilingual(
  { player: (title: string) => `Nghe ${title}`, broken: "Không tải được âm thanh. Hãy tải lại trang." },
  { player: (title) => `Listen to ${title}`, broken: "The sound cannot be loaded. Load the page again." },
);

/** Waveforms of clips never change; what was fetched once is kept while the page is open. */
const fetched = new Map<string, Promise<string>>();

function waveOf(sha256: string): Promise<string> {
  const known = fetched.get(sha256);
  if (known !== undefined) return known;
  const asked = ask<{ peaks: readonly number[] }>("GET", `/clips/${sha256}/peaks`).then(({ peaks }) => wavePath(peaks));
  asked.catch(() => fetched.delete(sha256));
  fetched.set(sha256, asked);
  return asked;
}

/** The shape of a clip, fetched when it comes into sight. @param at where it plays, 0 to 1 */
export function Wave({ sha256, at }: { readonly sha256: string; readonly at?: number }) {
  const [wave, setWave] = useState("");
  const drawing = useRef<SVGSVGElement>(null);
  const seen = useRef<Asking | undefined>(undefined);
  const lines = picture.value?.snapshots;
  useEffect(() => {
    setWave("");
    // Without its drawing a sound can be heard all the same.
    const asking = keepAsking({ clock: systemClock, ask: () => waveOf(sha256), onFound: setWave });
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      seen.current = asking;
      asking.now();
    });
    if (drawing.current) observer.observe(drawing.current);
    return () => {
      seen.current = undefined;
      asking.stop();
      observer.disconnect();
    };
  }, [sha256]);
  // The line to the station is back: what it could not bring meanwhile may come now.
  useEffect(() => seen.current?.now(), [lines]);
  return (
    <svg ref={drawing} class="wave" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={wave} />
      {at !== undefined && <line x1={at * WIDE} x2={at * WIDE} y1="0" y2={HIGH} />}
    </svg>
  );
}

interface PlayerProps {
  readonly title: string;
  readonly sha256: string;
  /** To begin from a button elsewhere. */
  readonly audio?: Ref<HTMLAudioElement>;
  /** How much of it was heard, 0 to 1, again and again while it plays. */
  readonly onHeard?: (share: number) => void;
}

export function Player({ title, sha256, audio, onHeard }: PlayerProps) {
  const [at, setAt] = useState(0);
  const [isBroken, setBroken] = useState(false);
  const element = useRef<HTMLAudioElement | null>(null);
  useEffect(() => {
    setAt(0);
    setBroken(false);
  }, [sha256]);
  const follow = () => {
    const { currentTime, duration, played } = element.current ?? {};
    if (currentTime === undefined || duration === undefined || !played) return;
    setAt(duration > 0 ? currentTime / duration : 0);
    onHeard?.(heardShare(played, duration));
  };
  const keep = (found: HTMLAudioElement | null) => {
    element.current = found;
    if (typeof audio === "function") audio(found);
    else if (audio) audio.current = found;
  };
  return (
    <div class="player">
      <Wave sha256={sha256} at={at} />
      {/* biome-ignore lint/a11y/useMediaCaption: what it says stands beside it as text */}
      <audio
        ref={keep}
        controls
        preload="none"
        aria-label={words().player(title)}
        src={`/api/v1/clips/${sha256}/audio`}
        onTimeUpdate={follow}
        onEnded={follow}
        onError={() => setBroken(true)}
      />
      {isBroken && <p role="alert">{words().broken}</p>}
    </div>
  );
}
