/**
 * Readings of what Vietnamese spelling does not tell: short forms, foreign words, signs.
 *
 * @module
 */

/** One written form and how it is said. */
export interface LexiconEntry {
  /** 1 to {@link LONGEST_WRITTEN} UTF-16 units, as it stands in the text. */
  readonly written: string;
  readonly spoken: string;
  /** Whether `covid` and `COVID` are meant by `Covid` too. Short forms are exact: `P.` is a ward and `p.` is not. */
  readonly anyCase?: boolean;
  /** What must come next, for forms that mean something only before a name or number; a pattern anchored with `^`. */
  readonly before?: RegExp;
}

/** Longer written forms are left out. */
export const LONGEST_WRITTEN = 60;

const BEFORE_NAME = /^ ?[\p{Lu}\d]/u;
const exact = (written: string, spoken: string): LexiconEntry => ({ written, spoken });
const beforeName = (written: string, spoken: string): LexiconEntry => ({ written, spoken, before: BEFORE_NAME });
const anyCase = (written: string, spoken: string): LexiconEntry => ({ written, spoken, anyCase: true });

/** What every ward writes. A station adds its own; of two entries for the same form the later wins. */
export const BUILT_IN: readonly LexiconEntry[] = [
  exact("UBND", "Ủy ban nhân dân"),
  exact("HĐND", "Hội đồng nhân dân"),
  exact("MTTQ", "Mặt trận Tổ quốc"),
  exact("BCĐ", "Ban Chỉ đạo"),
  exact("TTYT", "Trung tâm Y tế"),
  exact("TDP", "tổ dân phố"),
  exact("THCS", "trung học cơ sở"),
  exact("THPT", "trung học phổ thông"),
  exact("PCCC", "phòng cháy chữa cháy"),
  exact("ATTP", "an toàn thực phẩm"),
  exact("TP.HCM", "thành phố Hồ Chí Minh"),
  exact("TP", "thành phố"),
  exact("TP.", "thành phố"),
  exact("Tp.", "thành phố"),
  exact("TX.", "thị xã"),
  beforeName("P.", "phường"),
  beforeName("Q.", "quận"),
  beforeName("H.", "huyện"),
  anyCase("v.v.", "vân vân"),
  anyCase("v.v", "vân vân"),
  anyCase("Covid-19", "cô-vít mười chín"),
  anyCase("Covid", "cô-vít"),
  anyCase("vaccine", "vắc-xin"),
  anyCase("vắc xin", "vắc-xin"),
  anyCase("internet", "in-tơ-nét"),
  anyCase("website", "oép-sai"),
  exact("5K", "năm ca"),
  exact("km", "ki-lô-mét"),
  exact("kg", "ki-lô-gam"),
  exact("%", "phần trăm"),
  exact("&", "và"),
  exact("+", "cộng"),
];

/** Finds the longest entry that stands at a place of a text; takes the same time however many entries there are. */
export interface Lexicon {
  at(text: string, index: number): LexiconEntry | undefined;
}

const IN_WORD = /[\p{L}\p{M}\p{N}]/u;

/** @param entries later ones win over earlier ones with the same written form */
export function createLexicon(entries: readonly LexiconEntry[]): Lexicon {
  const usable = entries.filter(({ written }) => written.length > 0 && written.length <= LONGEST_WRITTEN);
  const byForm = new Map(usable.filter((entry) => !entry.anyCase).map((entry) => [composed(entry.written), entry]));
  const byLowerForm = new Map(
    usable.filter((entry) => entry.anyCase).map((entry) => [composed(entry.written).toLowerCase(), entry]),
  );
  const lengths = [...new Set([...byForm.keys(), ...byLowerForm.keys()].map((form) => form.length))].sort(
    (a, b) => b - a,
  );

  return {
    at(text, index) {
      const startsInside = touches(text, index);
      for (const length of lengths) {
        const form = text.slice(index, index + length);
        if (form.length < length || touches(text, index + length)) continue;
        const entry = byForm.get(form) ?? byLowerForm.get(form.toLowerCase());
        if (entry === undefined || (startsInside && IN_WORD.test(form.charAt(0)))) continue;
        if (entry.before === undefined || entry.before.test(text.slice(index + length, index + length + 4)))
          return entry;
      }
      return undefined;
    },
  };
}

const composed = (form: string): string => form.normalize("NFC");

/** Whether letters or digits meet at `index` without a break. */
function touches(text: string, index: number): boolean {
  return IN_WORD.test(text.charAt(index - 1)) && IN_WORD.test(text.charAt(index));
}
