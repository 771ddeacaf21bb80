/**
 * The programs of a loudspeaker side by side: which one runs, which one ran before, and whether the present one has still to
 * prove itself. The launcher and the program write here in turn; every step leaves either the old one or the new one.
 *
 * `current` and `previous` are links to a folder named by the package's SHA-256, or to `base`, the installed program.
 *
 * @module
 */
import { join } from "node:path";
import * as z from "zod/mini";
import { sha256Schema } from "../../domain/ids.js";
import { PROGRAM_START } from "../../protocol/package-header.js";
import { rolloutIdSchema, versionSchema } from "../../protocol/update.js";
import { machineFiles, type SlotFiles } from "./slot-files.js";

/** The program that was installed by hand; no update ever touches it. */
export const BASE = "base";
/** Starts of a new program that may end without its being healthy. */
export const MOST_STARTS = 3;

const named = { rollout: rolloutIdSchema, sha256: sha256Schema, version: versionSchema };

/** What a program on trial may lack, and is gone back from for. */
export const LACKS = ["not-connected", "no-sink", "no-clock"] as const;
export type Lack = (typeof LACKS)[number];
/** Why it is gone back from: what it lacked, or how it ended. */
export const FAILINGS = [...LACKS, "crashed", "damaged", "hung"] as const;
export type Failing = (typeof FAILINGS)[number];

/** A new program on trial. */
const trialSchema = z.object({
  ...named,
  /** What to go back to. */
  from: z.string(),
  /** Starts so far. */
  starts: z.int().check(z.gte(0)),
  /** What it lacked when it last looked; absent while it has said nothing at all. */
  lacks: z.optional(z.enum(LACKS)),
});
export type Trial = z.infer<typeof trialSchema>;

/** How the last trial ended. */
const outcomeSchema = z.object({ ...named, step: z.enum(["updated", "rolled-back"]), why: z.optional(z.string()) });
export type Outcome = z.infer<typeof outcomeSchema>;

/** What is to be started. */
export interface Choice {
  /** A package's SHA-256, or {@link BASE}. */
  readonly program: string;
  readonly trial: boolean;
}

export type Slots = ReturnType<typeof openSlots>;

/** @param folder absolute; need not be there yet */
export function openSlots(folder: string, files: SlotFiles = machineFiles) {
  const at = (name: string) => join(folder, name);
  const [currentLink, previousLink] = [at("current"), at("previous")];
  const [trialFile, outcomeFile] = [at("trial.json"), at("outcome.json")];

  const parsed = <T>(schema: z.ZodMiniType<T>, path: string): T | undefined => {
    try {
      return schema.safeParse(JSON.parse(files.read(path) ?? "")).data;
    } catch {
      // A file that is not there, or damaged, says nothing.
      return undefined;
    }
  };
  const write = (path: string, value: object) => files.write(path, `${JSON.stringify(value)}\n`);
  const isThere = (program: string) => program === BASE || files.exists(join(folder, program, PROGRAM_START));
  const current = () => files.link(currentLink) ?? BASE;
  const previous = () => files.link(previousLink) ?? BASE;
  const outcome = () => parsed(outcomeSchema, outcomeFile);
  const isOver = ({ rollout, sha256 }: Trial) => {
    const ended = outcome();
    return ended?.rollout === rollout && ended.sha256 === sha256 ? ended : undefined;
  };
  /** The trial of the program that `current` names, unless its end is written down. */
  const trial = (): Trial | undefined => {
    const found = parsed(trialSchema, trialFile);
    return found && found.sha256 === current() && !isOver(found) ? found : undefined;
  };
  const end = ({ rollout, sha256, version }: Trial, step: Outcome["step"], why?: string) =>
    write(outcomeFile, { rollout, sha256, version, step, ...(why === undefined ? {} : { why }) });
  const rollBack = (failed: Trial, why: Failing) => {
    // The verdict first: from here on nobody starts it again, whatever happens to the next two steps.
    end(failed, "rolled-back", why);
    files.point(currentLink, failed.from);
    files.remove(trialFile);
  };
  /** Finishes what a power cut has left half done. */
  const mend = () => {
    const found = parsed(trialSchema, trialFile);
    if (!found) return;
    const ended = isOver(found);
    if (ended?.step === "rolled-back" && found.sha256 === current()) files.point(currentLink, found.from);
    if (ended) files.remove(trialFile);
  };

  return {
    folder,
    files,
    current,
    previous,
    trial,
    outcome,
    rollBack,
    mend,
    folderOf: (program: string) => join(folder, program),
    has: (program: string) => program !== BASE && isThere(program),
    /** Makes a finished program the present one, on trial. Whoever starts next starts it. */
    switchTo({ rollout, sha256, version }: Pick<Trial, "rollout" | "sha256" | "version">): void {
      const from = current();
      write(trialFile, { rollout, sha256, version, from, starts: 0 });
      files.point(previousLink, from);
      files.point(currentLink, sha256);
    },
    /** Says what the program on trial still lacks, so that a roll-back can tell. */
    noteLack(lacks: Lack): void {
      const running = trial();
      if (running && running.lacks !== lacks) write(trialFile, { ...running, lacks });
    },
    /** The program on trial has proved itself. */
    confirm(proved: Trial): void {
      end(proved, "updated");
      files.remove(trialFile);
    },
    /** What to start now. Goes back by itself from a program that has had its starts, or is not whole. */
    choose(): Choice {
      mend();
      const tried = trial();
      if (tried && isThere(tried.sha256) && tried.starts < MOST_STARTS) return { program: tried.sha256, trial: true };
      if (tried) rollBack(tried, isThere(tried.sha256) ? "crashed" : "damaged");
      return { program: [current(), previous()].find(isThere) ?? BASE, trial: false };
    },
    /** A program that has proved itself before, for a disk that can be read and not written. */
    proven: () => [trial()?.from ?? current(), previous()].find(isThere) ?? BASE,
    /** On disk before the program on trial is started. */
    countStart(): void {
      const tried = trial();
      if (tried) write(trialFile, { ...tried, starts: tried.starts + 1 });
    },
    /** It was told to end, which says nothing against it. */
    forgiveStart(): void {
      const tried = trial();
      if (tried) write(trialFile, { ...tried, starts: Math.max(0, tried.starts - 1) });
    },
    /** Removes programs and pieces that nobody needs any more. */
    tidy(keep: readonly string[]): void {
      const needed = new Set([
        ...keep,
        current(),
        previous(),
        ...["current", "previous", "trial.json", "outcome.json", "wanted.json"],
      ]);
      for (const name of files.list(folder)) if (!needed.has(name)) files.remove(at(name));
    },
  };
}
