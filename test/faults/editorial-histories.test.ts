import { expect } from "chai";
import * as fc from "fast-check";
import { Fault } from "../../src/base/errors.js";
import { announcementId, areaId } from "../../src/domain/ids.js";
import { normalise } from "../../src/language/index.js";
import { aPlaylist, aSchedule, aStation } from "../support/a-station.js";
import { clipOf, createNotebook, HEARD_BY, LONGEST_DOWN } from "../support/editorial-notebook.js";
import { type Happening, violations } from "../support/history.js";
import { ordersOn, placeIn, recordsOn, soundsOn } from "../support/paper-history.js";
import { openPaperStation } from "../support/paper-station.js";
import { HISTORIES, SEED } from "./length.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const PEOPLE = ["Hoa", "Minh", "Lan"].map((name) => ({ name }));
const IDS = ["a", "b"].map((id) => announcementId(id));
/** The third has a word without a reading, so that nobody can approve it. */
const TEXTS = ["Chiều nay họp tổ.", "Sáng mai quét ngõ.", "Mời dùng ứng dụng Xyzq."];

/** Every half minute. */
const times = Array.from(
  { length: 16 },
  (_, half) => `08:${String(half >> 1).padStart(2, "0")}:${half % 2 ? "30" : "00"}`,
);
const station = aStation({
  receivers: [{ id: "pole-1", name: "Cột 1", area: "group-1", kind: "fixed" }],
  schedules: [aSchedule("tin", { at: times, timing: { kind: "hard" } })],
  lengths: {},
  playlists: [
    aPlaylist(
      "tin",
      IDS.map((announcement) => ({ kind: "announcement", announcement })),
    ),
  ],
});
/** After this long without anybody at work, what was due before must be known. */
const CALM = 3 * MINUTE;
const eight = station.from + 8 * 60 * MINUTE;

const person = fc.constantFrom(...PEOPLE);
const id = fc.constantFrom(...IDS);
const frozen = fc.constantFrom(undefined, "next-time" as const, "next-time" as const, "stop-now" as const);
const act = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      id,
      text: fc.constantFrom(...TEXTS),
      frozen,
      isStale: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("class" as const),
      id,
      of: fc.constantFrom("ordinary" as const, "priority" as const),
      frozen,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("days" as const),
      id,
      until: fc.constantFrom("2026-11-22", "2026-11-23", "2026-12-31"),
      frozen,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("submit" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("return" as const), id }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("approve" as const), id, isStale: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("withdraw" as const), id, frozen }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("recall" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("block" as const), id, frozen }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("unblock" as const), id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("play" as const), id }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("restart" as const), forS: fc.integer({ min: 0, max: LONGEST_DOWN }) }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
const history = fc.array(fc.record({ afterS: fc.integer({ min: 0, max: 12 }), by: person, act }), {
  minLength: 6,
  maxLength: 16,
});

