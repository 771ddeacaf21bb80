import { expect } from "chai";
import type { Cue } from "../../src/protocol/orders.js";
import type { FakeServer } from "../relay/fake-server.js";
import { type Happening, violations } from "./history.js";
import { historyOfJournal } from "./journal-history.js";
import type { Stretch } from "./listening-sink.js";

/** What a run with a server that only speaks the wire must tell to be judged. */
export interface AloneRun {
  readonly cues: readonly Pick<Cue, "id" | "at" | "notAfter" | "items">[];
  readonly heard: readonly Stretch[];
  /** What else was ordered or done, civil ms. */
  readonly more?: readonly Happening[];
}

/**
 * Holds the rules that never bend against what one loudspeaker was ordered, wrote into its journal and gave out, where no station
 * keeps a log. Returns how many soundings were judged.
 */
export function judgeAlone(server: FakeServer, id: string, { cues, heard, more = [] }: AloneRun): number {
  const announcements = new Set(cues.flatMap(({ items }) => items.flatMap(({ announcement }) => announcement ?? [])));
  const ordered = cues.map(
    ({ id: cue, at, notAfter }): Happening => ({
      ...{ kind: "ordered", at: at / 1000, cue, receivers: [id], lateMs: (notAfter - at) / 1000 },
    }),
  );
  const sounded = heard.map(
    ({ trusted, trustedEnd }): Happening => ({
      ...{ kind: "sounded", receiver: id, at: trusted / 1000, until: trustedEnd / 1000 },
    }),
  );
  const told = historyOfJournal(id, server.journal(id));
  const approved = [...announcements].map((announcement): Happening => ({ kind: "approved", at: 0, announcement }));
  const { zone, areas, sensitive, policies } = server.programmeFor(id, []);
  const place = { zone, areas, sensitive, policies };
  expect(violations([...approved, ...ordered, ...more, ...told, ...sounded], { placeOf: () => place })).to.deep.equal(
    [],
  );
  return told.filter(({ kind }) => kind === "started").length;
}
