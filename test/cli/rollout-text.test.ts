import { expect } from "chai";
import { rolloutText } from "../../src/cli/rollout-text.js";
import { fakeUpdates } from "../server/api/fake-updates.js";

describe("a rollout on the terminal", () => {
  const [rollout] = fakeUpdates((_name, _args, answer) => answer).rollouts();
  if (!rollout) throw new Error("none");

  it("tells why loudspeakers are not through, in words", () => {
    expect(rolloutText(rollout)).to.include("loa-1\tchưa được, sẽ thử lại: ổ đĩa của loa không đủ chỗ (disk-full)\n");
  });

  it("tells which loudspeaker stopped it, and why", () => {
    const words = { vi: "chương trình mới chạy mà không báo gì", en: "the new program ran and reported nothing" };
    const stopped = { ...rollout, state: "stopped" as const, culprit: "loa-1" as never, why: "hung", words };
    expect(rolloutText(stopped)).to.include("đã dừng (loa-1: chương trình mới chạy mà không báo gì (hung))");
    expect(rolloutText({ ...stopped, stoppedBy: "Chị Hoa" })).to.include("đã dừng (Chị Hoa)");
  });
});
