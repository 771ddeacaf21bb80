/**
 * One complaint: what was said, what its loudspeaker did around that time, and what is done about it.
 *
 * @module
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ComplaintView, ComplaintWithSoundsView } from "../../../server/api/care-views.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { Link } from "../paths.js";
import { useFetched } from "../pieces/fetched.js";
import { longMoment } from "../words/times.js";
import { Answering } from "./answering.js";
import { EraseContact } from "./erase-contact.js";
import { Played } from "./played.js";
import { areaName, mayAnswer, receiverName } from "./standing.js";
import { words } from "./words.js";

interface OneComplaintProps {
  readonly number: string;
  readonly back: string;
}

export function OneComplaint({ number, back }: OneComplaintProps) {
  const say = words();
  const { value, wrong } = useFetched(
    () => ask<ComplaintWithSoundsView>("GET", `/complaints/${number}`),
    [number],
    ["complaints"],
  );
  const [kept, setKept] = useState<ComplaintView>();
  const [note, setNote] = useState<{ readonly said: string }>();
  const heading = useRef<HTMLHeadingElement>(null);
  const complaint = value && newer(value, kept);
  const tell = (said: string) => (now: ComplaintView) => {
    setKept(now);
    setNote({ said });
  };
  // What was pressed is gone with what it was about: whoever works by keys goes on at the top, once a dialog has given the focus back.
  useLayoutEffect(() => {
    if (note) heading.current?.focus();
  }, [note]);
  return (
    <>
      <p>
        <Link to={back}>‹ {say.back}</Link>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {say.number(number)}
      </h1>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <p role="status">{note?.said}</p>
      {complaint && (
        <>
          <Facts complaint={complaint} onErased={tell(say.erased)} />
          {complaint.closedAt === undefined && mayAnswer(complaint) && (
            <Answering complaint={complaint} onKept={setKept} onClosed={tell(say.closedNow(complaint.number))} />
          )}
          {complaint.receiver !== undefined && <Played of={value.played} />}
        </>
      )}
    </>
  );
}

/** What an answer to one's own change said, until the station has told as much. */
const newer = (fetched: ComplaintView, kept: ComplaintView | undefined): ComplaintView =>
  kept !== undefined && Number(kept.revision) > Number(fetched.revision) ? kept : fetched;

interface FactsProps {
  readonly complaint: ComplaintView;
  readonly onErased: (now: ComplaintView) => void;
}

function Facts({ complaint, onErased }: FactsProps) {
  const say = words();
  const { receiver, contact, takenBy, takenAt, closedBy, closedAt, ...told } = complaint;
  const moment = (at: string) => longMoment(at, zone.value);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say.what, told.what],
    [say.at, moment(told.at)],
    [say.place, told.place],
    [say.poleName, told.pole],
    [say.area, areaName(complaint)],
    [say.recorded, say.by(told.recordedBy, moment(told.recordedAt))],
    [say.work, takenBy && say.by(takenBy, moment(takenAt ?? ""))],
    [say.action, told.action],
    [say.answer, told.answer],
    [say.closed, closedAt && say.by(closedBy ?? "", moment(closedAt))],
  ];
  return (
    <section aria-labelledby="said">
      <h2 id="said">{say.facts}</h2>
      <dl class="facts complaint">
        {facts.map(([name, value]) => value !== undefined && <Fact key={name} name={name} value={value} />)}
        <div>
          <dt>{say.receiver}</dt>
          <dd>
            {receiver === undefined ? (
              say.unknown
            ) : (
              <Link to={`/loudspeakers/${receiver}`}>{receiverName(complaint)}</Link>
            )}
          </dd>
        </div>
        <Fact name={say.contact} value={contact ?? say.noContact} />
      </dl>
      {contact !== undefined && mayAnswer(complaint) && <EraseContact number={told.number} onErased={onErased} />}
    </section>
  );
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
