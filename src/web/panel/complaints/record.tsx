/**
 * Writes down what a resident said who called or came by.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { type LocalDate, localTime, secondsOf } from "../../../domain/local-time.js";
import { zoneOf } from "../../../domain/zone.js";
import type { ComplaintView } from "../../../server/api/care-views.js";
import { ask } from "../ask.js";
import { useUnsaved } from "../leaving.js";
import { now, zone } from "../live/line.js";
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { DateField } from "../pieces/date-field.js";
import { clockTime, localDateOf } from "../words/times.js";
import { ReceiverChoice } from "./receiver-choice.js";
import { words } from "./words.js";

interface Wish {
  readonly pole: string;
  readonly receiver: string;
  readonly place: string;
  readonly date: string;
  readonly time: string;
  readonly what: string;
  readonly contact: string;
}

/** What the API takes: what is empty was not said. */
function bodyOf({ pole, receiver, place, date, time, what, contact }: Wish) {
  const at = zoneOf(zone.value).toEpoch(date as LocalDate, secondsOf(localTime(time)));
  const said = Object.entries({ pole: pole.trim(), receiver, contact: contact.trim() });
  return {
    ...{ place: place.trim(), what: what.trim(), at: new Date(at).toISOString() },
    ...Object.fromEntries(said.filter(([, value]) => value !== "")),
  };
}

interface RecordComplaintProps {
  readonly onDone: (number: number) => void;
  readonly back: string;
}

export function RecordComplaint({ onDone, back }: RecordComplaintProps) {
  const say = words();
  const [wish, setWish] = useState<Wish>({
    ...{ pole: "", receiver: "", place: "", what: "", contact: "" },
    ...{ date: localDateOf(now.value, zone.value), time: clockTime(now.value, zone.value) },
  });
  const { busy, wrong, act } = useAct();
  const isBegun = [wish.pole, wish.receiver, wish.place, wish.what, wish.contact].some((one) => one.trim() !== "");
  const markSaved = useUnsaved(isBegun && "unsaved");
  const record = async (event: Event) => {
    event.preventDefault();
    await act(async () => {
      const { number } = await ask<ComplaintView>("POST", "/complaints", { body: bodyOf(wish) });
      markSaved();
      onDone(number);
    });
  };
  const field = (name: keyof Wish) => ({
    value: wish[name],
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      setWish({ ...wish, [name]: currentTarget.value }),
  });
  return (
    <form onSubmit={record} class="narrow">
      <p>
        <Link to={back}>‹ {say.back}</Link>
      </p>
      <h1>{say.newTitle}</h1>
      <p>{say.newAbout}</p>
      <label>
        {say.newPole}
        <input maxLength={20} {...field("pole")} />
      </label>
      <ReceiverChoice
        label={say.newReceiver}
        none={say.byPole}
        value={wish.receiver}
        onChoose={(receiver) => setWish({ ...wish, receiver })}
      />
      <label>
        {say.newPlace}
        <input required maxLength={200} {...field("place")} />
      </label>
      <DateField label={say.newDate} value={wish.date} onChange={(date) => setWish({ ...wish, date })} />
      <label>
        {say.newTime}
        <input type="time" required {...field("time")} />
      </label>
      <label>
        {say.what}
        <textarea required rows={3} maxLength={1000} {...field("what")} />
      </label>
      <label>
        {say.newContact}
        <input maxLength={200} {...field("contact")} />
      </label>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      <button type="submit" aria-disabled={busy}>
        {say.newSave}
      </button>
    </form>
  );
}
