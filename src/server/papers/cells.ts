/**
 * What stands in a cell, as people read it.
 *
 * @module
 */
import type { Column, PaperCell } from "../../domain/paper.js";
import { numberWords } from "../../domain/report-words.js";

export function shown(cell: PaperCell, column: Column | undefined): string {
  if (cell === undefined) return "";
  if (typeof cell === "string") return cell;
  const { decimals = 0, isPart = false } = column ?? {};
  return isPart ? `${numberWords(cell * 100, decimals)}%` : numberWords(cell, decimals);
}
