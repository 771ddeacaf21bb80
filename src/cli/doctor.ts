/**
 * `loa doctor`: looks at everything that a station needs and says what is wrong, as data for whoever prints it.
 *
 * @module
 */

import { accessSync, constants, existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../base/clock.js";
import { Fault, reasonOf, type Words } from "../base/errors.js";
import { systemWords } from "../base/system-words.js";
import { ConfigProblem, loadStation, type Station, type Surroundings } from "../server/config.js";
import { lockHolder } from "../server/store/lock.js";
import { examineBackups } from "./examine-backups.js";

/** One thing that was looked at. `bad` keeps the station from its work; `warn` will, some day. */
export interface Diagnosis {
  readonly part: "node" | "files" | "lock" | "disk" | "clock" | "backups" | "notices" | "ffmpeg" | "voices";
  readonly state: "ok" | "warn" | "bad";
  readonly words: Words;
}

export interface DoctorParts {
  readonly surroundings: Surroundings;
  readonly clock: Pick<Clock, "date">;
  /** Such as `process.versions.node`. */
  readonly nodeVersion: string;
  /** Whether the program may write at a path; asks the system when left out. */
  readonly mayWrite?: (path: string) => boolean;
  /** Runs ffmpeg on a short sound and says which program works. @throws when none does */
  readonly testFfmpeg?: ((station: Station) => Promise<Words>) | undefined;
  /** Lets a voice say a word. @throws when none can speak */
  readonly testVoices?: ((station: Station) => Promise<Words>) | undefined;
}

/** Oldest Node that the program runs on. */
const NODE = [20, 19] as const;
/** Below this much free space there is no room for a day of uploads and the log, bytes. */
const LITTLE_SPACE = 1_000_000_000;
/** Below this writes are about to fail, bytes. */
const NO_SPACE = 100_000_000;
/** The program was made after this day, so a clock before it is wrong. */
const NOT_BEFORE = Date.UTC(2026, 10, 1);

/** Looks at the station in `folder`. Never throws for what it finds. */
export async function examine(folder: string, parts: DoctorParts): Promise<readonly Diagnosis[]> {
  const { station, diagnosis } = examineFiles(folder, parts.surroundings);
  return [
    examineNode(parts.nodeVersion),
    diagnosis,
    examineClock(parts.clock, station),
    ...(await examineDisk(station, parts)),
    ...(station === undefined ? [] : [examineLock(station)]),
    ...(station === undefined ? [] : await examineCopies(station, parts.clock)),
    ...(station === undefined ? [] : [examineNotices(station)]),
    ...(station === undefined ? [] : await examineTools(station, parts)),
  ];
}

/** Whether nothing is `bad`: the exit code of the command. */
export const isWell = (diagnoses: readonly Diagnosis[]): boolean => diagnoses.every(({ state }) => state !== "bad");

function examineNode(version: string): Diagnosis {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNew = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  return isNew
    ? { part: "node", state: "ok", words: { vi: `Node ${version}`, en: `Node ${version}` } }
    : {
        part: "node",
        state: "bad",
        words: {
          vi: `Node ${version} quá cũ. Hãy cài Node ${NODE.join(".")} trở lên.`,
          en: `Node ${version} is too old. Install Node ${NODE.join(".")} or later.`,
        },
      };
}

function examineFiles(folder: string, surroundings: Surroundings): { station?: Station; diagnosis: Diagnosis } {
  try {
    const station = loadStation(folder, surroundings);
    const { name } = station.settings.station;
    const said = { vi: [`«${name}», ${station.areas.size} địa bàn`], en: [`"${name}", ${station.areas.size} areas`] };
    for (const warning of station.warnings) {
      said.vi.push(warning.vi);
      said.en.push(warning.en);
    }
    const words = { vi: said.vi.join("\n"), en: said.en.join("\n") };
    return { station, diagnosis: { part: "files", state: station.warnings.length > 0 ? "warn" : "ok", words } };
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    return { diagnosis: { part: "files", state: "bad", words: error.words } };
  }
}

function examineLock({ paths: { state } }: Station): Diagnosis {
  const holder = existsSync(state) ? lockHolder(state) : undefined;
  return {
    part: "lock",
    state: "ok",
    words:
      holder === undefined
        ? { vi: "Đài không chạy.", en: "The station is not running." }
        : { vi: `Đài đang chạy (${holder}).`, en: `The station is running (${holder}).` },
  };
}

/** @param station absent when the folder holds none, which is told elsewhere */
async function examineDisk(station: Station | undefined, { mayWrite = canWrite }: DoctorParts): Promise<Diagnosis[]> {
  if (station === undefined) return [];
  const { folder, paths } = station;
  const closed = [folder, paths.config, paths.state, paths.playlists, dirname(paths.library)].filter(
    (path) => existsSync(path) && !mayWrite(path),
  );
  return closed.length > 0 ? [readOnly(closed)] : [await examineSpace(folder)];
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    // Whatever the reason is, nothing can be kept there.
    return false;
  }
}

