/**
 * The station's lexicon at work: how texts are read now, what people teach, and what that changes.
 *
 * @module
 */

import { Fault } from "../base/errors.js";
import type { Epoch } from "../base/units.js";
import type { Announcement } from "../domain/announcement.js";
import type { AnnouncementId } from "../domain/ids.js";
import { type LexiconEntry, readingKey } from "../domain/lexicon.js";
import type { Person } from "../domain/person.js";
import type { VoiceWish } from "../domain/voice-pace.js";
import {
  type Normalised,
  type NormaliseOptions,
  normalise,
  readingsFromTable,
  SHIPPED,
  tableOfReadings,
} from "../language/index.js";
import type { AsRunLog } from "./control/ports.js";
import { type Impact, impactOf, mentions } from "./lexicon-impact.js";
import { mergedReadings } from "./lexicon-records.js";
import type { Collection } from "./store/collection.js";
import type { TaughtReading } from "./store/records.js";

/** Where a reading stands: with the program, in `config/lexicon.json`, or taught. */
export type ReadingSource = "shipped" | "file" | "taught";

/** Which voice is meant, and what is known of its pace. */
type VoiceOptions = Pick<NormaliseOptions, "voice" | "speed" | "pace">;

/** Readings that one line of the log lists, of a table that may hold thousands. */
const LISTED = 20;

export interface LexiconParts {
  /** From `config/lexicon.json`. */
  readonly file: readonly LexiconEntry[];
  readonly taught: Collection<string, TaughtReading>;
  readonly announcements: { all(): readonly Announcement[] };
  readonly options: Omit<NormaliseOptions, "lexicon">;
  /** The voice that speaks when one is wished, and its pace. */
  readonly voiceFor: (wish?: VoiceWish) => VoiceOptions;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly now: () => Epoch;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
}

