/**
 * An alert that waits for a second person, on every page of whoever may be that person: two minutes are too short to be found by chance.
 *
 * @module
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import { isSamePerson } from "../../../domain/person.js";
import type { AlertView } from "../../../server/api/alert-views.js";
import { ask } from "../ask.js";
import { go } from "../paths.js";
import { useFetched } from "../pieces/fetched.js";
import { mayDo, me } from "../session.js";
import { bilingual } from "../words/language.js";
import { localDateOf } from "../words/times.js";
import { now, picture, zone } from "./line.js";

const words = bilingual(
  {
    waits: "Có cảnh báo chờ người thứ hai",
    left: (time: string) => `còn ${time}`,
    open: "Mở",
  },
  {
    waits: "An alert waits for a second person",
    left: (time) => `${time} left`,
    open: "Open",
  },
);

const EITHER = ["approve", "air"] as const;
const today = () => localDateOf(now.value, zone.value);
const mayAnywhere = () => EITHER.some((one) => mayDo(one, { classes: ["emergency"], areas: "anywhere" }, today()));

/** Milliseconds that somebody else has left to stand by it. */
const leftOf = ({ awaitsUntil }: AlertView) => Date.parse(awaitsUntil ?? "") - now.value;

/** Whether whoever sits here may be the second person: by their rights at every loudspeaker of it, and as they are not the first. */
export function mayStandBy({ stage, askedBy, receivers, elsewhere }: AlertView): boolean {
  if (stage !== "awaiting" || elsewhere !== undefined) return false;
  if (isSamePerson({ name: askedBy.by, account: askedBy.account }, me())) return false;
  const places = receivers.flatMap((id) => picture.value?.receivers.get(id) ?? []);
  const touched = {
    classes: ["emergency"] as const,
    areas: places.map(({ area }) => area),
    kinds: places.map(({ kind }) => kind),
  };
  return places.length > 0 && EITHER.some((one) => mayDo(one, touched, today()));
}

export function SecondPerson() {
  const isOne = mayAnywhere();
  const alerts = useFetched(
    async () => (isOne ? ask<readonly AlertView[]>("GET", "/alerts") : []),
    [isOne],
    ["alerts"],
  );
  const waiting = (alerts.value ?? []).filter((alert) => mayStandBy(alert) && leftOf(alert) > 0);
  return (
    // Always there: what comes into it is read out at once.
    <div aria-live="assertive" class="second-person">
      {waiting.map((alert) => (
        <Waiting key={alert.id} alert={alert} />
      ))}
    </div>
  );
}

function Waiting({ alert }: { readonly alert: AlertView }) {
  const say = words();
  const line = useRef<HTMLParagraphElement>(null);
  // Before the line is taken out of the page: afterwards nobody knows any more where the focus was.
  useLayoutEffect(() => {
    const { current: shown } = line;
    return () => {
      if (shown?.contains(document.activeElement)) toContent();
    };
  }, []);
  const open = () => {
    go("/emergency");
    toContent();
  };
  return (
    <p ref={line}>
      <span>
        <strong>{say.waits}</strong> «{alert.title}»
        {/* The seconds change all the time: a screen reader that spoke each would say nothing else. */}
        <span aria-hidden="true"> – {say.left(minutesAndSeconds(leftOf(alert)))}</span>
      </span>
      <button type="button" onClick={open}>
        {say.open}
        <span class="unseen"> «{alert.title}»</span>
      </button>
    </p>
  );
}

const toContent = () => document.getElementById("content")?.focus();

/** `1:40`. */
function minutesAndSeconds(ms: number): string {
  // The page's clock is up to a second late, and nobody has more than two minutes.
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
