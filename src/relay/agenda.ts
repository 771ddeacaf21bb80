/**
 * Brings cues to the play-head when they are near, asks the guard, and has each beginning on disk before its first sample.
 *
 * @module
 */
import type { Sha256 } from "../domain/ids.js";
import { announcementsOf, type Claim, cueClaim } from "../receiver/claims.js";
import { judgeStart } from "../receiver/guard.js";
import { itemFrom } from "../receiver/held-claim.js";
import { cuesOf, type DueCue, lastOf, type WantedClip, wantedClips } from "../receiver/programme-holder.js";
import type { PlayReason } from "../receiver/reasons.js";
import { microsOf, sampleAt, samplesIn } from "../receiver/samples.js";
import { type House, identityOf, placeOf } from "./house.js";

/** A cue is brought to the play-head this long before it begins, µs: time to read its clips. */
const NEAR = 5_000_000;
/** The guard is asked and the beginning written down this long before, samples. */
const WRITE_AHEAD = samplesIn(1_500);
/** What is due is written down before its first sample is rendered, samples. */
const DUE_AHEAD = samplesIn(1_000);
/** Clips are read from disk when they sound within this, samples. */
const READ_AHEAD = samplesIn(10_000);

export interface Agenda {
  /** The programme or the orders have changed. */
  refresh(): void;
  /** Several times a second. */
  tick(): void;
  /** What sounded live under the name of a cue is lost: the cue sounds in its place from where it would be now. */
  goOn(key: string): void;
  /** Clips of all cues to come, the most urgent first. */
  wanted(): WantedClip[];
  /** Something sounds or will within so long, µs; a minute when left out. */
  isBusy(within?: number): boolean;
}

