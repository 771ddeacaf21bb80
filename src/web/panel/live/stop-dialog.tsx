/**
 * Stopping what sounds: what it would silence is said before, what the station ordered after. Whether it is quiet is for the
 * loudspeakers to say.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { OnAirView, OrderedView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useAct } from "../pieces/act.js";
import { Dialog } from "../pieces/dialog.js";
import { RecallButton } from "../recall/recall-button.js";
import { bilingual } from "../words/language.js";

type Scope = { readonly kind: "all" } | { readonly kind: "occurrence"; readonly occurrence: string };

const words = bilingual(
  {
    title: "Dừng phát",
    about: "Loa im ngay. Loa đang mất mạng sẽ im khi liên lạc lại, trước khi phát bất cứ điều gì.",
    one: (title: string, count: number) => `Dừng «${title}» tại ${count} loa`,
    all: "Dừng tất cả, ở mọi loa",
    ordered: (count: number, away: number) =>
      `Đã ra lệnh dừng cho ${count} loa${away > 0 ? `, trong đó ${away} loa đang mất mạng` : ""}. Thanh trên cùng cho biết loa nào còn phát.`,
    recall: "Nội dung sai? Thu hồi: im ở mọi nơi và không bao giờ phát lại.",
    sending: "Đang gửi lệnh dừng…",
    close: "Đóng",
    cancel: "Để yên",
  },
  {
    title: "Stop",
    about: "Loudspeakers fall silent at once. Those that are away will when they are back, before they sound anything.",
    one: (title, count) => `Stop “${title}” at ${count} loudspeakers`,
    all: "Stop everything, everywhere",
    ordered: (count, away) =>
      `The order went to ${count} loudspeakers${away > 0 ? `; ${away} of them are away` : ""}. The bar on top says which still sound.`,
    recall: "Is it wrong? Recall it: silent everywhere, and it never sounds again.",
    sending: "The stop is on its way…",
    close: "Close",
    cancel: "Leave it",
  },
);

export function StopDialog({ onAir, onClose }: { readonly onAir: readonly OnAirView[]; readonly onClose: () => void }) {
  const [ordered, setOrdered] = useState<OrderedView>();
  const { busy, wrong, act } = useAct();
  const stop = (scope: Scope) =>
    act(async () => setOrdered(await ask<OrderedView>("POST", "/stop", { body: { scope } })));
  const say = words();
  const contained = [
    ...new Map(onAir.flatMap(({ announcements }) => announcements.map((one) => [one.id, one] as const))).values(),
  ];
  return (
    <Dialog title={say.title} onClose={onClose}>
      {wrong && <p role="alert">{wrong}</p>}
      {ordered ? (
        <p role="status">{say.ordered(ordered.receivers.length, ordered.away.length)}</p>
      ) : (
        <>
          <p aria-busy={busy}>{busy ? say.sending : say.about}</p>
          {onAir.map(({ cue, title, ordered: receivers }) => (
            <button
              type="button"
              key={cue}
              class="danger"
              onClick={() => stop({ kind: "occurrence", occurrence: cue })}
            >
              {say.one(title, receivers.length)}
            </button>
          ))}
          <button type="button" class="danger" onClick={() => stop({ kind: "all" })}>
            {say.all}
          </button>
          {contained.length > 0 && <p>{say.recall}</p>}
          {contained.map((one) => (
            <RecallButton key={one.id} announcement={one} class="danger outline" isNamed onAsk={onClose} />
          ))}
        </>
      )}
      <button type="button" class="secondary" onClick={onClose}>
        {ordered ? say.close : say.cancel}
      </button>
    </Dialog>
  );
}
