/**
 * The map under the drawing of loudspeakers: brought in, shown and removed.
 *
 * @module
 */
import type { Person } from "../../domain/person.js";
import type { AsRunLog, BaseMaps } from "./ports.js";

export interface BaseMapParts {
  readonly baseMap: BaseMaps;
  readonly asRun: Pick<AsRunLog, "event">;
  /** Removes a file that nobody needs any more. */
  readonly removeFile: (file: string) => Promise<void>;
}

export function createBaseMapVerbs({ baseMap, asRun, removeFile }: BaseMapParts) {
  return {
    baseMap: () => baseMap.about(),
    tile: baseMap.tile,
    /** @throws Fault "invalid" for what is no map that can be shown; the former one is kept then */
    async putBaseMap({ file }: { readonly file: string }, by: Person) {
      const before = baseMap.about();
      const after = await baseMap.keep(file);
      asRun.event({ kind: "base-map.saved", by, before, after });
      await removeFile(file);
      return after;
    },
    async removeBaseMap(by: Person) {
      const before = baseMap.about();
      if (!before) return;
      await baseMap.remove();
      asRun.event({ kind: "base-map.removed", by, before });
    },
  };
}
