/**
 * Doors about backups of the station: which there are, and making one by hand.
 *
 * @module
 */
import * as z from "zod";
import type { Person } from "../../domain/person.js";
import { json, nothing, type Route, route } from "./route.js";
import { list, timeView, wordsView } from "./views.js";

const occasionView = z.enum(["daily", "upgrade", "by-hand"]);
const backupsView = z.object({
  /** Where they lie. */
  folder: z.string(),
  /** The finished ones, the newest first. */
  kept: list(
    z.object({ name: z.string(), occasion: occasionView, madeAt: timeView, files: z.int(), bytes: z.number() }),
  ),
  /** The one that is being made; `share` of the work is done, 0 to 1. */
  running: z
    .object({ occasion: occasionView, since: timeView, by: z.string().optional(), share: z.number() })
    .optional(),
  /** Why the last one that was begun by hand came to nothing. */
  failed: z.object({ at: timeView, words: wordsView }).optional(),
});
export type BackupsView = z.infer<typeof backupsView>;

export interface BackupVerbs {
  backups(): Promise<BackupsView>;
  /** @throws Fault "conflict", reason `backup-runs` */
  startBackup(by: Person): void;
  cancelBackup(by: Person): void;
}

const tag = "settings";
const access = "station";
const needs = { permission: "configure", touches: "station" } as const;

export const backupRoutes: readonly Route[] = [
  route({
    ...{ id: "listBackups", method: "get", path: "/api/v1/backups", tag, access, status: 200, needs },
    summary: { vi: "Các bản sao lưu, và bản đang làm", en: "The backups, and the one being made" },
    response: backupsView,
    run: async ({ control }) => json(await control.backups()),
  }),
  route({
    ...{ id: "startBackup", method: "post", path: "/api/v1/backups", tag, access, status: 202, needs },
    summary: { vi: "Sao lưu ngay", en: "Make a backup now" },
    run({ control, person }) {
      control.startBackup(person);
      return nothing;
    },
  }),
  route({
    ...{ id: "cancelBackup", method: "delete", path: "/api/v1/backups/running", tag, access, status: 204, needs },
    summary: { vi: "Bỏ bản đang sao lưu", en: "Give up the backup that is being made" },
    run({ control, person }) {
      control.cancelBackup(person);
      return nothing;
    },
  }),
];
