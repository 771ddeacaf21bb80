/**
 * The packs that are prepared for dangers: keeping them, and what is missing in them today.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { type Pack, type PackId, problemsOf } from "../../domain/emergency-pack.js";
import type { LocalDate } from "../../domain/local-time.js";
import type { Person } from "../../domain/person.js";
import type { AnnouncementBook } from "./announcement-book.js";
import { numberOf } from "./announcements.js";
import type { AnnouncementRecords, AsRunLog, Records } from "./ports.js";

export interface PackParts {
  readonly packs: Records<PackId, Pack>;
  readonly announcements: Pick<AnnouncementRecords, "get">;
  readonly isApproved: AnnouncementBook["isApproved"];
  readonly today: () => LocalDate;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly onPacks: () => void;
}

export function createPackVerbs({ packs, announcements, isApproved, today, asRun, onPacks }: PackParts) {
  const get = (id: PackId): Pack => {
    const found = packs.get(id);
    if (found) return found;
    throw new Fault("not-found", { vi: `Không có gói khẩn cấp «${id}».`, en: `There is no emergency pack "${id}".` });
  };
  const problems = (pack: Pack) =>
    problemsOf(
      pack,
      (id) => {
        const announcement = announcements.get(id);
        return announcement && { announcement, isApproved: isApproved(announcement) };
      },
      today(),
    );
  const kept = (pack: Pack) => ({
    value: { ...pack, problems: problems(pack) },
    revision: String(packs.version(pack.id) ?? 0),
  });

  return {
    emergencyPacks: () => packs.all().map(kept),
    emergencyPack: (id: PackId) => kept(get(id)),
    /** A pack may be kept unfinished: what it lacks is said, and it cannot be used until that is there. */
    async putEmergencyPack(
      pack: Pack,
      { expected, by }: { readonly expected: string | undefined; readonly by: Person },
    ) {
      const before = packs.get(pack.id);
      await packs.put(pack, expected === undefined ? 0 : numberOf(expected));
      asRun.event({ kind: "pack.saved", by, before, after: pack, detail: { id: pack.id, title: pack.title } });
      onPacks();
      return kept(get(pack.id));
    },
    async removeEmergencyPack(id: PackId, by: Person) {
      const before = get(id);
      await packs.delete(id);
      asRun.event({ kind: "pack.removed", by, before, detail: { id } });
      onPacks();
    },
    /** @throws Fault "not-found", or "forbidden", reason `pack-not-ready`, naming everything that is missing */
    readyPack(id: PackId): Pack {
      const pack = get(id);
      const missing = problems(pack);
      if (missing.length === 0) return pack;
      throw new Fault(
        "forbidden",
        {
          vi: `Gói «${pack.title}» chưa sẵn sàng: ${missing.map(({ words }) => words.vi).join(" ")} Không có gì được phát.`,
          en: `The pack "${pack.title}" is not ready: ${missing.map(({ words }) => words.en).join(" ")} Nothing was aired.`,
        },
        { reason: "pack-not-ready" },
      );
    },
  };
}
