import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { silentLog } from "../../../src/base/log.js";
import { announcementId } from "../../../src/domain/ids.js";
import { isApproved } from "../../../src/domain/version.js";
import { openStore, stateFolder } from "../../../src/server/store/store.js";
import { aClip } from "../../support/a-station.js";
import { FakeClock } from "../../support/fake-clock.js";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const clip = aClip(3);
const spokenText = "Chiều nay họp tổ.";
/** As format 1 named a version. */
const version = sha256(`${spokenText}\n${clip.sha256}\nordinary`);
const about = { title: "Họp", class: "ordinary", topic: "khac", text: spokenText, spokenText, clip };

/** The announcements of a station whose file has that format. */
async function opened<T extends { readonly id: string }>(format: number, values: readonly T[]) {
  const folder = await fs.mkdtemp(join(tmpdir(), "loa-"));
  const items = values.map((value) => JSON.stringify({ id: value.id, version: 1, updatedAt: 1, value })).join(",\n");
  const body = `"version":${format},"revision":1,"items":[\n${items}\n]}\n`;
  await fs.mkdir(stateFolder(folder), { recursive: true });
  await fs.writeFile(join(stateFolder(folder), "announcements.json"), `{"sha256":"${sha256(body)}",\n${body}`);
  const store = await openStore({ folder, clock: new FakeClock(), log: silentLog });
  const kept = values.map(({ id }) => store.announcements.get(announcementId(id)));
  await store.close();
  await fs.rm(folder, { recursive: true });
  return kept;
}

describe("a station of before what was heard elsewhere was kept apart", () => {
  it("names no title any more where a text was found to be repeated, and keeps all other words", async () => {
    const finding = (check: string, title: string) => ({
      ...{ id: check, check, severity: "warning", start: 0, end: 0, found: "", decision: false },
      words: {
        vi: `Trong 24 giờ qua Tổ 1 đã nghe nội dung này 2 lần («${title}»).`,
        en: `In the last 24 hours this was heard in Tổ 1 2 times ("${title}").`,
      },
      suggestion: { vi: "Giãn ra.", en: "Space out." },
    });
    const findings = [finding("repeated", "Cúp nước («gấp»)"), finding("privacy.phone", "Tin")];
    const [kept] = await opened(2, [{ id: "hop", ...about, findings }]);

    expect(kept?.findings?.map(({ words }) => [words.vi, words.en])).to.deep.equal([
      ["Trong 24 giờ qua Tổ 1 đã nghe nội dung này 2 lần.", "In the last 24 hours this was heard in Tổ 1 2 times."],
      [findings[1]?.words.vi, findings[1]?.words.en],
    ]);
  });
});

describe("a station of before authors were kept", () => {
  it("keeps what was approved approved, and nothing else", async () => {
    const by = { by: "Lãnh đạo", at: "2026-11-01T00:00:00.000Z" };
    const values = [
      { id: "duyet", ...about, composedBy: "chị Hoa", approval: { version, ...by } },
      { id: "khac", ...about, composedBy: "chị Hoa", approval: { version: sha256("khác"), ...by } },
      { id: "nhap", ...about },
    ];
    const [approved, other, draft] = await opened(1, values);

    expect(approved?.authors).to.deep.equal([{ name: "chị Hoa" }]);
    expect(approved?.approval).to.deep.include(by);
    expect(approved && isApproved(approved, sha256)).to.equal(true);
    expect(other)
      .to.deep.include({ authors: [{ name: "chị Hoa" }] })
      .and.not.have.property("approval");
    expect(draft).to.not.have.any.keys("authors", "approval");
  });
});
