/**
 * lowdb's adapter for a state file that survives kill -9, power cuts and bad sectors: each write is durable before it is
 * acknowledged, the two generations before it stay, and reading falls back to the newest good one.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import type { Adapter } from "lowdb";
import type { Clock } from "../../base/clock.js";
import { Fault, reasonOf } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { diskFault, type Files, moveIfThere, readIfThere, syncFolder, writeDurably } from "./disk.js";
import { type Document, type DocumentKind, decodeDocument, encodeDocument, type ReadDocument } from "./document.js";

export interface GenerationsOptions<T> {
  readonly path: string;
  readonly kind: DocumentKind<T>;
  readonly files: Files;
  readonly clock: Pick<Clock, "date">;
  /** Hears loudly of every falling back, damaged file, edit by hand and migration. */
  readonly log: Log;
}

/** Newest first; three is what a damaged newest and a damaged write before it leave one good of. */
const generationsOf = (path: string) => [path, `${path}.1`, `${path}.2`] as const;

/** @throws Fault "unavailable" from `read` when no generation is good, from `write` when the disk refuses */
export function createGenerations<T>(options: GenerationsOptions<T>): Adapter<Document<T>> {
  const { path, kind, files, log } = options;
  const [newest, previous, oldest] = generationsOf(path);

  async function write(document: Document<T>): Promise<void> {
    let isFirst = false;
    const undo: (() => Promise<unknown>)[] = [];
    const setAside = async (from: string, to: string) => {
      if (await moveIfThere(files, from, to)) undo.unshift(() => moveIfThere(files, to, from));
    };
    const setOldAside = async () => {
      // A missing newest one was damaged, or never renamed into place; the ones before it then are all there is.
      if ((await readIfThere(files, newest)) === undefined) {
        const others = [await readIfThere(files, previous), await readIfThere(files, oldest)];
        isFirst = others.every((text) => text === undefined);
        return;
      }
      await setAside(previous, oldest);
      await setAside(newest, previous);
    };
    try {
      await writeDurably(files, path, encodeDocument(kind.version, document), { beforeRename: setOldAside });
    } catch (error) {
      await putBack(options, undo);
      throw error;
    }
    // What is written once in years has nothing before it to fall back to, but itself.
    if (isFirst) await writeDurably(files, previous, encodeDocument(kind.version, document)).catch(tellNoCopy(options));
  }

  async function read(): Promise<Document<T> | null> {
    const found = await newestGood(options);
    if (found === undefined) return null;
    for (const bad of found.damaged) await keepAside(options, bad);
    if (found.document.origin === "edited")
      log.warn("store.edited-by-hand", { file: basename(found.path), text: "checksum differs, content is valid" });
    if (found.document.fileVersion < kind.version) await keepBeforeMigration(options, found);
    return found.document;
  }

  return { read, write };
}

/** The file itself is written: a copy that is not made fails nobody. */
const tellNoCopy =
  <T>({ path, log }: GenerationsOptions<T>) =>
  (error: unknown): void =>
    log.warn("store.no-copy", { file: basename(path), why: reasonOf(error) });

interface Found<T> {
  readonly path: string;
  readonly document: ReadDocument<T>;
  readonly text: string;
  readonly damaged: readonly string[];
}

async function newestGood<T>({ path, kind, files, log }: GenerationsOptions<T>): Promise<Found<T> | undefined> {
  const damaged: string[] = [];
  for (const candidate of generationsOf(path)) {
    const text = await readIfThere(files, candidate);
    if (text === undefined) continue;
    const document = decodeDocument(text, kind, basename(path));
    if (document === undefined) {
      damaged.push(candidate);
      continue;
    }
    if (damaged.length > 0)
      log.error("store.fell-back", {
        file: basename(path),
        to: basename(candidate),
        damaged: damaged.map((bad) => basename(bad)),
      });
    else if (candidate !== path) log.warn("store.interrupted-write", { file: basename(path), to: basename(candidate) });
    return { path: candidate, document, text, damaged };
  }
  if (damaged.length > 0) throw allDamaged(path, damaged);
  return undefined;
}

/** Moves a damaged file out of the way but keeps it: somebody may still read records out of it. */
async function keepAside<T>({ files, clock, log }: GenerationsOptions<T>, bad: string): Promise<void> {
  const stamp = new Date(clock.date()).toISOString().replace(/[:.]/g, "-");
  const kept = `${bad}.bad-${stamp}`;
  await moveIfThere(files, bad, kept);
  log.error("store.damaged-file-kept", { file: basename(bad), as: basename(kept) });
}

async function keepBeforeMigration<T>(options: GenerationsOptions<T>, found: Found<T>): Promise<void> {
  const { path, kind, files, log } = options;
  const copy = `${path}.v${found.document.fileVersion}`;
  await writeDurably(files, copy, found.text);
  log.warn("store.migrating", {
    file: basename(path),
    to: kind.version,
    from: found.document.fileVersion,
    copy: basename(copy),
  });
}

/** After a failed write the generations get their former names again, over the refused content if that got so far. */
async function putBack<T>(
  { path, files, log }: GenerationsOptions<T>,
  undo: (() => Promise<unknown>)[],
): Promise<void> {
  if (undo.length === 0) return;
  try {
    for (const step of undo) await step();
    await syncFolder(files, dirname(path));
  } catch (error) {
    log.error("store.put-back-failed", { file: basename(path), why: reasonOf(diskFault(error, path)) });
  }
}

const allDamaged = (path: string, damaged: readonly string[]): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `${path} và mọi bản trước đó (${damaged.length} tệp) đều hỏng nên đài không mở. Các tệp được giữ nguyên. Hãy khôi phục từ bản sao lưu: loa backup restore.`,
      en: `${path} and all generations before it (${damaged.length} files) are damaged, so the station does not open. The files are kept as they are. Restore a backup: loa backup restore.`,
    },
    { reason: "state-damaged" },
  );
