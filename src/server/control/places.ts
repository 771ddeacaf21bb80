/**
 * Places for loudspeakers, the devices that take them, and what they say of themselves: the verbs about receivers.
 *
 * @module
 */

import { Fault } from "../../base/errors.js";
import { epoch } from "../../base/units.js";
import type { AreaId } from "../../domain/ids.js";
import { type ReceiverId, receiverIdSchema } from "../../domain/ids.js";
import type { Person } from "../../domain/person.js";
import { reasonOrCode } from "../../domain/reason-words.js";
import type { Receiver } from "../../domain/receiver.js";
import { awayWords } from "../../protocol/link-reasons.js";
import type { Cue, OrderBody } from "../../protocol/orders.js";
import { numberOf, type Saving, withoutUndefined } from "./announcements.js";
import type { Care } from "./care.js";
import { createDeviceVerbs, type DeviceParts } from "./devices.js";
import type { Mutes } from "./mutes.js";
import type { Wire } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";
import { type Candidate, type Device, placeOnly, type ReceiverRecord } from "./receiver-records.js";
import type { Absence, Registry, TurnedAway } from "./registry.js";
import { withWords } from "./rollout-view.js";
import { createSendAway } from "./send-away.js";
import { slugOf } from "./slug.js";

export interface PlaceParts extends Omit<DeviceParts, "get" | "sendAway"> {
  readonly registry: Registry;
  readonly book: ProgrammeBook;
  readonly wire: Wire;
  readonly hasArea: (area: AreaId) => boolean;
  /** Resolves when it is sent. */
  readonly order: (body: OrderBody, receiver: ReceiverId, by: Person) => Promise<unknown>;
  readonly mutes: Pick<Mutes, "set">;
  readonly titleOf: (cue: string) => string | undefined;
  /** How it is, and what people have done about it. */
  readonly about: (record: ReceiverRecord) => ReturnType<Care["about"]>;
  /** The place or its settings changed: programmes must be made anew. */
  readonly onPlaces: () => void;
  readonly onRemoved: (id: ReceiverId) => void;
}

