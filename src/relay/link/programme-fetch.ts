/**
 * Gets a new programme from the server and puts it on disk before anything else is done with it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { backoff } from "../../base/backoff.js";
import type { Cancel, Clock } from "../../base/clock.js";
import type { Log } from "../../base/log.js";
import { ms } from "../../base/units.js";
import { signedSchema } from "../../protocol/orders.js";
import { type Programme, programmeSchema } from "../../protocol/programme.js";

/** Largest programme taken, bytes: twenty thousand cues. */
const MAX_PROGRAMME = 16 * 1024 * 1024;
const TIMEOUT = 30_000;
const RETRY = { base: ms(1_000), cap: ms(60_000) };

export interface ProgrammeFetchOptions {
  readonly server: URL;
  readonly token: string;
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
  const { server, token, clock, log, random, held, accept, onHeld } = options;
  let wanted: { readonly revision: number; readonly sha256: string } | undefined;
  let tries = 0;
  let running = false;
  let cancel: Cancel | undefined;
  const stop = new AbortController();

  const fetchOne = async (sha256: string): Promise<Programme> => {
    const response = await fetch(new URL("programme", server), {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT)]),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > MAX_PROGRAMME) throw new Error("too large");
    const hash = createHash("sha256").update(bytes).digest("hex");
    const body: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const signed = signedSchema.safeParse(body);
    const inner: unknown = signed.success ? JSON.parse(signed.data.text) : body;
    // A newer one may have taken its place since it was announced; then its own announcement follows.
    if (hash !== sha256) log.info("relay.programme-moved-on", { announced: sha256 });
    return programmeSchema.parse(inner);
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
