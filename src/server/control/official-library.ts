/**
 * The library of official texts: filled by offices that may, taken from by wards, which only confirm.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { OfficialDraft, OfficialText, OfficialTextId } from "../../domain/official-text.js";
import type { Person } from "../../domain/person.js";
import { stampOf } from "../../domain/stamp.js";
import { type AnnouncementVerbs, numberOf, type TextDraft } from "./announcements.js";
import type { AsRunLog, Records } from "./ports.js";

export interface LibraryParts {
  readonly officialTexts: Records<OfficialTextId, OfficialText>;
  readonly createFromText: AnnouncementVerbs["createFromText"];
  readonly asRun: Pick<AsRunLog, "event">;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
}

interface Saving {
  /** The revision that was read; nothing for a new one, `"*"` for any. */
  readonly expected: string | undefined;
  readonly by: Person;
}
/** What a ward may choose. */
type Choice = Pick<TextDraft, "id" | "voice" | "targets" | "validFrom" | "validUntil">;

export function createLibraryVerbs({ officialTexts, createFromText, asRun, now }: LibraryParts) {
  const officialText = (id: OfficialTextId) => {
    const value = officialTexts.get(id);
    if (!value) throw none(id);
    return { value, revision: String(officialTexts.version(id) ?? 0) };
  };

  return {
    officialTexts: () => officialTexts.all().map(({ id }) => officialText(id)),
    officialText,
    async putOfficialText(id: OfficialTextId, draft: OfficialDraft, { expected, by }: Saving) {
      const before = officialTexts.get(id);
      const after: OfficialText = { id, ...draft, ...stampOf(by, now()) };
      await officialTexts.put(after, expected === undefined ? 0 : numberOf(expected));
      asRun.event({ kind: "official-text.saved", by, before, after, detail: { id } });
      return officialText(id);
    },
    async removeOfficialText(id: OfficialTextId, by: Person) {
      const before = officialText(id).value;
      await officialTexts.delete(id);
      asRun.event({ kind: "official-text.removed", by, before, detail: { id } });
    },

    /**
     * Makes an announcement that says it word for word. Whoever takes it has written nothing of it: its author is who put it into
     * the library, so one person of the ward is enough to confirm it.
     */
    takeOfficialText(of: OfficialTextId, choice: Choice, by: Person) {
      const { id: mark, title, class: kind, topic, text, issuer, number, date, ...entered } = officialText(of).value;
      const { account } = entered;
      const author: Person = { name: entered.by, ...(account === undefined ? {} : { account }) };
      const official = { mark: { id: mark, issuer, number, date }, author };
      return createFromText({ ...choice, title, class: kind, topic, text, official }, by);
    },
  };
}

const none = (id: string) =>
  new Fault("not-found", {
    vi: `Kho văn bản chính thức không có «${id}».`,
    en: `There is no official text "${id}".`,
  });
