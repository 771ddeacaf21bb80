/**
 * Soạn thông báo: turn this text into sound that people understand, with my leader's consent.
 *
 * @module
 */
import { fetchAnnouncements } from "../lists.js";
import { zone } from "../live/line.js";
import { Link, path } from "../paths.js";
import { useFetched } from "../pieces/fetched.js";
import { bilingual } from "../words/language.js";
import { stageName } from "../words/stages.js";
import { shortMoment } from "../words/times.js";
import { isWritable } from "./draft.js";
import { Editor } from "./editor.js";
import { useKeeper } from "./use-keeper.js";
import "./compose.css";

const words = bilingual(
  {
    title: "Soạn thông báo",
    drafts: "Đang soạn dở",
    none: "Không có bản nào đang soạn dở.",
    next: (when: string) => `lần phát đầu ${when}`,
    fresh: "Soạn bản tin mới",
    reading: "Đang mở bản tin…",
    again: "Thử lại",
  },
  {
    title: "Write an announcement",
    drafts: "Being written",
    none: "Nothing is being written.",
    next: (when) => `first due ${when}`,
    fresh: "Write a new one",
    reading: "Opening the announcement…",
    again: "Try again",
  },
);

export default function Compose() {
  const say = words();
  const id = path.value.split("/")[2] || undefined;
  const { keeper, key } = useKeeper(id);
  const { kept, wrong } = keeper.state.value;
  // What could not be read must not look like a new announcement: somebody would write into it.
  const isUnread = id !== undefined && kept === undefined;
  return (
    <>
      <h1>{say.title}</h1>
      {isUnread && wrong === undefined && <p aria-busy="true">{say.reading}</p>}
      {isUnread && wrong !== undefined && (
        <p role="alert">
          {wrong}{" "}
          <button type="button" class="quiet" onClick={() => void keeper.read(id)}>
            {say.again}
          </button>
        </p>
      )}
      {!isUnread && <Editor key={key} keeper={keeper} />}
      {id === undefined ? <Drafts /> : <Link to="/compose">{say.fresh}</Link>}
    </>
  );
}

function Drafts() {
  const say = words();
  const all = useFetched(fetchAnnouncements, [], ["announcements"]);
  const drafts = (all.value ?? []).filter(({ stage }) => isWritable(stage));
  return (
    <section aria-labelledby="drafts">
      <h2 id="drafts">{say.drafts}</h2>
      {all.wrong && <p role="alert">{all.wrong}</p>}
      {all.value && drafts.length === 0 && <p>{say.none}</p>}
      <ul>
        {drafts.map(({ id, title, stage, nextAt }) => (
          <li key={id}>
            <Link to={`/compose/${id}`}>{title}</Link> <small>{stageName(stage)}</small>
            {nextAt !== undefined && <small> – {say.next(shortMoment(nextAt, zone.value))}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
