/**
 * What became of an order to play now, by what loudspeakers say (R10): ordered, confirmed, sounding, and no longer on air.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { OrderedView } from "../../../server/api/views.js";
import { picture } from "../live/line.js";
import { standing } from "../live/standing.js";
import { bilingual } from "../words/language.js";

const words = bilingual(
  {
    ordered: (count: number, away: number) =>
      `Đã ra lệnh cho ${count} loa${away > 0 ? `; ${away} loa đang mất mạng sẽ không phát lượt này` : ""}.`,
    over: "Lượt này không còn trên sóng. Loa nào đã phát, loa nào không: xem Nhật ký.",
  },
  {
    ordered: (count, away) =>
      `Ordered at ${count} loudspeakers${away > 0 ? `; ${away} of them are away and will not sound it` : ""}.`,
    over: "It is no longer on air. Which loudspeakers sounded it stands in the log.",
  },
);

export function AirStatus({ ordered }: { readonly ordered: OrderedView }) {
  const say = words();
  const [wasSeen, setSeen] = useState(false);
  const found = picture.value?.onAir.find(({ cue }) => cue === ordered.occurrence);
  useEffect(() => {
    if (found) setSeen(true);
  }, [found !== undefined]);
  return (
    <p role="status" class="air-status">
      {say.ordered(ordered.receivers.length, ordered.away.length)} {found && <strong>{standing(found)}</strong>}
      {!found && wasSeen && say.over}
    </p>
  );
}
