import { expect } from "chai";
import { epoch } from "../../src/base/units.js";
import { startNarrator } from "../../src/cli/narrator.js";
import { receiverId } from "../../src/domain/ids.js";
import type { Change } from "../../src/server/api/changes.js";

describe("the narrator", () => {
  it("tells only what loudspeakers confirmed, once, and when it ended", () => {
    const said: string[] = [];
    let tell: (change: Change) => void = () => {};
    const control = {
      subscribe(listener: (change: Change) => void) {
        tell = listener;
        return () => {};
      },
    };
    const now = () => epoch(Date.parse("2026-11-23T00:00:00Z"));
    startNarrator({ control, zone: "Asia/Ho_Chi_Minh", now, out: (text) => said.push(text) });
    const onAir = (count: number) => {
      const receivers = Array.from({ length: count }, (_, i) => receiverId(`loa-${i}`));
      const common = {
        cue: "sang",
        title: "Tin sáng",
        class: "ordinary",
        start: "",
        end: "",
        failed: [],
        announcements: [],
        reasons: {},
      } as const;
      tell({
        ...{ n: 1, kind: "on-air" },
        onAir: [{ ...common, ordered: [receiverId("loa-0")], confirmed: receivers, sounding: receivers }],
      });
    };

    onAir(0);
    onAir(2);
    onAir(2);
    tell({ n: 2, kind: "on-air", onAir: [] });

    expect(said).to.deep.equal(["07:00:00  đang phát «Tin sáng»: 2 loa xác nhận\n", "07:00:00  đã dứt «Tin sáng»\n"]);
  });
});
