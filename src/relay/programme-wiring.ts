/**
 * How a new programme comes into force: fetched, believed, on disk, followed; or refused, with the reason told.
 *
 * @module
 */
import type { Clock } from "../base/clock.js";
import type { Log } from "../base/log.js";
import type { ReceiverMessage } from "../protocol/messages.js";
import type { Programme } from "../protocol/programme.js";
import { isNewer } from "../receiver/programme-holder.js";
import type { ProgrammeFile } from "./disk/programme-file.js";
import type { House } from "./house.js";
import { createProgrammeFetch, type ProgrammeFetch } from "./link/programme-fetch.js";
import type { StationHttp } from "./link/station-http.js";
import type { Trust } from "./trust.js";
import type { Volume } from "./volume.js";

interface Choices {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

interface Wiring {
  readonly house: House;
  readonly http: StationHttp;
  readonly trust: Pick<Trust, "verify">;
  readonly programmes: ProgrammeFile;
  readonly volume: Pick<Volume, "confirm">;
  /** Revision of the newest programme that was ever held, read or not. */
  readonly leastRevision: number;
  readonly send: (message: ReceiverMessage) => boolean;
  /** A programme has come into force. */
  readonly onTaken: () => void;
}

export function buildProgrammeFetch(
  { clock, log, random }: Choices,
  { house, http, trust, programmes, volume, leastRevision, send, onTaken }: Wiring,
): ProgrammeFetch {
  const accept = async (next: Programme) => {
    if (!isNewer(next, house.programme) || next.revision < leastRevision) return;
    await programmes.save(next);
    if (house.disk.memory.isForgetful) await house.disk.remember({ kind: "reminded" });
    house.programme = next;
    log.info("relay.programme", { revision: next.revision, cues: next.cues.length });
    onTaken();
  };
  return createProgrammeFetch({
    ...{ http, clock, log, random, accept },
    verify: trust.verify,
    receiver: house.receiver,
    held: () => house.programme?.revision ?? 0,
    onHeld(programmeRevision) {
      volume.confirm();
      send({ t: "holds", p: { programmeRevision } });
    },
    onRefused(programmeRevision, refused) {
      // What is held is what counts, its volume included.
      volume.confirm();
      send({ t: "holds", p: { programmeRevision, refused } });
    },
  });
}
