/**
 * Sends new programs out to the loudspeakers, stage by stage, and stops by itself when one of them had to go back.
 *
 * @module
 */

import type { Log } from "../../base/log.js";
import type { Epoch } from "../../base/units.js";
import type { ReceiverId, Sha256 } from "../../domain/ids.js";
import type { LineKind } from "../../domain/line-words.js";
import type { EventLine } from "../../domain/log-line.js";
import type { Person } from "../../domain/person.js";
import {
  isSettled,
  membersOf,
  nextMove,
  type Rollout,
  type RolloutScene,
  type RolloutStage,
  toAsk,
} from "../../domain/rollout.js";
import type { OrderBody } from "../../protocol/orders.js";
import { type Manifest, readManifest, type SignedManifest, type UpdateReport } from "../../protocol/update.js";
import type { OrderDesk } from "./order-desk.js";
import type { AsRunLog, Records } from "./ports.js";
import type { ReceiverRecords } from "./receiver-records.js";
import type { Registry } from "./registry.js";
import { rolloutView } from "./rollout-view.js";
import * as refusal from "./update-refusals.js";

/** The packages on the station's disk. */
export interface Packages {
  bytesOf(sha256: Sha256): number | undefined;
  pathOf(sha256: Sha256): string;
  keep(file: string, sha256: Sha256): Promise<void>;
  keepOnly(used: ReadonlySet<Sha256>): Promise<void>;
}

export interface UpdateParts {
  readonly rollouts: Records<string, Rollout>;
  readonly receivers: ReceiverRecords;
  readonly registry: Registry;
  readonly packages: Packages;
  readonly isSigned: (signed: SignedManifest) => boolean;
  readonly desk: Pick<OrderDesk, "issue">;
  readonly asRun: Pick<AsRunLog, "event">;
  readonly now: () => Epoch;
  readonly newId: () => string;
  readonly log: Log;
  /** A list of rollouts should be fetched again. */
  readonly onRollouts: () => void;
  readonly onChange: (receiver: ReceiverId) => void;
}

/** A new program and how it is to go out. */
export interface RolloutWish extends SignedManifest {
  readonly stages: readonly RolloutStage[];
  readonly soakMinutes: number;
  readonly downgradeTo?: string | undefined;
}

/** Rollouts that are remembered; the oldest go first. */
const MOST_ROLLOUTS = 20;
/** Beats of a second between two looks at what comes next, and two writings of what was told. */
const BEATS = 5;
/** Loudspeakers in one order. */
const AT_ONCE = 500;

export type Updates = ReturnType<typeof createUpdateVerbs>;

