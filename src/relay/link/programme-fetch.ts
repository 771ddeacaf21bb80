/**
 * Gets a new programme from the server and puts it on disk before anything else is done with it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { backoff } from "../../base/backoff.js";
import type { Cancel, Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { ms, seconds } from "../../base/units.js";
import { MAX_PROGRAMME } from "../../protocol/limits.js";
import { type Programme, programmeSchema } from "../../protocol/programme.js";
import type { StationHttp } from "./station-http.js";

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
  /** The revision announced is on disk. */
  readonly onHeld: (revision: number) => void;
}

export interface ProgrammeFetch {
  announced(announcement: { readonly revision: number; readonly sha256: string }): void;
  close(): void;
}

export function createProgrammeFetch(options: ProgrammeFetchOptions): ProgrammeFetch {
  const { http, clock, log, random, held, accept, onHeld } = options;
  let wanted: { readonly revision: number; readonly sha256: string } | undefined;
  let tries = 0;
  let running = false;
  let cancel: Cancel | undefined;
  const stop = new AbortController();

  const fetchOne = async (sha256: string): Promise<Programme> => {
    const late = new AbortController();
    const cancelLate = clock.after(TIMEOUT, () => late.abort());
    try {
      const answer = await http.get("programme", { signal: AbortSignal.any([stop.signal, late.signal]) });
      if (!answer.isOk) {
        answer.body.resume();
        throw new Error(`HTTP ${answer.status}`);
      }
      const bytes = await answer.bytes(MAX_PROGRAMME);
      // A newer one may have taken its place since it was announced; its own announcement is on its way.
      if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new Error("not the one announced");
      return programmeSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } finally {
      cancelLate();
    }
  };

  const work = async () => {
    while (wanted && !stop.signal.aborted) {
      const { revision, sha256 } = wanted;
      if (revision > held()) {
        const programme = await fetchOne(sha256);
        if (programme.revision > held()) await accept(programme);
        if (programme.revision < revision) throw new Error(`got revision ${programme.revision} for ${revision}`);
      }
      tries = 0;
      onHeld(held());
      if (wanted.revision === revision) wanted = undefined;
    }
  };
  const begin = () => {
    if (running || stop.signal.aborted) return;
    running = true;
    cancel?.();
    cancel = undefined;
    work()
      .catch((thrown: unknown) => {
        if (stop.signal.aborted) return;
        tries += 1;
        log.warn("relay.programme-failed", { tries, thrown });
        cancel = clock.after(backoff(tries, { ...RETRY, random }), begin);
      })
      .finally(() => {
        running = false;
      });
  };

  return {
    announced(announcement) {
      wanted = announcement;
      begin();
    },
    close() {
      stop.abort();
      cancel?.();
    },
  };
}
