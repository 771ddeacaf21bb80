/**
 * What somebody should do something about now: troubles of loudspeakers, complaints of residents, and what waits for an approval. Each
 * leads to where it is dealt with.
 *
 * @module
 */
import type { AlarmView } from "../../../server/api/care-views.js";
import type { ChimeView } from "../../../server/api/chime-routes.js";
import type { SlotView } from "../../../server/api/radio-routes.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { useComplaints } from "../complaints/open-complaints.js";
import { now, picture, zone } from "../live/line.js";
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { mayDo } from "../session.js";
import { bilingual, told } from "../words/language.js";
import { ago, localDateOf, shortMoment } from "../words/times.js";

/** More would push everything else off the page. */
const ALARMS_SHOWN = 8;

const words = bilingual(
  {
    title: (count: number) => `Cần xử lý (${count})`,
    none: "Không có việc gì cần xử lý.",
    known: (who: string) => `${who} đã biết`,
    acknowledge: "Tôi đã biết",
    more: (count: number) => `và ${count} cảnh báo nữa`,
    waits: (title: string) => `«${title}» đang chờ duyệt`,
    chime: (name: string) => `Nhạc hiệu «${name}» đang chờ duyệt, chưa duyệt thì chưa phát`,
    slot: (title: string) => `Khung tiếp âm «${title}» đang chờ duyệt, chưa duyệt thì chưa phát`,
    complaints: (count: number) => `${count} phản ánh của người dân chưa trả lời`,
    first: (when: string) => `, lần phát đầu ${when}`,
  },
  {
    title: (count) => `To be dealt with (${count})`,
    none: "There is nothing to be dealt with.",
    known: (who) => `${who} knows`,
    acknowledge: "I know",
    more: (count) => `and ${count} more`,
    waits: (title) => `“${title}” waits for an approval`,
    chime: (name) => `The chime “${name}” waits for an approval and does not sound before`,
    slot: (title) => `The radio slot “${title}” waits for an approval and does not sound before`,
    complaints: (count) => (count === 1 ? "A resident’s complaint is open" : `${count} residents’ complaints are open`),
    first: (when) => `, first due ${when}`,
  },
);

/** Those that nobody has taken notice of come first, then the oldest. */
const byUrgency = (one: AlarmView, other: AlarmView) =>
  Number(one.acknowledgedBy !== undefined) - Number(other.acknowledgedBy !== undefined) ||
  one.since.localeCompare(other.since);

export interface MattersProps {
  readonly waiting: readonly AnnouncementView[];
  /** Chimes of the station's own that nobody has approved. */
  readonly chimes: readonly ChimeView[];
  /** Radio slots that whoever sits here may approve. */
  readonly slots: readonly SlotView[];
  /** Whether the lists have come: before that nobody may say that there is nothing. */
  readonly isKnown: boolean;
}

export function Matters({ waiting, chimes, slots, isKnown }: MattersProps) {
  const say = words();
  const alarms = [...(picture.value?.alarms.values() ?? [])].sort(byUrgency);
  const complaints = useComplaints(true).value;
  const open = complaints?.length ?? 0;
  const count = alarms.length + waiting.length + chimes.length + slots.length + (open > 0 ? 1 : 0);
  const today = localDateOf(now.value, zone.value);
  /** Whoever may approve decides; whoever wrote it looks at it. */
  const wayTo = ({ id, class: of }: AnnouncementView) =>
    mayDo("approve", { classes: [of], areas: "anywhere" }, today) ? `/approve/${id}` : `/compose/${id}`;
  return (
    <section aria-labelledby="matters" class={count > 0 ? "matters" : ""}>
      <h2 id="matters">{say.title(count)}</h2>
      {count === 0 && isKnown && complaints !== undefined && <p>{say.none}</p>}
      <ul>
        {waiting.map((announcement) => (
          <li key={announcement.id}>
            <Link to={wayTo(announcement)}>{say.waits(announcement.title)}</Link>
            {announcement.nextAt !== undefined && say.first(shortMoment(announcement.nextAt, zone.value))}
          </li>
        ))}
        {chimes.map(({ name }) => (
          <li key={name}>
            <Link to={mayDo("approve", { areas: "anywhere" }, today) ? "/approve" : "/library"}>{say.chime(name)}</Link>
          </li>
        ))}
        {slots.map(({ schedule, title }) => (
          <li key={schedule}>
            <Link to="/approve">{say.slot(title)}</Link>
          </li>
        ))}
        {open > 0 && (
          <li>
            <Link to="/complaints">{say.complaints(open)}</Link>
          </li>
        )}
        {alarms.slice(0, ALARMS_SHOWN).map((alarm) => (
          <Alarm key={alarm.id} alarm={alarm} />
        ))}
      </ul>
      {alarms.length > ALARMS_SHOWN && <p>{say.more(alarms.length - ALARMS_SHOWN)}</p>}
    </section>
  );
}

function Alarm({ alarm }: { readonly alarm: AlarmView }) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const today = localDateOf(now.value, zone.value);
  const mayKnow = (["air", "configure"] as const).some((one) => mayDo(one, { areas: [alarm.area] }, today));
  const name = picture.value?.receivers.get(alarm.receiver)?.name ?? alarm.receiver;
  return (
    <li>
      <Link to={`/loudspeakers/${alarm.receiver}`}>
        <strong>{name}</strong>
      </Link>
      : {told(alarm.words)} <small>{ago(now.value - Date.parse(alarm.since))}</small>
      {alarm.acknowledgedBy !== undefined ? (
        <small> – {say.known(alarm.acknowledgedBy)}</small>
      ) : (
        mayKnow && (
          <button
            type="button"
            class="quiet"
            aria-disabled={busy}
            onClick={() => act(() => ask("POST", `/alarms/${alarm.id}/acknowledgement`))}
          >
            {say.acknowledge}
          </button>
        )
      )}
      {wrong && <p role="alert">{wrong}</p>}
    </li>
  );
}
