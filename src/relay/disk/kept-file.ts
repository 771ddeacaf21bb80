/**
 * A small file that must not be lost: sealed by its hash, in two copies, with the content of before. What comes back is the
 * newest of it that proves itself.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { link, readFile, rm } from "node:fs/promises";
import type { Log } from "../../base/log.js";
import { codeOf } from "../../base/system-words.js";
import { keepAside } from "./aside.js";
import { writeAtomic } from "./atomic-file.js";

/** What came back. */
export interface Kept<T> {
  readonly value: T;
  /** The present content was lost; this is the one before. */
  readonly isOlder: boolean;
}

export interface KeptFile<T> {
  /** `undefined` when there was never any, or nothing of it can be read. Bad files are kept aside, with a loud word in the log. */
  load(): Promise<Kept<T> | undefined>;
  /** Resolves when it is on disk. */
  save(text: string): Promise<void>;
  /** The last {@link load} found something damaged. */
  readonly isDamaged: boolean;
}

export interface KeptFileOptions<T> {
  readonly log: Log;
  /** @throws when the text is not what is kept here */
  readonly parse: (text: string) => T;
}

/** @param file such as `programme.json`; beside it stand `.copy` and `.before` */
export function createKeptFile<T>(file: string, { log, parse }: KeptFileOptions<T>): KeptFile<T> {
  const copy = `${file}.copy`;
  const before = `${file}.before`;
  let isDamaged = false;

  const read = async (name: string): Promise<T | undefined> => {
    try {
      return parse(unsealed(await readFile(name)));
    } catch (thrown) {
      if (codeOf(thrown) === "ENOENT") return undefined;
      isDamaged = true;
      log.error("relay.file-damaged", { file: name, kept: await keepAside(name), thrown });
      await rm(name, { force: true }).catch(() => undefined);
      return undefined;
    }
  };
  const load = async (): Promise<Kept<T> | undefined> => {
    isDamaged = false;
    const [present, second] = [await read(file), await read(copy)];
    const value = present ?? second;
    if (value !== undefined) {
      if (present === undefined) await copyOver(copy, file).catch((thrown: unknown) => failed(thrown));
      if (second === undefined) await copyOver(file, copy).catch((thrown: unknown) => failed(thrown));
      return { value, isOlder: false };
    }
    const older = await read(before);
    return older === undefined ? undefined : { value: older, isOlder: true };
  };
  const failed = (thrown: unknown) => log.error("relay.disk-failed", { file, thrown });

  return {
    load,
    async save(text) {
      await rm(before, { force: true });
      // A file system without second names goes without the content of before.
      await link(file, before).catch(() => undefined);
      const sealed = `${text}\n${hashOf(text)}\n`;
      await writeAtomic(file, sealed);
      await writeAtomic(copy, sealed);
    },
    get isDamaged() {
      return isDamaged;
    },
  };
}

const copyOver = async (from: string, to: string) => writeAtomic(to, await readFile(from));

/** @throws when the seal does not fit */
function unsealed(bytes: Uint8Array): string {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const end = text.length - 66;
  const content = text.slice(0, end);
  if (end < 0 || text.slice(end) !== `\n${hashOf(content)}\n`) throw new Error("its seal does not fit");
  return content;
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
