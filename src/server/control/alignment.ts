/**
 * Bringing two loudspeakers into step: pips are ordered, a recording of them is judged, and what it proposes is set once a person
 * has confirmed it.
 *
 * @module
 */

import { type Epoch, epoch } from "../../base/units.js";
import {
  type AlignmentProposal,
  type Distances,
  PIPS_LENGTH_MS,
  type PipSide,
  proposeAlignment,
} from "../../domain/alignment.js";
import { occurrenceId, type ReceiverId } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { touchesQuiet } from "../../domain/policy-rules.js";
import { type Ticket, ticketId } from "../../domain/ticket.js";
import type { OrderBody } from "../../protocol/orders.js";
import { instructionsFor, refusals } from "./alignment-words.js";
import { cueOf } from "./cues.js";
import type { Knowledge } from "./knowledge.js";
import type { AsRunLog, Pips } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";
import type { ReceiverRecord, ReceiverRecords } from "./receiver-records.js";
import type { Registry } from "./registry.js";
import type { Tickets } from "./tickets.js";

/** From the order to the first sound: time to fetch the pips, and for a person to begin recording, ms. */
const AHEAD_MS = 20_000;
/** Something planned so near would run into the pips, ms. */
const CLEAR_MS = 5_000;
/** A recording is expected within this, and a proposal confirmed, ms. */
const OPEN_MS = 3_600_000;
/** Pips are this much softer than speech, dB: they are to be heard at one spot, not by the ward. */
const GAIN_DB = -12;

export interface AlignmentParts {
  readonly receivers: ReceiverRecords;
  readonly registry: Registry;
  readonly tickets: Tickets;
  readonly book: Pick<ProgrammeBook, "cuesOf">;
  readonly knowledge: Pick<Knowledge, "place" | "areaName">;
  readonly pips: Pips;
  readonly asRun: AsRunLog;
  readonly now: () => Epoch;
  readonly order: (body: OrderBody, receiver: ReceiverId, by: Person) => Promise<unknown>;
  readonly removeFile: (file: string) => Promise<void>;
  /** Its settings changed: programmes must follow. */
  readonly onSettings: (receiver: ReceiverId) => void;
}

/** What a person hands in. */
interface Recording {
  readonly metres: Distances;
  readonly upload: { readonly file: string };
}

interface Open {
  readonly reference: ReceiverId;
  readonly until: number;
  readonly judged?: {
    readonly proposal: AlignmentProposal;
    readonly metres: Distances;
    readonly before: ReceiverRecord;
  };
}

