/**
 * Phản ánh: who is annoyed by which loudspeaker, and have they been answered?
 *
 * @module
 */
import { signal } from "@preact/signals";
import type { ComplaintView } from "../../../server/api/care-views.js";
import { zone } from "../live/line.js";
import { go, Link, path } from "../paths.js";
import { longMoment } from "../words/times.js";
import "./complaints.css";
import { OneComplaint } from "./one.js";
import { useComplaints } from "./open-complaints.js";
import { RecordComplaint } from "./record.js";
import { mayRecord, whereabouts } from "./standing.js";
import { words } from "./words.js";

const AT = "/complaints";
const NEW = `${AT}/new`;

/** Which are listed: whoever comes back from one finds the list as it was. */
const listed = signal<"open" | "closed">("open");

/** The list, a new one, or one of them, by the address. */
export default function Complaints() {
  if (path.value === NEW) return <RecordComplaint onDone={(number) => go(`${AT}/${number}`)} back={AT} />;
  const number = path.value.slice(AT.length + 1);
  return number === "" ? <ComplaintList /> : <OneComplaint key={number} number={number} back={AT} />;
}

function ComplaintList() {
  const say = words();
  const which = listed.value;
  const isOpen = which === "open";
  const { value, wrong } = useComplaints(isOpen);
  return (
    <>
      <h1>{say.title}</h1>
      <div class="buttons">
        {mayRecord() && (
          <Link to={NEW} class="main-action">
            {say.record}
          </Link>
        )}
        <a class="table-link" href={`/api/v1/complaints/table?open=${isOpen}`} download>
          {say.table}
        </a>
      </div>
      <fieldset class="which">
        <legend>{say.show}</legend>
        {(["open", "closed"] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="which"
              checked={which === one}
              onChange={() => {
                listed.value = one;
              }}
            />
            {say.which[one]}
          </label>
        ))}
      </fieldset>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {value?.length === 0 && <p>{say.none[which]}</p>}
      <ul class="complaints">
        {(value ?? []).map((complaint) => (
          <Row key={complaint.number} complaint={complaint} />
        ))}
      </ul>
    </>
  );
}

function Row({ complaint }: { readonly complaint: ComplaintView }) {
  const say = words();
  const { number, what, at, place, contact, takenBy, closedBy, closedAt } = complaint;
  const state = takenBy === undefined ? say.untaken : say.taken(takenBy);
  return (
    <li class="card">
      <Link to={`${AT}/${number}`}>
        {say.short(number)}: {what}
      </Link>
      <small>
        {longMoment(at, zone.value)}, {place} – {whereabouts(complaint)}
      </small>
      {contact !== undefined && <small>{say.reach(contact)}</small>}
      <small>{closedAt === undefined ? state : say.closedBy(closedBy ?? "", longMoment(closedAt, zone.value))}</small>
    </li>
  );
}
