/**
 * What the server is told: state, journal and clips. Each is sent when it changes, and again until it is known to have come.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import type { Instant } from "../base/units.js";
import type { Sha256 } from "../domain/ids.js";
import { MAX_CLIPS_LISTED, MAX_FAILED_LISTED, STATE_IDLE, STATE_ON_AIR } from "../protocol/limits.js";
import type { ReceiverMessage, StateBody } from "../protocol/messages.js";
import { nextReport } from "../protocol/report.js";
import type { Journal } from "./disk/journal.js";
import { isHealthNews } from "./machine-figures.js";

/** A report that is not acknowledged is sent again after this, ms. */
const RESEND = 10_000;
/** Changes of state are told at once, but not more often than this, ms. */
const NEWS_PAUSE = 500;
/** A clock error that is so many times larger or smaller than the one told is news. */
const MUCH = 4;
/** Changes of what is held are gathered for this long, ms: a programme brings many clips. */
const GATHER = 500;

export interface ReportsOptions {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly send: (message: ReceiverMessage) => boolean;
  readonly state: () => StateBody;
  readonly have: () => readonly Sha256[];
  readonly failed: () => { sha256: Sha256; why: string }[];
}

export interface Reports {
  /** A connection is open; the server holds the journal up to here. */
  welcome(reported: number): void;
  reported(journal: string, upTo: number): void;
  clipsChanged(): void;
  /** Something began or ended: tell at once. A clock that has become trusted is told at the next tick. */
  soundChanged(): void;
  /** Several times a second. */
  tick(): void;
}

export function createReports({ clock, journal, send, state, have, failed }: ReportsOptions): Reports {
  let stateAt: Instant | undefined;
  let told: StateBody | undefined;
  /** When the health of the machine was last told, and as what. */
  let healthAt: Instant | undefined;
  let health: StateBody["health"];
  /** When the last report went out that is not acknowledged, and the last line in it. */
  let reportAt: Instant | undefined;
  let sent = 0;
  let clipsChangedAt: Instant | undefined;

  const sendState = () => {
    stateAt = clock.now();
    told = state();
    const { health: present, ...rest } = told;
    const isOld = healthAt === undefined || stateAt - healthAt >= STATE_IDLE;
    const isTold = !isOld && !isHealthNews(present, health);
    if (!isTold) {
      healthAt = stateAt;
      health = present;
    }
    send({ t: "state", p: isTold ? rest : told });
  };
  /**
   * The server takes the first line after a greeting for the oldest that there is. So nothing follows it until it is there: what
   * somebody on the line swaps or holds back must not look like a journal with a gap.
   */
  let isFirstOnItsWay = false;
  /** Sends what has not been sent; the server takes a line that comes twice once. */
  const sendReport = () => {
    if (isFirstOnItsWay) return;
    const report = nextReport(journal.id, journal.pending(sent));
    const last = report.p.lines.at(-1);
    if (!last || !send(report)) return;
    sent = last.seq;
    reportAt = clock.now();
  };
  const resend = () => {
    sent = 0;
    reportAt = undefined;
    isFirstOnItsWay = false;
    sendReport();
    isFirstOnItsWay = sent > 0;
  };
  const sendClips = () => {
    clipsChangedAt = undefined;
    send({
      t: "clips",
      p: { have: [...have()].slice(0, MAX_CLIPS_LISTED), failed: failed().slice(0, MAX_FAILED_LISTED) },
    });
  };
  journal.onLine = sendReport;

  return {
    welcome(reported) {
      journal.acknowledge(reported);
      healthAt = undefined;
      sendClips();
      sendState();
      resend();
    },
    reported(id, upTo) {
      if (id !== journal.id) return;
      journal.acknowledge(upTo);
      isFirstOnItsWay = false;
      if (upTo >= sent) reportAt = undefined;
      sendReport();
    },
    clipsChanged() {
      clipsChangedAt ??= clock.now();
    },
    soundChanged: sendState,
    tick() {
      const now = clock.now();
      const present = state();
      const period = present.now.length > 0 ? STATE_ON_AIR : STATE_IDLE;
      const age = stateAt === undefined ? period : now - stateAt;
      if (age >= period || (age >= NEWS_PAUSE && (isNews(present, told) || isHealthNews(present.health, health))))
        sendState();
      if (reportAt !== undefined && now - reportAt >= RESEND) resend();
      if (clipsChangedAt !== undefined && now - clipsChangedAt >= GATHER) sendClips();
    },
  };
}

const NEWS = ["clock", "sink", "muted", "volume", "late", "underruns"] as const;

/** What somebody at the station would want to see before the next hour: everything but the course of time. */
function isNews(present: StateBody, told: StateBody | undefined): boolean {
  if (told === undefined || NEWS.some((name) => present[name] !== told[name])) return true;
  const [less, more] = [present.clockErrorUs, told.clockErrorUs].sort((a, b) => a - b) as [number, number];
  return more > MUCH * Math.max(less, 1000);
}
