import { expect } from "chai";
import type { ReceiverId } from "../../../src/domain/ids.js";
import { createSendAway } from "../../../src/server/control/send-away.js";

const LOA = "loa-1" as ReceiverId;
const BY = { name: "Hoa" };

function start({ cues = 3, connected = true, signs = true } = {}) {
  const done: string[] = [];
  const sendAway = createSendAway({
    wire: { connected: () => (connected ? [LOA] : []), dismiss: (id, why) => done.push(`${id} dismissed: ${why}`) },
    book: { cuesOf: () => Array.from({ length: cues }, (_, index) => ({ id: `tin@${index}` }) as never) },
    order: async (body) => {
      if (!signs) throw new Error("no signer");
      done.push(body.kind === "cancel" ? `cancel ${body.cues.length}` : body.kind);
    },
    asRun: { event: ({ kind, why }) => void done.push(`${kind} ${why}`) },
  });
  return { sendAway, done };
}

describe("a device that is sent away", () => {
  it("is silenced by signed orders, for all that it holds, before its connection ends", async () => {
    const { sendAway, done } = start({ cues: 1100 });
    await sendAway(LOA, "revoked", BY);
    expect(done).to.deep.equal(["stop", "cancel 500", "cancel 500", "cancel 100", "loa-1 dismissed: revoked"]);
  });

  it("loses its connection all the same when nothing can be signed, and the log says that it was not silenced", async () => {
    const { sendAway, done } = start({ signs: false });
    await sendAway(LOA, "removed", BY);
    expect(done).to.deep.equal(["receiver.not-silenced removed", "loa-1 dismissed: removed"]);
  });

  it("is told nothing when it is not there to hear it", async () => {
    const { sendAway, done } = start({ connected: false });
    await sendAway(LOA, "revoked", BY);
    expect(done).to.deep.equal([]);
  });
});
