/**
 * `config/panel.json`: what people decided in the panel. The program writes it whole and reads it as it reads what people write
 * beside it, so that neither touches the other's files.
 *
 * @module
 */
import { z } from "zod";
import { areaSchema } from "../../domain/area.js";
import { policySchema } from "../../domain/policy.js";
import { type Findings, readStationFile } from "./read-file.js";

/** Name below the station's folder. */
export const PANEL_JSON = "config/panel.json";

export const panelFileSchema = z.strictObject({
  /** By path with dots, as `backup.keep`. */
  settings: z.record(z.string().regex(/^[a-zA-Z]+(?:\.[a-zA-Z]+){0,4}$/), z.json()).default({}),
  /** In the place of those of `policy.json` for the same area and first day. */
  policies: z.array(policySchema).max(1000).default([]),
  /** In the place of those of `areas.json` with the same id, and further ones. */
  areas: z.array(areaSchema).max(2000).default([]),
});
export type PanelFile = z.infer<typeof panelFileSchema>;

export const NOTHING_DECIDED: PanelFile = { settings: {}, policies: [], areas: [] };

/** Empty when nobody has decided anything; `findings` say what is wrong with it. */
export const readPanelFile = (folder: string, findings: Findings): PanelFile =>
  readStationFile(folder, PANEL_JSON, { schema: panelFileSchema, findings })?.value ?? NOTHING_DECIDED;

/** The list with what was decided in the panel in the place of what it replaces, or behind it. */
export function decided<T>(written: readonly T[], own: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const byKey = new Map(own.map((one) => [keyOf(one), one]));
  const known = new Set(written.map(keyOf));
  return [...written.map((one) => byKey.get(keyOf(one)) ?? one), ...own.filter((one) => !known.has(keyOf(one)))];
}

/** A policy is that of an area from a day on. */
export const policyKey = ({ area, from = "" }: { readonly area: string; readonly from?: string | undefined }): string =>
  `${area} ${from}`;
