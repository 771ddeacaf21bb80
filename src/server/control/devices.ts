/**
 * Which device has which place: pairing codes, the words that a person confirms, revocation, replacement, quarantine.
 *
 * @module
 */

import { type Epoch, epoch } from "../../base/units.js";
import type { ReceiverId } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import type { Person } from "../../domain/person.js";
import type { PairingAnswer } from "../../protocol/identity.js";
import { areSameWords, type PairingFacts, wordsText } from "../../protocol/pairing-words.js";
import type { OrderKey } from "../../protocol/signing.js";
import { badCode, isRevoked, noDevice, nothingToClear, nothingToConfirm, wordsDiffer } from "./device-refusals.js";
import type { AsRunLog, Wire } from "./ports.js";
import type { Candidate, ReceiverRecord, ReceiverRecords, Tombstone, Tombstones } from "./receiver-records.js";
import type { SendAway } from "./send-away.js";

/** One-time codes, of which only hashes are kept, and the words of a pairing. */
export interface Secrets {
  /** A fresh code for people to read out, single use, and until when it holds. */
  newCode(): { readonly code: string; readonly codeHash: string; readonly expiresAt: Epoch };
  /** The hash by which a code, however it is typed, is found again. */
  hashOf(code: string): string;
  words(facts: PairingFacts): Promise<readonly string[]>;
  keyIdOf(publicKey: string): string;
}

/** What a device is told to trust when it is paired. */
export interface Trusted {
  /** PEM of the certificate authority that the server's certificates come from. */
  readonly authority: string | undefined;
  readonly orderKeys: () => readonly OrderKey[];
}

export interface DeviceParts {
  readonly receivers: ReceiverRecords;
  readonly tombstones: Tombstones;
  readonly secrets: Secrets;
  readonly trusted: Trusted;
  readonly digest: (text: string) => string;
  readonly wire: Pick<Wire, "dismiss">;
  /** Silences a device for good and ends its connection. */
  readonly sendAway: SendAway;
  readonly asRun: AsRunLog;
  readonly now: () => Epoch;
  /** @throws Fault "not-found" */
  readonly get: (id: ReceiverId) => ReceiverRecord;
  readonly onChange: (id: ReceiverId) => void;
}

/** What a device asks for that wants a place. */
export interface PairingRequest {
  readonly code: string;
  readonly publicKey: string;
  readonly name: string;
}

/** Who may call itself this receiver, and what it is told. */
export interface Claim {
  readonly publicKey: string;
  readonly standing: "confirmed" | "unconfirmed" | "quarantined" | "revoked";
}

/** Devices of a place that were sent away are told so; older ones than these are strangers. */
const REMEMBERED = 4;

