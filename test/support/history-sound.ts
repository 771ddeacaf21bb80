import { epoch } from "../../src/base/units.js";
import type { ReceiverId } from "../../src/domain/ids.js";
import { isQuiet } from "../../src/domain/policy-rules.js";
import type { Happening, HistoryRules, Sounding } from "./history.js";

/** The latest beginning after its time, milliseconds, where nothing stricter was ordered. */
const LATE = { ordinary: 120_000, priority: 14_400_000, emergency: 1_800_000 };
/** Samples and the lines about them may be so far apart, milliseconds: an output's own clock, and the ramp of an end. */
const APART_MS = 400;
/** An order to sound a pip may be on its way for so long, milliseconds. */
const PIP_COMES_MS = 2000;

/** A loudspeaker writes down what begins while it hands the samples over, so long before they are heard, milliseconds. */
const LEAD_MS = 250;

/** What may be heard at a receiver of one cue, from `from` until `until`. */
interface Covered {
  readonly cue: string;
  readonly from: number;
  until: number;
}

/** Judges what sounded, and when: R1 to R5. */
export function createSoundJudge(all: readonly Happening[], { placeOf, stopWithinMs = 1000 }: HistoryRules) {
  const found: string[] = [];
  const started = new Set<string>();
  /** What sounds at each receiver. */
  const sounding = new Map<string, Covered>();
  const covered = new Map<string, Covered[]>();
  const approved = new Set<string>();
  const recalled = new Set<string>();
  const stopped = new Map<string, { readonly at: number; readonly cue: string }>();
  const deaths = new Map<string, number>();
  const orders = all.filter((it) => it.kind === "ordered");

  const end = (receiver: string, cue: string, at: number) => {
    const now = sounding.get(receiver);
    if (now?.cue !== cue) return;
    now.until = Math.min(now.until, at);
    sounding.delete(receiver);
  };
  /** R3: what was sounding at the stop must end in time, also where no line tells of its end. */
  const judgeStop = (receiver: string, cue: string, at: number) => {
    const stop = stopped.get(receiver);
    if (stop?.cue !== cue) return;
    stopped.delete(receiver);
    if (at - stop.at > stopWithinMs) found.push(`R3: ${receiver} fell silent ${at - stop.at} ms after a stop (${cue})`);
  };
  /** R5: an order of the station names it, for this receiver; R4: and not so late. */
  const judgeOrder = ({ cue, receiver, at, lateMs }: Sounding, key: string, isStart: boolean) => {
    const own = orders.filter(
      (it) => it.cue === cue && it.at <= at + APART_MS && (it.receivers === "all" || it.receivers.includes(receiver)),
    );
    if (own.length === 0) found.push(`R5: ${key} sounded without an order`);
    const limits = own.flatMap((it) => it.lateMs ?? []);
    if (isStart && limits.length > 0 && lateMs > Math.max(...limits) + APART_MS)
      found.push(`R4: ${key} started ${lateMs} ms late, though ordered for ${Math.max(...limits)} at most`);
  };
  const judgeContent = ({ announcements, receiver }: Sounding) => {
    for (const announcement of announcements) {
      if (!approved.has(announcement)) found.push(`R2: ${announcement} sounded unapproved at ${receiver}`);
      if (recalled.has(`${announcement} at ${receiver}`))
        found.push(`R3: ${announcement} sounded after its recall at ${receiver}`);
    }
  };
  const begin = (it: Sounding) => {
    const { receiver, cue, at } = it;
    const key = `${cue} at ${receiver}`;
    const isStart = it.kind === "started";
    // A loudspeaker that was killed between writing its beginning down and its first sample goes on without a start.
    if (isStart && started.has(key)) found.push(`R4: ${key} started twice`);
    started.add(key);
    if (it.lateMs > LATE[it.class as keyof typeof LATE]) found.push(`R4: ${key} started ${it.lateMs} ms late`);
    judgeOrder(it, key, isStart);
    const other = sounding.get(receiver);
    if (other && other.cue !== cue && other.until > at)
      found.push(`two at once at ${receiver}: ${other.cue} and ${cue}`);
    const span = { cue, from: at, until: at + (it.lengthMs ?? Number.POSITIVE_INFINITY) };
    // Its program died with these samples in hand.
    if (at - (deaths.get(receiver) ?? Number.NEGATIVE_INFINITY) > LEAD_MS) sounding.set(receiver, span);
    covered.set(receiver, [...(covered.get(receiver) ?? []), span]);
    const excused = it.class === "emergency" && it.confirmed;
    if (!excused && isQuiet(placeOf(receiver as ReceiverId), epoch(at)))
      found.push(`R1: ${key} sounded in quiet hours, ${new Date(at).toISOString()}`);
    judgeContent(it);
  };
  /** Samples are looked at when every line is known. */
  const judgeSamples = (): string[] =>
    all.flatMap((it) => {
      if (it.kind !== "sounded") return [];
      const spans = covered.get(it.receiver) ?? [];
      const isCovered = isWithin(it, spans);
      return isCovered ? [] : [`R5: samples at ${it.receiver} that no order is on for, ${spanWords(it)}`];
    });
  const judgeSilence = (last: number): string[] =>
    [...stopped].flatMap(([receiver, { at, cue }]) =>
      last - at > stopWithinMs && (sounding.get(receiver)?.until ?? at) - at > stopWithinMs
        ? [`R3: ${receiver} never told that ${cue} ended after a stop`]
        : [],
    );

  return {
    take(it: Happening): void {
      switch (it.kind) {
        case "approved":
          approved.add(it.announcement);
          return;
        case "recalled":
          for (const receiver of it.receivers) recalled.add(`${it.announcement} at ${receiver}`);
          return;
        case "killed": {
          const now = sounding.get(it.receiver);
          if (now) end(it.receiver, now.cue, it.at);
          deaths.set(it.receiver, it.at);
          stopped.delete(it.receiver);
          return;
        }
        case "stop":
          for (const receiver of it.receivers) {
            const now = sounding.get(receiver);
            if (now && now.until > it.at && (it.cue ?? now.cue) === now.cue)
              stopped.set(receiver, { at: it.at, cue: now.cue });
          }
          return;
        case "pip":
          for (const receiver of it.receivers) {
            const span = { cue: "pip", from: it.at, until: it.at + PIP_COMES_MS + it.lengthMs };
            covered.set(receiver, [...(covered.get(receiver) ?? []), span]);
          }
          return;
        case "ended":
          judgeStop(it.receiver, it.cue, it.at);
          end(it.receiver, it.cue, it.at);
          return;
        case "started":
        case "resumed":
          begin(it);
          return;
        case "unordered":
          found.push(`R5: ${it.receiver} heard itself without an order`);
          return;
        default:
          return;
      }
    },
    verdict: () => [...found, ...judgeSamples(), ...judgeSilence(all.at(-1)?.at ?? 0)],
  };
}

/** Whether cues one after the other cover it from end to end. */
function isWithin({ at, until }: { readonly at: number; readonly until: number }, spans: readonly Covered[]): boolean {
  let reached = at;
  for (const span of [...spans].sort((a, b) => a.from - b.from))
    if (span.from <= reached + APART_MS && span.until > reached) reached = span.until;
  return reached + APART_MS >= until && reached > at;
}

const spanWords = ({ at, until }: { readonly at: number; readonly until: number }): string =>
  `${new Date(at).toISOString()} for ${Math.round(until - at)} ms`;
