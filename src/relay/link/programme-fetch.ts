/**
 * Gets a new programme from the server and puts it on disk before anything else is done with it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { backoff } from "../../base/backoff.js";
import type { Cancel, Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { type Instant, later, type Ms, ms, seconds } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import { MAX_PROGRAMME } from "../../protocol/limits.js";
import { type Programme, programmeSchema } from "../../protocol/programme.js";
import type { ProgrammeRefusal } from "../../receiver/reasons.js";
import type { Verify } from "../trust.js";
import { Unfetched } from "./fetch-in-pieces.js";
import { PACKED, type StationHttp, spreadWait } from "./station-http.js";

/** Longest transfer: a week of cues over a poor line. */
const TIMEOUT = seconds(60);
const RETRY = { base: ms(1_000), cap: ms(60_000) };

export interface ProgrammeFetchOptions {
  readonly http: Pick<StationHttp, "get">;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** Revision held now. */
  readonly held: () => number;
  /** Takes a programme over; resolves when it is on disk. */
  readonly accept: (programme: Programme) => Promise<void>;
  readonly verify: Verify;
  /** Whom a programme must be for. */
  readonly receiver: ReceiverId;
  /** The revision announced is on disk. */
  readonly onHeld: (revision: number) => void;
  /** The one announced is not taken. */
  readonly onRefused: (held: number, refused: { readonly revision: number; readonly why: ProgrammeRefusal }) => void;
}

/** What the server says of a programme that waits. */
export interface Announced {
  readonly revision: number;
  readonly sha256: string;
  readonly keyId?: string | undefined;
  readonly signature?: string | undefined;
}

/** Trying again brings the same. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly why: ProgrammeRefusal;
  constructor(why: ProgrammeRefusal) {
    super(why);
    this.why = why;
  }
}

export interface ProgrammeFetch {
  announced(announcement: Announced): void;
  close(): void;
}

export function createProgrammeFetch(options: ProgrammeFetchOptions): ProgrammeFetch {
  const { http, clock, log, random, held, accept, onHeld, verify, receiver, onRefused } = options;
  let wanted: Announced | undefined;
  let tries = 0;
  let running = false;
  /** A busy server is asked again then, whatever it announces meanwhile. */
  let busyUntil: Instant = clock.now();
  let cancel: Cancel | undefined;
  const stop = new AbortController();

  const fetchOne = async ({ sha256, keyId = "", signature = "" }: Announced): Promise<Programme> => {
    const late = new AbortController();
    const cancelLate = clock.after(TIMEOUT, () => late.abort());
    try {
      const signal = AbortSignal.any([stop.signal, late.signal]);
      // Not in pieces, as clips come: packed it is no larger than one or two of those.
      const answer = await http.get("programme", { signal, headers: PACKED });
      if (!answer.isOk) {
        answer.body.resume();
        throw new Unfetched(answer);
      }
      const bytes = await answer.bytes(MAX_PROGRAMME);
      // A newer one may have taken its place since it was announced; its own announcement is on its way.
      if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new Error("not the one announced");
      const text = new TextDecoder().decode(bytes);
      const found = verify("programme", { text, keyId, signature });
      if (found.keyId === false) throw new Refused(found.doubt);
      const programme = programmeSchema.safeParse(parse(text)).data;
      if (!programme) throw new Refused("malformed");
      if (programme.receiver !== receiver) throw new Refused("audience");
      return programme;
    } finally {
      cancelLate();
    }
  };

  /** Takes the one announced over, or finds out why not. */
  const obtain = async (announced: Announced): Promise<ProgrammeRefusal | undefined> => {
    if (announced.revision === held()) return undefined;
    if (announced.revision < held()) return "older-revision";
    try {
      const programme = await fetchOne(announced);
      if (programme.revision <= held()) return "older-revision";
      await accept(programme);
      if (programme.revision < announced.revision)
        throw new Error(`got revision ${programme.revision} for ${announced.revision}`);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof Refused) return thrown.why;
      throw thrown;
    }
  };
  const work = async () => {
    while (wanted && !stop.signal.aborted) {
      const { revision } = wanted;
      const why = await obtain(wanted);
      tries = 0;
      if (why) {
        log.error("relay.programme-refused", { revision, why });
        onRefused(held(), { revision, why });
      } else onHeld(held());
      if (wanted.revision === revision) wanted = undefined;
    }
  };
  const again = (wait: Ms) => {
    cancel?.();
    cancel = clock.after(wait, begin);
  };
  function begin(): void {
    if (running || stop.signal.aborted) return;
    const busy = busyUntil - clock.now();
    if (busy > 0) {
      again(ms(busy));
      return;
    }
    running = true;
    cancel?.();
    cancel = undefined;
    work()
      .catch((thrown: unknown) => {
        if (stop.signal.aborted) return;
        const asked = thrown instanceof Unfetched ? thrown.waitMs : undefined;
        if (asked === undefined) tries += 1;
        // Each doubling: a trouble that stays does not fill the log.
        if (asked === undefined && (tries & (tries - 1)) === 0) log.warn("relay.programme-failed", { tries, thrown });
        const wait = asked === undefined ? backoff(tries, { ...RETRY, random }) : ms(spreadWait(asked, random));
        if (asked !== undefined) busyUntil = later(clock.now(), wait);
        again(wait);
      })
      .finally(() => {
        running = false;
      });
  }

  return {
    announced(announcement) {
      // An old announcement said again must not take the place of the newest.
      if (wanted && announcement.revision < wanted.revision) return;
      wanted = announcement;
      begin();
    },
    close() {
      stop.abort();
      cancel?.();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is no programme: the schema refuses `undefined`.
    return undefined;
  }
}
