/**
 * What kind of announcement it is: class, topic, source, title, voice.
 *
 * @module
 */

import type { Words } from "../../../base/errors.js";
import type { VoiceChoice } from "../../../domain/announcement.js";
import type { Class } from "../../../domain/class.js";
import { ask } from "../ask.js";
import { ClassMark } from "../pieces/class-mark.js";
import { useFetched } from "../pieces/fetched.js";
import { bilingual, told } from "../words/language.js";
import { TOPICS, topicName } from "../words/topics.js";
import { type Draft, titleOf } from "./draft.js";

const CLASSES: readonly Class[] = ["ordinary", "priority", "emergency"];
const SPEEDS = [0.8, 0.9, 1, 1.1, 1.2];

const words = bilingual(
  {
    class: "Loại",
    topic: "Chủ đề",
    source: "Nguồn",
    sourceHint: "Cơ quan, số văn bản, ngày: CV số 12/UBND ngày 20/11",
    title: "Tên bản tin",
    voice: "Giọng đọc",
    usual: "Giọng của đài",
    broken: (title: string) => `${title} (đang không dùng được)`,
    speed: "Tốc độ",
    times: (speed: number) => `${speed.toLocaleString("vi-VN")} lần`,
  },
  {
    class: "Class",
    topic: "Topic",
    source: "Source",
    sourceHint: "Issuing body, number, date",
    title: "Title",
    voice: "Voice",
    usual: "The station’s voice",
    broken: (title) => `${title} (not working now)`,
    speed: "Speed",
    times: (speed) => `${speed}×`,
  },
);

interface AboutProps {
  readonly draft: Draft;
  readonly isLocked: boolean;
  readonly mayBe: (of: Class) => boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}

export function About({ draft, isLocked, mayBe, onChange }: AboutProps) {
  const say = words();
  const topics = TOPICS.includes(draft.topic) ? TOPICS : [draft.topic, ...TOPICS];
  return (
    <fieldset class="about" disabled={isLocked}>
      <fieldset class="classes">
        <legend>{say.class}</legend>
        {CLASSES.map((of) => (
          <label key={of}>
            <input
              type="radio"
              name="class"
              checked={draft.class === of}
              disabled={!mayBe(of)}
              onChange={() => onChange({ class: of })}
            />
            <ClassMark of={of} />
          </label>
        ))}
      </fieldset>
      <label>
        {say.topic}
        <select value={draft.topic} onChange={(event) => onChange({ topic: event.currentTarget.value })}>
          {topics.map((topic) => (
            <option key={topic} value={topic}>
              {topicName(topic)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say.source}
        <input
          maxLength={300}
          placeholder={say.sourceHint}
          value={draft.source}
          onInput={(event) => onChange({ source: event.currentTarget.value })}
        />
      </label>
      <label>
        {say.title}
        <input
          maxLength={200}
          placeholder={titleOf({ ...draft, title: "" })}
          value={draft.title}
          onInput={(event) => onChange({ title: event.currentTarget.value })}
        />
      </label>
    </fieldset>
  );
}

interface Voice {
  readonly choice: VoiceChoice;
  readonly title: Words;
  readonly works: boolean;
}
const fetchVoices = () => ask<readonly Voice[]>("GET", "/voices");

export function VoicePart({ draft, isLocked, onChange }: Omit<AboutProps, "mayBe">) {
  const say = words();
  const voices = useFetched(fetchVoices, []);
  const speeds = SPEEDS.includes(draft.speed) ? SPEEDS : [draft.speed, ...SPEEDS];
  return (
    <fieldset class="voice" disabled={isLocked}>
      <label>
        {say.voice}
        <select value={draft.voice} onChange={(event) => onChange({ voice: event.currentTarget.value })}>
          <option value="">{say.usual}</option>
          {(voices.value ?? []).map(({ choice: { provider, voice }, title, works }) => (
            <option key={`${provider}/${voice}`} value={`${provider}/${voice}`}>
              {works ? told(title) : say.broken(told(title))}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say.speed}
        <select
          value={String(draft.speed)}
          onChange={(event) => onChange({ speed: Number(event.currentTarget.value) })}
        >
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {say.times(speed)}
            </option>
          ))}
        </select>
      </label>
      {voices.wrong && <p role="alert">{voices.wrong}</p>}
    </fieldset>
  );
}
