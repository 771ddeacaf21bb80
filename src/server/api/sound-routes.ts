/**
 * The door for listening along to a loudspeaker from afar.
 *
 * @module
 */
import * as z from "zod";
import { classSchema } from "../../domain/class.js";
import { type ReceiverId, receiverIdSchema, sha256Schema } from "../../domain/ids.js";
import { json, type Route, route } from "./route.js";
import * as touch from "./touched.js";
import { list, timeView } from "./views.js";

/** A piece of what is prepared, at its place in the whole. */
const soundItemView = z.object({
  /** Heard by `/api/v1/clips/{sha256}/audio`. */
  sha256: sha256Schema,
  offsetMs: z.number(),
  durationMs: z.number(),
  gainDb: z.number(),
});
export type SoundItemView = z.infer<typeof soundItemView>;

/** What a loudspeaker sounds by its own word, and how that can be heard elsewhere. */
export const soundThereView = z.object({
  /** The station's time of this answer. */
  at: timeView,
  /** When the loudspeaker told it; absent while it is not connected or has told nothing. */
  reportedAt: timeView.optional(),
  /** Whether it says that it is muted, and what sounds is not heard there for that. */
  muted: z.boolean().optional(),
  /** Absent when it says that nothing sounds. */
  sounding: z
    .object({
      cue: z.string(),
      class: classSchema,
      title: z.string().optional(),
      /** When it began there, by the loudspeaker's own line. */
      since: timeView.optional(),
      /** How far it has come, at the time of this answer. */
      positionMs: z.number(),
      content: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("clips"), items: list(soundItemView) }),
        /** Packets of Opus, 20 ms, in base64; `next` is what to ask for as `from` next. */
        z.object({ kind: z.literal("live"), packets: list(z.base64()), next: z.int() }),
        /** The station does not hold what it plays. */
        z.object({ kind: z.literal("unknown") }),
      ]),
    })
    .optional(),
});
export type SoundThereView = z.infer<typeof soundThereView>;

/** Packets as they come, before they are written for a page. */
type Told = NonNullable<SoundThereView["sounding"]>;
type Spoken = { readonly kind: "live"; readonly packets: readonly Uint8Array[]; readonly next: number };
type Content = Exclude<Told["content"], { kind: "live" }> | Spoken;

/** The verb by which the API asks what sounds at a loudspeaker. */
export interface SoundVerbs {
  /** @param from number of the first packet that is wanted of what is spoken live */
  soundThere(
    id: ReceiverId,
    from?: number,
  ): Omit<SoundThereView, "sounding"> & { readonly sounding?: Omit<Told, "content"> & { readonly content: Content } };
}

export const soundRoutes: readonly Route[] = [
  route({
    ...{ id: "getSoundThere", method: "get", path: "/api/v1/receivers/{id}/sound", tag: "places", status: 200 },
    access: "station",
    needs: { permission: ["inspect", "air", "stop"], touches: touch.named },
    summary: {
      vi: "Loa này đang phát gì, theo lời loa tự báo, để nghe theo từ xa",
      en: "What that loudspeaker sounds by its own word, to listen along from afar",
    },
    params: z.strictObject({ id: receiverIdSchema }),
    query: z.strictObject({ from: z.coerce.number().int().min(0).optional() }),
    response: soundThereView,
    run({ control, params, query }) {
      const { sounding, ...told } = control.soundThere(params.id, query.from);
      if (!sounding) return json(told);
      return json({ ...told, sounding: { ...sounding, content: writtenOut(sounding.content) } });
    },
  }),
];

const writtenOut = (content: Content): Told["content"] =>
  content.kind === "live"
    ? { ...content, packets: content.packets.map((packet) => Buffer.from(packet).toString("base64")) }
    : content;
