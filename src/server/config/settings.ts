/**
 * `config/station.json`: what a station is and how it is set up. Every field has a default but the name.
 *
 * @module
 */
import { z } from "zod";
import { moodSchema, severitiesSchema } from "../../domain/check-severity.js";
import { areaIdSchema, receiverIdSchema } from "../../domain/ids.js";
import { localTimeSchema } from "../../domain/local-time.js";
import { noticesSchema } from "./notice-settings.js";
import { radioSettingsSchema } from "./radio-settings.js";
import { reportSettingsSchema } from "./report-settings.js";

const id = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/);

/** A provider that speaks over HTTP. In `url`, `headers` and `body` stand `{text}`, `{ssml}`, `{voice}`, `{speed}` and `{env:NAME}`. */
const httpVoiceSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(["GET", "POST"]).default("POST"),
  headers: z.record(z.string(), z.string().max(1000)).default({}),
  body: z.string().max(10_000).optional(),
  /** Where in a JSON answer the sound (base64) or its address stands, such as `data.audio`; the answer is sound when left out. */
  responsePath: z.string().max(200).optional(),
  voices: z.array(z.string().max(64)).max(50).default([]),
  /** Longest text of one request, letters. */
  maxLetters: z.int().min(50).max(20_000).default(1000),
  timeoutMs: z.int().min(1000).max(120_000).default(20_000),
  /** Whether the service may be at a loopback or private address. */
  allowPrivate: z.boolean().default(false),
});

const voicesSchema = z.strictObject({
  /** First that works. */
  order: z
    .array(z.enum(["google", "piper", "espeak", "http"]))
    .min(1)
    .max(4)
    .default(["google", "piper", "espeak"]),
  google: z
    .strictObject({
      enabled: z.boolean().default(true),
      baseUrl: z.url({ protocol: /^https?$/ }).optional(),
      timeoutMs: z.int().min(1000).max(60_000).default(10_000),
    })
    .prefault({}),
  piper: z.strictObject({ folder: z.string().max(500).optional() }).prefault({}),
  espeak: z.strictObject({ voice: z.string().max(64).default("vi") }).prefault({}),
  http: httpVoiceSchema.optional(),
});

const partSchema = z.enum(["cut", "keep"]);
/** What becomes of the parts of a pasted office paper that are not its message. */
const partsSchema = z.strictObject({
  /** Nation and motto, issuing body, number, place and date. */
  heading: partSchema.default("cut"),
  /** `Nơi nhận:` and what stands under it. */
  recipients: partSchema.default("cut"),
  /** `TM. …`, office and name; kept, it is read as one sentence. */
  signature: partSchema.default("keep"),
});

/** More topics than a ward has. */
const MOST_MOODS = 200;

/** What the checks of wording take for granted here. */
const checksSchema = z.strictObject({
  /** Telephone numbers of offices and hotlines, written in any way; they are nobody's private ones. */
  publicNumbers: z.array(z.string().min(3).max(24)).max(500).default([]),
  /** Bodies whose word counts for case figures, besides those that the program knows. */
  issuingBodies: z.array(z.string().min(3).max(120)).max(100).default([]),
  /** How severe findings are here, where the station sees it otherwise. */
  severities: z.optional(severitiesSchema),
  /** Topics that the program does not know or that are felt otherwise here, for the share of good news. */
  moods: z
    .record(z.string().min(1).max(64), moodSchema)
    .refine((moods) => Object.keys(moods).length <= MOST_MOODS, `at most ${MOST_MOODS}`)
    .default({}),
  /** Least share of good news in a playlist, 0 to 1. */
  leastGood: z.number().min(0).max(1).optional(),
});

const limitsSchema = z.strictObject({
  /** Largest file that is taken in, megabytes. */
  uploadMb: z.int().min(1).max(500).default(50),
});

/** How the station backs itself up. */
const backupSchema = z.strictObject({
  daily: z.boolean().default(true),
  /** On the wall of the station. */
  at: z.prefault(localTimeSchema, "02:30"),
  /** Below the station's folder or with its whole path, best on another disk. */
  folder: z.string().min(1).max(500).default("backups"),
  /** Daily ones that are kept. */
  keep: z.int().min(1).max(400).default(14),
});

/** How long what is about people is kept, days. */
const privacySchema = z.strictObject({
  /** How to reach a resident, after the complaint was closed. */
  contactDays: z.int().min(1).max(3650).default(90),
  /** The whole complaint, after it was closed; the log keeps that there was one. */
  complaintDays: z.int().min(1).max(3650).default(730),
  /** What people wrote and changed, beside the lines of the log. */
  logWordsDays: z.int().min(30).max(3650).default(1825),
  /** What was said live, as a recording; the log keeps that there was one. */
  recordingDays: z.int().min(1).max(3650).default(90),
  /** Damaged files that were kept aside, and those from before an upgrade. */
  asideDays: z.int().min(1).max(3650).default(90),
});

