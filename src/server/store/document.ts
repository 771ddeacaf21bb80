/**
 * A state file as text: one record a line, so that people can read and compare it, with a checksum over everything after
 * the first line and a version for migrations.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { Fault } from "../../base/errors.js";

/** What a state file holds. */
export interface Document<T> {
  /** Number of the last change; records take their versions from it, so a version is never given twice. */
  readonly revision: number;
  readonly items: readonly T[];
  /** Version of the file that it was read from, which may be older than what is written. */
  readonly fileVersion?: number;
}

/** How one kind of state file is read. */
export interface DocumentKind<T> {
  /** Version that this program writes, from 1. */
  readonly version: number;
  /** The step from version `n` to `n + 1`, under the key `n`. */
  readonly migrations: Readonly<Record<number, (items: readonly unknown[]) => readonly unknown[]>>;
  /** Reads one record. @throws when it is none */
  readonly parseItem: (value: unknown) => T;
}

/** What reading a text gave: `sealed` as the program wrote it, `edited` when a person changed it by hand. */
export interface ReadDocument<T> extends Document<T> {
  readonly origin: "sealed" | "edited";
  /** Version that the file had; lower than the kind's when it was migrated. */
  readonly fileVersion: number;
}

const SEAL = /^\{"sha256":"([0-9a-f]{64})",\n/;

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The text to write. */
export function encodeDocument<T>(version: number, { revision, items }: Document<T>): string {
  const lines = items.map((item) => JSON.stringify(item)).join(",\n");
  const rest = `"version":${version},"revision":${revision},"items":[\n${lines}\n]}\n`;
  return `{"sha256":"${sha256(rest)}",\n${rest}`;
}

/**
 * Reads a state file.
 *
 * @returns `undefined` for a damaged text: neither is its checksum right, nor is it JSON of the right shape
 * @throws Fault "unavailable", reason `newer-version` or `unreadable-state`, for an undamaged file that this program cannot
 *   read: falling back to an older generation would then lose acknowledged writes
 */
export function decodeDocument<T>(text: string, kind: DocumentKind<T>, name: string): ReadDocument<T> | undefined {
  const seal = SEAL.exec(text);
  const sealed = seal !== null && seal[1] === sha256(text.slice(seal[0].length));
  const outer = outerOf(text);
  if (outer === undefined) return undefined;
  if (outer.version > kind.version) throw newerVersion(name, outer.version, kind.version);
  try {
    const items = migrated(outer.items, outer.version, kind).map(kind.parseItem);
    return { revision: outer.revision, items, origin: sealed ? "sealed" : "edited", fileVersion: outer.version };
  } catch (cause) {
    if (sealed) throw unreadable(name, cause);
    return undefined;
  }
}

function migrated<T>(items: readonly unknown[], from: number, kind: DocumentKind<T>): readonly unknown[] {
  let result = items;
  for (let version = from; version < kind.version; version++) {
    const step = kind.migrations[version];
    if (step === undefined) throw new RangeError(`no migration from version ${version}`);
    result = step(result);
  }
  return result;
}

function outerOf(text: string): { version: number; revision: number; items: readonly unknown[] } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON is what "damaged" means here; the caller falls back and says so.
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { version, revision = 0, items } = value as Record<string, unknown>;
  const whole = (number: unknown): number is number => Number.isSafeInteger(number);
  if (!whole(version) || version < 1 || !whole(revision) || !Array.isArray(items)) return undefined;
  return { version, revision, items };
}

const newerVersion = (name: string, found: number, known: number): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `${name} do một phiên bản mới hơn của chương trình ghi (dạng ${found}; chương trình này chỉ đọc được đến dạng ${known}). Không có gì bị thay đổi. Hãy chạy lại phiên bản mới, hoặc dùng bản sao trước khi nâng cấp (tệp .v${known} bên cạnh).`,
      en: `${name} was written by a newer version of the program (format ${found}; this program reads up to ${known}). Nothing was changed. Run the newer version again, or use the copy made before the upgrade (the .v${known} file beside it).`,
    },
    { reason: "newer-version" },
  );

const unreadable = (name: string, cause: unknown): Fault =>
  new Fault(
    "unavailable",
    {
      vi: `${name} nguyên vẹn nhưng chương trình này không hiểu nội dung. Không có gì bị thay đổi. Hãy chạy lại phiên bản đã ghi tệp này, hoặc khôi phục từ bản sao lưu.`,
      en: `${name} is undamaged, but this program does not understand it. Nothing was changed. Run the version that wrote it, or restore a backup.`,
    },
    { reason: "unreadable-state", cause },
  );
