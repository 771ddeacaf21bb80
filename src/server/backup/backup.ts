/**
 * `loa backup`: the whole station as a folder of plain files with a list of checksums. Made while the server runs.
 *
 * @module
 */
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Clock } from "../../base/clock.js";
import { Fault, type Words } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import { diskFault, machineFiles, syncFolder, writeDurably } from "../store/disk.js";
import { lockHolder } from "../store/lock.js";
import { checkDatabase, copyDatabase } from "../store/log-copy.js";
import { stateFolder } from "../store/store.js";
import {
  copyFile,
  copyFolderModes,
  filesOf,
  isDatabase,
  linkFile,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  manifestSchema,
  measure,
  PARTS,
  syncFoldersOf,
} from "./backup-files.js";
import { markRestored } from "./restored-mark.js";

export interface BackupSummary {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Programs for loudspeakers among the files. */
  readonly packages: number;
}

export interface BackupOptions {
  /** The finished backup before this one: what has not changed since shares its room. */
  readonly former?: string | undefined;
  /** For the station's own backups, which may lie in its folder beside its parts. */
  readonly mayLieInside?: boolean;
  /** Told after each file how many are done. */
  readonly onFile?: (done: number, of: number) => void;
}

/**
 * Copies the station in `station` into the new folder `to`. Without its list of checksums, which is written last, a copy
 * is no backup. It holds every secret of the station: keep it like the station itself.
 *
 * @throws Fault "not-found" when there is no station; "conflict" when `to` is not empty or inside the
 *   station; "unavailable" when the disk refuses
 */
export async function createBackup(
  station: string,
  to: string,
  clock: Pick<Clock, "date">,
  { former, mayLieInside = false, onFile }: BackupOptions = {},
): Promise<BackupSummary> {
  const from = resolve(station);
  const target = resolve(to);
  const paths = await filesOf(from);
  if (!paths.includes("config/station.json")) throw noStation(from);
  if ((await namesIn(target)).length > 0) throw notEmpty(target);
  if (mayLieInside ? isInPart(from, target) : target.startsWith(`${from}/`)) throw insideItself(target);
  const before = former === undefined ? undefined : await formerOf(resolve(former));
  try {
    await mkdir(target, { recursive: true, mode: 0o700 });
    const files: (ManifestFile | undefined)[] = [];
    let done = 0;
    for (const path of paths) {
      if (!isDatabase(path))
        files.push((await linkFile(from, target, path, before)) ?? (await copyFile(from, target, path)));
      else if (copyDatabase(join(from, path), join(target, path))) files.push(await measure(target, path));
      onFile?.(++done, paths.length);
    }
    await copyFolderModes(from, target, paths);
    await syncFoldersOf(target, paths);
    const manifest: Manifest = {
      format: 1,
      madeAt: new Date(clock.date()).toISOString(),
      files: files.filter((file) => file !== undefined),
    };
    await writeDurably(machineFiles, join(target, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
    return { folder: target, ...sumOf(manifest) };
  } catch (error) {
    throw diskFault(error, target);
  }
}

const isInPart = (station: string, target: string): boolean =>
  PARTS.some((part) => `${target}/`.startsWith(`${join(station, part)}/`));

async function formerOf(folder: string) {
  const { files } = await manifestOf(folder);
  return { folder, files: new Map(files.map((file) => [file.path, file])) };
}

/** What checking a backup found. */
export interface BackupCheck extends BackupSummary {
  readonly ok: boolean;
  readonly madeAt: string;
  /** Files that are missing, changed or not in the list, and a log whose chain is broken. */
  readonly problems: readonly { readonly path: string; readonly words: Words }[];
}

/** Reads every byte. @throws Fault "invalid" when the folder is no finished backup */
export async function verifyBackup(folder: string, onFile?: BackupOptions["onFile"]): Promise<BackupCheck> {
  const root = resolve(folder);
  const manifest = await manifestOf(root);
  const problems: BackupCheck["problems"][number][] = [];
  let read = 0;
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = await measure(root, path).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw diskFault(error, root);
    });
    if (found === undefined) problems.push({ path, words: MISSING });
    else if (found.sha256 !== sha256 || found.bytes !== bytes) problems.push({ path, words: CHANGED });
    onFile?.(++read, manifest.files.length);
  }
  const listed = new Set(manifest.files.map(({ path }) => path));
  for (const path of await filesOf(root))
    if (!listed.has(path) && !listed.has(`${path}.1`)) problems.push({ path, words: NOT_LISTED });
  if (problems.length === 0)
    for (const path of [...listed].filter(isDatabase))
      if (!(await checkDatabase(join(root, path)))) problems.push({ path, words: BROKEN_CHAIN });
  return { folder: root, ok: problems.length === 0, madeAt: manifest.madeAt, problems, ...sumOf(manifest) };
}

/**
 * Puts a backup in the place of a station. Everything is copied and checked before the first file is replaced; what was
 * there before is kept in a folder beside it. Who was logged in or invited when the backup was made is not any more once
 * the station opens.
 *
 * @param replace allows to do so over a station that is there
 * @returns where the former station lies, if there was one
 * @throws Fault "invalid" for a backup that is not whole; "conflict" when a station is there, or is being served
 */
