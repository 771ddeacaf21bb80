/**
 * Outlines of areas for the map: kept and removed one by one.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { AreaId } from "../../domain/ids.js";
import type { Outline } from "../../domain/outline.js";
import type { Person } from "../../domain/person.js";
import type { AsRunLog, Records } from "./ports.js";

/** Corners of all outlines together: about 400 kB on disk, and as much as a telephone draws at ease. */
const MOST_TOGETHER = 20_000;

export interface OutlineParts {
  readonly outlines: Records<AreaId, Outline>;
  readonly hasArea: (area: AreaId) => boolean;
  readonly asRun: Pick<AsRunLog, "event">;
}

const cornersOf = ({ rings }: Outline): number => rings.reduce((sum, ring) => sum + ring.length, 0);
/** What the log keeps of a drawing: how fine it is. */
const told = (outline: Outline | undefined) =>
  outline && { area: outline.area, rings: outline.rings.length, corners: cornersOf(outline) };

export function createOutlineVerbs({ outlines, hasArea, asRun }: OutlineParts) {
  return {
    outlines: () => outlines.all(),

    /** @throws Fault "not-found"; "invalid", reason `too-fine`, when all together would be too many corners */
    async putOutline(outline: Outline, by: Person) {
      if (!hasArea(outline.area)) throw noArea(outline.area);
      const others = outlines.all().filter(({ area }) => area !== outline.area);
      if (others.reduce((sum, one) => sum + cornersOf(one), cornersOf(outline)) > MOST_TOGETHER) throw tooFine();
      const before = told(outlines.get(outline.area));
      await outlines.put(outline);
      asRun.event({ kind: "outline.saved", area: outline.area, by, before, after: told(outline) });
      return outline;
    },

    async removeOutline(area: AreaId, by: Person) {
      const before = told(outlines.get(area));
      if (!before) return;
      await outlines.delete(area);
      asRun.event({ kind: "outline.removed", area, by, before });
    },
  };
}

const noArea = (area: AreaId) =>
  new Fault("not-found", {
    vi: `Không có địa bàn «${area}». Không có gì được lưu.`,
    en: `There is no area "${area}". Nothing was kept.`,
  });

const tooFine = () =>
  new Fault(
    "invalid",
    {
      vi: `Mọi ranh giới cộng lại quá ${MOST_TOGETHER} điểm. Hãy xóa bớt ranh giới không dùng, hoặc nhập bản đơn giản hơn. Không có gì được lưu.`,
      en: `All outlines together would have more than ${MOST_TOGETHER} corners. Remove some, or bring simpler ones. Nothing was kept.`,
    },
    { reason: "too-fine", path: "/rings" },
  );
