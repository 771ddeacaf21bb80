/**
 * Doors about speaking live: opening the loudspeakers, and what was said. The words themselves come by a socket: `live-socket.ts`.
 *
 * @module
 */
import * as z from "zod";
import { Fault } from "../../base/errors.js";
import { classSchema } from "../../domain/class.js";
import { type OccurrenceId, occurrenceIdSchema, type Sha256 } from "../../domain/ids.js";
import { type LiveEnd, liveEndSchema, liveModeSchema, type Talk, talkSchema } from "../../domain/live.js";
import type { Person } from "../../domain/person.js";
import { libraryNameSchema } from "../../domain/playlist.js";
import { targetsSchema } from "../../domain/schedule.js";
import { glassRequest } from "./alert-views.js";
import { json, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { list, orderedView, timeView } from "./views.js";

const tag = "air";
const access = "station";
const params = z.strictObject({ occurrence: occurrenceIdSchema });

/** Who wants to be heard where, and why. */
export const liveSchema = z.strictObject({
  targets: targetsSchema,
  class: z._default(classSchema, "ordinary"),
  mode: z._default(liveModeSchema, "normal"),
  /** What it is about, for the log, the loudspeakers and whoever listens. */
  reason: z
    .string()
    .trim()
    .min(3)
    .max(200)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u),
  /** A recording of the library that is heard first. */
  chime: z.optional(libraryNameSchema),
  /** Whoever speaks confirms that it is an emergency: then quiet hours do not hold it back. */
  confirmed: z.optional(z.literal(true)),
  /** An emergency for more than one ward, or in quiet hours, that one person speaks alone, and why: every leader is told. */
  brokenGlass: z.optional(glassRequest),
});
export type LiveRequest = z.infer<typeof liveSchema>;

/** The loudspeakers are open for words. */
export const liveView = z.object({
  ...orderedView.shape,
  occurrence: occurrenceIdSchema,
  /** How long the chime sounds; what is said meanwhile is not heard. */
  chimeMs: z.number(),
  /** It falls silent after this. */
  longestMs: z.number(),
});
export type LiveView = z.infer<typeof liveView>;

export const talkView = z.object({
  ...talkSchema.shape,
  at: timeView,
  ended: z.object({ at: timeView, why: liveEndSchema, spokenMs: z.number(), leftOutMs: z.number() }).optional(),
});
export type TalkView = z.infer<typeof talkView>;

/** What is said, from whoever says it. */
export interface Microphone {
  /** A packet of 20 ms. */
  push(packet: Uint8Array): void;
  end(why: LiveEnd): void;
  onEnd(listener: (why: LiveEnd) => void): void;
}

/** The verbs about speaking live that the API calls. */
export interface LiveVerbs {
  /** @throws Fault "invalid" without a receiver, "forbidden" in quiet hours or without a second person, "conflict" when somebody else speaks there */
  openLive(
    wish: Omit<LiveRequest, "confirmed"> & { readonly confirmedBy?: string | undefined },
    by: Person,
  ): Promise<LiveView>;
  /** @throws Fault "not-found" for what has ended, or somebody else has opened */
  microphone(occurrence: OccurrenceId, by: Person): Microphone;
  /** The newest first. */
  talks(): readonly Talk[];
  recordingFile(occurrence: OccurrenceId): string | undefined;
}

const viewOf = ({ at, ended, ...talk }: Talk): TalkView => ({
  ...talk,
  at: new Date(at).toISOString(),
  ...(ended ? { ended: { ...ended, at: new Date(ended.at).toISOString() } } : {}),
});

export const liveRoutes: readonly Route[] = [
  route({
    ...{ id: "openLive", method: "post", path: "/api/v1/live", tag, access, status: 201 },
    needs: {
      permission: "air",
      touches: ({ control, body }) => touch.targets(control, body.targets, [body.class]),
      // What interrupts everything must be the word of whoever really sits there.
      fresh: ({ body }) => body.class === "emergency",
    },
    summary: {
      vi: "Mở loa để nói trực tiếp; lời nói gửi qua /ws/microphone",
      en: "Open loudspeakers for a live voice, which then comes by /ws/microphone",
    },
    body: liveSchema,
    response: liveView,
    run: async ({ control, body: { confirmed, ...wish }, person }) =>
      json(
        await control.openLive(
          wish.class === "emergency" && confirmed ? { ...wish, confirmedBy: person.name } : wish,
          person,
        ),
      ),
  }),
  route({
    ...{ id: "listTalks", method: "get", path: "/api/v1/live", tag, access, status: 200 },
    needs: { permission: "inspect", touches: "anywhere" },
    summary: { vi: "Các lần nói trực tiếp, mới nhất trước", en: "Times that somebody spoke live, the newest first" },
    response: list(talkView),
    run: ({ control, mayAlso }) =>
      json(
        control
          .talks()
          .filter(({ targets, class: of }) => mayAlso("inspect", touch.targets(control, targets, [of])))
          .map(viewOf),
      ),
  }),
  route({
    ...{ id: "hearTalk", method: "get", path: "/api/v1/live/{occurrence}/recording", tag, access, status: 200 },
    needs: {
      permission: "inspect",
      touches: ({ control, params: { occurrence } }) => {
        const talk = talkOf(control, occurrence);
        return talk ? touch.targets(control, talk.targets, [talk.class]) : { areas: "anywhere" };
      },
    },
    summary: { vi: "Nghe lại một lần nói trực tiếp", en: "The recording of a live talk" },
    params,
    media: "audio/ogg",
    run: ({ control, params: { occurrence } }) => {
      const path = control.recordingFile(occurrence);
      const recording = talkOf(control, occurrence)?.recording;
      if (path === undefined || recording === undefined) throw new Fault("not-found", NOT_KEPT);
      return { kind: "file", path, etag: recording.sha256 satisfies Sha256 };
    },
  }),
];

const talkOf = (control: LiveVerbs, occurrence: OccurrenceId) =>
  control.talks().find((talk) => talk.occurrence === occurrence);

const NOT_KEPT = {
  vi: "Không còn bản ghi âm của lần nói này: đã quá hạn lưu, hoặc chưa nói xong.",
  en: "There is no recording of this: it is too old, or not finished.",
};
