/**
 * Recordings of the station's library, such as chimes. They are content like any other: what nobody approved does not sound (R2).
 *
 * @module
 */
import * as z from "zod/mini";
import type { Clip } from "./announcement.js";
import { sha256Schema } from "./ids.js";
import { libraryNameSchema } from "./playlist.js";
import { stampSchema } from "./stamp.js";

/** A person's consent to one exact recording, whatever it is called. */
export const chimeApprovalSchema = z.strictObject({
  /** SHA-256 of the file as it lies in the library. */
  file: sha256Schema,
  /** What it was called then. */
  name: libraryNameSchema,
  ...stampSchema.shape,
});
export type ChimeApproval = z.infer<typeof chimeApprovalSchema>;

/** A person's word that they handed one exact recording in: somebody else approves it (R2). */
export const chimeUploadSchema = z.strictObject(chimeApprovalSchema.shape);
export type ChimeUpload = z.infer<typeof chimeUploadSchema>;

/** A file of the library, made ready. */
export interface KeptChime {
  readonly name: string;
  /** SHA-256 of the file. */
  readonly file: ChimeApproval["file"];
  readonly clip: Clip;
  /** Whether it comes with the program, bit by bit. */
  readonly isShipped: boolean;
}

/** A recording as the planner knows it. */
export interface Chime {
  readonly clip: Clip;
  readonly isApproved: boolean;
}
