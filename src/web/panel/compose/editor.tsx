/**
 * One announcement from words to sound: text and reading, checks, voice, listening, where, when, and the next step.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Class } from "../../../domain/class.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { useUnsaved } from "../leaving.js";
import { AlsoOpen } from "../live/also-open.js";
import { zone } from "../live/line.js";
import { Aftermath } from "../recall/aftermath.js";
import { RecallButton } from "../recall/recall-button.js";
import { mayDo } from "../session.js";
import { Player } from "../sound/player.js";
import { bilingual, told } from "../words/language.js";
import { stageName } from "../words/stages.js";
import { clockTime, length } from "../words/times.js";
import { About, VoicePart } from "./about.js";
import { Airing } from "./airing.js";
import { Conflict } from "./conflict.js";
import { isWritable } from "./draft.js";
import type { DraftKeeper } from "./draft-keeper.js";
import { Findings } from "./findings.js";
import { Going } from "./going.js";
import { Recorder } from "./recorder.js";
import { TemplatePart } from "./template-part.js";
import { TextSide } from "./text-side.js";
import { type Composition, useComposition } from "./use-composition.js";

const words = bilingual(
  {
    saved: (time: string) => `Đã lưu ${time}`,
    saving: "Đang lưu…",
    unsaved: "Chưa lưu",
    kept: "Đã lưu",
    fresh: "Bản tin mới",
    change: "Sửa bản tin này (phải duyệt lại)",
    returned: (by: string, reason: string) => `${by} trả lại: ${reason}`,
    blocked: (by: string, reason: string) => `${by} chặn: ${reason}`,
    listen: "Nghe thử",
    noSound: "Chưa có âm thanh. Bấm «Tạo giọng đọc».",
    long: (time: string) => `Dài ${time}`,
    retry: "Thử lưu lại",
  },
  {
    saved: (time) => `Saved ${time}`,
    saving: "Saving…",
    unsaved: "Not saved yet",
    kept: "Saved",
    fresh: "New announcement",
    change: "Change this announcement (needs a new approval)",
    returned: (by, reason) => `${by} returned it: ${reason}`,
    blocked: (by, reason) => `${by} blocked it: ${reason}`,
    listen: "Listen",
    noSound: "There is no sound yet. Press “Make the sound”.",
    long: (time) => `${time} long`,
    retry: "Try to save again",
  },
);

export function Editor({ keeper }: { readonly keeper: DraftKeeper }) {
  const say = words();
  const [isUnlocked, setUnlocked] = useState(false);
  const composition = useComposition(keeper);
  useUnsaved(keeper.holding.value);
  const { draft, kept, theirs } = keeper.state.value;
  const value = kept?.value;
  const isLocked = value !== undefined && !isWritable(value.stage) && !isUnlocked;
  const mayBe = (of: Class) => mayDo("compose", { classes: [of], areas: "anywhere" }, composition.airing.time.today);
  const isSaved = keeper.isSaved.value;
  return (
    <div class="compose">
      <Standing keeper={keeper} />
      {value && <AlsoOpen kind="announcement" id={value.id} />}
      {theirs && <Conflict mine={draft.text} theirs={theirs.value} onSettle={keeper.settle} />}
      {value?.returned && value.stage === "returned" && (
        <p role="note">{say.returned(value.returned.by, value.returned.reason)}</p>
      )}
      {value?.blocked && <p role="note">{say.blocked(value.blocked.by, value.blocked.reason)}</p>}
      {value && (value.stage === "recalled" || value.stage === "corrected") && <Aftermath id={value.id} />}
      {value && isRecallable(value) && <RecallButton announcement={value} class="danger outline" />}
      {isLocked && (
        <button type="button" class="quiet" onClick={() => setUnlocked(true)}>
          {say.change}
        </button>
      )}
      {value?.recording === undefined && !isLocked && (
        <TemplatePart hasText={draft.text.trim() !== ""} onTake={keeper.fillIn} />
      )}
      <TextSide
        {...{ text: draft.text, recording: value?.recording, isLocked, reading: composition.reading.value }}
        onText={(text) => keeper.write({ text })}
        onTaught={() => void composition.readAgain()}
      />
      {composition.reading.wrong && <p role="alert">{composition.reading.wrong}</p>}
      {draft.text.trim() !== "" && (
        <Findings
          findings={composition.findings}
          cut={composition.findingsCut}
          decisions={value?.decisions}
          decide={isSaved && value ? composition.decide : undefined}
        />
      )}
      <About {...{ draft, isLocked, mayBe }} onChange={keeper.write} />
      {value?.recording === undefined && <VoicePart {...{ draft, isLocked }} onChange={keeper.write} />}
      {value?.recording === undefined && !isLocked && <Recorder draft={draft} />}
      <Listening keeper={keeper} composition={composition} />
      <Airing composition={composition} lengthMs={value?.clip?.durationMs} />
      <Going keeper={keeper} composition={composition} />
    </div>
  );
}

/** What may have sounded, or may soon. */
const isRecallable = ({ stage, heardAt }: AnnouncementView) =>
  stage === "approved" ||
  stage === "planned" ||
  stage === "aired" ||
  (heardAt !== undefined && stage !== "recalled" && stage !== "corrected");

function Standing({ keeper }: { readonly keeper: DraftKeeper }) {
  const say = words();
  const { kept, busy, savedAt, wrong } = keeper.state.value;
  const isSaved = keeper.isSaved.value;
  const saved = savedAt === undefined ? say.kept : say.saved(clockTime(savedAt, zone.value));
  return (
    <>
      <p class="standing" role="status">
        <strong>{kept ? stageName(kept.value.stage) : say.fresh}</strong> ·{" "}
        {busy ? say.saving : isSaved ? saved : say.unsaved}
      </p>
      {wrong !== undefined && (
        <div role="alert">
          <p>{wrong}</p>
          <button type="button" class="secondary" onClick={() => void keeper.save()}>
            {say.retry}
          </button>
        </div>
      )}
    </>
  );
}

interface PartProps {
  readonly keeper: DraftKeeper;
  readonly composition: Composition;
}

function Listening({ keeper, composition: { audio, markHeard } }: PartProps) {
  const say = words();
  const value = keeper.state.value.kept?.value;
  const isCurrent = value?.clip !== undefined && value.state === "ready" && keeper.isSaved.value;
  return (
    <section aria-labelledby="listen">
      <h2 id="listen">{say.listen}</h2>
      {isCurrent && value.clip ? (
        <>
          <Player title={value.title} sha256={value.clip.sha256} audio={audio} onHeard={markHeard} />
          <p>{say.long(length(value.clip.durationMs))}</p>
        </>
      ) : (
        <p>{value?.problem && keeper.isSaved.value ? told(value.problem) : say.noSound}</p>
      )}
    </section>
  );
}