async function play(story: readonly { afterS: number; by: { name: string }; act: Act }[]) {
  const notes = createNotebook();
  const breaches: string[] = [];
  const told: Happening[] = [];
  let soundings = 0;
  let seen = 0;
  const house = await openPaperStation(station, {
    at: eight - 40 * SECOND,
    newsroom: {
      normalise: (text) => normalise(text),
      voices: {
        speak: async (spoken) => ({ file: spoken, voice: { provider: "giay", voice: "vi", speed: 1 } }),
        list: () => [],
      },
      makeClip: async (file) => clipOf(file),
    },
    onSecond(speaker) {
      const lines = speaker.lines();
      for (const { event, cue, at, announcements = [] } of lines.slice(seen)) {
        if (event !== "started") continue;
        soundings += 1;
        for (const { announcement, sha256: hash } of speaker.itemsOf(cue))
          if (announcement !== undefined && announcements.includes(announcement))
            breaches.push(...notes.sounded(announcement, hash, at / 1000));
      }
      seen = lines.length;
    },
  });
  const versions = new Map<string, { version: string; revision: string }>();
  const lookAt = (one: (typeof IDS)[number]) => {
    const { value, revision } = house.control.announcement(one);
    const fresh = { version: value.version ?? "none", revision };
    const before = versions.get(one) ?? fresh;
    versions.set(one, fresh);
    return { fresh, before };
  };
  /** Whether it was done; a refusal is as good an answer as any. */
  const done = async (task: () => Promise<unknown>): Promise<boolean> => {
    try {
      await task();
      return true;
    } catch (thrown) {
      if (thrown instanceof Fault) return false;
      throw thrown;
    }
  };

  const noteApproval = (announcement: (typeof IDS)[number], by: string, at: number) => {
    breaches.push(...notes.approved(announcement, by, at));
    told.push({ kind: "approved", at, announcement });
  };
  const noteRecall = (announcement: (typeof IDS)[number], at: number) => {
    notes.recalled.set(announcement, at);
    const receivers = station.receivers.map(({ id }) => id);
    told.push({ kind: "recalled", at: at + HEARD_BY, announcement, receivers });
  };

  const perform = async (what: Act, by: { name: string }): Promise<void> => {
    const { control } = house;
    const at = house.clock.date();
    if (what.kind === "restart") return house.restart(what.forS * SECOND);
    const { fresh, before } = lookAt(what.id);
    const change = (fields: object, noted: { text?: string; of?: string; until?: string }, expected = "*") =>
      done(async () => {
        const answer = "frozen" in what ? what.frozen : undefined;
        await control.updateAnnouncement(what.id, fields, { expected, by, frozen: answer });
        notes.changed(what.id, { ...noted, by: by.name, at, isStopped: answer === "stop-now" });
      });
    switch (what.kind) {
      case "write":
        await change({ text: what.text }, { text: what.text }, what.isStale ? before.revision : "*");
        break;
      case "class":
        await change({ class: what.of }, { of: what.of });
        break;
      case "days":
        await change({ validUntil: what.until }, { until: what.until });
        break;
      case "submit":
        await done(() => control.submit(what.id, fresh.version, by));
        break;
      case "return":
        await done(() => control.sendBack(what.id, { version: fresh.version, reason: "xem lại giờ" }, by));
        break;
      case "approve":
        if (await done(() => control.approve(what.id, (what.isStale ? before : fresh).version, by)))
          noteApproval(what.id, by.name, at);
        break;
      case "withdraw":
        if (await done(() => control.withdraw(what.id, { reason: "đã đổi giờ", frozen: what.frozen }, by)))
          notes.end(what.id, at, what.frozen === "stop-now");
        break;
      case "block":
        if (await done(() => control.block(what.id, { reason: "chờ số liệu", frozen: what.frozen }, by)))
          notes.blocked.set(what.id, { at, isStopped: what.frozen === "stop-now" });
        break;
      case "unblock":
        if (await done(() => control.unblock(what.id, by))) notes.blocked.delete(what.id);
        break;
      case "recall":
        if (await done(() => control.recall(what.id, undefined, by))) noteRecall(what.id, at);
        break;
      case "play": {
        const content = { kind: "announcement", announcement: what.id } as const;
        const targets = { areas: [areaId("ward")], receivers: [], except: [], kinds: ["fixed" as const] };
        await done(() => control.playNow({ content, targets, class: "ordinary" }, by));
      }
    }
  };

  for (const [index, one] of IDS.entries()) {
    const [by, text] = [PEOPLE[index] ?? { name: "" }, TEXTS[index] ?? ""];
    await house.control.createFromText({ id: one, title: one, class: "ordinary", topic: "khac", text }, by);
    notes.written(one, text, by.name);
  }
  await house.control.soundsMade();
  for (const { afterS, by, act: what } of story) {
    await perform(what, by);
    await house.pass(afterS * SECOND);
  }
  await house.pass(CALM);
  const history = [...told, ...ordersOn(house), ...soundsOn(house), ...recordsOn(house)];
  return { breaches: [...breaches, ...violations(history, { placeOf: placeIn(station) })], soundings };
}

describe(`random editorial histories (seed ${SEED})`, function () {
  this.timeout(60_000 + HISTORIES * 1_000);

  it(`let nothing sound that nobody else approved, in ${HISTORIES} histories of several people`, async () => {
    let soundings = 0;
    let withSound = 0;
    await fc.assert(
      fc.asyncProperty(history, async (story) => {
        const run = await play(story);
        soundings += run.soundings;
        withSound += run.soundings > 0 ? 1 : 0;
        expect(run.breaches.join("\n")).to.equal("");
      }),
      { seed: SEED, numRuns: HISTORIES },
    );
    expect(withSound / HISTORIES, "histories in which something sounded").to.be.greaterThan(0.3);
    expect(soundings / HISTORIES, "soundings in a history").to.be.greaterThan(0.5);
  });
});