export function createDeviceVerbs(parts: DeviceParts) {
  const { receivers, tombstones, secrets, trusted, digest, wire, sendAway, asRun, now, get, onChange } = parts;
  const buried = new Map<ReceiverId, Tombstone[]>();
  for (const tombstone of tombstones.all()) note(buried, tombstone);

  const bury = async (receiver: ReceiverId, publicKey: string, why: Tombstone["why"], by: Person) => {
    const tombstone = { id: secrets.keyIdOf(publicKey), publicKey, receiver, why, at: now(), by: by.name };
    await tombstones.put(tombstone);
    note(buried, tombstone);
  };
  const isBuried = (publicKey: string) => tombstones.get(secrets.keyIdOf(publicKey)) !== undefined;

  const offer = async (id: ReceiverId, by: Person, kind: LineKind) => {
    const { code, codeHash, expiresAt } = secrets.newCode();
    const before = get(id);
    const after = { ...before, pairing: { codeHash, expiresAt } };
    await receivers.put(after);
    asRun.event({ kind, receiver: id, area: before.area, by, before, after });
    return { receiver: id, code, expiresAt: new Date(expiresAt).toISOString() };
  };

  /** The place that this code is for, or was when the same device came with it before. */
  const placeFor = ({ codeHash, publicKey }: Pick<Candidate, "codeHash" | "publicKey">): ReceiverRecord | undefined =>
    receivers
      .all()
      .find(({ pairing, candidate, device }) =>
        pairing?.codeHash === codeHash
          ? now() < epoch(pairing.expiresAt)
          : [candidate, device].some((one) => one?.codeHash === codeHash && one.publicKey === publicKey),
      );
  const answerFor = (receiver: ReceiverId): PairingAnswer => {
    const { authority } = trusted;
    return { receiver, ...(authority === undefined ? {} : { authority }), orderKeys: [...trusted.orderKeys()] };
  };

  const candidateOf = async ({ code, publicKey, name }: PairingRequest, answer: PairingAnswer): Promise<Candidate> => {
    const facts = { ...answer, code, publicKey };
    const factsHash = digest(wordsText(facts));
    const known = receivers.get(answer.receiver)?.candidate;
    if (known?.factsHash === factsHash) return known;
    const words = await secrets.words(facts);
    return { publicKey, pairedAt: now(), codeHash: secrets.hashOf(code), name, words, factsHash };
  };
  const pair = async (request: PairingRequest): Promise<PairingAnswer> => {
    const { code, publicKey, name } = request;
    const asked = { codeHash: secrets.hashOf(code), publicKey };
    const found = placeFor(asked);
    if (found === undefined) throw badCode();
    if (isBuried(publicKey)) throw isRevoked();
    const answer = answerFor(found.id);
    if (found.device?.codeHash === asked.codeHash) return answer;
    const candidate = await candidateOf(request, answer);
    // Somebody else may have come with the code while the words were made.
    const record = placeFor(asked);
    if (record?.id !== found.id) throw badCode();
    if (record.candidate === candidate) return answer;
    const { pairing, ...rest } = record;
    const isUsed = pairing?.codeHash === asked.codeHash;
    const after = { ...(isUsed ? rest : record), candidate };
    await receivers.put(after);
    const detail = { name, key: secrets.keyIdOf(publicKey) };
    asRun.event({ kind: "receiver.paired", receiver: record.id, area: record.area, detail, before: record, after });
    onChange(record.id);
    return answer;
  };

  /** A device that a person has moved here has no other place any more. */
  const takeFromOthers = async (id: ReceiverId, publicKey: string, by: Person) => {
    for (const other of receivers.all().filter((one) => one.id !== id && one.device?.publicKey === publicKey)) {
      await sendAway(other.id, "moved", by);
      const { device, ...rest } = get(other.id);
      await receivers.put(rest);
      const change = { before: { device }, after: {} };
      asRun.event({ kind: "receiver.moved", receiver: other.id, area: other.area, by, detail: { to: id }, ...change });
      onChange(other.id);
    }
  };

  const confirm = async (id: ReceiverId, said: readonly string[], by: Person): Promise<void> => {
    const { candidate, device: old } = get(id);
    if (candidate === undefined) throw nothingToConfirm(id);
    if (!areSameWords(said, candidate.words)) throw wordsDiffer(id);
    const { publicKey, pairedAt, codeHash } = candidate;
    if (isBuried(publicKey)) throw isRevoked();
    const isOther = old !== undefined && old.publicKey !== publicKey;
    if (isOther) {
      await bury(id, old.publicKey, "replaced", by);
      // Before the new one is let in: what is meant for the old one must not reach it.
      await sendAway(id, "replaced", by);
    }
    await takeFromOthers(id, publicKey, by);
    const before = get(id);
    const { candidate: _confirmed, quarantine: _over, ...rest } = before;
    const after = { ...rest, device: { publicKey, pairedAt, codeHash, confirmedAt: now(), confirmedBy: by.name } };
    await receivers.put(after);
    const detail = { key: secrets.keyIdOf(publicKey), replaced: isOther ? secrets.keyIdOf(old.publicKey) : undefined };
    asRun.event({ kind: "receiver.confirmed", receiver: id, area: rest.area, by, detail, before, after });
    onChange(id);
  };

  const revoke = async (id: ReceiverId, by: Person): Promise<void> => {
    const { device, candidate } = get(id);
    const keys = [device?.publicKey, candidate?.publicKey].filter((key) => key !== undefined);
    if (keys.length === 0) throw noDevice(id);
    for (const key of new Set(keys)) await bury(id, key, "revoked", by);
    await sendAway(id, "revoked", by);
    const before = get(id);
    const { device: _gone, candidate: _too, pairing: _code, quarantine: _over, ...after } = before;
    await receivers.put(after);
    const detail = { keys: keys.map(secrets.keyIdOf) };
    asRun.event({ kind: "receiver.revoked", receiver: id, area: after.area, by, detail, before, after });
    onChange(id);
  };

  return {
    createPairing: (id: ReceiverId, by: Person) => offer(id, by, "pairing.offered"),
    async replaceDevice(id: ReceiverId, by: Person) {
      if (get(id).device === undefined) throw noDevice(id);
      return offer(id, by, "replacement.offered");
    },
    pair,
    confirm,
    revoke,

    /** A person has looked: the device that has the place may come back. */
    async clear(id: ReceiverId, by: Person): Promise<void> {
      const { quarantine, ...rest } = get(id);
      if (quarantine === undefined) throw nothingToClear(id);
      await receivers.put(rest);
      asRun.event({
        ...{ kind: "receiver.cleared", receiver: id, area: rest.area, by },
        ...{ before: { quarantine }, after: {} },
      });
      onChange(id);
    },

    /** Two devices showed this receiver's key: none is let in until a person has looked. */
    async quarantine(id: ReceiverId): Promise<void> {
      const record = receivers.get(id);
      if (record === undefined || record.quarantine !== undefined) return;
      const after = { ...record, quarantine: { since: now() } };
      await receivers.put(after);
      wire.dismiss(id, "two-devices");
      const why = "two-devices";
      asRun.event({ kind: "receiver.quarantined", receiver: id, area: record.area, why, before: record, after });
      onChange(id);
    },

    /** Whose proofs to look at when somebody calls itself this receiver; `undefined` for a receiver that there is not. */
    claimsOf(id: ReceiverId): readonly Claim[] | undefined {
      const record = receivers.get(id);
      if (record === undefined) return undefined;
      const { device, candidate, quarantine } = record;
      const claims: Claim[] = [];
      if (device) claims.push({ ...device, standing: quarantine ? "quarantined" : "confirmed" });
      if (candidate) claims.push({ ...candidate, standing: "unconfirmed" });
      return [
        ...claims.map((claim) => (isBuried(claim.publicKey) ? { ...claim, standing: "revoked" as const } : claim)),
        ...(buried.get(id) ?? []).slice(-REMEMBERED).map((one) => ({ ...one, standing: "revoked" as const })),
      ];
    },
  };
}

function note(buried: Map<ReceiverId, Tombstone[]>, tombstone: Tombstone): void {
  buried.set(tombstone.receiver, [...(buried.get(tombstone.receiver) ?? []), tombstone]);
}
