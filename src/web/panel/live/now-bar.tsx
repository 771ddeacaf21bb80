/**
 * What sounds now, on every page: by the word of the loudspeakers, with the red button beside it.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import type { OnAirView } from "../../../server/api/views.js";
import { ClassMark } from "../pieces/class-mark.js";
import { mayDo } from "../session.js";
import { bilingual } from "../words/language.js";
import { clockTime, length, localDateOf } from "../words/times.js";
import { lineState, now, picture, zone } from "./line.js";
import { SecondPerson } from "./second-person.js";
import { standing } from "./standing.js";
import { StopDialog } from "./stop-dialog.js";

const words = bilingual(
  {
    region: "Đang phát",
    opening: "Đang liên lạc với đài…",
    lost: (since: string) =>
      `Mất liên lạc với đài từ ${since}. Loa vẫn phát theo chương trình đã lưu; những gì hiện ở đây là của lúc đó.`,
    nothing: "Không có gì đang phát.",
    failed: (count: number) => `${count} loa không phát được`,
    left: (time: string) => `còn ${time}`,
    more: (count: number) => `và ${count} bản tin nữa`,
    stop: "Dừng",
  },
  {
    region: "On air",
    opening: "Connecting to the station…",
    lost: (since) =>
      `No connection to the station since ${since}. Loudspeakers go on with the programme they hold; what stands here is of that time.`,
    nothing: "Nothing is on air.",
    failed: (count) => `${count} could not`,
    left: (time) => `${time} left`,
    more: (count) => `and ${count} more`,
    stop: "Stop",
  },
);

export function NowBar() {
  const [stopping, setStopping] = useState(false);
  const say = words();
  const line = lineState.value;
  const onAir = picture.value?.onAir ?? [];
  const mayStop = mayDo("stop", { areas: "anywhere", loosely: true }, localDateOf(now.value, zone.value));
  useStopKey(mayStop, () => setStopping(true));
  return (
    <section class={onAir.length > 0 ? "now-bar on-air" : "now-bar"} aria-label={say.region}>
      <SecondPerson />
      <div aria-live="polite">
        {line.is === "opening" && <p>{say.opening}</p>}
        {line.is === "lost" && <p class="lost">{say.lost(clockTime(line.since, zone.value))}</p>}
        {picture.value && <Sounding onAir={onAir} />}
      </div>
      {mayStop && (
        <button type="button" class="danger stop" aria-keyshortcuts="." onClick={() => setStopping(true)}>
          <span aria-hidden="true">■</span> {say.stop}
        </button>
      )}
      {stopping && <StopDialog onAir={onAir} onClose={() => setStopping(false)} />}
    </section>
  );
}

function Sounding({ onAir }: { readonly onAir: readonly OnAirView[] }) {
  const say = words();
  const [first, ...others] = onAir;
  if (!first) return <p>{say.nothing}</p>;
  const left = Date.parse(first.end) - now.value;
  return (
    <p>
      <ClassMark of={first.class} short /> <strong>{first.title}</strong> – {standing(first)}
      {first.failed.length > 0 && <span class="wrong"> – {say.failed(first.failed.length)}</span>}
      {/* The seconds change all the time: a screen reader that spoke each would say nothing else. */}
      {left > 0 && <span aria-hidden="true"> – {say.left(length(left))}</span>}
      {others.length > 0 && ` – ${say.more(others.length)}`}
    </p>
  );
}

/** The full stop opens the dialog from anywhere but where people write. */
function useStopKey(isAllowed: boolean, open: () => void): void {
  useEffect(() => {
    if (!isAllowed) return;
    const press = (event: KeyboardEvent) => {
      const where = event.target as HTMLElement;
      const isWriting = where.matches("input, textarea, select, [contenteditable]");
      if (event.key === "." && !isWriting && !event.ctrlKey && !event.metaKey) open();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [isAllowed]);
}
