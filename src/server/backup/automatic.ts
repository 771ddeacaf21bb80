/**
 * The backups that a station makes by itself: one folder, a name for each by its time and occasion, the old ones given up.
 *
 * @module
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../base/clock.js";
import { Fault } from "../../base/errors.js";
import { codeOf } from "../../base/system-words.js";
import { diskFault } from "../store/disk.js";
import { type BackupSummary, createBackup, manifestOf, verifyBackup } from "./backup.js";

/** Why a backup was made: the day has come, the program is newer than what it finds, a person asked. */
export const OCCASIONS = ["daily", "upgrade", "by-hand"] as const;
export type Occasion = (typeof OCCASIONS)[number];

/** One backup of the station's own. */
export interface KeptBackup {
  readonly folder: string;
  readonly name: string;
  readonly occasion: Occasion;
  /** ISO 8601. */
  readonly madeAt: string;
  readonly files: number;
  readonly bytes: number;
}

export interface AutomaticBackup {
  /** The station's folder. */
  readonly station: string;
  /** Where its backups lie; absolute. */
  readonly folder: string;
  readonly occasion: Occasion;
  /** How many daily ones are kept. */
  readonly keep: number;
}

/** Upgrades to go back from: more than the last few nobody goes back behind. */
const KEPT_UPGRADES = 3;
/** Whoever wants more backups by hand keeps them elsewhere (`loa backup create`). */
const KEPT_BY_HAND = 20;
/** Of the whole work the copying; the rest is reading it again. */
const COPYING = 0.6;
/** An unfinished one that is older belongs to nobody any more, ms. */
const STALE_MS = 86_400_000;
const NAME = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)-(daily|upgrade|by-hand)$/;

/** The finished ones, the newest first. @param known what was read before: a finished one never changes, and is not read again */
export async function listBackups(folder: string, known: readonly KeptBackup[] = []): Promise<readonly KeptBackup[]> {
  const read = new Map(known.map((one) => [one.name, one]));
  const found = await Promise.all((await ownNames(folder)).map((name) => read.get(name) ?? keptBackup(folder, name)));
  return found.filter((one) => one !== undefined).sort((a, b) => (a.name < b.name ? 1 : -1));
}

/**
 * Makes a backup, reads all of it again, and then gives up those that are no longer kept.
 *
 * @param onShare told how much of the work is done, 0 to 1
 * @throws Fault "unavailable", reason `backup-damaged`, when what was written cannot be read again; and those of
 *   {@link createBackup}. Older backups are kept then.
 */
export async function makeAutomaticBackup(
  { station, folder, occasion, keep }: AutomaticBackup,
  clock: Pick<Clock, "date">,
  onShare: (share: number) => void = () => {},
): Promise<BackupSummary> {
  const [former] = await listBackups(folder);
  const name = `${stampOf(clock.date())}-${occasion}`;
  const target = join(folder, name);
  try {
    const summary = await createBackup(station, target, clock, {
      ...{ former: former?.folder, mayLieInside: true },
      onFile: (done, of) => onShare((COPYING * done) / of),
    });
    const { ok, problems } = await verifyBackup(target, (done, of) => onShare(COPYING + ((1 - COPYING) * done) / of));
    if (!ok) throw unreadable(problems.map(({ path }) => path));
    await giveUpOld(folder, { keep, now: clock.date() });
    return summary;
  } catch (thrown) {
    if (!(thrown instanceof Fault && thrown.reason === "not-empty")) await rm(target, { recursive: true, force: true });
    throw thrown;
  }
}

async function giveUpOld(
  folder: string,
  { keep, now }: { readonly keep: number; readonly now: number },
): Promise<void> {
  const finished = await listBackups(folder);
  const of = (occasion: Occasion) => finished.filter((one) => one.occasion === occasion);
  const old = [
    ...of("daily").slice(keep),
    ...of("upgrade").slice(KEPT_UPGRADES),
    ...of("by-hand").slice(KEPT_BY_HAND),
  ].map(({ name }) => name);
  const known = new Set(finished.map(({ name }) => name));
  const stale = (await ownNames(folder)).filter((name) => !known.has(name) && timeOf(name) < now - STALE_MS);
  for (const name of [...old, ...stale]) await rm(join(folder, name), { recursive: true, force: true });
}

const ownNames = async (folder: string): Promise<readonly string[]> =>
  (
    await readdir(folder).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return [];
      throw diskFault(error, folder);
    })
  ).filter((name) => NAME.test(name));

async function keptBackup(folder: string, name: string): Promise<KeptBackup | undefined> {
  try {
    const { madeAt, files } = await manifestOf(join(folder, name));
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const occasion = NAME.exec(name)?.[2] as Occasion;
    return { folder: join(folder, name), name, occasion, madeAt, files: files.length, bytes };
  } catch (thrown) {
    if (thrown instanceof Fault && thrown.reason === "no-backup") return undefined;
    throw thrown;
  }
}

const stampOf = (now: number): string => `${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
const timeOf = (name: string): number =>
  Date.parse((NAME.exec(name)?.[1] ?? "").replace(/T(\d\d)-(\d\d)-(\d\d)Z/, "T$1:$2:$3Z"));

const unreadable = (paths: readonly string[]): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `Bản sao lưu vừa ghi đọc lại không khớp (${paths.slice(0, 5).join(", ")}). Ổ đĩa có thể hỏng: hãy kiểm tra ổ đĩa; các bản sao lưu cũ còn nguyên.`,
      en: `The backup just written does not read back (${paths.slice(0, 5).join(", ")}). The disk may be failing: check it; older backups are kept.`,
    },
    { reason: "backup-damaged" },
  );
