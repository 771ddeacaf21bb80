/**
 * Confirmed figures: the verbs by which the health office says what case bulletins may say.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Announcement } from "../../domain/announcement.js";
import {
  type CaseFigures,
  type ConfirmedFigures,
  type FiguresId,
  figuresIdSchema,
  valuesOf,
} from "../../domain/case-figures.js";
import type { Person } from "../../domain/person.js";
import { stampOf } from "../../domain/stamp.js";
import type { TemplateUse } from "../../domain/template.js";
import type { AsRunLog, Records } from "./ports.js";
import { slugOf } from "./slug.js";

export interface FiguresParts {
  readonly figures: Records<FiguresId, CaseFigures>;
  readonly asRun: Pick<AsRunLog, "event">;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
}

/** So many are listed, the newest first. */
const LISTED = 200;

export type Figures = ReturnType<typeof createFigures>;

export function createFigures({ figures, asRun, now }: FiguresParts) {
  const usable = (id: FiguresId): CaseFigures => {
    const found = figures.get(id);
    if (!found) throw none(id);
    if (found.withdrawn) throw withdrawn(found);
    return found;
  };

  return {
    /** The values of a template's use with those of the figures that it names. @throws Fault when they may not be used */
    filledFrom(use: TemplateUse, fields: ReadonlySet<string>): TemplateUse {
      if (use.figures === undefined) return use;
      const known = Object.entries(valuesOf(usable(use.figures))).filter(([name]) => fields.has(name));
      return { ...use, values: { ...use.values, ...Object.fromEntries(known) } };
    },

    /** Whether what it says of cases is exactly what was confirmed: by figures that still hold, or by an official text. */
    isConfirmed({ template, official }: Pick<Announcement, "template" | "official">): boolean {
      if (official) return true;
      const found = template?.figures === undefined ? undefined : figures.get(template.figures);
      if (!template || !found || found.withdrawn) return false;
      return Object.entries(valuesOf(found)).every(([name, value]) => {
        const said = template.values[name];
        return said === undefined || said === value;
      });
    },

    verbs: {
      caseFigures: () => [...figures.all()].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, LISTED),

      async confirmFigures(confirmed: ConfirmedFigures, by: Person) {
        const title = `${confirmed.asOfDate} ${confirmed.asOfTime} ${confirmed.area}`;
        const id = figuresIdSchema.parse(slugOf(title, (slug) => figures.get(slug as FiguresId) !== undefined));
        const kept: CaseFigures = { id, ...confirmed, ...stampOf(by, now()) };
        await figures.put(kept, 0);
        asRun.event({ kind: "figures.confirmed", by, after: kept, detail: { id } });
        return kept;
      },

      async withdrawFigures(id: FiguresId, reason: string, by: Person) {
        const before = usable(id);
        const after: CaseFigures = { ...before, withdrawn: { ...stampOf(by, now()), reason } };
        await figures.put(after);
        asRun.event({ kind: "figures.withdrawn", by, why: reason, before, after, detail: { id } });
        return after;
      },
    },
  };
}

const none = (id: string) =>
  new Fault(
    "not-found",
    { vi: `Không có số liệu «${id}».`, en: `There are no figures "${id}".` },
    { reason: "no-figures", path: "/template/figures" },
  );

const withdrawn = ({ area, asOfDate, withdrawn: why }: CaseFigures) =>
  new Fault(
    "conflict",
    {
      vi: `Số liệu ${asOfDate} (${area}) đã bị rút: ${why?.reason ?? ""}. Hãy chọn số liệu mới. Không có gì được lưu.`,
      en: `The figures of ${asOfDate} (${area}) were withdrawn: ${why?.reason ?? ""}. Choose newer ones. Nothing was kept.`,
    },
    { reason: "figures-withdrawn" },
  );