export function createUpdateVerbs(parts: UpdateParts) {
  const { rollouts, receivers, registry, packages, desk, asRun, now, log } = parts;
  /** The one that runs, as it is, also while a write is on its way. */
  let running = rollouts.all().find(({ state }) => state === "running");
  let hasNews = false;
  let beats = 0;
  let work: Promise<void> = Promise.resolve();
  /** Who was asked on its present connection. */
  const asked = new Set<ReceiverId>();
  const orders = new Map<string, string>();

  const scene = (): RolloutScene => ({
    now: now(),
    receivers: receivers.all().flatMap(({ id, device, disabled }) => (device && !disabled ? [id] : [])),
    isThere: (id) => registry.isConnected(id) && registry.get(id)?.program !== undefined,
  });
  const write = async (next: Rollout) => {
    if (running?.id === next.id) running = next.state === "running" ? next : undefined;
    hasNews = false;
    await rollouts.put(next);
    parts.onRollouts();
  };
  const tell = (kind: LineKind, rollout: Rollout, more: Omit<EventLine, "kind"> = {}) =>
    asRun.event({ kind, detail: { rollout: rollout.id, version: rollout.version }, ...more });
  const order = async (body: OrderBody, ids: readonly ReceiverId[], by: string, rollout: string) => {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE);
      const audience = { kind: "receivers" as const, receivers: [...some] };
      const { id } = await desk.issue({ body, audience, receivers: some, class: "ordinary", by: { aired: by } });
      orders.set(id, rollout);
    }
  };
  const note = (id: ReceiverId, step: Rollout["standings"][string]["step"], why?: string) => {
    if (!running) return;
    const before = running.standings[id];
    if (before && (isSettled(before.step) || (before.step === step && before.why === why))) return;
    const standing = { step, at: now(), ...(why === undefined ? {} : { why }) };
    running = { ...running, standings: { ...running.standings, [id]: standing } };
    hasNews = true;
    if (isSettled(step) || step === "failed")
      tell(`update.${step}`, running, { receiver: id, area: receivers.get(id)?.area, ...(why ? { why } : {}) });
  };
  const end = async (rollout: Rollout, by: Person | undefined, about: Partial<Rollout>) => {
    const ended: Rollout = { ...rollout, ...about, endedAt: now(), ...(by ? { stoppedBy: by.name } : {}) };
    const sides = { before: { state: rollout.state }, after: { state: ended.state } };
    tell(`update.${ended.state}`, ended, { by, why: ended.why, receiver: ended.culprit, ...sides });
    await write(ended);
    orders.clear();
    if (ended.state !== "stopped") return;
    const { receivers: all, isThere } = scene();
    const open = membersOf(ended, all).filter((id) => {
      const standing = ended.standings[id];
      return isThere(id) && standing !== undefined && !isSettled(standing.step);
    });
    await order({ kind: "update-stop", rollout: ended.id }, open, by?.name ?? ended.by, ended.id);
  };
  const ask = async (rollout: Rollout) => {
    const ids = toAsk(rollout, scene()).filter((id) => !asked.has(id));
    if (ids.length === 0) return;
    const { id, signed, downgradeTo } = rollout;
    for (const one of ids) {
      asked.add(one);
      if (!rollout.standings[one]) note(one, "ordered");
    }
    const named = downgradeTo === undefined ? {} : { downgradeTo };
    await order({ kind: "update", rollout: id, ...(signed as SignedManifest), ...named }, ids, rollout.by, id);
  };
  const step = async () => {
    if (!running) return;
    const move = nextMove(running, scene());
    if (move.kind === "stop")
      return end(running, undefined, { state: "stopped", why: move.why, culprit: move.culprit });
    if (move.kind === "done") return end(running, undefined, { state: "done" });
    if (move.kind === "next-stage") {
      const next = { ...running, stage: running.stage + 1, stageSince: now() };
      tell("update.stage", next, { by: next.by });
      await write(next);
    }
    await ask(running);
    if (hasNews) await write(running);
  };
  /** One after the other, so that nothing is decided on half of what another has done. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = work.then(task);
    work = result.then(
      () => {},
      () => {},
    );
    return result;
  };
  const manifestOf = (wish: RolloutWish): Manifest => {
    const manifest = readManifest(wish.manifest);
    if (!manifest) throw refusal.badManifest();
    if (!parts.isSigned(wish)) throw refusal.badSignature();
    if (packages.bytesOf(manifest.sha256) !== manifest.bytes) throw refusal.noPackage(manifest.sha256);
    if (wish.downgradeTo !== undefined && wish.downgradeTo !== manifest.version) throw refusal.otherVersion();
    for (const stage of wish.stages)
      for (const id of "receivers" in stage ? stage.receivers : [])
        if (!receivers.get(id)) throw refusal.noReceiver(id);
    return manifest;
  };
  const forgetOld = async () => {
    const old = rollouts.all().toSorted((a, b) => b.startedAt - a.startedAt);
    for (const { id } of old.slice(MOST_ROLLOUTS)) await rollouts.delete(id);
    await packages.keepOnly(new Set(old.slice(0, MOST_ROLLOUTS).map(({ sha256 }) => sha256)));
  };

  return {
    verbs: {
      /** Takes a package over; it is sent to nobody yet. */
      async keepPackage(sha256: Sha256, file: string, by: Person) {
        await packages.keep(file, sha256);
        asRun.event({ kind: "update.package", by, detail: { sha256 }, after: { sha256 } });
      },
      packageFile: (sha256: Sha256) => (packages.bytesOf(sha256) === undefined ? undefined : packages.pathOf(sha256)),
      startRollout: (wish: RolloutWish, by: Person) =>
        inTurn(async () => {
          const { version, sha256 } = manifestOf(wish);
          if (running) throw refusal.alreadyRunning(running);
          const { manifest, key, signature, stages, soakMinutes, downgradeTo } = wish;
          const rollout: Rollout = {
            ...{ id: `${version.replaceAll(".", "-")}-${parts.newId().slice(0, 6)}`, version, sha256 },
            signed: { manifest, key, signature },
            ...(downgradeTo === undefined ? {} : { downgradeTo }),
            ...{ stages: [...stages], soakMinutes, by: by.name, startedAt: now(), state: "running" },
            ...{ stage: 0, stageSince: now(), standings: {} },
          };
          tell("update.started", rollout, { by, after: { id: rollout.id, version, sha256, stages, downgradeTo } });
          await write(rollout);
          running = rollout;
          asked.clear();
          await forgetOld();
          await ask(rollout);
          return rolloutView(running ?? rollout, scene());
        }),
      /** The newest first. */
      rollouts: () =>
        rollouts
          .all()
          .map((one) => (one.id === running?.id ? running : one))
          .toSorted((a, b) => b.startedAt - a.startedAt)
          .map((one) => rolloutView(one, scene())),
      stopRollout: (by: Person) =>
        inTurn(async () => {
          if (!running) throw refusal.noneRunning();
          const { id } = running;
          await end(running, by, { state: "stopped" });
          return rolloutView(rollouts.get(id) as Rollout, scene());
        }),
    },
    /** What a receiver says of its program. */
    reported(receiver: ReceiverId, report: UpdateReport): void {
      registry.program(receiver, report);
      parts.onChange(receiver);
      if (running && report.rollout === running.id && report.step) note(receiver, report.step, report.why);
    },
    /** What a receiver answered to an order. */
    answered(receiver: ReceiverId, orderId: string, why: string | undefined): void {
      if (running && orders.get(orderId) === running.id) note(receiver, refusedStep(why), why);
    },
    /** It is connected anew, and is asked again what it has not settled. */
    met: (receiver: ReceiverId) => void asked.delete(receiver),
    /** Every second. */
    beat(): void {
      beats += 1;
      if (!running || beats % BEATS !== 0) return;
      inTurn(step).catch((thrown: unknown) => log.error("update.step-failed", { thrown }));
    },
    /** Resolves when what was told is on disk. */
    async close(): Promise<void> {
      await inTurn(async () => {
        if (running && hasNews) await write(running);
      }).catch((thrown: unknown) => log.error("update.not-kept", { thrown }));
    },
  };
}

/** What refuses for a moment only is asked again at its next connection. */
const refusedStep = (why: string | undefined) =>
  why === "busy" || why === "expired" || why === "untrusted-clock" || why === "disk" ? "failed" : "refused";