interface Change {
  readonly put?: readonly LexiconEntry[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

export function createStationLexicon({
  file,
  taught,
  announcements,
  options,
  voiceFor,
  asRun,
  now,
  digest,
}: LexiconParts) {
  /** Made anew with each change, so that whoever reads a text keeps the readings it began with. */
  let entries = mergedReadings(file, taughtEntries(taught.all()));
  const idOf = (entry: LexiconEntry) => digest(readingKey(entry)).slice(0, 16);
  const read = (text: string, lexicon = entries, voice: VoiceOptions = {}): Normalised =>
    normalise(text, { ...options, ...voice, lexicon });

  const viewOf = ({ id, entry, by, at }: TaughtReading) => ({
    ...{ id, from: "taught" as const, entry, by },
    at: new Date(at).toISOString(),
    revision: String(taught.version(id) ?? 0),
  });
  const get = (id: string): TaughtReading => {
    const found = taught.get(id);
    if (found === undefined) throw notTaught(id);
    return found;
  };
  /** The readings as they would be. */
  const changed = ({ put = [], remove = [] }: Change): readonly LexiconEntry[] => {
    const ids = new Set([...remove, ...put.map(idOf)]);
    const kept = taught.all().filter(({ id }) => !ids.has(id));
    return mergedReadings(file, [...taughtEntries(kept), ...put]);
  };
  const affectedBy = (
    change: Change,
    { before, after }: { before: readonly LexiconEntry[]; after: readonly LexiconEntry[] },
  ) => {
    const removed = (change.remove ?? []).flatMap((id) => taught.get(id)?.entry ?? []);
    const isMeant = mentions([...(change.put ?? []), ...removed]);
    return impactOf({
      announcements: announcements.all(),
      before: ({ text = "" }) => (isMeant(text) ? read(text, before).spoken : undefined),
      after: (text) => read(text, after).spoken,
    });
  };

  /** Looks first what the change would do, then makes it in one write. */
  async function apply(change: Change, by: Person, expected?: ReadonlyMap<string, number>): Promise<Impact> {
    const impact = await affectedBy(change, { before: entries, after: changed(change) });
    const at = now();
    const touched = [...(change.remove ?? []), ...(change.put ?? []).map(idOf)];
    const said = () => ({ readings: touched.slice(0, LISTED).flatMap((id) => taught.get(id)?.entry ?? []) });
    const before = said();
    await taught.commit([
      ...(change.remove ?? []).map((id) => ({ delete: id, ifVersion: expected?.get(id) })),
      ...(change.put ?? []).map((entry) => {
        const id = idOf(entry);
        return { put: { id, entry, by: by.name, at }, ifVersion: expected?.get(id) };
      }),
    ]);
    entries = mergedReadings(file, taughtEntries(taught.all()));
    const written = (change.put ?? []).map((entry) => entry.written).slice(0, LISTED);
    asRun.event({
      ...{ kind: "lexicon.changed", by, before, after: said() },
      detail: { taught: change.put?.length ?? 0, removed: change.remove?.length ?? 0, written },
    });
    return impact;
  }

  return {
    /** How a text is read now, and how long that takes. */
    read: (text: string, wish?: VoiceWish): Normalised => read(text, entries, voiceFor(wish)),
    /** The station's own readings, for whoever reads texts elsewhere. */
    entries: () => entries,

    /** What people do with it. */
    verbs: {
      readings: ({ from, q = "" }: { readonly from?: ReadingSource | undefined; readonly q?: string | undefined }) => {
        const wanted = q.normalize("NFC").toLowerCase();
        const matches = ({ written, spoken }: LexiconEntry) => `${written}\n${spoken}`.toLowerCase().includes(wanted);
        const is = (source: ReadingSource) => from === undefined || from === source;
        return [
          ...(is("taught") ? taught.all().map(viewOf) : []),
          ...(is("file") ? file.map((entry) => ({ from: "file" as const, entry })) : []),
          ...(is("shipped") ? SHIPPED.map((entry) => ({ from: "shipped" as const, entry })) : []),
        ].filter(({ entry }) => matches(entry));
      },
      taughtReading: (id: string) => {
        const value = viewOf(get(id));
        return { value, revision: value.revision };
      },
      async teach(entry: LexiconEntry, by: Person) {
        const impact = await apply({ put: [entry] }, by);
        return { reading: viewOf(get(idOf(entry))), impact };
      },
      async updateReading(
        id: string,
        entry: LexiconEntry,
        as: { readonly expected: string | undefined; readonly by: Person },
      ) {
        get(id);
        if (idOf(entry) !== id) throw otherReading();
        const version = as.expected === undefined || as.expected === "*" ? undefined : Number(as.expected);
        const impact = await apply(
          { put: [entry] },
          as.by,
          version === undefined ? undefined : new Map([[id, version]]),
        );
        return { reading: viewOf(get(id)), impact };
      },
      async forget(id: string, by: Person) {
        get(id);
        return { impact: await apply({ remove: [id] }, by) };
      },

      exportReadings: (from: ReadingSource | "all"): string =>
        tableOfReadings([
          ...(from === "shipped" || from === "all" ? SHIPPED : []),
          ...(from === "file" || from === "all" ? file : []),
          ...(from === "taught" || from === "all" ? taughtEntries(taught.all()) : []),
        ]),
      /** All of the table or nothing; with `dry` only what it would do. */
      async importReadings(table: string, { dry, by }: { readonly dry: boolean; readonly by: Person }) {
        const { entries: put, problems } = readingsFromTable(table);
        if (problems[0]) throw wrongTable(problems.map(({ line, column, words }) => ({ line, column, words })));
        const fresh = put.filter((entry) => JSON.stringify(taught.get(idOf(entry))?.entry) !== JSON.stringify(entry));
        const change = { put: fresh };
        const impact = dry
          ? await affectedBy(change, { before: entries, after: changed(change) })
          : fresh.length > 0
            ? await apply(change, by)
            : { announcements: [] };
        return { taught: fresh.length, unchanged: put.length - fresh.length, dry, impact };
      },
      /** What a change would do, without making it. */
      previewReadings: (change: Change) => affectedBy(change, { before: entries, after: changed(change) }),
      /** Announcements whose kept reading is another than today's. */
      outdated: (from?: AnnouncementId): Promise<Impact> =>
        impactOf({
          announcements: announcements.all(),
          before: ({ spokenText }) => spokenText,
          after: (text) => read(text).spoken,
          from,
        }),
    },
  };
}

export type StationLexicon = ReturnType<typeof createStationLexicon>;

const taughtEntries = (kept: readonly TaughtReading[]): readonly LexiconEntry[] => kept.map(({ entry }) => entry);

const notTaught = (id: string) =>
  new Fault("not-found", {
    vi: `Không có cách đọc đã dạy nào mang mã «${id}».`,
    en: `There is no taught reading with the id "${id}".`,
  });

const otherReading = () =>
  new Fault(
    "invalid",
    {
      vi: "Chữ viết và điều kiện không đổi được, vì cách đọc được nhận ra nhờ chúng. Hãy dạy cách đọc mới rồi xóa cách đọc này. Không có gì được lưu.",
      en: "The written form and its condition cannot change: a reading is known by them. Teach a new one and remove this. Nothing was kept.",
    },
    { path: "/written", reason: "other-reading" },
  );

interface LineProblem {
  readonly line: number;
  readonly column: string | undefined;
  readonly words: { readonly vi: string; readonly en: string };
}

function wrongTable(problems: readonly LineProblem[]): Fault {
  const list = (language: "vi" | "en", word: string) =>
    problems.map(({ line, words }) => `${word} ${line}: ${words[language]}`).join("; ");
  const { line, column } = problems[0] ?? { line: 1, column: undefined };
  return new Fault(
    "invalid",
    {
      vi: `Không nhập được bảng, ${list("vi", "dòng")}. Không có gì được lưu.`,
      en: `The table cannot be taken, ${list("en", "line")}. Nothing was kept.`,
    },
    { path: `/line/${line}${column ? `/${column}` : ""}`, reason: "wrong-table" },
  );
}