export function createAgenda(house: House): Agenda {
  const { head, disk, time, library, journal, log } = house;
  /** Begun by an earlier run, or as a live stream that was lost, and not known to be over. */
  const begunBefore = new Set([...disk.memory.played].filter(([, { done }]) => !done).map(([key]) => key));
  let cues: DueCue[] = [];
  const writing = new Set<string>();
  /** Claims of which the journal knows that they were due. */
  const told = new Set<string>();

  const claimOf = ({ cue, confirmed, issuedAt }: DueCue): Claim =>
    cueClaim(cue, { confirmed, issuedAt, begunBefore: begunBefore.has(cue.id) });

  const forget = (key: string) => {
    disk.remember({ kind: "done", key }).catch((thrown: unknown) => log.error("relay.disk-failed", { thrown }));
  };
  /** Writes down what can no longer sound and never came to the play-head. */
  const close = (claim: Claim, event: "cut" | "missed", why: "restart" | "late") => {
    forget(claim.key);
    journal.write({
      event,
      cue: claim.key,
      class: claim.class,
      dueAt: microsOf(claim.start),
      at: time.now(),
      why,
    });
  };

  /**
   * Ends what has not sounded here. Its end is told with the next block, which may be long in coming; until then it must not
   * be brought, and ended, once more.
   */
  const refuse = (claim: Claim, why: PlayReason) => {
    if (claim.content.kind === "clips") forget(claim.key);
    head.end(claim.key, why);
  };

  const offer = (claim: Claim) => head.offer(claim, disk.memory.recalled);
  const bring = (due: DueCue, now: number) => {
    const { cue, issuedAt } = due;
    if (disk.memory.played.get(cue.id)?.done || head.get(cue.id)) return;
    const claim = claimOf(due);
    if (claim.begunBefore) {
      if (now >= cue.at + cue.durationMs * 1000) close(claim, "cut", "restart");
      else offer(claim);
    } else if (now <= cue.notAfter) offer(claim);
    else if (cue.notAfter >= issuedAt) close(claim, "missed", "late");
  };

  const isAudible = (claim: Claim): boolean => {
    const one = head.get(claim.key);
    // A slot of radio without a fallback: silence is nothing that was heard.
    if (!one || (claim.content.kind === "clips" && claim.content.items.length === 0)) return false;
    const late = Math.max(0, sampleAt(time.now()) - claim.start);
    const item = itemFrom(one, late < claim.length ? late : 0);
    if (!item || library.isReady(item.sha256)) return true;
    return one.stream !== undefined && library.covers(one.stream, claim.start + Math.max(item.from, late));
  };

  const permit = async (claim: Claim) => {
    writing.add(claim.key);
    try {
      await disk.remember({ kind: "started", key: claim.key, at: microsOf(claim.start) });
      // Meanwhile it may have been stopped, and another one offered that nobody has judged.
      if (head.get(claim.key)?.claim === claim) head.permit(claim.key);
    } catch (thrown) {
      log.error("relay.disk-failed", { cue: claim.key, thrown });
      // Better an emergency that a restart might repeat than one that is not heard; but a person must have meant it.
      if (claim.class === "emergency" && claim.confirmed) head.permit(claim.key);
      else refuse(claim, "disk");
    } finally {
      writing.delete(claim.key);
    }
  };

  const tellDue = (now: number) => {
    for (const key of told) if (!head.get(key)) told.delete(key);
    for (const { claim } of head.claims()) {
      const isPlanned = claim.content.kind === "clips" && !claim.begunBefore;
      if (!isPlanned || told.has(claim.key) || claim.start > now + DUE_AHEAD) continue;
      told.add(claim.key);
      const dueAt = microsOf(claim.start);
      journal.write({
        ...{ event: "due", cue: claim.key, class: claim.class, announcements: announcementsOf(claim) },
        ...{ dueAt, at: dueAt, clockErrorUs: time.errorUs() },
      });
    }
  };

  const judge = (claim: Claim, now: number) => {
    const scene = { identity: identityOf(house), place: placeOf(house), now: time.now(), trusted: time.trusted() };
    const verdict = judgeStart(claim, scene, disk.memory);
    if (verdict.kind === "refuse") refuse(claim, verdict.why === "late" ? missing(claim) : verdict.why);
    else if (isAudible(claim)) void permit(claim);
    else if (now > claim.notAfter) refuse(claim, "no-audio");
  };
  /** Late for want of sound is another thing than late for being off. */
  const missing = (claim: Claim) => (isAudible(claim) ? "late" : "no-audio");

  const neededNow = (now: number): Set<Sha256> => {
    const needed = new Set<Sha256>();
    for (const { claim, phase, anchor, position } of head.claims()) {
      if (claim.content.kind === "live") continue;
      const at = phase === "interrupted" ? position : Math.max(0, now - anchor);
      const begin = at >= claim.length ? 0 : at;
      for (const item of claim.content.items)
        if (item.to > begin - READ_AHEAD / 10 && item.from < begin + READ_AHEAD) needed.add(item.sha256);
    }
    return needed;
  };

  return {
    refresh() {
      const now = time.now();
      cues = cuesOf(house.programme, disk.memory).filter(
        ({ cue }) => !disk.memory.played.get(cue.id)?.done && lastOf(cue) > now - 8 * 86_400e6,
      );
      const known = new Map(cues.map((due) => [due.cue.id as string, due]));
      for (const { claim, begun } of head.claims()) {
        if (claim.content.kind === "live" || begun) continue;
        const due = known.get(claim.key);
        if (!due) head.withdraw(claim.key);
        else if (JSON.stringify(claimOf(due)) !== JSON.stringify(claim)) offer(claimOf(due));
      }
    },
    tick() {
      const now = time.now();
      if (time.trusted()) {
        for (const due of cues) {
          if (due.cue.at > now + NEAR) break;
          bring(due, now);
        }
      }
      for (const [stream, { key, isLive }] of house.streams) if (!isLive) head.feed(key, stream);
      const sample = sampleAt(now);
      library.retain(neededNow(sample));
      tellDue(sample);
      for (const { claim, permitted } of head.claims())
        if (!permitted && !writing.has(claim.key) && claim.start <= sample + WRITE_AHEAD) judge(claim, sample);
    },
    goOn(key) {
      begunBefore.add(key);
    },
    wanted: () => wantedClips(cues, time.now()),
    isBusy(within = 60e6) {
      if (head.sounding()) return true;
      const now = time.now();
      return cues.some(({ cue }) => cue.at > now - 1e6 && cue.at < now + within);
    },
  };
}
