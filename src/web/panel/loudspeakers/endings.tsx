/**
 * What ends something at a place: a quarantine, the trust in a device, the place itself. Each says first what will come of it.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { go } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { bilingual } from "../words/language.js";

const words = bilingual(
  {
    title: "Gỡ và thu hồi",
    clear: "Hết cách ly",
    clearAbout: (name: string) =>
      `Hai máy đã dùng cùng một khóa của «${name}». Chỉ bấm khi biết chắc máy kia đã tắt; nếu không, hãy ghép lại bằng mã mới.`,
    revoke: "Thu hồi thiết bị",
    revokeAbout: (name: string) =>
      `Thiết bị ở «${name}» im ngay và không bao giờ vào lại được bằng khóa cũ. Chỗ đặt và nhật ký vẫn còn; muốn phát lại thì ghép thiết bị mới.`,
    remove: "Gỡ chỗ này",
    removeAbout: (name: string) =>
      `«${name}» không còn trong lịch nào nữa và thiết bị ở đó im. Nhật ký và báo cáo cũ vẫn giữ. Không hoàn tác được.`,
    really: (what: string) => `${what}, tôi chắc chắn`,
    keep: "Thôi",
  },
  {
    title: "Removal",
    clear: "End the quarantine",
    clearAbout: (name) =>
      `Two devices have used one key of “${name}”. Only press this when the other one is off for certain; else pair it again with a new code.`,
    revoke: "Revoke the device",
    revokeAbout: (name) =>
      `The device at “${name}” falls silent at once and never comes in again with its old key. The place and its log stay; to sound again it takes a new pairing.`,
    remove: "Remove this place",
    removeAbout: (name) =>
      `“${name}” is in no schedule any more, and its device falls silent. Old logs and reports keep it. This cannot be undone.`,
    really: (what) => `${what}, I am certain`,
    keep: "Leave it",
  },
);

type Ending = "clear" | "revoke" | "remove";

export function Endings({ receiver, back }: { readonly receiver: ReceiverView; readonly back: string }) {
  const say = words();
  const [asked, setAsked] = useState<Ending>();
  const { busy, wrong, act } = useAct();
  const { id, name, paired, quarantined } = receiver;
  const offered: readonly Ending[] = [
    ...(quarantined ? (["clear"] as const) : []),
    ...(paired ? (["revoke"] as const) : []),
    "remove",
  ];
  const about = { clear: say.clearAbout, revoke: say.revokeAbout, remove: say.removeAbout };
  const does: Readonly<Record<Ending, () => Promise<unknown>>> = {
    clear: () => ask("POST", `/receivers/${id}/clearance`),
    revoke: () => ask("POST", `/receivers/${id}/revocation`),
    async remove() {
      await ask("DELETE", `/receivers/${id}`);
      go(back);
    },
  };
  const end = (ending: Ending) =>
    act(async () => {
      await does[ending]();
      setAsked(undefined);
    });
  return (
    <details>
      <summary>{say.title}</summary>
      <div class="buttons">
        {offered.map((ending) => (
          <button key={ending} type="button" class="secondary" onClick={() => setAsked(ending)}>
            {say[ending]}
          </button>
        ))}
      </div>
      {asked && (
        <Dialog title={say[asked]} onClose={() => setAsked(undefined)}>
          <p>{about[asked](name)}</p>
          {wrong && <p role="alert">{wrong}</p>}
          <button type="button" class="secondary" onClick={() => setAsked(undefined)}>
            {say.keep}
          </button>
          <button type="button" class="danger" aria-disabled={busy} onClick={() => void end(asked)}>
            {say.really(say[asked])}
          </button>
        </Dialog>
      )}
    </details>
  );
}
