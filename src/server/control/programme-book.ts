/**
 * The programme of every receiver: which revision it should hold, and the document itself.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Log } from "../../base/log.js";
import { type Epoch, toMicros } from "../../base/units.js";
import type { AreaId, ReceiverId, Sha256 } from "../../domain/ids.js";
import { sha256 as sha256Id } from "../../domain/ids.js";
import type { Place } from "../../domain/place.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Rundown } from "../../domain/rundown.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Cue, Signed } from "../../protocol/orders.js";
import type { Programme } from "../../protocol/programme.js";
import type { Breathe } from "./breath.js";
import { type CueEntry, textOf } from "./cue-entries.js";
import { createCueSheet } from "./cue-sheet.js";
import type { BytesOf, PeopleBehind } from "./cues.js";
import type { OfferedProgramme } from "./ports.js";

/** The newest programme of a receiver, without the document. */
export interface Offer {
  readonly id: ReceiverId;
  readonly revision: number;
  /** Of everything but revision and times: an unchanged programme keeps its revision. */
  readonly digest: string;
  readonly issuedAt: number;
  readonly from: number;
  readonly until: number;
}

/** A programme as it travels: `body` byte for byte, named by its hash. */
export interface ProgrammeFile {
  readonly revision: number;
  readonly sha256: Sha256;
  readonly body: string;
}

export interface ProgrammeBookParts {
  readonly offers: {
    get(id: ReceiverId): Offer | undefined;
    /** Keeps several at once; on disk when it resolves. */
    putAll(offers: readonly Offer[]): Promise<void>;
  };
  readonly digest: (text: string) => string;
  readonly now: () => Epoch;
  readonly placeOf: (area: AreaId) => Place;
  readonly bytesOf: BytesOf;
  readonly peopleBehind: PeopleBehind;
  readonly breathe: Breathe;
  /** Signs the text of a document. @throws Fault "unavailable" without a signer */
  readonly sign: (text: string) => Promise<Signed>;
  readonly isConnected: (receiver: ReceiverId) => boolean;
  /** Revision on the receiver's disk, by its own account. */
  readonly heldBy: (receiver: ReceiverId) => number;
  /** Tells a receiver that a programme waits for it. */
  readonly offer: (receiver: ReceiverId, offered: OfferedProgramme) => void;
  readonly policyVersion: () => string;
  readonly log: Log;
}

export interface ProgrammeBook {
  /** Brings every programme up to date and offers those that changed. */
  refresh(rundown: Rundown, receivers: readonly Receiver[], tickets: readonly Ticket[]): Promise<void>;
  programmeOf(receiver: ReceiverId): ProgrammeFile | undefined;
  /** Tells a receiver of its newest programme, once that is signed. */
  offer(receiver: ReceiverId): void;
  /** Goes on with those whose programme could not be signed; called about once a second. */
  tellOn(): void;
  revisionOf(receiver: ReceiverId): number;
  /** The cues of a receiver, in order of time. */
  cuesOf(receiver: ReceiverId): readonly Cue[];
}

/** What a document is made of; the entries are shared between receivers. */
interface Content {
  /** Everything but the cues, as the text of an object. */
  readonly head: string;
  readonly entries: readonly CueEntry[];
}

/** A document, short of being written out. */
interface Made extends Content {
  readonly offer: Offer;
}

const UNSIGNED = { keyId: "", signature: "" };

/** A receiver that says it holds a later one than this tells nonsense. */
const MOST_REVISION = 2 ** 48;
const plausible = (revision: number): number => (revision < MOST_REVISION ? revision : 0);
/** Offers that are brought to disk in one go. */
const BATCH = 250;

