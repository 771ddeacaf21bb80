/**
 * Recording a voice in the page, with a meter that shows that the microphone hears something; it becomes an announcement of its own.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { every, systemClock } from "../../../base/clock.js";
import { ms } from "../../../base/units.js";
import { useUnsaved } from "../leaving.js";
import { go } from "../paths.js";
import { useAct } from "../pieces/act.js";
import { levelOf } from "../pieces/microphone.js";
import { SendingBar, useSending } from "../sound/sending.js";
import { bilingual } from "../words/language.js";
import { length } from "../words/times.js";
import type { Draft } from "./draft.js";
import { beginTake, type Take } from "./microphone.js";

/** As long as an announcement is heard out; a live broadcast ends there, too. */
const LONGEST_MS = 600_000;
const METER_EVERY = ms(100);

const words = bilingual(
  {
    open: "Tự ghi âm thay cho giọng đọc",
    about: "Bản ghi âm thành một bản tin riêng, cũng phải được duyệt. Dài nhất 10 phút.",
    title: "Tên bản ghi âm",
    start: "● Bắt đầu ghi",
    stop: "■ Dừng ghi",
    elapsed: (time: string) => `Đang ghi: ${time}`,
    level: "Mức âm thanh",
    silent: "Micro chưa nghe thấy gì. Hãy nói gần hơn hoặc kiểm tra micro.",
    again: "Ghi lại",
    send: "Dùng bản ghi này",
    own: "Nghe bản ghi",
  },
  {
    open: "Record it yourself in place of the voice",
    about: "The recording becomes an announcement of its own and needs an approval, too. At most 10 minutes.",
    title: "Title of the recording",
    start: "● Record",
    stop: "■ Stop",
    elapsed: (time) => `Recording: ${time}`,
    level: "Level",
    silent: "The microphone hears nothing. Speak closer, or look at the microphone.",
    again: "Record again",
    send: "Use this recording",
    own: "Listen to the recording",
  },
);

export function Recorder({ draft }: { readonly draft: Draft }) {
  const say = words();
  const [take, setTake] = useState<Take>();
  const [sound, setSound] = useState<Blob>();
  const [title, setTitle] = useState("");
  const sending = useSending();
  const { wrong, act } = useAct();
  const current = useRef<Take | undefined>(undefined);
  current.current = take;
  const isWanted = useRef(false);
  const kept = useUnsaved((take !== undefined || sound !== undefined) && "unsaved");
  // Whoever leaves the page, or folds this up, takes nothing of the microphone along, also while the browser still asks for it.
  const abandon = () => {
    isWanted.current = false;
    current.current?.release();
  };
  useEffect(() => abandon, []);
  const start = () =>
    act(async () => {
      setSound(undefined);
      isWanted.current = true;
      const begun = await beginTake(setSound);
      if (isWanted.current) setTake(begun);
      else begun.release();
    });
  const stop = () => {
    take?.recorder.stop();
    take?.release();
    setTake(undefined);
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (!sound) return;
    await act(async () => {
      const end = sound.type.includes("mp4") ? "m4a" : sound.type.includes("ogg") ? "ogg" : "webm";
      const about = { title, class: draft.class, topic: draft.topic, name: `micro.${end}` };
      const made = await sending.send({ ...about, file: sound });
      if (!made) return;
      kept();
      go(`/compose/${made.id}`);
    });
  };
  return (
    <details
      class="recorder"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) return;
        isWanted.current = false;
        if (take) stop();
      }}
    >
      <summary>{say.open}</summary>
      <p>{say.about}</p>
      {wrong && <p role="alert">{wrong}</p>}
      {take && <Meter take={take} onFull={stop} />}
      <button type="button" class={take ? "danger" : "secondary"} onClick={() => (take ? stop() : void start())}>
        {take ? say.stop : sound ? say.again : say.start}
      </button>
      {sound && !take && (
        <form onSubmit={(event) => void send(event)}>
          <Own sound={sound} />
          <label>
            {say.title}
            <input required maxLength={200} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
          </label>
          <SendingBar sending={sending} />
          <button type="submit" aria-disabled={sending.share !== undefined}>
            {say.send}
          </button>
        </form>
      )}
    </details>
  );
}

function Own({ sound }: { readonly sound: Blob }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(sound);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [sound]);
  // biome-ignore lint/a11y/useMediaCaption: somebody's own words of a moment ago
  return <audio controls src={address} aria-label={words().own} />;
}

/** How loud it is, how long it is, and whether the microphone hears anything at all. */
function Meter({ take, onFull }: { readonly take: Take; readonly onFull: () => void }) {
  const say = words();
  const [level, setLevel] = useState(0);
  const [wasLoud, setLoud] = useState(false);
  const elapsed = systemClock.now() - take.startedAt;
  useEffect(
    () =>
      every(systemClock, METER_EVERY, () => {
        const loudest = levelOf(take.analyser);
        setLevel(loudest);
        if (loudest > 0.02) setLoud(true);
        if (systemClock.now() - take.startedAt >= LONGEST_MS) onFull();
      }),
    [take],
  );
  return (
    <>
      <p>{say.elapsed(length(elapsed))}</p>
      <meter min={0} max={1} low={0.05} high={0.9} optimum={0.4} value={level} aria-label={say.level} />
      {!wasLoud && elapsed > 3000 && <p class="wrong">{say.silent}</p>}
    </>
  );
}
