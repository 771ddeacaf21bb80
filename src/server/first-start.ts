/**
 * Brings in what a station comes with, the first time it starts: announcements, schedules and alert levels of
 * `config/first-start.json`.
 *
 * @module
 */

import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "../base/errors.js";
import type { Log } from "../base/log.js";
import type { FirstStart } from "./config.js";
import type { Control } from "./control/control.js";

/** Whose hand it was, for the log. */
const BY = { name: "first-start.json" } as const;

export interface FirstStartParts {
  readonly content: FirstStart;
  readonly control: Pick<
    Control,
    | "announcements"
    | "announcement"
    | "createFromText"
    | "createFromRecording"
    | "approveBroughtIn"
    | "schedules"
    | "putSchedule"
    | "declarations"
    | "declare"
    | "today"
    | "soundsMade"
  >;
  readonly library: string;
  readonly quarantine: string;
  readonly log: Log;
}

/**
 * Brings in what is not there yet, waits for its sound, and approves what is marked as approved. Interrupted, it goes on the
 * next time. One thing that cannot be brought in does not hold up the others.
 */
export async function bringIn({ content, control, library, quarantine, log }: FirstStartParts): Promise<void> {
  const attempt = async (what: string, id: string, task: () => Promise<unknown>) => {
    try {
      await task();
    } catch (thrown) {
      log.warn("first-start.left-out", { what, id, reason: reasonOf(thrown) });
    }
  };
  const record = async (about: Parameters<typeof control.createFromRecording>[0]) => {
    const file = join(quarantine, `first-start-${about.id}`);
    await mkdir(quarantine, { recursive: true });
    await copyFile(join(library, about.name), file);
    await control.createFromRecording(about, { file }, BY);
  };
  const known = new Set<string>(control.announcements().map(({ id }) => id));
  for (const { approved, recording, text, ...about } of content.announcements) {
    await attempt("announcement", about.id, async () => {
      if (!known.has(about.id)) {
        if (text !== undefined) await control.createFromText({ ...about, text }, BY);
        else if (recording !== undefined) await record({ ...about, name: recording });
      }
      // One after the other: the first in the file is the first that can sound.
      await control.soundsMade();
      const { version, approved: already } = control.announcement(about.id).value;
      if (approved && version !== undefined && !already) await control.approveBroughtIn(about.id, version, BY);
    });
  }
  const scheduled = new Set<string>(control.schedules().map(({ value }) => value.id));
  for (const schedule of content.schedules) {
    if (scheduled.has(schedule.id)) continue;
    await attempt("schedule", schedule.id, () => control.putSchedule(schedule, { expected: undefined, by: BY }));
  }
  const declared = new Set(control.declarations().map(({ level, area, until }) => `${level}@${area}@${until}`));
  for (const { by: _by, ...declaration } of content.declarations) {
    if (declared.has(`${declaration.level}@${declaration.area}@${declaration.until}`)) continue;
    // Whatever was in force before this station was there, here it is from today on.
    const from = declaration.from < control.today() ? control.today() : declaration.from;
    await attempt("declaration", declaration.level, () => control.declare({ ...declaration, from }, BY));
  }
}
