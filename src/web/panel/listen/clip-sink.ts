/**
 * A clip in the browser's own player, from where it is heard elsewhere.
 *
 * @module
 */
import type { ClipSink } from "./listening.js";

export interface ClipTrouble {
  /** The browser plays nothing before somebody has pressed something. */
  readonly onRefused: () => void;
  /** The sound could not be loaded; it is tried again when it is next asked for. */
  readonly onBroken: () => void;
}

export function createClipSink(audio: HTMLAudioElement, { onRefused, onBroken }: ClipTrouble): ClipSink {
  let playing: string | undefined;
  let where: () => number = () => 0;

  const goThere = () => {
    audio.currentTime = Math.max(0, where() / 1000);
  };
  const begin = () => {
    audio.play().catch((thrown: unknown) => {
      if (thrown instanceof DOMException && thrown.name === "NotAllowedError") onRefused();
    });
  };
  // Loading takes its time: where it is heard by then is looked up again.
  audio.addEventListener("loadedmetadata", goThere);
  audio.addEventListener("error", () => {
    // Without a source there is nothing that could be broken.
    if (playing === undefined) return;
    playing = undefined;
    onBroken();
  });

  return {
    play({ sha256, gainDb }, intoMs, toleratedMs) {
      where = intoMs;
      audio.volume = Math.min(1, 10 ** (gainDb / 20));
      if (playing === sha256) {
        const isThere = audio.readyState === 0 || Math.abs(audio.currentTime * 1000 - intoMs()) < toleratedMs;
        if (!isThere) goThere();
        if (audio.paused && !audio.ended) begin();
        return;
      }
      playing = sha256;
      audio.src = `/api/v1/clips/${sha256}/audio`;
      begin();
    },
    stop() {
      if (playing === undefined) return;
      playing = undefined;
      audio.pause();
      audio.removeAttribute("src");
      audio.load();
    },
  };
}