const readOnly = (paths: readonly string[]): Diagnosis => ({
  part: "disk",
  state: "bad",
  words: {
    vi: `Không có quyền ghi ${paths.join(", ")}. Hãy cấp quyền ghi cho người dùng chạy chương trình.`,
    en: `No permission to write ${paths.join(", ")}. Let the user who runs the program write there.`,
  },
});

async function examineSpace(folder: string): Promise<Diagnosis> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const megabytes = Math.round(free / 1_000_000);
    const state = free < NO_SPACE ? "bad" : free < LITTLE_SPACE ? "warn" : "ok";
    const advice = state === "ok" ? { vi: "", en: "" } : { vi: " Hãy xóa bớt tệp.", en: " Free some space." };
    return {
      part: "disk",
      state,
      words: { vi: `Còn trống ${megabytes} MB.${advice.vi}`, en: `${megabytes} MB free.${advice.en}` },
    };
  } catch (error) {
    return {
      part: "disk",
      state: "bad",
      words: {
        vi: `Không xem được ổ đĩa: ${systemWords(error).vi}`,
        en: `Cannot look at the disk: ${systemWords(error).en}`,
      },
    };
  }
}

async function examineCopies(station: Station, clock: Pick<Clock, "date">): Promise<readonly Diagnosis[]> {
  try {
    return await examineBackups(station, clock.date());
  } catch (error) {
    const why = reasonOf(error);
    return [{ part: "backups", state: "bad", words: error instanceof Fault ? error.words : { vi: why, en: why } }];
  }
}

/** Whoever gives an emergency alone relies on others' being told of it. */
function examineNotices({ settings: { notices } }: Station): Diagnosis {
  const told = notices.recipients.filter(({ kinds }) => kinds.includes("emergency")).map(({ name }) => name);
  const list = told.join(", ");
  return told.length > 0
    ? {
        part: "notices",
        state: "ok",
        words: { vi: `Được báo khi có khẩn cấp: ${list}`, en: `Told of emergencies: ${list}` },
      }
    : {
        part: "notices",
        state: "warn",
        words: {
          vi: 'Không ai được báo khi có cảnh báo khẩn hoặc phá kính. Hãy thêm người nhận có "emergency" ở notices.recipients (Cài đặt, Người nhận tin nhắn).',
          en: 'Nobody is told of emergencies and of broken glass. Add a recipient with "emergency" to notices.recipients (Settings, Recipients of notices).',
        },
      };
}

function examineClock(clock: Pick<Clock, "date">, station: Station | undefined): Diagnosis {
  const now = clock.date();
  const zone = station?.settings.zone ?? "Asia/Ho_Chi_Minh";
  const shown = new Intl.DateTimeFormat("vi", { dateStyle: "short", timeStyle: "medium", timeZone: zone }).format(now);
  if (now < NOT_BEFORE)
    return {
      part: "clock",
      state: "bad",
      words: {
        vi: `Đồng hồ máy chỉ ${shown} (${zone}), chắc chắn sai. Hãy chỉnh giờ và bật đồng bộ giờ (NTP).`,
        en: `The machine's clock says ${shown} (${zone}), which is wrong for certain. Set it and turn on NTP.`,
      },
    };
  return {
    part: "clock",
    state: "ok",
    words: {
      vi: `Bây giờ là ${shown} (${zone}). Hãy so với đồng hồ của bạn.`,
      en: `It is ${shown} (${zone}). Compare it with your watch.`,
    },
  };
}

async function examineTools(station: Station, { testFfmpeg, testVoices }: DoctorParts): Promise<Diagnosis[]> {
  const run = async (part: "ffmpeg" | "voices", test: DoctorParts["testFfmpeg"]): Promise<Diagnosis[]> => {
    if (test === undefined) return [];
    try {
      return [{ part, state: "ok", words: await test(station) }];
    } catch (error) {
      const why = reasonOf(error);
      return [{ part, state: "bad", words: error instanceof Fault ? error.words : { vi: why, en: why } }];
    }
  };
  return [...(await run("ffmpeg", testFfmpeg)), ...(await run("voices", testVoices))];
}
