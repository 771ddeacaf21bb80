/**
 * The verbs about readings that the API calls.
 *
 * @module
 */
import type * as z from "zod";
import type { AnnouncementId } from "../../domain/ids.js";
import type { LexiconEntry } from "../../domain/lexicon.js";
import type { Person } from "../../domain/person.js";
import type { Expected, Kept } from "./control-verbs.js";
import type * as view from "./lexicon-views.js";

/** Teaching, changing and bringing along readings. What is approved stays as it is; the answers say what would change. */
export interface LexiconVerbs {
  readings(query: view.ReadingsQuery): readonly view.ReadingView[];
  taughtReading(id: string): Kept<view.TaughtView>;
  /** Keeps a reading; one for the same form at the same place takes the place of the former. */
  teach(entry: LexiconEntry, by: Person): Promise<z.infer<typeof view.taughtAnswer>>;
  /** @throws Fault "conflict" when it is another by now; "invalid" when form or condition differ */
  updateReading(
    id: string,
    entry: LexiconEntry,
    as: { readonly expected: Expected; readonly by: Person },
  ): Promise<z.infer<typeof view.taughtAnswer>>;
  forget(id: string, by: Person): Promise<z.infer<typeof view.forgottenAnswer>>;
  /** A CSV table. */
  exportReadings(from: "shipped" | "file" | "taught" | "all"): string;
  /** @throws Fault "invalid" naming every wrong line; nothing is kept then */
  importReadings(
    table: string,
    as: { readonly dry: boolean; readonly by: Person },
  ): Promise<z.infer<typeof view.importAnswer>>;
  previewReadings(change: view.ReadingsChange): Promise<view.ImpactView>;
  /** Announcements that were spoken before the readings became what they are now. */
  outdated(after?: AnnouncementId): Promise<view.ImpactView>;
}
