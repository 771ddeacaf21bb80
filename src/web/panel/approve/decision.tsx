/**
 * One announcement to decide about: what is said, its sound, where, when and by whom; then approve, or return it with a reason.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { LocalDate } from "../../../domain/local-time.js";
import { targeted } from "../../../domain/targets.js";
import { consentOf, openForApproval } from "../../../domain/two-people.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask } from "../ask.js";
import { Findings } from "../compose/findings.js";
import { now, picture, zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { ClassMark } from "../pieces/class-mark.js";
import { placeNames } from "../pieces/named-receivers.js";
import { areas, mayDo, me } from "../session.js";
import { Player } from "../sound/player.js";
import { bilingual, language, told } from "../words/language.js";
import { length, localDateOf, shortMoment } from "../words/times.js";
import { topicName } from "../words/topics.js";
import { isEnough } from "./enough.js";
import { ReturnPart } from "./return-part.js";

export type Decided = "approved" | "returned";

const words = bilingual(
  {
    spoken: "Lời đọc",
    recording: (name: string) => `Bản ghi âm «${name}»: hãy nghe.`,
    author: "Người soạn",
    where: "Nơi phát",
    anywhere: "nơi nào xếp lịch",
    receivers: (places: string, count: number) => `${places} (${count} loa)`,
    when: "Lần phát đầu",
    unplanned: "chưa xếp lịch",
    source: "Nguồn",
    topic: "Chủ đề",
    long: "Dài",
    approve: "Duyệt",
    wait: "Nút Duyệt mở khi đã nghe 80 % hoặc đọc đến cuối lời đọc.",
    undecided:
      "Còn điều bạn phải quyết định: giữ nguyên và ghi lý do, hoặc trả lại. Lời giải thích của người soạn không thay được.",
    mayNot: "Bạn không có quyền duyệt loại bản tin này.",
    alone: "Đài một cán bộ: bạn duyệt bản tin của chính mình. Nhật ký ghi rõ điều đó.",
  },
  {
    spoken: "What is said",
    recording: (name) => `Recording “${name}”: listen to it.`,
    author: "Written by",
    where: "Where",
    anywhere: "wherever it is scheduled",
    receivers: (places, count) => `${places} (${count} loudspeakers)`,
    when: "First due",
    unplanned: "not scheduled yet",
    source: "Source",
    topic: "Topic",
    long: "Length",
    approve: "Approve",
    wait: "Approve opens when 80 % was heard or the text was read to its end.",
    undecided:
      "Something is yours to decide: keep it for a reason, or send it back. The author's own word does not count.",
    mayNot: "You have no right to approve this kind of announcement.",
    alone: "A station with a single officer: you approve what you wrote yourself. The log says so.",
  },
);

interface DecisionProps {
  readonly announcement: AnnouncementView;
  readonly onDecided: (how: Decided) => void;
}

export function Decision({ announcement, onDecided }: DecisionProps) {
  const say = words();
  const { id, version, title, clip, findings = [] } = announcement;
  const [heard, setHeard] = useState(0);
  const [hasSeenEnd, setSeenEnd] = useState(false);
  const [openedAt] = useState(now.value);
  const { busy, wrong, act } = useAct();
  const today = localDateOf(now.value, zone.value);
  const singleOfficer = picture.value?.station.singleOfficer ?? false;
  const may = mayDo("approve", { classes: [announcement.class], areas: "anywhere" }, today);
  const consent = consentOf(announcement, me(), { singleOfficer });
  const isRead = isEnough({ heard, hasSeenEnd, openMs: now.value - openedAt, lengthMs: clip?.durationMs ?? 0 });
  const open = openForApproval(findings, announcement, { singleOfficer });
  const holds = open.length > 0 ? say.undecided : isRead ? undefined : say.wait;
  const why = !may ? say.mayNot : "refusal" in consent ? told(consent.refusal) : holds;
  const decide = async (finding: string, reason: string) => {
    await ask("POST", `/announcements/${id}/decisions`, { body: { finding, reason } });
  };
  const approve = () =>
    act(async () => {
      await ask("POST", `/announcements/${id}/approval`, { body: { version } });
      onDecided("approved");
    });
  return (
    <article class="decision">
      <Words announcement={announcement} onEnd={() => setSeenEnd(true)} />
      {clip && <Player title={title} sha256={clip.sha256} onHeard={setHeard} />}
      <Facts announcement={announcement} />
      {findings.length > 0 && (
        <Findings
          findings={findings}
          decisions={announcement.decisions}
          open={open}
          cut={announcement.findingsCut}
          decide={may ? decide : undefined}
        />
      )}
      <div class="deciding">
        {wrong && <p role="alert">{wrong}</p>}
        {may && "alone" in consent && <p>{say.alone}</p>}
        {why !== undefined && <p id="why-not">{why}</p>}
        <button
          type="button"
          disabled={why !== undefined}
          aria-disabled={busy}
          aria-describedby={why === undefined ? undefined : "why-not"}
          aria-busy={busy}
          onClick={() => void approve()}
        >
          {say.approve}
        </button>
        {may && <ReturnPart id={id} version={version ?? ""} onReturned={() => onDecided("returned")} />}
      </div>
    </article>
  );
}

/** What is said, to be read to its end. */
function Words({ announcement, onEnd }: { readonly announcement: AnnouncementView; readonly onEnd: () => void }) {
  const say = words();
  const box = useRef<HTMLElement>(null);
  const end = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && onEnd(), {
      root: box.current,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  if (announcement.recording !== undefined) return <p>{say.recording(announcement.recording)}</p>;
  return (
    // Whoever goes without a mouse scrolls it, too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to take the focus
    <section ref={box} class="spoken" lang="vi" aria-label={say.spoken} tabIndex={0}>
      {announcement.spokenText}
      <span ref={end} />
    </section>
  );
}

function Facts({ announcement }: { readonly announcement: AnnouncementView }) {
  const say = words();
  const { authors = [], targets, nextAt, source, topic, clip } = announcement;
  const receivers = [...(picture.value?.receivers.values() ?? [])];
  const day = localDateOf(now.value, zone.value) as LocalDate;
  const count = targets ? targeted(targets, { areas: areas.value, receivers }, day).length : 0;
  const facts: readonly (readonly [name: string, value: string])[] = [
    [say.where, targets ? say.receivers(placeNames(targets), count) : say.anywhere],
    [say.when, nextAt === undefined ? say.unplanned : shortMoment(nextAt, zone.value)],
    [say.author, authors.map(({ name }) => name).join(", ")],
    [say.long, length(clip?.durationMs ?? 0)],
    [say.topic, topicName(topic)],
    ...(source === undefined ? [] : ([[say.source, source]] as const)),
  ];
  return (
    <>
      <ClassMark of={announcement.class} />
      <dl lang={language.value}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
