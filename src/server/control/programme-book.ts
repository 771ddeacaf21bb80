/**
 * The programme of every receiver: which revision it should hold, and the document itself.
 *
 * @module
 */
import { type Epoch, toMicros } from "../../base/units.js";
import type { AreaId, OccurrenceId, ReceiverId, Sha256 } from "../../domain/ids.js";
import { sha256 as sha256Id } from "../../domain/ids.js";
import type { Place } from "../../domain/place.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Rundown } from "../../domain/rundown.js";
import type { Ticket } from "../../domain/ticket.js";
import type { Cue } from "../../protocol/orders.js";
import type { Programme } from "../../protocol/programme.js";
import { type BytesOf, cueOf, ticketOf } from "./cues.js";

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
  /** Lets others run between two slices of work. */
  readonly pause: () => Promise<void>;
  readonly onOffer: (receiver: ReceiverId, revision: number, sha256: Sha256) => void;
}

export interface ProgrammeBook {
  /** Brings every programme up to date and offers those that changed. */
  refresh(rundown: Rundown, receivers: readonly Receiver[], tickets: readonly Ticket[]): Promise<void>;
  programmeOf(receiver: ReceiverId): ProgrammeFile | undefined;
  revisionOf(receiver: ReceiverId): number;
  /** The cues of a receiver, in order of time. */
  cuesOf(receiver: ReceiverId): readonly Cue[];
}

/** What a document is made of. */
interface Content {
  readonly receiver: Receiver;
  readonly cues: readonly Cue[];
}

/** Receivers whose documents are built in one go: about 50 documents of 40 kB take a few milliseconds. */
const SLICE = 50;

export function createProgrammeBook(parts: ProgrammeBookParts): ProgrammeBook {
  const { offers, digest, now, placeOf, bytesOf, pause, onOffer } = parts;
  /** What each document is made of; the cues are shared between receivers. */
  const contents = new Map<ReceiverId, Content>();

  const contentOf = (receiver: Receiver, cues: readonly Cue[]): string => {
    const place = placeOf(receiver.area);
    const head: Omit<Programme, "v" | "receiver" | "revision" | "issuedAt" | "from" | "until" | "cues"> = {
      zone: place.zone,
      areas: [...place.areas],
      sensitive: place.sensitive,
      policies: [...place.policies],
      volume: receiver.volume,
      outputDelayMs: receiver.outputDelayMs,
      pathBiasUs: receiver.pathBiasUs,
    };
    return `${JSON.stringify(head).slice(0, -1)},"cues":[${cues.map(textOf).join(",")}]}`;
  };
  const fileOf = (offer: Offer, content: string): ProgrammeFile => {
    const { id, revision, issuedAt, from, until } = offer;
    const head = JSON.stringify({ v: 1, receiver: id, revision, issuedAt, from, until });
    const body = `${head.slice(0, -1)},${content.slice(1)}`;
    return { revision, sha256: sha256Id(digest(body)), body };
  };

  return {
    async refresh(rundown, receivers, tickets) {
      const byReceiver = cuesByReceiver(rundown, tickets, bytesOf);
      for (const id of [...contents.keys()]) if (!receivers.some((receiver) => receiver.id === id)) contents.delete(id);
      for (let start = 0; start < receivers.length; start += SLICE) {
        const fresh: { readonly offer: Offer; readonly content: string; readonly of: Content }[] = [];
        for (const receiver of receivers.slice(start, start + SLICE)) {
          const cues = receiver.disabled ? [] : (byReceiver.get(receiver.id) ?? []);
          const content = contentOf(receiver, cues);
          const before = offers.get(receiver.id);
          const contentDigest = digest(content);
          if (before?.digest === contentDigest) {
            contents.set(receiver.id, { receiver, cues });
            continue;
          }
          const offer: Offer = {
            id: receiver.id,
            revision: (before?.revision ?? 0) + 1,
            digest: contentDigest,
            issuedAt: toMicros(now()),
            from: toMicros(rundown.from),
            until: toMicros(rundown.until),
          };
          fresh.push({ offer, content, of: { receiver, cues } });
        }
        if (fresh.length > 0) await offers.putAll(fresh.map(({ offer }) => offer));
        for (const { offer, content, of } of fresh) {
          contents.set(offer.id, of);
          onOffer(offer.id, offer.revision, fileOf(offer, content).sha256);
        }
        await pause();
      }
    },
    programmeOf(id) {
      const offer = offers.get(id);
      const content = contents.get(id);
      return offer && content && fileOf(offer, contentOf(content.receiver, content.cues));
    },
    revisionOf: (id) => offers.get(id)?.revision ?? 0,
    cuesOf: (id) => contents.get(id)?.cues ?? [],
  };
}

/** The text of each cue is made once, however many receivers share it. */
const texts = new WeakMap<Cue, string>();
function textOf(cue: Cue): string {
  const known = texts.get(cue);
  if (known !== undefined) return known;
  const text = JSON.stringify(cue);
  texts.set(cue, text);
  return text;
}

/** Everything that airs, with frozen tickets in place of what an edit would have changed under them. */
function cuesByReceiver(rundown: Rundown, tickets: readonly Ticket[], bytesOf: BytesOf): Map<ReceiverId, Cue[]> {
  const cues = new Map<ReceiverId, Cue[]>();
  const add = (receivers: readonly ReceiverId[], cue: Cue) => {
    for (const receiver of receivers) {
      const list = cues.get(receiver);
      if (list) list.push(cue);
      else cues.set(receiver, [cue]);
    }
  };
  /** What is frozen for a receiver is not planned anew for it, not even at another instant. */
  const frozen = new Map<OccurrenceId, Set<ReceiverId>>();
  for (const ticket of tickets) {
    add(ticket.receivers, cueOf(ticket));
    const receivers = frozen.get(ticket.occurrence) ?? new Set();
    for (const receiver of ticket.receivers) receivers.add(receiver);
    frozen.set(ticket.occurrence, receivers);
  }
  for (const line of rundown.lines) {
    if (line.fate === "dropped") continue;
    const taken = frozen.get(line.occurrence);
    add(
      taken ? line.receivers.filter((receiver) => !taken.has(receiver)) : line.receivers,
      cueOf(ticketOf(line, bytesOf)),
    );
  }
  for (const list of cues.values()) list.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return cues;
}
