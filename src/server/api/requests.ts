/**
 * What the API takes, as strict schemas: a field it does not know is refused with its path.
 *
 * @module
 */
import * as z from "zod";
import { declarationSchema } from "../../domain/alert-level.js";
import { announcementSchema, voiceChoiceSchema } from "../../domain/announcement.js";
import { classSchema, resumeSchema } from "../../domain/class.js";
import {
  announcementIdSchema,
  areaIdSchema,
  occurrenceIdSchema,
  playlistIdSchema,
  receiverIdSchema,
} from "../../domain/ids.js";
import { localDateSchema } from "../../domain/local-time.js";
import { overlapSchema } from "../../domain/overlap.js";
import { LEAST_DELAY_MS, MOST_DELAY_MS, positionSchema, receiverSchema } from "../../domain/receiver.js";
import { targetsSchema } from "../../domain/schedule.js";
import { type TemplateUse, templateUseSchema } from "../../domain/template.js";

const announcement = announcementSchema.shape;
const receiver = receiverSchema.shape;

/** Longest text of one announcement, letters: about 25 minutes of speech. */
export const MAX_TEXT = 20_000;

/** What is shown within a line may not hold a second one, nor what a terminal would take for a command. */
const LINE = z.regex(/^[^\p{Cc}\u2028\u2029]*$/u);
const { title } = announcement;
const topic = z.string().max(64).check(LINE);

const described = {
  title,
  class: z._default(classSchema, "ordinary"),
  topic: topic.default("khac"),
  source: announcement.source,
  validFrom: announcement.validFrom,
  validUntil: announcement.validUntil,
  targets: announcement.targets,
};

const text = z.string().trim().min(1).max(MAX_TEXT);
/** A voice as far as somebody wishes one. */
export const voiceWishSchema = z.strictObject(voiceChoiceSchema.shape).partial();

/**
 * A text to be spoken, or a template with its values in place of the text. The id is made from the title when left out;
 * title, class and topic come from the template when there is one, else class is `ordinary` and topic `khac`.
 */
export const newAnnouncementSchema = z
  .strictObject({
    id: z.optional(announcementIdSchema),
    ...described,
    title: z.optional(title),
    class: z.optional(classSchema),
    topic: topic.optional(),
    text: text.optional(),
    template: z.optional(templateUseSchema),
    voice: voiceWishSchema.optional(),
  })
  .superRefine((draft, context) => {
    const isMissing = (field: "title" | "text") =>
      context.addIssue({ code: "invalid_type", expected: "string", input: undefined, path: [field] });
    if (draft.text !== undefined && draft.template !== undefined) context.addIssue(notBoth());
    if (draft.template !== undefined) return;
    if (draft.title === undefined) isMissing("title");
    if (draft.text === undefined) isMissing("text");
  });
export type NewAnnouncement = z.infer<typeof newAnnouncementSchema>;
type About = Omit<NewAnnouncement, "text" | "template">;
export type NewText = About & Required<Pick<NewAnnouncement, "title" | "class" | "topic" | "text">>;
export type NewFromTemplate = About & { readonly template: TemplateUse };

/** Only one of them can be what is said. */
const notBoth = () => ({ code: "custom" as const, message: "text and template", path: ["text"] });

/** A query says no targets; a change of the announcement does. */
const { targets: _byChangeOnly, ...aboutRecording } = described;
/** What is said about a recording; its bytes are the body of the request. */
export const newRecordingSchema = z.strictObject({
  id: z.optional(announcementIdSchema),
  ...aboutRecording,
  /** The file's name on the sender's machine: shown, never used as a path. */
  name: z.string().min(1).max(200).check(LINE),
});
export type NewRecording = z.infer<typeof newRecordingSchema>;

/** A change of an announcement. A new text or voice makes a new version, which needs a new approval (R2). */
export const announcementChangeSchema = z
  .strictObject({
    title,
    class: classSchema,
    topic,
    source: z.string().max(300),
    validFrom: localDateSchema,
    validUntil: localDateSchema,
    /** `null`: wherever it is played. */
    targets: z.nullable(targetsSchema),
    text,
    voice: voiceWishSchema,
    /** Values for a template, in place of a text. */
    template: templateUseSchema,
  })
  .partial()
  .superRefine((change, context) => {
    if (change.text !== undefined && change.template !== undefined) context.addIssue(notBoth());
  });
