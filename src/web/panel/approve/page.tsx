/**
 * Chờ duyệt: let me hear it and decide in 20 seconds, on my phone.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { WaitingChimes } from "../chimes/chimes.js";
import { picture, zone } from "../live/line.js";
import { go, Link, path } from "../paths.js";
import { ClassMark } from "../pieces/class-mark.js";
import { WaitingSlots } from "../radio/slots.js";
import { RecallButton } from "../recall/recall-button.js";
import { bilingual } from "../words/language.js";
import { length, shortMoment } from "../words/times.js";
import { type Decided, Decision } from "./decision.js";
import { useWaiting } from "./waiting.js";
import "./approve.css";

const words = bilingual(
  {
    title: "Chờ duyệt",
    none: "Không có bản tin nào chờ duyệt.",
    approved: (title: string) => `Đã duyệt «${title}».`,
    returned: (title: string) => `Đã trả lại «${title}».`,
    line: (by: string, long: string) => `${by} gửi, dài ${long}`,
    due: (when: string) => `phát ${when}`,
    gone: "Bản tin này không còn chờ duyệt: đã có người quyết định, hoặc người soạn đã sửa.",
    all: "Về danh sách",
  },
  {
    title: "To approve",
    none: "Nothing waits for an approval.",
    approved: (title) => `“${title}” is approved.`,
    returned: (title) => `“${title}” went back to its author.`,
    line: (by, long) => `from ${by}, ${long}`,
    due: (when) => `due ${when}`,
    gone: "It no longer waits: somebody has decided, or its author has changed it.",
    all: "Back to the list",
  },
);

export default function Approve() {
  const say = words();
  const id = path.value.split("/")[2] || undefined;
  const [last, setLast] = useState<{ readonly how: Decided; readonly id: string; readonly title: string }>();
  const waiting = useWaiting();
  if (picture.value === undefined || (waiting.value === undefined && waiting.wrong === undefined)) return null;
  const all = waiting.value ?? [];
  const open = all.find((one) => one.id === id);
  const decided = (how: Decided) => {
    if (open) setLast({ how, id: open.id, title: open.title });
    const next = all.find((one) => one !== open);
    go(next ? `/approve/${next.id}` : "/approve");
  };
  return (
    <>
      <h1>{open?.title ?? say.title}</h1>
      {waiting.wrong && <p role="alert">{waiting.wrong}</p>}
      <p role="status">{last && say[last.how](last.title)}</p>
      {last?.how === "approved" && <RecallButton announcement={last} />}
      {open && <Decision key={`${open.id} ${open.version}`} announcement={open} onDecided={decided} />}
      {id !== undefined && !open && last?.id !== id && <p>{say.gone}</p>}
      {all.length === 0 && <p>{say.none}</p>}
      {id !== undefined && <Link to="/approve">{say.all}</Link>}
      {id === undefined && <WaitingChimes />}
      {id === undefined && <WaitingSlots />}
      {id === undefined && (
        <ul class="waiting">
          {all.map(({ id: one, title, class: of, submission, clip, nextAt }) => (
            <li key={one}>
              <Link to={`/approve/${one}`}>
                <ClassMark of={of} short /> {title}
              </Link>
              <small>
                {say.line(submission?.by ?? "", length(clip?.durationMs ?? 0))}
                {nextAt !== undefined && ` – ${say.due(shortMoment(nextAt, zone.value))}`}
              </small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
