/**
 * Alerts that were given: how far they are by the loudspeakers' word, and the ways back.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { AlertView } from "../../../server/api/alert-views.js";
import { ask } from "../ask.js";
import { now, zone } from "../live/line.js";
import { mayStandBy } from "../live/second-person.js";
import { useAct } from "../pieces/act.js";
import { BrokenGlass } from "../pieces/broken-glass.js";
import { ReasonField } from "../pieces/reason-field.js";
import { self } from "../session.js";
import { shortMoment } from "../words/times.js";
import { words } from "./words.js";

/** How many of those that are over are shown. */
const EARLIER_SHOWN = 10;

/** A stop is no answer: what was stopped still needs its correction or its all-clear. */
const isInForce = (alert: AlertView) =>
  alert.stage === "awaiting" || alert.stage === "given" || alert.ended?.how === "stopped";

export function AlertsInForce({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const inForce = alerts.filter(isInForce);
  if (inForce.length === 0) return null;
  return (
    <section aria-labelledby="in-force" class="in-force">
      <h2 id="in-force">{words().given}</h2>
      {inForce.map((alert) =>
        alert.stage === "awaiting" ? <Awaiting key={alert.id} alert={alert} /> : <Given key={alert.id} alert={alert} />,
      )}
    </section>
  );
}

function Title({ alert }: { readonly alert: AlertView }) {
  return (
    <h3>
      {alert.isExercise && <strong class="exercise-word">{words().exercise}</strong>} {alert.title}
    </h3>
  );
}

function Given({ alert }: { readonly alert: AlertView }) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const end = (how: "all-clear" | "correction") => act(() => ask("POST", `/alerts/${alert.id}/end`, { body: { how } }));
  return (
    <article class={alert.isExercise ? "exercise" : ""}>
      <Title alert={alert} />
      <p aria-live="assertive">
        {say.sounding(alert.heard, alert.ordered)}
        {alert.ended?.how === "stopped" && ` – ${say.unanswered}`}
      </p>
      {alert.brokenGlass && (
        <p>
          <BrokenGlass glass={alert.brokenGlass} />
        </p>
      )}
      <div class="buttons ending">
        <button type="button" class="danger" aria-disabled={busy} onClick={() => end("correction")}>
          {say.correction}
        </button>
        <button type="button" aria-disabled={busy} onClick={() => end("all-clear")}>
          {say.allClear}
        </button>
      </div>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </article>
  );
}

function Awaiting({ alert }: { readonly alert: AlertView }) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const [reason, setReason] = useState("");
  const left = Math.max(0, Math.ceil((Date.parse(alert.awaitsUntil ?? "") - now.value) / 1000));
  const breakGlass = async (event: Event) => {
    event.preventDefault();
    await act(() => ask("POST", `/alerts/${alert.id}/broken-glass`, { body: { reason: reason.trim() } }));
  };
  return (
    <article>
      <Title alert={alert} />
      <p>
        {say.askedBy(alert.askedBy.by)} – <span role="timer">{say.awaiting(left)}</span>
      </p>
      {mayStandBy(alert) ? (
        <button
          type="button"
          class="danger"
          aria-disabled={busy}
          onClick={() => act(() => ask("POST", `/alerts/${alert.id}/confirmation`))}
        >
          {say.confirm}
        </button>
      ) : (
        <p>{alert.askedBy.account === self.value?.account?.id ? say.another : say.beyondYou}</p>
      )}
      <details>
        <summary>{say.glass}</summary>
        <form onSubmit={breakGlass} class="narrow">
          <ReasonField label={say.glassReason} value={reason} onChange={setReason} />
          <button type="submit" class="danger" aria-disabled={busy}>
            {say.breakIt}
          </button>
        </form>
      </details>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </article>
  );
}

export function EarlierAlerts({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const say = words();
  // The station tells the newest first.
  const over = alerts.filter((alert) => !isInForce(alert)).slice(0, EARLIER_SHOWN);
  if (over.length === 0) return null;
  return (
    <section aria-labelledby="earlier">
      <h2 id="earlier">{say.earlier}</h2>
      <ul>
        {over.map((alert) => (
          <li key={alert.id}>
            {shortMoment(alert.askedBy.at, zone.value)} {alert.isExercise && <strong>{say.exercise}</strong>}{" "}
            <strong>{alert.title}</strong> – {say.sounding(alert.heard, alert.ordered)},{" "}
            {alert.ended ? say.ended[alert.ended.how] : say.lapsed}
            {alert.brokenGlass && (
              <>
                {" – "}
                <BrokenGlass glass={alert.brokenGlass} />
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
