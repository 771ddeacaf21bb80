/**
 * The chimes of the station: heard, handed in, approved by a second person, and taken back.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { ChimeView } from "../../../server/api/chime-routes.js";
import { ask } from "../ask.js";
import { now, picture, zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { Withdraw } from "../pieces/withdraw.js";
import { mayDo, self } from "../session.js";
import { Player } from "../sound/player.js";
import { length, localDateOf, shortMoment } from "../words/times.js";
import { ChimeUpload } from "./upload.js";
import "./chimes.css";
import { mayApprove, useChimes } from "./use-chimes.js";
import { words } from "./words.js";

/** So much of it must have been heard, as of an announcement. */
const HEARD = 0.8;

/** All of them, in the library. */
export function Chimes() {
  const say = words();
  const chimes = useChimes();
  const mayAdd = mayDo("air", { areas: "anywhere" }, localDateOf(now.value, zone.value));
  return (
    <details class="chimes">
      <summary>{say.title}</summary>
      <p>{say.about}</p>
      {chimes.wrong !== undefined && <p role="alert">{chimes.wrong}</p>}
      {chimes.value?.length === 0 && <p>{say.none}</p>}
      <ul>
        {(chimes.value ?? []).map((chime) => (
          <OneChime key={chime.version} chime={chime} />
        ))}
      </ul>
      {mayAdd && <ChimeUpload />}
    </details>
  );
}

/** Those that wait, for whoever may approve them. */
export function WaitingChimes() {
  const say = words();
  const { waiting } = useChimes();
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting-chimes" class="chimes">
      <h2 id="waiting-chimes">{say.waitingTitle}</h2>
      <ul>
        {waiting.map((chime) => (
          <OneChime key={chime.version} chime={chime} />
        ))}
      </ul>
    </section>
  );
}

function OneChime({ chime }: { readonly chime: ChimeView }) {
  const say = words();
  const [isOpen, setOpen] = useState(false);
  const [heard, setHeard] = useState(0);
  const { busy, wrong, act } = useAct();
  const { name, clip, version, isApproved, upload } = chime;
  const isOwn = upload !== undefined && upload.by === self.value?.name && !picture.value?.station.singleOfficer;
  const may = mayApprove();
  const why = isOwn ? say.own : heard < HEARD ? say.hearFirst : undefined;
  return (
    <li>
      <strong>{name}</strong> <small>{[length(clip.durationMs), ...standingOf(chime)].join(" · ")}</small>
      {isOpen && <Player title={name} sha256={clip.sha256} onHeard={(share) => setHeard(Math.max(heard, share))} />}
      <div class="buttons">
        <button type="button" class="secondary outline" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? say.close : say.listen}
          <span class="unseen"> {name}</span>
        </button>
        {may && !isApproved && (
          <button
            type="button"
            disabled={why !== undefined}
            aria-disabled={busy}
            onClick={() => void act(() => ask("POST", `/chimes/${name}/approval`, { body: { version } }))}
          >
            {say.approve}
            <span class="unseen"> {name}</span>
          </button>
        )}
      </div>
      {may && !isApproved && why !== undefined && <small>{why}</small>}
      {may && isApproved && !chime.isShipped && (
        <Withdraw
          name={name}
          onWithdraw={(reason) => ask("POST", `/chimes/${name}/withdrawal`, { body: { reason } })}
        />
      )}
      {wrong !== undefined && <p role="alert">{wrong}</p>}
    </li>
  );
}

function standingOf({ isShipped, isApproved, approval, upload }: ChimeView): string[] {
  const say = words();
  if (isShipped) return [say.shipped];
  return [
    ...(upload ? [say.uploaded(upload.by)] : []),
    isApproved && approval ? say.approved(approval.by, shortMoment(approval.at, zone.value)) : say.waiting,
  ];
}
