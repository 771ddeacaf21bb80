/**
 * Orders: read, judged, carried out, remembered, acknowledged.
 *
 * @module
 */

import { unreachable } from "../base/errors.js";
import { type Micros, micros, ms } from "../base/units.js";
import type { OccurrenceId, ReceiverId } from "../domain/ids.js";
import { type Order, readOrder, type Signed, type StopScope } from "../protocol/orders.js";
import { isStopped, judgeOrder, stopReaches } from "../receiver/guard.js";
import { hindranceOf } from "../receiver/hindrance.js";
import type { Verification } from "../receiver/keyring.js";
import type { Fact, Memory } from "../receiver/memory.js";
import type { PlayReason } from "../receiver/reasons.js";
import { microsOf } from "../receiver/samples.js";
import type { Agenda } from "./agenda.js";
import { type House, identityOf, placeOf } from "./house.js";
import { admitStream, closeStream, endStream, openStream, plannedCue, withholdStream } from "./streams.js";
import type { Verify } from "./trust.js";
import type { UpdateRefusal } from "./update/judge-update.js";

/** The answer to an order to start anew is on its way within this time. */
const ANSWERED = ms(500);

/** What the server is told about an order. */
export interface Acknowledgement {
  readonly order: string;
  readonly ok: boolean;
  readonly why?: string;
  readonly at: Micros;
}

/** What follows outside of the house from some orders. */
export interface Consequences {
  /** The program is to start anew. */
  readonly onRestart: () => void;
  /** The station has said what volume is configured. */
  readonly onVolume: () => void;
}

/** Returns what takes an order as it came and resolves when it is carried out and on disk. */
export function createObedience(house: House, agenda: Agenda, verify: Verify, { onRestart, onVolume }: Consequences) {
  const { head, disk, time, log, clock } = house;
  const restartSoon = () =>
    clock.after(ANSWERED, () => {
      // Something may have begun meanwhile, and nothing is worth cutting it off.
      if (head.sounding()) log.warn("relay.restart-dropped", { sounding: head.sounding()?.claim.key });
      else onRestart();
    });

  return async function obey(signed: Signed): Promise<Acknowledgement> {
    const at = time.now();
    const read = readOrder(signed.text);
    if (read.kind === "malformed") {
      log.warn("relay.order-malformed", { length: signed.text.length });
      return { order: "", ok: false, why: "malformed", at };
    }
    if (read.kind === "unknown") {
      log.warn("relay.order-unknown", { order: read.id });
      return { order: read.id, ok: false, why: "unknown-kind", at };
    }
    const { order } = read;
    const standing = { ...identityOf(house), now: at, trusted: time.trusted(), ...standingOf(verify("order", signed)) };
    const verdict = judgeOrder(order, standing, disk.memory);
    if (verdict.kind === "refuse") {
      log.info("relay.order-refused", { order: order.id, kind: order.body.kind, why: verdict.why });
      // It was obeyed before and only the answer was lost.
      return { order: order.id, ok: verdict.why === "seen", why: verdict.why, at };
    }
    const hindrance = hindranceHere(house, order);
    if (hindrance !== undefined) return { order: order.id, ok: false, why: hindrance, at };
    const facts: Fact[] = [{ kind: "order", id: order.id, ...numberOf(order, disk.memory) }];
    const done = disk.remember(...facts, ...carryOut(house, order));
    const sound = soundOf(house, order);
    if (order.body.kind !== "stop") agenda.refresh();
    agenda.tick();
    try {
      await done;
    } catch (thrown) {
      log.error("relay.disk-failed", { order: order.id, thrown });
      sound?.withhold();
      return { order: order.id, ok: false, why: "disk", at };
    }
    sound?.admit();
    log.info("relay.order-obeyed", { order: order.id, kind: order.body.kind });
    if (order.body.kind === "restart") restartSoon();
    return { order: order.id, ok: true, at };
  };

  /** Does what takes effect at once and returns what must be remembered. */
  function carryOut(within: House, order: Order): Fact[] {
    const { body, issuedAt, confirmedBy } = order;
    const confirmed = confirmedBy !== undefined;
    switch (body.kind) {
      case "cue":
        return [{ kind: "cue", cue: body.cue, issuedAt, confirmed }];
      case "cancel":
        return [{ kind: "cancel", cues: body.cues, issuedAt }];
      case "stop": {
        const stop = { scope: scopeHere(body.scope, within.receiver), issuedAt };
        const scene = { identity: identityOf(within), now: time.now() };
        if (body.scope.kind === "announcement") head.recall(body.scope.announcement);
        // On disk at once: what is only about to begin must not be brought again by the programme.
        const reached = head.claims().filter(({ claim }) => stopReaches(claim, stop, scene));
        const over = reached.flatMap(({ claim: { content, key } }): Fact[] =>
          content.kind === "live" ? [] : [{ kind: "done", key }],
        );
        head.stop((claim) => stopReaches(claim, stop, scene), "stopped");
        within.pip.stop();
        for (const [stream, { isLive, key, issuedAt: openedAt, plannedAt }] of within.streams) {
          const unheard = { key, start: 0, issuedAt: micros(openedAt), plannedAt, content: { kind: "live" } } as const;
          if (isLive && !head.get(key) && isStopped(unheard, stop, scene.identity)) endStream(within, stream);
        }
        return [{ kind: "stop", ...stop }, ...over];
      }
      case "open":
        openStream(within, body, order);
        return body.cue
          ? [{ kind: "cue", cue: body.cue, issuedAt, confirmed }]
          : begunByStream(within, body.occurrence);
      case "close":
        closeStream(within, body.stream);
        return [];
      case "volume":
        onVolume();
        return [{ kind: "volume", percent: body.percent, issuedAt }];
      case "mute":
        return [{ kind: "mute", muted: body.muted }];
      case "test":
        within.pip.prepare(body.lengthMs);
        return [];
      case "restart":
        return [];
      case "update":
        within.update.take(body);
        return [];
      case "update-stop":
        within.update.drop(body.rollout);
        return [];
      default:
        return unreachable(body);
    }
  }
}

