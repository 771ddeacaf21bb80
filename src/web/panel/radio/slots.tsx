/**
 * Radio slots: seen, approved by a second person, and taken back.
 *
 * @module
 */
import type { Schedule } from "../../../domain/schedule.js";
import type { SlotView } from "../../../server/api/radio-routes.js";
import { ask } from "../ask.js";
import { fetchPlaylists } from "../lists.js";
import { picture, zone } from "../live/line.js";
import { Link } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { placeNames } from "../pieces/named-receivers.js";
import { Withdraw } from "../pieces/withdraw.js";
import { self } from "../session.js";
import { length, shortMoment } from "../words/times.js";
import { mayApproveSlot, useSlots, type WaitingSlot } from "./use-slots.js";
import { words } from "./words.js";
import "../chimes/chimes.css";

/** Those that wait, for whoever may approve them. */
export function WaitingSlots() {
  const say = words();
  const { waiting, value } = useSlots();
  if (waiting.length === 0) return null;
  const titleOf = (id: string) => value?.sources.find((source) => source.id === id)?.title ?? id;
  return (
    <section aria-labelledby="waiting-slots" class="chimes">
      <h2 id="waiting-slots">{say.waitingTitle}</h2>
      <ul>
        {waiting.map((one) => (
          <Waiting key={one.slot.version} {...one} source={titleOf(one.slot.source)} />
        ))}
      </ul>
    </section>
  );
}

function Waiting({ slot, schedule, source }: WaitingSlot & { readonly source: string }) {
  const say = words();
  const { at, radio, targets, playlist } = schedule;
  const playlists = useFetched(fetchPlaylists, [], ["playlists"]);
  const fallback = playlists.value?.find(({ value }) => value.id === playlist)?.value.title ?? playlist;
  const places = placeNames(targets);
  return (
    <li>
      <strong>{slot.title}</strong>{" "}
      <small>
        {[
          say.line(source, at.join(", "), length(radio?.lengthMs ?? 0)),
          ...(places === "" ? [] : [say.where(places)]),
          say.fallback(fallback),
          ...(slot.author ? [say.by(slot.author.by)] : []),
        ].join(" · ")}
      </small>{" "}
      <Link to={`/week/${slot.schedule}`}>{say.open}</Link>
      <Approve slot={slot} />
    </li>
  );
}

function Approve({ slot: { schedule, version, title, author } }: { readonly slot: SlotView }) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const isOwn = author !== undefined && author.by === self.value?.name && !picture.value?.station.singleOfficer;
  const approve = () => act(() => ask("POST", `/schedules/${schedule}/radio/approval`, { body: { version } }));
  return (
    <>
      <div class="buttons">
        <button type="button" disabled={isOwn} aria-disabled={busy} onClick={() => void approve()}>
          {say.approve}
          <span class="unseen"> {title}</span>
        </button>
      </div>
      {isOwn && <small>{say.own}</small>}
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </>
  );
}

/** How a schedule stands that relays radio, and taking its approval back. */
export function SlotStanding({ schedule }: { readonly schedule: Schedule }) {
  const say = words();
  const { value } = useSlots();
  const slot = value?.slots.find((one) => one.schedule === schedule.id);
  if (!slot) return null;
  const { approval } = slot;
  const may = mayApproveSlot(schedule);
  return (
    <div>
      <p role="status">{approval ? say.approved(approval.by, shortMoment(approval.at, zone.value)) : say.waiting}</p>
      {may && !approval && <Approve slot={slot} />}
      {may && approval && (
        <Withdraw
          name={slot.title}
          onWithdraw={(reason) => ask("POST", `/schedules/${slot.schedule}/radio/withdrawal`, { body: { reason } })}
        />
      )}
    </div>
  );
}