/** A loudspeaker that the server itself runs, for a sample or a test. */
const virtualSchema = z.strictObject({
  id: receiverIdSchema,
  name: z.string().min(1).max(120),
  area: areaIdSchema,
  kind: z.enum(["fixed", "van"]).default("fixed"),
  /** As for `loa relay --out`: `wav:FILE` below the station's folder, or `null`. */
  out: z.string().max(500).optional(),
});

export const settingsSchema = z.strictObject({
  /** Where an editor finds the schema; ignored. */
  $schema: z.string().optional(),
  station: z.strictObject({ name: z.string().min(1).max(120), code: id.optional() }),
  zone: z.string().max(64).default("Asia/Ho_Chi_Minh"),
  listen: z
    .strictObject({
      host: z.string().min(1).max(255).default("127.0.0.1"),
      port: z.int().min(0).max(65_535).default(8080),
      /** Names by which browsers and loudspeakers reach the station through a proxy with TLS, such as `loa.example.vn`. */
      names: z
        .array(z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/))
        .max(20)
        .default([]),
      /** To speak TLS by itself: files in PEM, below the station's folder or with their whole path. */
      tls: z
        .strictObject({
          /** The server's certificate first, then those that lead to its authority. */
          certificate: z.string().min(1).max(500),
          key: z.string().min(1).max(500),
        })
        .optional(),
    })
    .prefault({}),
  audio: z
    .strictObject({
      /** kbit/s. */
      bitrate: z.int().min(16).max(64).default(32),
      /** Path of the ffmpeg program to use. */
      ffmpeg: z.string().min(1).max(500).optional(),
    })
    .prefault({}),
  voices: voicesSchema.prefault({}),
  language: z
    .strictObject({
      thousand: z.enum(["nghìn", "ngàn"]).default("nghìn"),
      zero: z.enum(["lẻ", "linh"]).default("lẻ"),
      /** Where people listen: some words are said differently there. */
      region: z.enum(["north", "central", "south"]).optional(),
      parts: partsSchema.prefault({}),
    })
    .prefault({}),
  checks: checksSchema.prefault({}),
  radio: radioSettingsSchema,
  editorial: z
    .strictObject({
      /** Whether one officer does everything here: then authors may approve what they wrote, and the log marks it. */
      singleOfficer: z.boolean().default(false),
    })
    .prefault({}),
  limits: limitsSchema.prefault({}),
  accounts: z
    .strictObject({
      /**
       * Whether nobody approves, airs or configures without a second factor; when left out, on stations that are reached by a
       * name or with TLS.
       */
      secondFactor: z.enum(["required", "offered"]).optional(),
    })
    .prefault({}),
  report: reportSettingsSchema.prefault({}),
  trust: z
    .strictObject({
      /** File with the certificate authority (PEM) that paired loudspeakers trust from then on, and no other. */
      authority: z.string().min(1).max(500).optional(),
      /** File with the private order key (Ed25519, PEM), in place of one that the station makes in `config/keys/`. */
      orderKey: z.string().min(1).max(500).optional(),
      /** File with the key before that one, needed once to introduce the new key to the loudspeakers. */
      formerOrderKey: z.string().min(1).max(500).optional(),
      /** Socket of a signer that runs as a user of its own (`loa signer`); the server starts one by itself when left out. */
      signer: z.string().min(1).max(100).optional(),
    })
    .prefault({}),
  backup: backupSchema.prefault({}),
  notices: noticesSchema.prefault({}),
  privacy: privacySchema.prefault({}),
  virtual: z.array(virtualSchema).max(20).default([]),
  /** What residents see without logging in. */
  public: z
    .strictObject({
      /** Whether there is a page with what was announced in the last two days. */
      enabled: z.boolean().default(false),
      /** Whether residents may write complaints there. */
      complaints: z.boolean().default(true),
    })
    .prefault({}),
  /** A playlist that the virtual loudspeakers play shortly after each start, for a sample or a test. */
  trial: z.strictObject({ playlist: id }).optional(),
  log: z
    .strictObject({
      level: z.enum(["debug", "info", "warn", "error"]).default("info"),
      /** Below the station's folder or with its whole path; empty for none: then the console gets every line. */
      file: z.string().max(500).default("logs/program.log"),
      /** Size at which a new file is begun, megabytes, and how many are kept. */
      fileMb: z.int().min(1).max(1000).default(10),
      files: z.int().min(1).max(100).default(5),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;
export type VirtualReceiver = Settings["virtual"][number];
