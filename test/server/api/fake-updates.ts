import { receiverId } from "../../../src/domain/ids.js";
import type { UpdateVerbs } from "../../../src/server/api/update-verbs.js";
import type { RolloutView } from "../../../src/server/api/update-views.js";

const NOW = "2026-11-23T00:00:00.000Z";

const A_ROLLOUT: RolloutView = {
  ...{ id: "0-2-0-k4d9", version: "0.2.0", sha256: "a".repeat(64) as never, soakMinutes: 60, by: "Chị Hoa" },
  ...{ stages: [{ percent: 5 }, { receivers: [receiverId("loa-1")] }], state: "running", stage: 0 },
  ...{ startedAt: NOW, stageSince: NOW, members: 1, total: 20, steps: { failed: 1 }, waitsFor: [receiverId("loa-1")] },
  troubles: [
    {
      ...{ receiver: receiverId("loa-1"), step: "failed", at: NOW, why: "disk-full" },
      words: { vi: "ổ đĩa của loa không đủ chỗ", en: "the loudspeaker's disk has no room" },
    },
  ],
};

/** One rollout that one loudspeaker could not take yet. */
export function fakeUpdates(called: <T>(name: string, args: readonly unknown[], answer: T) => T): UpdateVerbs {
  return {
    keepPackage: async (...args) => called("keepPackage", args, undefined),
    packageFile: () => import.meta.filename,
    startRollout: async (...args) => called("startRollout", args, A_ROLLOUT),
    rollouts: () => [A_ROLLOUT],
    stopRollout: async (...args) => called("stopRollout", args, { ...A_ROLLOUT, state: "stopped" as const }),
  };
}
