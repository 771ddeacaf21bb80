import { areaId, occurrenceIdSchema, type Sha256 } from "../../../src/domain/ids.js";
import type { LiveVerbs } from "../../../src/server/api/live-routes.js";
import type { SoundVerbs } from "../../../src/server/api/sound-routes.js";
import type { OrderedView } from "../../../src/server/api/views.js";

const occurrence = occurrenceIdSchema.parse("micro@20261123t000000z");

interface Facts {
  readonly ordered: OrderedView;
  readonly clipPath: string | undefined;
  readonly recorded: Sha256;
}

/** Somebody has spoken once, and may again. */
export const fakeLive = (
  called: <T>(verb: string, args: readonly unknown[], result: T) => T,
  { ordered, clipPath, recorded }: Facts,
): LiveVerbs & SoundVerbs => ({
  openLive: async (...args) => called("openLive", args, { ...ordered, occurrence, chimeMs: 0, longestMs: 600_000 }),
  microphone: () => ({ push: () => {}, end: () => {}, onEnd: () => {} }),
  talks: () => [
    {
      ...{ occurrence, reason: "Tìm trẻ lạc", class: "ordinary", mode: "normal", by: "An", receivers: 1, at: 0 },
      targets: { areas: [areaId("xuan-huong")], receivers: [], except: [], kinds: ["fixed", "van"] },
      ended: { at: 9000, why: "finished", spokenMs: 9000, leftOutMs: 0 },
      recording: { sha256: recorded, bytes: 10, durationMs: 9000 },
    },
  ],
  recordingFile: () => clipPath,
  soundThere: (...args) =>
    called("soundThere", args, {
      ...{ at: "2026-11-23T00:00:01.000Z", reportedAt: "2026-11-23T00:00:00.000Z", muted: false },
      sounding: {
        ...{ cue: occurrence, class: "ordinary", title: "Tìm trẻ lạc", positionMs: 1000 },
        content: { kind: "live", packets: [Uint8Array.of(0x78, 1)], next: 1 },
      },
    }),
});
