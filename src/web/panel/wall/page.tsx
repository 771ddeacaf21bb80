/**
 * The screen of a duty room: every loudspeaker at a glance from three metres, without a touch. A ward where all is well is one
 * tile; trouble unfolds by itself.
 *
 * @module
 */
import { useEffect } from "preact/hooks";
import type { ReceiverView } from "../../../server/api/views.js";
import { now, picture, zone } from "../live/line.js";
import { type Group, groupsOf } from "../loudspeakers/groups.js";
import { linkOf } from "../loudspeakers/standing.js";
import { STATE_SHAPE, words as stateWords } from "../loudspeakers/words.js";
import { Link } from "../paths.js";
import { areas } from "../session.js";
import { bilingual } from "../words/language.js";
import { clockTime, day } from "../words/times.js";
import "./wall.css";
import { unfolded } from "./unfolded.js";

const words = bilingual(
  {
    title: "Màn hình trực ban",
    leave: "Thoát",
    none: "Chưa có loa nào.",
    count: (connected: number, of: number) => `${connected}/${of} có mạng`,
    more: (count: number) => `và ${count} loa nữa`,
    well: "Mọi loa đều tốt",
    trouble: (count: number) => `${count} loa cần xử lý`,
  },
  {
    title: "Duty-room screen",
    leave: "Leave",
    none: "There are no loudspeakers yet.",
    count: (connected, of) => `${connected}/${of} connected`,
    more: (count) => `and ${count} more`,
    well: "All loudspeakers are well",
    trouble: (count) => `${count} loudspeakers need somebody`,
  },
);

export default function Wall() {
  const say = words();
  useWakefulness();
  const receivers = picture.value?.receivers ?? new Map<string, ReceiverView>();
  const groups = groupsOf(receivers.values(), areas.value, "");
  const troubled = [...receivers.values()].filter(({ condition }) => condition.state === "fault").length;
  return (
    <div class="wall">
      <header>
        <h1 class="unseen">{say.title}</h1>
        <p class={troubled > 0 ? "sum fault" : "sum ok"}>
          <span aria-hidden="true">{troubled > 0 ? STATE_SHAPE.fault : STATE_SHAPE.ok}</span>{" "}
          {receivers.size === 0 ? say.none : troubled > 0 ? say.trouble(troubled) : say.well}
        </p>
        <p class="time">
          {clockTime(now.value, zone.value)} <small>{day(now.value, zone.value)}</small>
        </p>
        <Link to="/">{say.leave}</Link>
      </header>
      <ul class="wards">
        {groups.map((group) => (
          <Ward key={group.area} group={group} room={Math.max(2, Math.floor(24 / Math.max(1, groups.length)))} />
        ))}
      </ul>
    </div>
  );
}

/** @param room how many loudspeakers it may show by name */
function Ward({ group, room }: { readonly group: Group; readonly room: number }) {
  const say = words();
  const { shown, more } = unfolded(group, room);
  return (
    <li class={`ward ${group.worst}`}>
      <h2>
        <span aria-hidden="true">{STATE_SHAPE[group.worst]}</span> {group.name}
      </h2>
      <p>
        <strong>{stateWords().state[group.worst]}</strong> – {say.count(group.connected, group.inService)}
      </p>
      {shown.length > 0 && (
        <ul>
          {shown.map((receiver) => (
            <li key={receiver.id} class={receiver.condition.state}>
              <span aria-hidden="true">{STATE_SHAPE[receiver.condition.state]}</span> <strong>{receiver.name}</strong>{" "}
              {stateWords().state[receiver.condition.state]}, {linkOf(receiver)}
            </li>
          ))}
        </ul>
      )}
      {more > 0 && <p>{say.more(more)}</p>}
    </li>
  );
}

/** Keeps the screen on where the browser lets us; it is asked again whenever the page comes back into sight. */
function useWakefulness(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const hold = () => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      // Without it the machine's own settings decide; there is nothing to tell anybody.
      navigator.wakeLock.request("screen").then(
        (held) => {
          lock = held;
        },
        () => {},
      );
    };
    hold();
    document.addEventListener("visibilitychange", hold);
    return () => {
      document.removeEventListener("visibilitychange", hold);
      void lock?.release();
    };
  }, []);
}
