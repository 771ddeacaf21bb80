import { plan } from "../../src/domain/plan.js";
import { clockTime } from "../../src/domain/plan-words.js";
import type { RundownLine } from "../../src/domain/rundown.js";
import { aStation, type StationWishes } from "./a-station.js";

/** The plan in short: planned hour, title, fate, and from when to when it sounds or why not. */
export function told(wishes: StationWishes): string[] {
  const input = aStation(wishes);
  return plan(input).lines.map((line) => short(line, input.zone));
}

/** One line in short. */
export function short(line: RundownLine, zone: string): string {
  const span = line.fate === "dropped" ? "" : ` ${clockTime(zone, line.start)}-${clockTime(zone, line.end)}`;
  const why = line.reason ? ` ${line.reason}` : "";
  return `${line.title} ${line.fate}${span}${why}`;
}