export type AnnouncementChange = z.infer<typeof announcementChangeSchema>;

const { disabled: _byRepairOnly, ...newPlace } = receiver;
const placeName = receiver.name;
/** A place for a loudspeaker; the id is made from the name when left out. */
export const newPlaceSchema = z.strictObject({ ...newPlace, name: placeName, id: z.optional(receiverIdSchema) });
export type NewPlace = z.infer<typeof newPlaceSchema>;

/** A change of a place. Volume and mute are orders of their own; a repair takes it out of service and back. */
export const placeChangeSchema = z
  .strictObject({
    name: placeName,
    area: areaIdSchema,
    kind: receiver.kind,
    pole: z.string().max(20),
    /** `null` takes it off the map. */
    position: z.nullable(positionSchema),
    /** `null` takes it out of its group. */
    overlap: z.nullable(overlapSchema),
    outputDelayMs: z.number().min(LEAST_DELAY_MS).max(MOST_DELAY_MS),
    pathBiasUs: z.int().min(-1_000_000).max(1_000_000),
  })
  .partial();
export type PlaceChange = z.infer<typeof placeChangeSchema>;

/** What a device sends to take its place. */
export const pairSchema = z.strictObject({
  code: z.string().trim().toUpperCase().min(4).max(16),
  /** Of the key that the device made for itself: raw Ed25519, base64url in the one form that each key has. */
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/),
  /** What the device calls itself, such as its host name. */
  name: z.string().min(1).max(120).default("loa"),
});
export type PairRequest = z.infer<typeof pairSchema>;

/** The words that the loudspeaker shows, as a person saw them. */
export const confirmSchema = z.strictObject({ words: z.array(z.string().min(1).max(40)).min(1).max(12) });

/** Something to sound at once. An emergency inside quiet hours needs the name of the person who confirms it (R1). */
export const playSchema = z.strictObject({
  content: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("announcement"), announcement: announcementIdSchema }),
    z.strictObject({ kind: z.literal("playlist"), playlist: playlistIdSchema }),
  ]),
  targets: targetsSchema,
  class: z._default(classSchema, "ordinary"),
  /** What becomes of it when something more urgent interrupts it. */
  resume: z.optional(resumeSchema),
  /** Blanks are nobody's name. */
  confirmedBy: z.string().trim().min(1).max(120).optional(),
});
export type PlayRequest = z.infer<typeof playSchema>;

/** What a stop silences; everything when nothing is said. */
const stopScope = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("areas"), areas: z.array(areaIdSchema).min(1).max(500) }),
  z.strictObject({ kind: z.literal("receivers"), receivers: z.array(receiverIdSchema).min(1).max(5000) }),
  z.strictObject({ kind: z.literal("occurrence"), occurrence: occurrenceIdSchema }),
  z.strictObject({ kind: z.literal("announcement"), announcement: announcementIdSchema }),
]);
/** A request without a body stops everything: nothing that is left out may keep a stop from being obeyed (R3). */
export const stopSchema = z.strictObject({ scope: stopScope.default({ kind: "all" }) }).prefault({});

export const volumeSchema = z.strictObject({ percent: z.int().min(0).max(100) });
export const muteSchema = z.strictObject({ muted: z.boolean() });
export const enableSchema = z.strictObject({ enabled: z.boolean() });
/** The voice is for the estimate of the length: without it the station's own is meant. */
export const normalizeSchema = z.strictObject({ text: z.string().max(MAX_TEXT), voice: voiceWishSchema.optional() });

/** A level put in force; who declares it comes from the request's person. */
export const newDeclarationSchema = z.strictObject({
  level: declarationSchema.shape.level,
  area: areaIdSchema,
  from: localDateSchema,
  until: localDateSchema,
  reason: declarationSchema.shape.reason,
});
export type NewDeclaration = z.infer<typeof newDeclarationSchema>;

export const rundownQuerySchema = z.strictObject({
  /** First day, in the station's zone; today when left out. */
  from: z.optional(localDateSchema),
  days: z.coerce.number().int().min(1).max(31).default(1),
  area: z.optional(areaIdSchema),
});
export type RundownQuery = z.infer<typeof rundownQuerySchema>;