export function createProgrammeBook(parts: ProgrammeBookParts): ProgrammeBook {
  const { offers, digest, now, placeOf, breathe, sign, isConnected, heldBy, log } = parts;
  /** What receivers may be given: offers that are on disk, with what belongs to them. */
  const made = new Map<ReceiverId, Made>();
  const sheetOf = createCueSheet(parts);
  /** Receivers whose newest programme they have not been told of. */
  const untold = new Set<ReceiverId>();
  let telling: Promise<void> | undefined;

  const fileOf = ({ offer, head, entries }: Made): ProgrammeFile => {
    const { id, revision, issuedAt, from, until } = offer;
    const first = JSON.stringify({ v: 1, receiver: id, revision, issuedAt, from, until });
    const cues = entries.map(textOf).join(",");
    const body = `${first.slice(0, -1)},${head.slice(1, -1)},"cues":[${cues}]}`;
    return { revision, sha256: sha256Id(digest(body)), body };
  };
  /**
   * The offer for that content: the one that the receiver has when nothing changed. A receiver may hold a later one than the
   * station knows of, as when an older backup was put back: what it is offered must be later still, or it would go on with a
   * programme that nobody knows any more.
   */
  const offerOf = (id: ReceiverId, { head, entries }: Content, { from, until }: Rundown): Offer => {
    const before = offers.get(id);
    const contentDigest = digest(head + entries.map((entry) => entry.digest).join(""));
    const known = before?.revision ?? 0;
    const held = plausible(heldBy(id));
    if (before?.digest === contentDigest && held <= known) return before;
    return {
      id,
      revision: Math.max(known, held) + 1,
      digest: contentDigest,
      issuedAt: toMicros(now()),
      from: toMicros(from),
      until: toMicros(until),
    };
  };
  const surpassHeld = async (id: ReceiverId) => {
    const one = made.get(id);
    const held = plausible(heldBy(id));
    if (!one || held <= one.offer.revision) return;
    log.warn("programme.surpassed", { receiver: id, offered: one.offer.revision, held });
    const offer = { ...one.offer, revision: held + 1, issuedAt: toMicros(now()) };
    await offers.putAll([offer]);
    made.set(id, { ...one, offer });
  };
  const tellOne = async (id: ReceiverId) => {
    if (!isConnected(id)) return;
    await surpassHeld(id);
    const one = made.get(id);
    // Signed are only documents that somebody is there to fetch.
    if (!one || !isConnected(id)) return;
    const { revision, sha256, body } = fileOf(one);
    // Who holds it already only wants to hear that it is the newest: ten thousand come back at once, and a signature costs.
    const { keyId, signature } = heldBy(id) === revision ? UNSIGNED : await sign(body);
    // Another may have been made meanwhile; that one is told by itself.
    if (made.get(id) === one) parts.offer(id, { revision, sha256, keyId, signature });
  };
  /** One after the other, so that a city's documents are never all in memory. Without a signer they wait. */
  const tellAll = async () => {
    for (const id of untold) {
      // It came before its programme was laid out, as after a start, and must still hear of it.
      if (!made.has(id) && isConnected(id)) continue;
      try {
        await tellOne(id);
      } catch (thrown) {
        log.error("programme.not-signed", { receiver: id, thrown });
        if (!(thrown instanceof Fault && thrown.code === "forbidden")) return;
      }
      untold.delete(id);
      await breathe();
    }
  };
  const tellOn = (): Promise<void> => {
    telling ??= tellAll().finally(() => {
      telling = undefined;
    });
    return telling;
  };
  /** A revision that is lost with the disk could come again with other content, so it is kept before it is told. */
  const keepAndTell = async (fresh: readonly Made[]) => {
    if (fresh.length === 0) return;
    await offers.putAll(fresh.map(({ offer }) => offer));
    for (const one of fresh) made.set(one.offer.id, one);
    for (const one of fresh) untold.add(one.offer.id);
    await tellOn();
  };

  return {
    async refresh(rundown, receivers, tickets) {
      const sheet = await sheetOf(rundown, tickets);
      const headOf = createHeads(placeOf, parts.policyVersion());
      const present = new Set(receivers.map(({ id }) => id));
      for (const id of [...made.keys()]) if (!present.has(id)) made.delete(id);
      const fresh: Made[] = [];
      for (const receiver of receivers) {
        const { id, disabled } = receiver;
        const content = { head: headOf(receiver), entries: disabled ? [] : (sheet.get(id) ?? []) };
        const offer = offerOf(id, content, rundown);
        if (offer.revision === offers.get(id)?.revision) made.set(id, { ...content, offer });
        else fresh.push({ ...content, offer });
        if (fresh.length === BATCH) await keepAndTell(fresh.splice(0));
        await breathe();
      }
      await keepAndTell(fresh);
    },
    programmeOf(id) {
      const one = made.get(id);
      return one && fileOf(one);
    },
    offer(id) {
      untold.add(id);
      void tellOn();
    },
    tellOn() {
      if (untold.size > 0) void tellOn();
    },
    revisionOf: (id) => offers.get(id)?.revision ?? 0,
    cuesOf: (id) => made.get(id)?.entries.map(({ cue }) => cue) ?? [],
  };
}

/** Writes what documents hold besides cues; what follows from the area is found once an area. */
function createHeads(placeOf: (area: AreaId) => Place, policyVersion: string): (receiver: Receiver) => string {
  const byArea = new Map<AreaId, string>();
  const ofArea = (area: AreaId): string => {
    const seen = byArea.get(area);
    if (seen !== undefined) return seen;
    const { zone, areas, sensitive, policies } = placeOf(area);
    const head: Pick<Programme, "zone" | "areas" | "sensitive" | "policies" | "policyVersion"> = {
      ...{ zone, sensitive, policyVersion },
      areas: [...areas],
      policies: [...policies],
    };
    const text = JSON.stringify(head);
    byArea.set(area, text);
    return text;
  };
  return ({ area, volume, outputDelayMs, pathBiasUs }) => {
    const own: Pick<Programme, "volume" | "outputDelayMs" | "pathBiasUs"> = { volume, outputDelayMs, pathBiasUs };
    return `${ofArea(area).slice(0, -1)},${JSON.stringify(own).slice(1)}`;
  };
}
