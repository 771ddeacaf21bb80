/**
 * Who lets a recording of the library sound: those that come with the program do, every other one waits for an approver (R2).
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import type { Chime, ChimeApproval, ChimeUpload, KeptChime } from "../../domain/chime.js";
import type { Sha256 } from "../../domain/ids.js";
import { isSamePerson, type Person } from "../../domain/person.js";
import { stampOf } from "../../domain/stamp.js";
import type { TwoPeopleRule } from "../../domain/two-people.js";
import type { AsRunLog, Records } from "./ports.js";

export interface ChimeParts {
  /** By file name, as they were when the station started. */
  readonly library: ReadonlyMap<string, KeptChime>;
  readonly uploads: Records<Sha256, ChimeUpload>;
  readonly approvals: Records<Sha256, ChimeApproval>;
  /**
   * Makes a handed-in file sound and puts it into the library under a name; what was handed in stays where it is.
   * @throws Fault "conflict", reason `name-taken` or `same-file`, "invalid" for what is no sound
   */
  readonly keepRecording: (name: string, file: string) => Promise<KeptChime>;
  /** Removes a file that nobody needs any more. */
  readonly removeFile: (file: string) => Promise<void>;
  readonly rule: TwoPeopleRule;
  readonly asRun: Pick<AsRunLog, "event">;
  /** Civil time, ISO 8601. */
  readonly now: () => string;
  /** What may sound is another than before. */
  readonly onChange: () => void;
}

/** The library as the planner knows it, by file name. */
export const chimesOf = (
  library: ReadonlyMap<string, KeptChime>,
  approvals: Pick<Records<Sha256, ChimeApproval>, "get">,
): ReadonlyMap<string, Chime> =>
  new Map(
    [...library].map(([name, { file, clip, isShipped }]) => [
      name,
      { clip, isApproved: isShipped || approvals.get(file) !== undefined },
    ]),
  );

export function createChimeVerbs(parts: ChimeParts) {
  const { library, uploads, approvals, asRun, now, onChange } = parts;
  const get = (name: string): KeptChime => {
    const found = library.get(name);
    if (!found) throw none(name);
    return found;
  };
  const viewOf = ({ name, file, clip, isShipped }: KeptChime) => {
    const { by, at } = approvals.get(file) ?? {};
    const upload = uploads.get(file);
    return {
      ...{ name, version: file, clip, isShipped, isApproved: isShipped || by !== undefined },
      ...(by === undefined || at === undefined ? {} : { approval: { by, at } }),
      ...(upload === undefined ? {} : { upload: { by: upload.by, at: upload.at } }),
    };
  };

  return {
    chimes: () => [...library.values()].map(viewOf),
    /** Takes a recording into the library; it does not sound before somebody else has approved it. @throws Fault as `keepRecording` */
    async createChime(name: string, upload: { readonly file: string }, by: Person) {
      const chime = await parts.keepRecording(name, upload.file);
      const after: ChimeUpload = { file: chime.file, name, ...stampOf(by, now()) };
      await uploads.put(after);
      asRun.event({ kind: "chime.created", by, detail: { name }, after });
      await parts.removeFile(upload.file);
      onChange();
      return viewOf(chime);
    },
    /**
     * Lets it sound from the next time on. @throws Fault "conflict", reason `other-version`, when it is not what was heard;
     * "forbidden", reason `own-text`, when it is their own
     */
    async approveChime(name: string, version: string, by: Person) {
      const chime = get(name);
      if (chime.file !== version) throw otherVersion(name);
      // Asked once more, as after an answer that was lost: nothing has happened since.
      if (chime.isShipped || approvals.get(chime.file)) return viewOf(chime);
      const upload = uploads.get(chime.file);
      const isOwn = upload !== undefined && isSamePerson({ name: upload.by, account: upload.account }, by);
      if (isOwn && !parts.rule.singleOfficer) throw own(name, by);
      const after: ChimeApproval = { file: chime.file, name, ...stampOf(by, now()) };
      await approvals.put(after, 0);
      asRun.event({ kind: "chime.approved", by, detail: { name }, after });
      onChange();
      return viewOf(chime);
    },
    /** It does not sound any more from the next time on. @throws Fault "conflict" when nobody approved it */
    async withdrawChime(name: string, reason: string, by: Person) {
      const chime = get(name);
      const before = approvals.get(chime.file);
      if (!before) throw notApproved(name, chime.isShipped);
      await approvals.delete(chime.file);
      asRun.event({ kind: "chime.approval-withdrawn", by, why: reason, detail: { name }, before });
      onChange();
      return viewOf(chime);
    },
  };
}

const none = (name: string) =>
  new Fault("not-found", {
    vi: `Trong audio/library không có bản ghi «${name}», hoặc bản ghi đọc không được. Chép tệp mới vào thì khởi động lại đài.`,
    en: `There is no recording "${name}" in audio/library, or it cannot be read. After copying a file there, start the station anew.`,
  });
const own = (name: string, { name: person }: Person) =>
  new Fault(
    "forbidden",
    {
      vi: `«${name}» do chính ${person} gửi lên, nên phải có người khác duyệt. Bản ghi vẫn ở trong kho.`,
      en: `"${name}" was handed in by ${person}, so somebody else has to approve it. The recording is kept.`,
    },
    { reason: "own-text" },
  );
const otherVersion = (name: string) =>
  new Fault(
    "conflict",
    {
      vi: `«${name}» không còn là bản đã nghe. Hãy nghe lại rồi duyệt. Không có gì thay đổi.`,
      en: `"${name}" is not what was heard any more. Hear it again, then approve. Nothing was changed.`,
    },
    { reason: "other-version" },
  );
const notApproved = (name: string, isShipped: boolean) =>
  new Fault(
    "conflict",
    isShipped
      ? {
          vi: `«${name}» có sẵn trong chương trình, không cần ai duyệt. Không muốn phát thì bỏ nó khỏi danh sách phát.`,
          en: `"${name}" comes with the program and needs no approval. Take it out of the playlists if it shall not sound.`,
        }
      : { vi: `«${name}» chưa được ai duyệt.`, en: `Nobody has approved "${name}".` },
    { reason: "not-approved" },
  );
