import { expect } from "chai";
import * as fc from "fast-check";
import { conditionOf, type Signs } from "../../src/domain/condition.js";
import { checkProperty } from "../support/check-property.js";

const now = 1_000_000_000;
const signs = (more: Partial<Signs> = {}): Signs => ({
  ...{ now, excluded: false, paired: true, connected: true, lastSeen: now, listeningSince: 0, lacksClips: false },
  said: { volume: 60, muted: false, sink: "ok" },
  ...more,
});
const state = (more?: Partial<Signs>) => conditionOf(signs(more)).state;
const troubles = (more?: Partial<Signs>) => conditionOf(signs(more)).troubles;

describe("the condition of a loudspeaker", () => {
  it("is ok when nothing is wrong, and before it has spoken", () => {
    expect(state()).to.equal("ok");
    expect(state({ said: undefined })).to.equal("ok");
  });

  it("is disabled when a person took it out of service or no device is paired, whatever is wrong with it", () => {
    expect(conditionOf(signs({ excluded: true, connected: false, lastSeen: 0 }))).to.deep.equal({
      ...{ state: "disabled", troubles: [] },
    });
    expect(state({ paired: false, connected: false, lastSeen: 0 })).to.equal("disabled");
  });

  it("is a fault within thirty seconds of a lost link, and not while a program starts anew", () => {
    expect(troubles({ connected: false, lastSeen: now - 9_999 })).to.deep.equal([]);
    expect(troubles({ connected: false, lastSeen: now - 10_000 })).to.deep.equal(["link-lost"]);
  });

  it("gives everybody time to come back after the server's start", () => {
    const away = { connected: false, lastSeen: now - 3_600_000 };
    expect(state({ ...away, listeningSince: now - 19_000 })).to.equal("ok");
    expect(state({ ...away, listeningSince: now - 20_000 })).to.equal("fault");
  });

  it("tells every trouble of one that is connected", () => {
    expect(
      troubles({
        said: { volume: 60, muted: false, sink: "failed" },
        untrustedSince: now - 20_000,
        ...{ diskFreeBytes: 300_000_000, diskTotalBytes: 8_000_000_000, lacksClips: true },
        ...{ silentSince: now - 1, unorderedAt: now - 599_999 },
      }),
    ).to.deep.equal([
      ...["sink-failed", "clock-untrusted", "disk-nearly-full", "clips-missing"],
      ...["silent-while-ordered", "sound-without-order"],
    ]);
  });

  it("is no fault for a clock that is new, a disk that has room, or sound that was long ago", () => {
    expect(
      troubles({
        untrustedSince: now - 19_999,
        ...{ diskFreeBytes: 400_000_000, diskTotalBytes: 8_000_000_000, unorderedAt: now - 600_000 },
      }),
    ).to.deep.equal([]);
    expect(troubles({ diskFreeBytes: 49_999_999 })).to.deep.equal(["disk-nearly-full"]);
  });

  it("is silenced when a person muted it or turned it down to nothing, and test while a pip sounds", () => {
    expect(state({ said: { volume: 60, muted: true, sink: "ok" } })).to.equal("silenced");
    expect(state({ said: { volume: 0, muted: false, sink: "ok" } })).to.equal("silenced");
    expect(state({ testUntil: now + 1 })).to.equal("test");
    expect(state({ testUntil: now })).to.equal("ok");
  });

  it("is a fault exactly when it has a trouble", () => {
    const instant = fc.option(fc.integer({ min: now - 700_000, max: now }), { nil: undefined });
    const any = fc.record({
      ...{ excluded: fc.boolean(), paired: fc.boolean(), connected: fc.boolean(), lacksClips: fc.boolean() },
      lastSeen: fc.integer({ min: now - 60_000, max: now }),
      listeningSince: fc.integer({ min: now - 60_000, max: now }),
      said: fc.option(
        fc.record({
          volume: fc.integer({ min: 0, max: 100 }),
          muted: fc.boolean(),
          sink: fc.constantFrom("ok" as const, "restarting" as const, "failed" as const),
        }),
        { nil: undefined },
      ),
      ...{ untrustedSince: instant, silentSince: instant, unorderedAt: instant, testUntil: instant },
    });
    checkProperty(
      fc.property(any, (more) => {
        const { state: is, troubles: found } = conditionOf(signs(more));
        expect(is === "fault").to.equal(found.length > 0);
        expect(is === "disabled").to.equal(more.excluded || !more.paired);
      }),
    );
  });
});