/**
 * A stream in place of a planned cue counts as its beginning: after a restart the cue goes on, and does not begin anew (R4). What is
 * over stays over.
 */
function begunByStream(house: House, key: OccurrenceId | undefined): Fact[] {
  const cue = plannedCue(house, key);
  if (!cue || house.disk.memory.played.get(cue.id)?.done) return [];
  return [{ kind: "started", key: cue.id, at: house.time.now() }];
}

/**
 * What an order makes sound as soon as it is known to be on disk (R4), and what becomes of that when it is not. A stop that
 * comes while the disk writes reaches it all the same.
 */
function soundOf(house: House, { body }: Order): { admit(): void; withhold(): void } | undefined {
  const { pip } = house;
  if (body.kind === "test") return { admit: pip.start, withhold: pip.stop };
  const known = body.kind === "open" ? house.streams.get(body.stream) : undefined;
  if (body.kind !== "open" || !known) return undefined;
  const { stream } = body;
  return {
    admit: () => admitStream(house, stream, known),
    withhold: () => withholdStream(house, stream, known),
  };
}

/** Why it cannot be had now: an update has reasons of its own. */
function hindranceHere(house: House, { body }: Order): PlayReason | UpdateRefusal | undefined {
  if (body.kind === "update") return house.update.hindrance(body);
  const { head, pip, time, buffer, disk } = house;
  const doings = {
    hasClaims: head.claims().length > 0,
    isSounding: head.sounding() !== undefined || pip.isOn(),
    hasRoomFor: buffer.hasRoomFor,
  };
  return hindranceOf(body, doings, { place: placeOf(house), now: time.now(), trusted: time.trusted() }, disk.memory);
}

/** Whether an order is a stop: it waits for nothing (R3). What it is worth is judged when it is obeyed. */
export function isStop({ text }: Signed): boolean {
  const read = readOrder(text);
  return read.kind === "order" && read.order.body.kind === "stop";
}

/** The number that is the highest obeyed from now on. A stop passes what came before it, and must not make that look old. */
const numberOf = ({ body, epoch, sequence }: Order, memory: Memory) =>
  body.kind === "stop" ? { epoch: memory.epoch, sequence: memory.sequence } : { epoch, sequence };

/** A scope as far as it says anything to this receiver: others that it names are not worth remembering. */
const scopeHere = (scope: StopScope, receiver: ReceiverId): StopScope =>
  scope.kind === "receivers" ? { ...scope, receivers: scope.receivers.filter((one) => one === receiver) } : scope;

/** A verification as the guard takes it. */
const standingOf = (found: Verification) =>
  found.keyId === false ? ({ verified: false, doubt: found.doubt } as const) : { verified: found.keyId };

/** When a claim was due, for the journal. */
export const dueAt = (start: number): Micros => microsOf(start);
