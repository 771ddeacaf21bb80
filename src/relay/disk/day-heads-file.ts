/**
 * The heads of the log's days on disk.
 *
 * @module
 */
import { join } from "node:path";
import * as z from "zod/mini";
import type { Log } from "../../base/log.js";
import { parseDayHead, signedDaySchema } from "../../protocol/day-head.js";
import { DAYS_KEPT } from "../../protocol/limits.js";
import type { DayHeads } from "../../receiver/day-heads.js";
import { readTwin, writeTwin } from "./twin-file.js";

const fileSchema = z.array(signedDaySchema).check(z.maxLength(DAYS_KEPT));

export interface DayHeadsFile {
  readonly held: DayHeads;
  /** On disk when it returns. @throws when the disk does not take it */
  keep(heads: DayHeads): void;
}

export function openDayHeads(folder: string, log: Log): DayHeadsFile {
  const file = join(folder, "day-heads.json");
  return {
    held: read(file, log),
    keep: (heads) => writeTwin(file, `${JSON.stringify([...heads.values()])}\n`),
  };
}

function read(file: string, log: Log): DayHeads {
  try {
    const text = readTwin(file, { log, isGood });
    return text === undefined ? new Map() : parse(text);
  } catch (thrown) {
    // Others hold them, too, and the station sends what is missing.
    log.error("relay.day-heads-damaged", { file, thrown });
    return new Map();
  }
}

const parse = (text: string): DayHeads =>
  new Map(
    fileSchema.parse(JSON.parse(text)).flatMap((signed) => {
      const day = parseDayHead(signed.text)?.day;
      return day === undefined ? [] : [[day, signed]];
    }),
  );

function isGood(text: string): boolean {
  try {
    return parse(text).size >= 0;
  } catch {
    // Half a list is none.
    return false;
  }
}
