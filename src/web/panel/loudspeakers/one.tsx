/**
 * One loudspeaker: how it is by its own word, its device, its repairs.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { ListenPart } from "../listen/listen-part.js";
import { now, picture, zone } from "../live/line.js";
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { areas, mayDo } from "../session.js";
import { told } from "../words/language.js";
import { ago, localDateOf } from "../words/times.js";
import { Endings } from "./endings.js";
import { type Fact, machineFacts, saidAgo } from "./machine.js";
import { words as machineWords } from "./machine-words.js";
import { words } from "./one-words.js";
import { Pairing } from "./pairing.js";
import { PlaceForm } from "./place-form.js";
import { Position } from "./position.js";
import { Repairs } from "./repairs.js";
import { linkOf, StateMark, soundOf } from "./standing.js";
import { words as common } from "./words.js";

export function OneLoudspeaker({ id, back }: { readonly id: string; readonly back: string }) {
  const say = words();
  const receiver = picture.value?.receivers.get(id);
  if (!receiver) return <p>{say.unknown}</p>;
  const where = { areas: [receiver.area], kinds: [receiver.kind] };
  const today = localDateOf(now.value, zone.value);
  const mayCare = mayDo("air", where, today) || mayDo("configure", where, today);
  return (
    <>
      <p>
        <Link to={back}>‹ {say.back}</Link>
      </p>
      <h1>
        {receiver.name} <StateMark of={receiver.condition.state} />
      </h1>
      <Troubles receiver={receiver} />
      <Facts receiver={receiver} />
      <Machine receiver={receiver} />
      {receiver.paired && <ListenPart key={receiver.id} receiver={receiver} />}
      {mayCare && receiver.paired && <Controls receiver={receiver} />}
      {!receiver.paired && <p>{say.unpaired}</p>}
      {mayDo("configure", where, today) && <Pairing receiver={receiver} />}
      {mayDo("configure", where, today) && receiver.kind === "fixed" && (
        <Position key={receiver.id} receiver={receiver} />
      )}
      {mayCare && <Repairs receiver={receiver} />}
      {mayDo("configure", where, today) && <PlaceForm key={receiver.id} receiver={receiver} />}
      {mayDo("configure", where, today) && <Endings receiver={receiver} back={back} />}
    </>
  );
}

function Troubles({ receiver }: { readonly receiver: ReceiverView }) {
  const alarms = [...(picture.value?.alarms.values() ?? [])].filter((alarm) => alarm.receiver === receiver.id);
  if (alarms.length === 0) return null;
  return (
    <section aria-labelledby="alarms">
      <h2 id="alarms">{words().alarms}</h2>
      <ul>
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            {told(alarm.words)} <small>({ago(now.value - Date.parse(alarm.since))})</small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const { programme, missingClips } = receiver;
  const facts: readonly Fact[] = [
    [say.area, areas.value.get(receiver.area)?.name ?? receiver.area],
    [say.link, linkOf(receiver)],
    [say.sound, soundOf(receiver) || "–"],
    [say.volume, `${receiver.volume} %`],
    [say.programme, say.programmeValue(programme.held, programme.offered, missingClips)],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{say.facts}</h2>
      <FactList facts={facts} />
    </section>
  );
}

/** By its own word, with how long ago that was. */
function Machine({ receiver }: { readonly receiver: ReceiverView }) {
  const facts = machineFacts(receiver);
  return (
    <section aria-labelledby="machine">
      <h2 id="machine">{machineWords().title}</h2>
      <p>{saidAgo(receiver, now.value)}</p>
      {facts.length > 0 && <FactList facts={facts} />}
    </section>
  );
}

const FactList = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

function Controls({ receiver }: { readonly receiver: ReceiverView }) {
  const say = words();
  const [isOrdered, setIsOrdered] = useState(false);
  const { busy, wrong, act } = useAct();
  const order = async (task: () => Promise<unknown>) => setIsOrdered(await act(task));
  const at = `/receivers/${receiver.id}`;
  const isMuted = receiver.reported?.muted === true;
  const [percent, setPercent] = useState(receiver.volume);
  return (
    <section aria-labelledby="control">
      <h2 id="control">{say.control}</h2>
      <div class="buttons">
        <button type="button" aria-disabled={busy} onClick={() => order(() => ask("POST", `${at}/test`))}>
          {common().test}
        </button>
        <button
          type="button"
          class="secondary"
          aria-disabled={busy}
          onClick={() => order(() => ask("PUT", `${at}/mute`, { body: { muted: !isMuted } }))}
        >
          {isMuted ? common().unmute : common().mute}
        </button>
        <button
          type="button"
          class="secondary"
          aria-disabled={busy}
          onClick={() => order(() => ask("POST", `${at}/restart`))}
        >
          {say.restart}
        </button>
      </div>
      <form
        class="narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void order(() => ask("PUT", `${at}/volume`, { body: { percent } }));
        }}
      >
        <label>
          {say.percent}
          <input
            type="number"
            required
            min={0}
            max={100}
            step={1}
            value={percent}
            onInput={({ currentTarget }) => setPercent(currentTarget.valueAsNumber)}
          />
        </label>
        <button type="submit" class="secondary" aria-disabled={busy}>
          {common().setVolume}
        </button>
      </form>
      {isOrdered && <p role="status">{say.ordered}</p>}
      {wrong && <p role="alert">{wrong}</p>}
    </section>
  );
}
