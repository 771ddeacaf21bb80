/**
 * What an item of a playlist is called, and why it does not sound.
 *
 * @module
 */
import type { PlaylistItem } from "../../../domain/playlist.js";
import { stageName } from "../words/stages.js";
import { length } from "../words/times.js";
import { type Silence, type Sounds, soundOf } from "./timing.js";
import { words } from "./words.js";

export function nameOf(item: PlaylistItem, sounds: Sounds): string {
  if (item.kind === "pause") return words().pause(length(item.ms));
  if (item.kind === "chime") return words().chime(item.recording);
  return soundOf(item, sounds)?.title ?? item.announcement;
}

export function silenceWords(silent: Silence): string {
  const say = words();
  if (silent === "missing") return say.notHeard(say.missing);
  return say.notHeard(silent === "no-sound" ? say.noSound : stageName(silent));
}
