import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setImmediate, setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { silentLog } from "../../src/base/log.js";
import type { Micros } from "../../src/base/units.js";
import { type ReceiverId, type Sha256, sha256Schema } from "../../src/domain/ids.js";
import type { WantedClip } from "../../src/receiver/programme-holder.js";
import type { ClipStore } from "../../src/relay/disk/clip-store.js";
import { createDownloads } from "../../src/relay/link/downloads.js";
import { createProgrammeFetch } from "../../src/relay/link/programme-fetch.js";
import type { Answer } from "../../src/relay/link/station-http.js";
import { FakeClock } from "../support/fake-clock.js";
import { until } from "./fake-server.js";

const clip = (digit: string): WantedClip => ({
  sha256: sha256Schema.parse(digit.repeat(64)) as Sha256,
  bytes: 10_000,
  deadline: 0 as Micros,
});
const urlOf = ({ sha256 }: WantedClip) => `clips/${sha256}`;

/** A server that answers every question alike, and notes it. */
function answering(answers: { status: number; waitMs?: number | undefined }) {
  const asked: string[] = [];
  const get = async (path: string): Promise<Answer> => {
    asked.push(path);
    const sent = answers.status === 200 ? [Buffer.alloc(10_000)] : [];
    const body = Object.assign(Readable.from(sent), { headers: {} }) as unknown as IncomingMessage;
    return { ...answers, waitMs: answers.waitMs, isOk: sent.length > 0, body, bytes: async () => Buffer.concat(sent) };
  };
  return { asked, answers, http: { get, hasToken: () => true } };
}

/** What stays undone for want of time, not of turns. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}

const NOWHERE: Pick<ClipStore, "has" | "makeRoom" | "partOf" | "adopt"> = {
  has: () => false,
  makeRoom: async () => true,
  partOf: (sha256) => join(tmpdir(), "loa-no-such-folder", sha256),
  adopt: async () => {},
};

describe("what a loudspeaker does when the server is busy", () => {
  it("asks for its programme when the server said, and no sooner because another one is announced", async () => {
    const clock = new FakeClock();
    const { asked, http } = answering({ status: 503, waitMs: 10_000 });
    const fetch = createProgrammeFetch({
      ...{ http, clock, log: silentLog, random: () => 0, held: () => 0, receiver: "loa-1" as ReceiverId },
      ...{ accept: async () => {}, verify: () => ({ keyId: "khoa" }), onHeld: () => {}, onRefused: () => {} },
    });
    fetch.announced({ revision: 1, sha256: "" });
    await until("its question", () => asked.length === 1);
    await idle();
    clock.advance(4_000);
    fetch.announced({ revision: 2, sha256: "" });
    await idle();
    clock.advance(5_900);
    await idle();
    expect(asked.length).to.equal(1);
    clock.advance(200);
    await until("its second question", () => asked.length === 2);
    fetch.close();
  });

  it("asks for no other clip meanwhile, and then for all of them", async () => {
    const clock = new FakeClock();
    const { asked, answers, http } = answering({ status: 503, waitMs: 10_000 });
    const options = { http, clock, clips: NOWHERE as ClipStore, log: silentLog, random: () => 0.5 };
    const downloads = createDownloads({ ...options, onChange: () => {} });
    const [one, other] = [clip("a"), clip("b")];
    downloads.want([one, other]);
    await until("its question", () => asked.length === 1);
    await idle();
    clock.advance(12_400);
    downloads.want([other, one]);
    await idle();
    expect(asked).to.deep.equal([urlOf(one)]);
    expect(downloads.failed()).to.deep.equal([]);
    answers.status = 500;
    answers.waitMs = undefined;
    clock.advance(200);
    await until("both", () => asked.length === 3);
    expect(asked.slice(1)).to.have.members([urlOf(one), urlOf(other)]);
    await downloads.close();
  });

  it("does not forget a clip that failed over another one that was got after it", async () => {
    const clock = new FakeClock();
    const { asked, answers, http } = answering({ status: 500 });
    const held = new Set<Sha256>();
    const folder = await mkdtemp(join(tmpdir(), "loa-clips-"));
    const clips = { ...NOWHERE, partOf: (sha256: Sha256) => join(folder, sha256), has: (one: Sha256) => held.has(one) };
    const adopt = async (sha256: Sha256) => void held.add(sha256);
    const options = { http, clock, clips: { ...clips, adopt } as ClipStore, log: silentLog, random: () => 0.9 };
    const downloads = createDownloads({ ...options, onChange: () => {} });
    const [one, other] = [clip("a"), clip("b")];
    const passUntil = async (what: string, check: () => boolean) => {
      for (let second = 0; second < 300 && !check(); second++) {
        clock.advance(1_000);
        await idle();
        await setTimeout(1);
      }
      expect(check(), what).to.equal(true);
    };
    downloads.want([one]);
    await passUntil("three questions", () => asked.length === 3);
    // It waits for long now, and the other one shortly.
    downloads.want([one, other]);
    await until("the other question", () => asked.length === 4);
    answers.status = 200;
    await passUntil("the other one", () => held.has(other.sha256));
    expect(held.has(one.sha256)).to.equal(false);
    await passUntil("the first one", () => held.has(one.sha256));
    await downloads.close();
    await rm(folder, { recursive: true });
  });
});
