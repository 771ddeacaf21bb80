/**
 * Uploads a recording as an announcement; what the file holds is judged by the station.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { Class } from "../../../domain/class.js";
import { useUnsaved } from "../leaving.js";
import { go } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { ClassChoice } from "../pieces/class-choice.js";
import { SendingBar, useSending } from "../sound/sending.js";
import { bilingual } from "../words/language.js";
import { TOPICS, topicName } from "../words/topics.js";

const words = bilingual(
  {
    file: "Tệp âm thanh (mp3, wav, m4a, ogg, flac…)",
    title: "Tên bản tin",
    class: "Loại",
    topic: "Chủ đề",
    send: "Gửi lên",
    cancelled: "Đã hủy. Không có gì được lưu.",
  },
  {
    file: "Sound file (mp3, wav, m4a, ogg, flac…)",
    title: "Title",
    class: "Class",
    topic: "Topic",
    send: "Upload",
    cancelled: "Called off. Nothing was kept.",
  },
);

const LONGEST_TITLE = 200;
const titleOfFile = (name: string) =>
  name
    .replace(/\.[^.]+$/, "")
    .replaceAll("_", " ")
    .slice(0, LONGEST_TITLE);

export function Upload() {
  const say = words();
  const [file, setFile] = useState<File>();
  const [about, setAbout] = useState({ title: "", class: "ordinary" as Class, topic: "khac" });
  const [isCancelled, setCancelled] = useState(false);
  const sending = useSending();
  const kept = useUnsaved(file !== undefined && "unsaved");
  const { wrong, act } = useAct();
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    if (chosen && about.title === "") setAbout({ ...about, title: titleOfFile(chosen.name) });
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (!file) return;
    setCancelled(false);
    await act(async () => {
      const made = await sending.send({ ...about, file, name: file.name.slice(-LONGEST_TITLE) });
      if (!made) return setCancelled(true);
      kept();
      go(`/compose/${made.id}`);
    });
  };
  return (
    <form class="narrow" onSubmit={(event) => void send(event)}>
      <label>
        {say.file}
        <input
          type="file"
          required
          accept="audio/*,video/mp4"
          onChange={(event) => choose(event.currentTarget.files?.[0])}
        />
      </label>
      <label>
        {say.title}
        <input
          required
          maxLength={LONGEST_TITLE}
          value={about.title}
          onInput={(event) => setAbout({ ...about, title: event.currentTarget.value })}
        />
      </label>
      <ClassChoice label={say.class} value={about.class} onChoose={(of) => setAbout({ ...about, class: of })} />
      <label>
        {say.topic}
        <select value={about.topic} onChange={(event) => setAbout({ ...about, topic: event.currentTarget.value })}>
          {TOPICS.map((topic) => (
            <option key={topic} value={topic}>
              {topicName(topic)}
            </option>
          ))}
        </select>
      </label>
      {wrong && <p role="alert">{wrong}</p>}
      {isCancelled && <p role="status">{say.cancelled}</p>}
      <SendingBar sending={sending} />
      <button type="submit" aria-disabled={sending.share !== undefined}>
        {say.send}
      </button>
    </form>
  );
}