export async function restoreBackup(
  folder: string,
  to: string,
  { replace, clock }: { readonly replace: boolean; readonly clock: Pick<Clock, "date"> },
): Promise<{ readonly former: string | undefined }> {
  const check = await verifyBackup(folder);
  if (!check.ok) throw notWhole(check);
  const target = resolve(to);
  const hasStation = (await filesOf(target)).length > 0;
  if (hasStation && !replace) throw stationThere(target);
  if ((await namesIn(stateFolder(target))).length > 0) refuseServed(target);
  const fresh = join(target, ".restoring");
  try {
    await rm(fresh, { recursive: true, force: true });
    const { files } = await manifestOf(check.folder);
    for (const file of files) {
      const copied = await copyFile(check.folder, fresh, file.path);
      if (copied?.sha256 !== file.sha256) throw notWhole(check);
    }
    await copyFolderModes(
      check.folder,
      fresh,
      files.map(({ path }) => path),
    );
    await syncFoldersOf(
      fresh,
      files.map(({ path }) => path),
    );
    // Before the first part is in its place: a restore that breaks off has left its mark.
    await markRestored(target, { madeAt: check.madeAt });
    const former = hasStation ? join(target, `before-restore-${stampOf(clock)}`) : undefined;
    for (const part of PARTS) {
      if (former !== undefined) await moveFolder(join(target, part), join(former, part));
      await rm(join(target, part), { recursive: true, force: true });
      await moveFolder(join(fresh, part), join(target, part));
    }
    await rm(fresh, { recursive: true });
    await syncFolder(machineFiles, target);
    return { former };
  } catch (error) {
    throw diskFault(error, target);
  }
}

async function moveFolder(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to).catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") throw error;
  });
}

/** The list of a finished backup. @throws Fault "invalid" when the folder is none */
export async function manifestOf(root: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(root, MANIFEST), "utf8")));
  } catch (cause) {
    throw new Fault(
      "invalid",
      {
        vi: `${root} không phải bản sao lưu hoàn chỉnh: thiếu hoặc hỏng ${MANIFEST}. Hãy chọn bản sao lưu khác.`,
        en: `${root} is not a finished backup: ${MANIFEST} is missing or damaged. Choose another backup.`,
      },
      { reason: "no-backup", cause },
    );
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return [];
    throw diskFault(error, folder);
  });
}

function refuseServed(target: string): void {
  const holder = lockHolder(stateFolder(target));
  if (holder === undefined) return;
  throw new Fault(
    "conflict",
    {
      vi: `Đài trong ${target} đang chạy (${holder}) nên chưa khôi phục; không có gì bị thay đổi. Hãy dừng đài trước.`,
      en: `The station in ${target} is running (${holder}), so nothing was restored or changed. Stop it first.`,
    },
    { reason: "locked" },
  );
}

const sumOf = ({ files }: Manifest) => ({
  files: files.length,
  packages: files.filter(({ path }) => path.startsWith("audio/packages/")).length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});
const stampOf = (clock: Pick<Clock, "date">): string => new Date(clock.date()).toISOString().replace(/[:.]/g, "-");

const MISSING: Words = { vi: "thiếu tệp này", en: "is missing" };
const CHANGED: Words = { vi: "tệp đã bị thay đổi hoặc hỏng", en: "has changed or is damaged" };
const NOT_LISTED: Words = { vi: "tệp lạ, không có trong danh sách", en: "is not in the list" };
const BROKEN_CHAIN: Words = { vi: "chuỗi nhật ký bị đứt", en: "the log's chain is broken" };

const noStation = (folder: string): Fault =>
  new Fault("not-found", {
    vi: `${folder} không phải thư mục đài (thiếu config/station.json) nên không có gì để sao lưu.`,
    en: `${folder} is not a station (config/station.json is missing), so there is nothing to back up.`,
  });
const insideItself = (folder: string): Fault =>
  new Fault("conflict", {
    vi: `${folder} nằm trong chính thư mục đài: đài mất thì bản sao cũng mất. Hãy sao lưu ra ngoài, tốt nhất là sang ổ đĩa khác.`,
    en: `${folder} lies inside the station: what takes the station takes the backup. Choose a place outside, best on another disk.`,
  });
const notEmpty = (folder: string): Fault =>
  new Fault(
    "conflict",
    {
      vi: `${folder} đã có tệp nên không sao lưu vào đó. Hãy chọn một thư mục mới.`,
      en: `${folder} is not empty, so no backup was made there. Choose a new folder.`,
    },
    { reason: "not-empty" },
  );
const stationThere = (folder: string): Fault =>
  new Fault(
    "conflict",
    {
      vi: `Trong ${folder} đang có đài nên chưa khôi phục; không có gì bị thay đổi. Muốn thay đài đó, hãy thêm --replace.`,
      en: `There is a station in ${folder}, so nothing was restored or changed. To replace it, add --replace.`,
    },
    { reason: "not-empty" },
  );
const notWhole = ({ folder, problems }: BackupCheck): Fault =>
  new Fault(
    "invalid",
    {
      vi: `Bản sao lưu ${folder} không nguyên vẹn (${problems.map(({ path }) => path).join(", ")}) nên không khôi phục. Hãy chọn bản khác.`,
      en: `The backup ${folder} is not whole (${problems.map(({ path }) => path).join(", ")}), so it was not restored. Choose another.`,
    },
    { reason: "backup-damaged" },
  );
