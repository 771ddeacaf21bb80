/**
 * One announcement in the library: where it stands, its sound, when it was heard and will be, and where it is used.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { AnnouncementView } from "../../../server/api/views.js";
import { zone } from "../live/line.js";
import { Link } from "../paths.js";
import { ClassMark } from "../pieces/class-mark.js";
import { RecallButton } from "../recall/recall-button.js";
import { Player, Wave } from "../sound/player.js";
import { bilingual } from "../words/language.js";
import { stageName } from "../words/stages.js";
import { length, plainDate, shortMoment } from "../words/times.js";
import type { Uses } from "./uses.js";

const words = bilingual(
  {
    long: (time: string) => `dài ${time}`,
    silent: "chưa có âm thanh",
    heard: (when: string) => `phát lần cuối ${when}`,
    unheard: "chưa phát",
    next: (when: string) => `sẽ phát ${when}`,
    unused: "không nằm trong lịch nào",
    used: (schedules: number, playlists: number) => `trong ${schedules} lịch, ${playlists} danh sách`,
    until: (day: string) => `dùng đến hết ${day}`,
    listen: "Nghe",
    close: "Đóng",
    remove: "Xóa…",
  },
  {
    long: (time) => `${time} long`,
    silent: "no sound yet",
    heard: (when) => `last aired ${when}`,
    unheard: "not aired yet",
    next: (when) => `next ${when}`,
    unused: "in no schedule",
    used: (schedules, playlists) => `in ${schedules} schedules, ${playlists} playlists`,
    until: (day) => `valid until ${day}`,
    listen: "Listen",
    close: "Close",
    remove: "Remove…",
  },
);

interface ItemProps {
  readonly announcement: AnnouncementView;
  /** Absent until what uses it has come. */
  readonly uses: Uses | undefined;
  /** Absent for whoever may not. */
  readonly onRemove: (() => void) | undefined;
}

export function Item({ announcement, uses, onRemove }: ItemProps) {
  const say = words();
  const [isOpen, setOpen] = useState(false);
  const { id, title, class: of, stage, clip, heardAt } = announcement;
  return (
    <li>
      <div class="about-item">
        <Link to={`/compose/${id}`}>
          <ClassMark of={of} short /> {title}
        </Link>{" "}
        <strong class={`stage ${stage}`}>{stageName(stage)}</strong>
        <p>
          <small>{factsOf(announcement, uses).join(" · ")}</small>
        </p>
      </div>
      {clip && !isOpen && <Wave sha256={clip.sha256} />}
      {clip && isOpen && <Player title={title} sha256={clip.sha256} />}
      <div class="buttons">
        {clip && (
          <button type="button" class="secondary outline" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? say.close : say.listen}
            <span class="unseen"> «{title}»</span>
          </button>
        )}
        {(clip || heardAt !== undefined) && stage !== "recalled" && stage !== "corrected" && (
          <RecallButton announcement={announcement} />
        )}
        {onRemove && (
          <button type="button" class="quiet" onClick={onRemove}>
            {say.remove}
            <span class="unseen"> «{title}»</span>
          </button>
        )}
      </div>
    </li>
  );
}

function factsOf({ clip, heardAt, nextAt, validUntil }: AnnouncementView, uses: Uses | undefined): string[] {
  const say = words();
  const moment = (time: string) => shortMoment(time, zone.value);
  return [
    clip ? say.long(length(clip.durationMs)) : say.silent,
    heardAt === undefined ? say.unheard : say.heard(moment(heardAt)),
    ...(nextAt === undefined ? [] : [say.next(moment(nextAt))]),
    // Before the playlists have come, nobody may say that it is in none.
    ...(uses
      ? [uses.playlists.length === 0 ? say.unused : say.used(uses.schedules.length, uses.playlists.length)]
      : []),
    ...(validUntil === undefined ? [] : [say.until(plainDate(validUntil))]),
  ];
}
