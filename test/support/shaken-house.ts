import { expect } from "chai";
import { exportLog, readRecording } from "./check-house.js";
import type { Happening } from "./history.js";
import { createTraffic } from "./mixed-traffic.js";
import { LENGTH_S, type ProcessHouse } from "./process-house.js";
import { tone } from "./tones.js";
import { eventually } from "./whole-house.js";

/** A short item every few seconds, so that troubles fall into items, between them, and into writes. */
const EVERY_S = 3;
const MINUTE = 60_000;

/** The hour in Việt Nam, `hh:mm`. */
const hourOf = (instant: number) => new Date(instant + 7 * 60 * MINUTE).toISOString().slice(11, 16);

/** The whole minute that is quiet: the first that begins well after the run does. */
function quietMinute(from: number) {
  const begin = Math.ceil((from + 20_000) / MINUTE) * MINUTE;
  return { begin, end: begin + MINUTE, range: { from: hourOf(begin), to: hourOf(begin + MINUTE) } };
}

/**
 * Lays, fills and plans a station for a run of troubles: a programme of short items with a quiet minute in it, an emergency
 * that may be ordered, traffic by people, and an account of everything. `seconds`: how long the programme is.
 */
export async function openShakenHouse(
  house: ProcessHouse,
  { random, seconds, laid = async () => {} }: { random: () => number; seconds: number; laid?: () => Promise<unknown> },
) {
  const quiet = quietMinute(Date.now());
  const policies = [{ area: "phuong", quiet: [quiet.range], quietSensitive: [quiet.range] }];
  await house.lay(policies);
  await laid();
  await house.prepare();
  const khan = await house.upload("khan", tone(LENGTH_S, 900), "emergency");
  await house.approve("khan", khan.version);
  // The station takes no hour whose sound would reach into quiet ones.
  const mayBe = (at: number) => at < quiet.begin - 2_000 || at >= quiet.end;
  await house.plan(Math.ceil(Date.now() / 1000) * 1000 + 3_000, Math.ceil(seconds / EVERY_S), EVERY_S, mayBe);
  const traffic = createTraffic(house, random);

  return {
    traffic,
    /** People are busy for so long, and what they do last is under way when the promise resolves. */
    async busyFor(length: number): Promise<{ readonly onTheWay: Promise<void> }> {
      const until = Date.now() + length;
      while (Date.now() < until) await traffic.act();
      return { onTheWay: traffic.act() };
    },
    /** The whole account: every rule that never bends, every acknowledged write, every line of both logs. */
    async settle(least: number): Promise<void> {
      const survived = Date.now();
      // The quiet minute may lie just ahead.
      const patience = Math.max(0, quiet.end - survived) + 30_000;
      await eventually("more of the programme", patience, async () =>
        (await house.readLog()).some(({ kind, at }) => kind === "finished" && Date.parse(at) > survived + 3_000),
      );
      await traffic.look(true);
      const soundings = await house.check({ more: traffic.happened, late: () => journalKept(house) });
      expect(soundings, "soundings that began").to.be.at.least(least);
      const heard = (await Promise.all(house.recordings().map(readRecording))).flat();
      expect(heard.length, "stretches of samples that were judged, too").to.be.at.least(least);
      expect(traffic.counts.acknowledged / traffic.counts.asked, "acknowledged of what was asked").to.be.above(0.3);
    },
  };
}
export type ShakenHouse = Awaited<ReturnType<typeof openShakenHouse>>;

/** Each line that the loudspeaker's disk holds must be in the station's log, and none of a journal's numbers may be missing there. */
async function journalKept(house: ProcessHouse): Promise<Happening[]> {
  const { id, lines } = await house.journal();
  const at = Date.now();
  const log = (await exportLog(await house.access())).filter(({ journal }) => journal === id);
  const kept = new Map(log.map(({ seq = 0, kind, cue = "" }) => [seq, `${kind} ${cue}`]));
  const last = Math.max(0, ...kept.keys(), ...lines.map(({ seq }) => seq));
  return Array.from({ length: last }, (_, index) => index + 1).flatMap((seq): Happening[] => {
    const line = lines.find((one) => one.seq === seq);
    const value = kept.get(seq);
    const what = `line ${seq} of the journal`;
    return [
      { kind: "acknowledged", at, what, value: line ? `${line.event} ${line.cue}` : (value ?? "some line") },
      { kind: "found", at, what, ...(value === undefined ? {} : { value }) },
    ];
  });
}