export function createPlaceVerbs(parts: PlaceParts) {
  const { receivers, registry, book, secrets, asRun, now, onChange } = parts;

  const get = (id: ReceiverId): ReceiverRecord => {
    const found = receivers.get(id);
    if (!found) throw new Fault("not-found", { vi: `Không có cụm loa «${id}».`, en: `There is no receiver "${id}".` });
    return found;
  };
  const sendAway = createSendAway(parts);
  const devices = createDeviceVerbs({ ...parts, sendAway, get });
  const refuseUnknownArea = (area: AreaId) => {
    if (parts.hasArea(area)) return;
    throw new Fault(
      "invalid",
      {
        vi: `Không có địa bàn «${area}» trong config/areas.json.`,
        en: `There is no area "${area}" in config/areas.json.`,
      },
      { path: "/area" },
    );
  };

  const missing = (id: ReceiverId): number => {
    const have = registry.get(id)?.have;
    const wanted = new Set(book.cuesOf(id).flatMap((cue: Cue) => cue.items.map((item) => item.sha256)));
    return have === undefined ? wanted.size : [...wanted].filter((sha256) => !have.has(sha256)).length;
  };

  const viewOf = (record: ReceiverRecord) => {
    const live = registry.get(record.id);
    const state = live?.state;
    return {
      ...placeOnly(record),
      ...parts.about(record),
      paired: record.device !== undefined,
      ...deviceViewOf(record, secrets.keyIdOf),
      connected: live?.connected ?? false,
      ...(live ? { lastSeen: iso(live.lastSeen), software: live.software } : {}),
      ...(live?.health ? { health: live.health } : {}),
      ...(live?.program
        ? { program: { ...live.program.report, ...withWords(live.program.report.why), at: iso(live.program.at) } }
        : {}),
      ...(state && live?.stateAt !== undefined
        ? {
            reported: {
              ...state,
              now: state.now.map((claim) => {
                const title = parts.titleOf(claim.cue);
                return title === undefined ? claim : { ...claim, title };
              }),
              at: iso(live.stateAt),
            },
          }
        : {}),
      ...(live?.knowsKey === false ? { mustPairAgain: true } : {}),
      ...(live?.refused
        ? { refused: { ...live.refused, words: reasonOrCode("order", live.refused.why), at: iso(live.refused.at) } }
        : {}),
      ...turnedAwayView(registry.turnedAway(record.id)),
      ...(live?.away ? { away: absenceView(live.away) } : {}),
      programme: { offered: book.revisionOf(record.id), held: live?.programmeHeld ?? 0 },
      missingClips: missing(record.id),
      revision: String(receivers.version(record.id)),
    };
  };
  const view = (id: ReceiverId) => viewOf(get(id));

  const change = async (id: ReceiverId, fields: Partial<Receiver>, { expected, by }: Saving) => {
    if (fields.area !== undefined) refuseUnknownArea(fields.area);
    const isSet = fields.outputDelayMs !== undefined || fields.pathBiasUs !== undefined;
    const aligned = isSet ? { aligned: { by: by.name, at: now() } } : {};
    const before = get(id);
    const { overlap, position, ...record } = { ...before, ...fields, ...aligned };
    // Null stands for none.
    const after = { ...record, ...(overlap ? { overlap } : {}), ...(position ? { position } : {}) };
    await receivers.put(after, numberOf(expected));
    asRun.event({ kind: "receiver.changed", receiver: id, area: after.area, by, detail: fields, before, after });
    parts.onPlaces();
    onChange(id);
    return view(id);
  };

  return {
    receivers: () => receivers.all().map(viewOf),
    receiver: view,
    /** Where it stands, without all that a view says. */
    standing(id: ReceiverId) {
      const record = receivers.get(id);
      return record && { area: record.area, kind: record.kind };
    },

    async addPlace(
      { id: wish, ...place }: Omit<Receiver, "id" | "disabled"> & { readonly id?: ReceiverId | undefined },
      by: Person,
    ) {
      refuseUnknownArea(place.area);
      const isTaken = (slug: string) => receivers.get(slug as ReceiverId) !== undefined;
      const id = wish ?? receiverIdSchema.parse(slugOf(place.name, isTaken));
      if (isTaken(id)) {
        throw new Fault(
          "conflict",
          { vi: `Đã có cụm loa «${id}».`, en: `There is a receiver "${id}" already.` },
          { path: "/id" },
        );
      }
      const after = { id, ...place, disabled: false };
      await receivers.put(after, 0);
      asRun.event({ kind: "receiver.added", receiver: id, area: place.area, by, after });
      parts.onPlaces();
      onChange(id);
      return view(id);
    },

    updateReceiver: (
      id: ReceiverId,
      fields: { readonly [K in keyof Receiver]?: Receiver[K] | undefined | (K extends "overlap" ? null : never) },
      as: Saving,
    ) => change(id, withoutUndefined(fields) as Partial<Receiver>, as),

    async removeReceiver(id: ReceiverId, by: Person) {
      get(id);
      await sendAway(id, "removed", by);
      const before = get(id);
      await receivers.delete(id);
      registry.forget(id);
      asRun.event({ kind: "receiver.removed", receiver: id, area: before.area, by, before });
      parts.onPlaces();
      parts.onRemoved(id);
    },

    createPairing: devices.createPairing,
    replaceDevice: devices.replaceDevice,
    pair: devices.pair,
    claimsOf: devices.claimsOf,
    quarantine: devices.quarantine,
    async confirmDevice(id: ReceiverId, words: readonly string[], by: Person) {
      await devices.confirm(id, words, by);
      return view(id);
    },
    async revokeDevice(id: ReceiverId, by: Person) {
      await devices.revoke(id, by);
      return view(id);
    },
    async clearQuarantine(id: ReceiverId, by: Person) {
      await devices.clear(id, by);
      return view(id);
    },

    async setVolume(id: ReceiverId, percent: number, by: Person) {
      const after = await change(id, { volume: percent }, { expected: "*", by });
      await parts.order({ kind: "volume", percent }, id, by);
      return after;
    },

    async setMuted(id: ReceiverId, muted: boolean, by: Person) {
      await parts.mutes.set(get(id), muted, by);
      return view(id);
    },

    viewOf,
  };
}

const iso = (time: number) => new Date(epoch(time)).toISOString();

/** Whatever a receiver claims, it was not away before 1970. */
const absenceView = ({ why, forMs, until }: Absence) => ({
  ...{ from: iso(Math.max(0, until - forMs)), until: iso(until), why },
  words: awayWords(why),
});

/** What people are shown of a place's devices. */
function deviceViewOf({ device, candidate, quarantine }: ReceiverRecord, keyIdOf: (key: string) => string) {
  const about = (one: Device | Candidate) => ({ key: keyIdOf(one.publicKey), pairedAt: iso(one.pairedAt) });
  return {
    ...(device
      ? { device: { ...about(device), confirmedAt: iso(device.confirmedAt), confirmedBy: device.confirmedBy } }
      : {}),
    ...(candidate ? { waiting: { ...about(candidate), name: candidate.name, words: [...candidate.words] } } : {}),
    ...(quarantine ? { quarantined: { since: iso(quarantine.since) } } : {}),
  };
}

const turnedAwayView = (turned: TurnedAway | undefined) =>
  turned === undefined
    ? {}
    : { turnedAway: { why: turned.why, words: reasonOrCode("door", turned.why), at: iso(turned.at) } };