export function createAlignmentVerbs(parts: AlignmentParts) {
  const { receivers, registry, tickets, book, knowledge, pips, asRun, now } = parts;
  /** By the loudspeaker that is to be set. One at a time for each. */
  const open = new Map<ReceiverId, Open>();

  const get = (id: ReceiverId): ReceiverRecord => {
    const found = receivers.get(id);
    if (!found) throw refusals.unknown(id);
    return found;
  };
  const refuseUnready = (record: ReceiverRecord) => {
    const { connected, state } = registry.get(record.id) ?? {};
    if (record.disabled || record.muted !== undefined) throw refusals.unready(record.name);
    if (!connected || state?.clock !== "trusted" || state.muted) throw refusals.unready(record.name);
  };
  const refuseBusy = ({ id, name }: ReceiverRecord, from: number, to: number) => {
    const planned = book.cuesOf(id).map(({ at, durationMs }) => ({ start: at / 1000, end: at / 1000 + durationMs }));
    const frozen = tickets.open().filter(({ receivers: all }) => all.includes(id));
    for (const { start, end } of [...planned, ...frozen])
      if (start < to + CLEAR_MS && end > from - CLEAR_MS) throw refusals.busy(name);
  };
  const current = (id: ReceiverId): Open => {
    const found = open.get(id);
    if (found && found.until > now()) return found;
    open.delete(id);
    throw refusals.nothingOpen(get(id).name);
  };
  const soundPips = async (side: PipSide, id: ReceiverId, { start, by }: { start: Epoch; by: Person }) => {
    const clip = await pips.makePips(side, new AbortController().signal);
    const ticket = pipsTicket(side, { id, start, by, sha256: clip.sha256, bytes: clip.bytes });
    await tickets.freeze(ticket);
    await parts.order({ kind: "cue", cue: cueOf(ticket) }, id, by);
  };

  return {
    async startAlignment(id: ReceiverId, reference: ReceiverId, by: Person) {
      if (id === reference) throw refusals.same();
      const both = [get(reference), get(id)] as const;
      const start = epoch(Math.ceil((now() + AHEAD_MS) / 1000) * 1000);
      const end = epoch(start + PIPS_LENGTH_MS);
      for (const record of both) {
        refuseUnready(record);
        if (touchesQuiet(knowledge.place(record.area), { from: now(), to: end }))
          throw refusals.quiet(knowledge.areaName(record.area));
        refuseBusy(record, start, end);
      }
      await soundPips("reference", reference, { start, by });
      await soundPips("other", id, { start, by });
      open.set(id, { reference, until: now() + OPEN_MS });
      asRun.event({
        kind: "receiver.alignment-begun",
        receiver: id,
        area: both[1].area,
        by,
        detail: { reference },
      });
      return {
        ...{ receiver: id, reference, pipsAt: iso(start), pipsEnd: iso(end) },
        words: instructionsFor(both[0].name, both[1].name),
      };
    },

    async judgeAlignment(id: ReceiverId, { metres, upload }: Recording, by: Person) {
      const { reference, until } = current(id);
      const before = get(id);
      const names = { reference: get(reference).name, other: before.name };
      const search = await pips.findPips(upload.file, "recording", new AbortController().signal);
      if (search.kind === "missing") throw refusals.missing(names[search.side]);
      if (search.kind === "unsteady") throw refusals.unsteady();
      const hiddenUs = 2 * (registry.get(id)?.state?.clockErrorUs ?? 0);
      const proposal = proposeAlignment(search.heard, metres, { names, present: before, hiddenUs });
      open.set(id, { reference, until, judged: { proposal, metres, before } });
      const { words: _words, ...detail } = proposal;
      asRun.event({
        ...{ kind: "receiver.alignment-judged", receiver: id, area: before.area, by },
        detail: { reference, metres, ...detail },
      });
      await parts.removeFile(upload.file);
      return proposal;
    },

    async confirmAlignment(id: ReceiverId, by: Person): Promise<void> {
      const { reference, judged } = current(id);
      const record = get(id);
      if (!judged) throw refusals.nothingOpen(record.name);
      const { proposal, before } = judged;
      if (record.outputDelayMs !== before.outputDelayMs || record.pathBiasUs !== before.pathBiasUs)
        throw refusals.changed(record.name);
      const { outputDelayMs, pathBiasUs } = proposal;
      const aligned = { by: by.name, at: now(), reference };
      const after = { ...record, outputDelayMs, pathBiasUs, aligned };
      await receivers.put(after);
      open.delete(id);
      asRun.event({
        ...{ kind: "receiver.aligned", receiver: id, area: record.area, by, before: record, after },
        detail: {
          ...{ reference, outputDelayMs, pathBiasUs },
          before: { outputDelayMs: before.outputDelayMs, pathBiasUs: before.pathBiasUs },
        },
      });
      parts.onSettings(id);
    },
  };
}

interface PipsWish {
  readonly id: ReceiverId;
  readonly start: Epoch;
  readonly by: Person;
  readonly sha256: Ticket["items"][number]["sha256"];
  readonly bytes: number;
}

/** One that comes late joins where the others are (a cue keeps its timeline), so that no pip is ever at another instant. */
function pipsTicket(side: PipSide, { id, start, by, sha256, bytes }: PipsWish): Ticket {
  const occurrence = occurrenceId(`can-chinh-${id}`.slice(0, 60), start);
  return {
    ...{
      id: ticketId(occurrence, start),
      occurrence,
      title: side === "reference" ? "Bíp căn chỉnh (mốc)" : "Bíp căn chỉnh",
    },
    ...{
      class: "ordinary",
      order: 0,
      planned: start,
      start,
      end: start + PIPS_LENGTH_MS,
      notAfter: start + PIPS_LENGTH_MS / 2,
    },
    ...{ resume: "drop", receivers: [id], results: { [id]: { state: "due" } }, by: by.name, closed: false },
    items: [{ sha256, bytes, offsetMs: 0, durationMs: PIPS_LENGTH_MS, gainDb: GAIN_DB }],
  };
}

const iso = (time: number) => new Date(epoch(time)).toISOString();
