/**
 * Loa: which loudspeaker is dead, and since when?
 *
 * @module
 */
import { memo } from "preact/compat";
import { useState } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { now, picture, zone } from "../live/line.js";
import { go, Link, path } from "../paths.js";
import { areas, mayDo } from "../session.js";
import { localDateOf } from "../words/times.js";
import { AddPlace } from "./add-place.js";
import { BulkBar } from "./bulk.js";
import type { Group } from "./groups.js";
import "./loudspeakers.css";
import { OneLoudspeaker } from "./one.js";
import { linkOf, StateMark, soundOf } from "./standing.js";
import { useSteadyGroups, useWhenSeen } from "./steady.js";
import { words } from "./words.js";

const AT = "/loudspeakers";
const NEW = `${AT}/new`;

/** The list, a new place, or one loudspeaker, by the address. */
export default function Loudspeakers() {
  if (path.value === NEW) return <AddPlace onDone={(id) => go(`${AT}/${id}`)} />;
  const id = path.value.slice(AT.length + 1);
  return id === "" ? <LoudspeakerList /> : <OneLoudspeaker key={id} id={id} back={AT} />;
}

function LoudspeakerList() {
  const say = words();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const receivers = picture.value?.receivers ?? new Map<string, ReceiverView>();
  const groups = useSteadyGroups(receivers, areas.value, typed);
  const today = localDateOf(now.value, zone.value);
  const mayCare = (["air", "configure"] as const).some((one) => mayDo(one, { areas: "anywhere" }, today));
  const mayAdd = mayDo("configure", { areas: "anywhere" }, today);
  const choose = (ids: readonly string[], isChosen: boolean) => {
    // Tiles are drawn seldom: what they call may be of an earlier choice.
    setChosen((before) => {
      const next = new Set(before);
      for (const id of ids) isChosen ? next.add(id) : next.delete(id);
      return next;
    });
  };
  return (
    <>
      <h1>{say.title}</h1>
      <div class="tools">
        <input
          type="search"
          placeholder={say.search}
          aria-label={say.search}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        {mayAdd && (
          <Link to={NEW} class="main-action">
            {say.add}
          </Link>
        )}
      </div>
      {mayCare && chosen.size > 0 && (
        <BulkBar
          chosen={[...receivers.values()].filter(({ id }) => chosen.has(id))}
          onClear={() => setChosen(new Set())}
        />
      )}
      {groups.length === 0 && <p>{receivers.size === 0 ? say.none : say.notFound}</p>}
      {groups.map((group) => (
        <GroupSection key={group.area} group={group} isOpen={typed !== ""} chosen={chosen} onChoose={choose} />
      ))}
    </>
  );
}

interface GroupProps {
  readonly group: Group;
  readonly isOpen: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (ids: readonly string[], isChosen: boolean) => void;
}

/** Open when there is trouble in it, or few; a city's hundreds stay folded. */
const FEW = 12;

function GroupSection({ group, isOpen, chosen, onChoose }: GroupProps) {
  const say = words();
  const [unfolded, setUnfolded] = useState(group.worst === "fault" || group.receivers.length <= FEW);
  const ids = group.receivers.map(({ id }) => id as string);
  return (
    <details
      class="group"
      open={isOpen || unfolded}
      onToggle={({ currentTarget }) => !isOpen && setUnfolded(currentTarget.open)}
    >
      <summary>
        <strong>{group.name}</strong> <StateMark of={group.worst} />{" "}
        <small>{say.group(group.connected, group.inService)}</small>
      </summary>
      {(isOpen || unfolded) && (
        <>
          <label class="choose-all">
            <input
              type="checkbox"
              checked={ids.every((id) => chosen.has(id))}
              onChange={({ currentTarget }) => onChoose(ids, currentTarget.checked)}
            />
            {say.chooseAll(group.name)}
          </label>
          <ul class="tiles">
            {group.receivers.map((receiver) => (
              <Tile
                key={receiver.id}
                receiver={receiver}
                isChosen={chosen.has(receiver.id)}
                onChoose={(isChosen) => onChoose([receiver.id], isChosen)}
              />
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

interface TileProps {
  readonly receiver: ReceiverView;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function Tile({ receiver, isChosen, onChoose }: TileProps) {
  const { element, shown } = useWhenSeen(receiver);
  return (
    <li ref={element} class={`tile ${shown.condition.state}`}>
      <TileContent receiver={shown} isChosen={isChosen} onChoose={onChoose} />
    </li>
  );
}

/** Drawn when something of its loudspeaker has changed, or its choice. */
const TileContent = memo(function TileContent({ receiver, isChosen, onChoose }: TileProps) {
  const { id, name, pole, condition } = receiver;
  return (
    <>
      <input
        type="checkbox"
        aria-label={words().choose(name)}
        checked={isChosen}
        onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
      />
      <div>
        <Link to={`${AT}/${id}`}>
          {name}
          {pole !== undefined && ` (${pole})`}
        </Link>
        <StateMark of={condition.state} />
        <small>{[linkOf(receiver), soundOf(receiver)].filter((part) => part !== "").join(" – ")}</small>
      </div>
    </>
  );
}, isSameTile);

function isSameTile(one: TileProps, other: TileProps): boolean {
  return one.receiver === other.receiver && one.isChosen === other.isChosen;
}
