/**
 * What an update may and must ask of a running loudspeaker: when it is quiet, whether it is well, and how to start anew.
 *
 * @module
 */
import { mkdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import type { UpdateReport } from "../protocol/update.js";
import type { Agenda } from "./agenda.js";
import type { ClipStore } from "./disk/clip-store.js";
import type { House } from "./house.js";
import type { Downloads } from "./link/downloads.js";
import type { StationHttp } from "./link/station-http.js";
import { BASE, openSlots } from "./update/slots.js";
import { openUpdateKeys } from "./update/update-keys.js";
import { createUpdater, type Updating, type Wellness } from "./update/updater.js";

/** Nothing may be planned for so long when a program is changed: time to go back from a bad one and five minutes, µs. */
const QUIET_AHEAD = 15 * 60e6;
/** Bytes a second until the station names a figure. */
const DEFAULT_RATE = 32 * 1024;

/** Which program runs, as its launcher says. */
export interface ProgramInSlot {
  /** Folder of the programs side by side. */
  readonly folder: string;
  /** Which of them runs. */
  readonly name: string;
}

export interface UpdatingParts {
  readonly house: Omit<House, "update">;
  readonly state: string;
  readonly slot: ProgramInSlot | undefined;
  /** Of the program. */
  readonly version: string;
  readonly random: () => number;
  readonly http: StationHttp;
  readonly clips: ClipStore;
  readonly agenda: () => Agenda;
  readonly downloads: () => Downloads;
  readonly sink: () => Wellness["sink"];
  readonly send: (report: UpdateReport) => void;
  readonly restart: () => void;
}

export function createUpdating(parts: UpdatingParts): Updating {
  const { house, slot, clips, downloads, agenda } = parts;
  const { head, streams, pip, time, clock, log } = house;
  if (slot) mkdirSync(slot.folder, { recursive: true, mode: 0o700 });
  const lacksClips = () => {
    const failed = new Set(
      downloads()
        .failed()
        .map(({ sha256 }) => sha256),
    );
    return agenda()
      .wanted()
      .some(({ sha256 }) => !clips.has(sha256) && !failed.has(sha256));
  };
  const isSounding = () => head.claims().length > 0 || streams.size > 0 || pip.isOn();

  return createUpdater({
    ...{ clock, log, random: parts.random, http: parts.http, send: parts.send, restart: parts.restart },
    slots: slot && openSlots(slot.folder),
    program: slot?.name ?? BASE,
    version: parts.version,
    node: process.versions.node,
    keys: openUpdateKeys(parts.state),
    defaultRate: DEFAULT_RATE,
    freeBytes: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    isBusy: () => isSounding() || agenda().isBusy() || lacksClips(),
    isQuiet: () => time.trusted() && !isSounding() && !agenda().isBusy(QUIET_AHEAD),
    wellness: () => ({ sink: parts.sink(), clock: time.trusted() ? "trusted" : "untrusted" }),
  });
}

/** Which program this is, by what its launcher put into the environment. */
export function slotOf(env: Readonly<Record<string, string | undefined>>): ProgramInSlot | undefined {
  const { LOA_PROGRAMS: folder, LOA_PROGRAM: name } = env;
  return folder && name ? { folder, name } : undefined;
}
