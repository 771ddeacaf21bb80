/**
 * The as-run log as one caller sees it: what happened in their places and around them, to the announcements that they see, and
 * what they did themselves.
 *
 * @module
 */
import type { LogSight } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import type { ControlVerbs } from "./control-verbs.js";
import { type Lens, notHere } from "./lens.js";

export function narrowRecords(control: ControlVerbs, lens: Lens, { account }: Person) {
  const sight = (): LogSight => ({
    within: [...lens.sight.within],
    around: [...lens.sight.around],
    announcements: control.announcements().flatMap((one) => (lens.announcement(one) ? [one.id] : [])),
    account,
  });
  return {
    logPage: (query) => control.logPage(query, sight()),
    exportLog: (query) => control.exportLog(query, sight()),
    results: (query) =>
      control.results(
        query,
        control.receivers().flatMap(({ id, area }) => (lens.inSight(area) ? [id] : [])),
      ),
    async heldDays(query) {
      if (query.receiver !== undefined && !lens.receiver(query.receiver)) throw notHere();
      return (await control.heldDays(query)).filter(({ receiver }) => lens.receiver(receiver));
    },
  } satisfies Partial<ControlVerbs>;
}
