import { generateKeyPairSync, sign, verify } from "node:crypto";
import { silentLog } from "../../src/base/log.js";
import { type Micros, micros, ms } from "../../src/base/units.js";
import type { ReceiverMessage } from "../../src/protocol/messages.js";
import { type TimeStatement, timeText } from "../../src/protocol/signed-time.js";
import { signedBytes } from "../../src/protocol/signing.js";
import { createTimekeeper, type TimekeeperOptions } from "../../src/relay/link/timekeeper.js";
import { FakeClock } from "../support/fake-clock.js";

export const NOW = Date.UTC(2026, 10, 23, 3, 0, 0);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const MINUTE = 60_000;

export const station = generateKeyPairSync("ed25519");
export const stranger = generateKeyPairSync("ed25519");

/**
 * A device and its server on one fake clock. `boot` is what the device's own clock says when it starts; `bend` is what somebody
 * on the way makes of the server's times, µs.
 */
export function device({ boot = NOW, ...more }: { boot?: number } & Partial<TimekeeperOptions> = {}) {
  const clock = new FakeClock(boot);
  const world = {
    ...{ bend: 0, delay: 20, epoch: 1, drift: 0, ahead: 0, connected: false, answers: true, signs: true },
    ...{ silent: true, hushed: false, key: station.privateKey },
  };
  const asked: { c1: number; nonce?: string | undefined }[] = [];
  /** The server's time now, µs. */
  const truth = (): Micros => micros((NOW + world.ahead + clock.now() * (1 + world.drift)) * 1000);
  const signed = (statement: TimeStatement) => {
    const text = timeText(statement);
    return { text, keyId: "key", signature: sign(null, signedBytes("time", text), world.key).toString("base64url") };
  };
  const send = (message: ReceiverMessage): boolean => {
    if (!world.connected) return false;
    if (message.t !== "time") return true;
    const { c1, nonce } = message.p;
    asked.push(message.p);
    clock.after(ms(world.delay), () => {
      const at = truth();
      const told = micros(Math.max(0, at + world.bend));
      clock.after(ms(world.delay), () => {
        if (world.answers) keeper.answer({ c1, s2: told, s3: told });
      });
      if (nonce === undefined || !world.signs) return;
      const answer = signed({ epoch: world.epoch, at, nonce });
      clock.after(ms(world.delay + 3), () => keeper.answerSigned(answer));
    });
    return true;
  };
  let nonces = 0;
  const keeper = createTimekeeper({
    ...{ clock, log: silentLog, send },
    isBusy: () => false,
    plausible: () => ({ from: (NOW - DAY) * 1000, to: (NOW + 7 * DAY) * 1000 }),
    machineClock: () => "none",
    trust: {
      keyIds: () => ["other", "key"],
      verify: ({ text, keyId, signature }) =>
        keyId === "key" &&
        verify(null, signedBytes("time", text), station.publicKey, Buffer.from(signature, "base64url")),
    },
    nonce: () => String(++nonces).padStart(22, "A"),
    isSilent: () => world.silent,
    isHushedAt: () => world.hushed,
    ...more,
  });
  return {
    ...{ clock, world, keeper, asked, signed, truth },
    connect(epoch = world.epoch) {
      world.connected = true;
      world.epoch = epoch;
      keeper.welcome(epoch);
    },
    lose() {
      world.connected = false;
      keeper.lost();
    },
    /** How far off it is, ms. */
    error: () => (keeper.now() - truth()) / 1000,
  };
}
