/**
 * Places for loudspeakers, the devices that take them, and what they say of themselves: the verbs about receivers.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import { type Epoch, epoch } from "../../base/units.js";
import type { AreaId } from "../../domain/ids.js";
import { type ReceiverId, receiverIdSchema } from "../../domain/ids.js";
import type { Receiver } from "../../domain/receiver.js";
import type { Cue, OrderBody } from "../../protocol/orders.js";
import type { OrderKey } from "../../protocol/signing.js";
import { withoutUndefined } from "./announcements.js";
import type { AsRunLog, Wire } from "./ports.js";
import type { ProgrammeBook } from "./programme-book.js";
import { placeOnly, type ReceiverRecord, type ReceiverRecords } from "./receiver-records.js";
import type { Registry } from "./registry.js";
import { slugOf } from "./slug.js";

interface Person {
  readonly name: string;
}

/** One-time codes and device secrets; only their hashes are kept. */
export interface Secrets {
  /** A fresh code for people to read out, single use, and until when it holds. */
  newCode(): { readonly code: string; readonly codeHash: string; readonly expiresAt: Epoch };
  newToken(): { readonly token: string; readonly tokenHash: string };
  /** The hash by which a code, however it is typed, or a token is found again. */
  hashOf(secret: string): string;
}

export interface PlaceParts {
  readonly receivers: ReceiverRecords;
  readonly registry: Registry;
  readonly book: ProgrammeBook;
  readonly secrets: Secrets;
  readonly wire: Wire;
  readonly asRun: AsRunLog;
  readonly now: () => Epoch;
  readonly hasArea: (area: AreaId) => boolean;
  /** Resolves when it is sent. */
  readonly order: (body: OrderBody, receiver: ReceiverId, by: Person) => Promise<unknown>;
  /** What a device is to trust from its pairing on. */
  readonly orderKeys: () => readonly OrderKey[];
  readonly titleOf: (cue: string) => string | undefined;
  /** The place or its settings changed: programmes must be made anew. */
  readonly onPlaces: () => void;
  readonly onChange: (id: ReceiverId) => void;
  readonly onRemoved: (id: ReceiverId) => void;
}

export function createPlaceVerbs(parts: PlaceParts) {
  const { receivers, registry, book, secrets, wire, asRun, now, onChange } = parts;

  /** Receivers by the hash of their token; made anew after a change. Ten thousand may greet in one second. */
  let byToken: ReadonlyMap<string, ReceiverId> | undefined;

  const get = (id: ReceiverId): ReceiverRecord => {
    const found = receivers.get(id);
    if (!found) throw new Fault("not-found", { vi: `Không có cụm loa «${id}».`, en: `There is no receiver "${id}".` });
    return found;
  };
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
      paired: record.device !== undefined,
      connected: live?.connected ?? false,
      ...(live ? { lastSeen: iso(live.lastSeen), software: live.software } : {}),
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
      programme: { offered: book.revisionOf(record.id), held: live?.programmeHeld ?? 0 },
      missingClips: missing(record.id),
    };
  };
  const view = (id: ReceiverId) => viewOf(get(id));

  const change = async (id: ReceiverId, fields: Partial<Receiver>, by: Person) => {
    if (fields.area !== undefined) refuseUnknownArea(fields.area);
    await receivers.put({ ...get(id), ...fields });
    asRun.event({ kind: "receiver.changed", receiver: id, by: by.name, detail: fields });
    parts.onPlaces();
    onChange(id);
    return view(id);
  };

  return {
    receivers: () => receivers.all().map(viewOf),
    receiver: view,

    async addPlace(
      { id: wish, ...place }: Omit<Receiver, "id"> & { readonly id?: ReceiverId | undefined },
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
      await receivers.put({ id, ...place }, 0);
      asRun.event({ kind: "receiver.added", receiver: id, area: place.area, by: by.name });
      parts.onPlaces();
      onChange(id);
      return view(id);
    },

    updateReceiver: (
      id: ReceiverId,
      fields: { readonly [K in keyof Receiver]?: Receiver[K] | undefined },
      by: Person,
    ) => change(id, withoutUndefined(fields) as Partial<Receiver>, by),

    async removeReceiver(id: ReceiverId, by: Person) {
      get(id);
      await receivers.delete(id);
      byToken = undefined;
      wire.dismiss(id, "removed");
      registry.forget(id);
      asRun.event({ kind: "receiver.removed", receiver: id, by: by.name });
      parts.onPlaces();
      parts.onRemoved(id);
    },

    async createPairing(id: ReceiverId, by: Person) {
      const { code, codeHash, expiresAt } = secrets.newCode();
      await receivers.put({ ...get(id), pairing: { codeHash, expiresAt } });
      asRun.event({ kind: "pairing.offered", receiver: id, by: by.name });
      return { receiver: id, code, expiresAt: iso(expiresAt) };
    },

    async pair({ code, name }: { readonly code: string; readonly name: string }) {
      const codeHash = secrets.hashOf(code);
      const record = receivers.all().find(({ pairing }) => pairing?.codeHash === codeHash && now() < pairing.expiresAt);
      if (!record) throw badCode();
      const { token, tokenHash } = secrets.newToken();
      const { pairing: _used, ...rest } = record;
      await receivers.put({ ...rest, device: { tokenHash, pairedAt: now() } });
      byToken = undefined;
      wire.dismiss(record.id, "replaced");
      asRun.event({ kind: "receiver.paired", receiver: record.id, area: record.area, detail: { name } });
      onChange(record.id);
      return { receiver: record.id, token, orderKeys: parts.orderKeys() };
    },

    async setVolume(id: ReceiverId, percent: number, by: Person) {
      const after = await change(id, { volume: percent }, by);
      await parts.order({ kind: "volume", percent }, id, by);
      return after;
    },

    async setMuted(id: ReceiverId, muted: boolean, by: Person) {
      get(id);
      await parts.order({ kind: "mute", muted }, id, by);
      const { muted: _before, ...record } = get(id);
      await receivers.put(muted ? { ...record, muted: { by: by.name, at: now() } } : record);
      asRun.event({ kind: muted ? "receiver.muted" : "receiver.unmuted", receiver: id, by: by.name });
      return view(id);
    },

    /** The receiver whose device holds this token. Looked up by hash, so its time tells nothing about the token. */
    receiverOf(token: string): ReceiverId | undefined {
      byToken ??= new Map(
        receivers.all().flatMap(({ id, device }) => (device ? [[device.tokenHash, id] as const] : [])),
      );
      return byToken.get(secrets.hashOf(token));
    },
    viewOf,
  };
}

const iso = (time: number) => new Date(epoch(time)).toISOString();

const badCode = () =>
  new Fault(
    "forbidden",
    {
      vi: "Mã ghép nối sai, đã dùng hoặc đã hết hạn. Hãy tạo mã mới trên trang quản lý rồi nhập lại.",
      en: "The pairing code is wrong, used or expired. Make a new one in the panel and enter that.",
    },
    { reason: "bad-code", path: "/code" },
  );
