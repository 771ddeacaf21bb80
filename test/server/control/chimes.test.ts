import { expect } from "chai";
import { Fault } from "../../../src/base/errors.js";
import type { ChimeApproval, ChimeUpload, KeptChime } from "../../../src/domain/chime.js";
import { sha256 } from "../../../src/domain/ids.js";
import { chimesOf, createChimeVerbs } from "../../../src/server/control/chimes.js";
import { aClip } from "../../support/a-station.js";
import { fakeRecords } from "../../support/fake-records.js";

const BY = { name: "Lãnh đạo" };
const OURS = sha256("1".repeat(64));

describe("chimes of the library", () => {
  const start = ({ singleOfficer = false } = {}) => {
    const one = (name: string, file: string, isShipped: boolean): [string, KeptChime] => [
      name,
      { name, file: sha256(file.repeat(64)), clip: aClip(4), isShipped },
    ];
    const library = new Map([one("chuong.wav", "1", false), one("chime-open.wav", "2", true)]);
    const approvals = fakeRecords<ChimeApproval["file"], ChimeApproval>(({ file }) => file);
    const events: { kind: string; why?: string | undefined }[] = [];
    let changes = 0;
    const uploads = fakeRecords<ChimeUpload["file"], ChimeUpload>(({ file }) => file);
    const removed: string[] = [];
    const verbs = createChimeVerbs({
      async keepRecording(name) {
        const kept = { name, file: sha256("4".repeat(64)), clip: aClip(2), isShipped: false };
        library.set(name, kept);
        return kept;
      },
      removeFile: async (file) => void removed.push(file),
      rule: { singleOfficer },
      ...{ library, uploads, approvals, now: () => "2026-11-23T00:00:00.000Z", onChange: () => changes++ },
      asRun: { event: (line) => void events.push(line) },
    });
    const approved = () =>
      [...chimesOf(library, approvals)].flatMap(([name, { isApproved }]) => (isApproved ? [name] : []));
    return { verbs, events, library, approved, removed, changes: () => changes };
  };
  const refusal = async (work: Promise<unknown>) => {
    const thrown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).to.be.instanceOf(Fault);
    return (thrown as Fault).reason ?? (thrown as Fault).code;
  };

  it("sound when they come with the program, and else when somebody approved them", async () => {
    const { verbs, events, approved, changes } = start();
    expect(approved()).to.deep.equal(["chime-open.wav"]);

    const view = await verbs.approveChime("chuong.wav", OURS, BY);
    await verbs.approveChime("chuong.wav", OURS, BY);

    expect(view).to.deep.include({ isApproved: true, approval: { by: "Lãnh đạo", at: "2026-11-23T00:00:00.000Z" } });
    expect(approved()).to.deep.equal(["chuong.wav", "chime-open.wav"]);
    expect(events.map(({ kind }) => kind)).to.deep.equal(["chime.approved"]);
    expect(changes()).to.equal(1);
  });

  it("are handed in by one person and approved by another, but where there is one officer only", async () => {
    const { verbs, events, approved, removed } = start();
    const made = await verbs.createChime("moi.wav", { file: "/tmp/x.part" }, BY);
    expect(made).to.deep.include({ isApproved: false, upload: { by: "Lãnh đạo", at: "2026-11-23T00:00:00.000Z" } });
    expect(removed).to.deep.equal(["/tmp/x.part"]);

    expect(await refusal(verbs.approveChime("moi.wav", made.version, BY))).to.equal("own-text");
    expect(approved()).to.not.include("moi.wav");
    await verbs.approveChime("moi.wav", made.version, { name: "Người khác" });
    expect(approved()).to.include("moi.wav");
    expect(events.map(({ kind }) => kind)).to.deep.equal(["chime.created", "chime.approved"]);

    const small = start({ singleOfficer: true });
    const own = await small.verbs.createChime("moi.wav", { file: "/tmp/x.part" }, BY);
    expect(await small.verbs.approveChime("moi.wav", own.version, BY)).to.include({ isApproved: true });
  });

  it("are approved as they are: another file of that name is not", async () => {
    const { verbs, library, approved } = start();
    await verbs.approveChime("chuong.wav", OURS, BY);
    library.set("chuong.wav", { name: "chuong.wav", file: sha256("3".repeat(64)), clip: aClip(5), isShipped: false });

    expect(approved()).to.deep.equal(["chime-open.wav"]);
    expect(await refusal(verbs.approveChime("chuong.wav", OURS, BY))).to.equal("other-version");
    expect(await refusal(verbs.approveChime("khong-co.wav", OURS, BY))).to.equal("not-found");
  });

  it("do not sound any more once the approval is taken back, with its reason in the log", async () => {
    const { verbs, events, approved } = start();
    await verbs.approveChime("chuong.wav", OURS, BY);

    expect(await verbs.withdrawChime("chuong.wav", "tiếng rè", BY)).to.include({ isApproved: false });

    expect(approved()).to.deep.equal(["chime-open.wav"]);
    expect(events.at(-1)).to.include({ kind: "chime.approval-withdrawn", why: "tiếng rè" });
    expect(await refusal(verbs.withdrawChime("chuong.wav", "lần nữa", BY))).to.equal("not-approved");
    expect(await refusal(verbs.withdrawChime("chime-open.wav", "không thích", BY))).to.equal("not-approved");
  });
});
