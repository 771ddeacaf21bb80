/**
 * What keys do on every page but where people write, and the list of them.
 *
 * @module
 */
import { useEffect, useState } from "preact/hooks";
import { now, zone } from "./live/line.js";
import { go } from "./paths.js";
import { Dialog } from "./pieces/dialog.js";
import { mayDo } from "./session.js";
import { bilingual } from "./words/language.js";
import { localDateOf } from "./words/times.js";

const words = bilingual(
  {
    title: "Phím tắt",
    keys: [
      ["N", "Soạn thông báo mới"],
      ["Phím cách", "Nghe hoặc tạm dừng bản đang mở ở trang"],
      [".", "Mở bảng dừng phát"],
      ["Alt + mũi tên", "Chuyển mục của danh sách phát, hoặc lượt phát ở lịch tuần"],
      ["Esc", "Đóng bảng đang mở"],
      ["?", "Bảng này"],
    ] as readonly (readonly [key: string, does: string])[],
    close: "Đóng",
    open: "Phím tắt",
  },
  {
    title: "Keys",
    keys: [
      ["N", "Write a new announcement"],
      ["Space", "Listen to what is open on the page, or pause it"],
      [".", "Open the stop dialog"],
      ["Alt + arrows", "Move an item of a playlist, or a sounding of the week"],
      ["Esc", "Close what is open in front"],
      ["?", "This list"],
    ],
    close: "Close",
    open: "Keys",
  },
);

/** What has a use for letters or the space bar itself. */
const WRITES = "input, textarea, select, [contenteditable]";
const PRESSES = `${WRITES}, button, a, summary, audio, video, [role=button]`;

/** Whether a key means what it means on every page: not where people write, nor in front of a question. */
function isFree({ target, ctrlKey, metaKey, altKey }: KeyboardEvent, taken: string): boolean {
  const isTaken = target instanceof Element && target.matches(taken);
  return !isTaken && !ctrlKey && !metaKey && !altKey && document.querySelector("dialog[open]") === null;
}

/** Plays what the page has to listen to, or pauses what plays. Returns whether there was anything. */
function listenOrPause(): boolean {
  const all = [...document.querySelectorAll<HTMLAudioElement>("main audio")];
  const playing = all.filter(({ paused }) => !paused);
  for (const audio of playing) audio.pause();
  const next = playing.length > 0 ? undefined : (all.find(({ currentTime }) => currentTime > 0) ?? all[0]);
  // What cannot be loaded says so itself, below its waveform.
  next?.play().catch(() => {});
  return all.length > 0;
}

/** Listens to the keys; the list of them opens by `?` or its button. */
export function Shortcuts() {
  const say = words();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const mayWrite = mayDo("compose", { areas: "anywhere" }, localDateOf(now.value, zone.value));
      if (event.key === "?" && isFree(event, WRITES)) setOpen(true);
      else if (event.key.toLowerCase() === "n" && isFree(event, WRITES) && mayWrite) go("/compose");
      else if (event.key === " " && isFree(event, PRESSES) && listenOrPause()) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <button type="button" class="quiet" aria-keyshortcuts="?" onClick={() => setOpen(true)}>
        {say.open}
      </button>
      {isOpen && (
        <Dialog title={say.title} onClose={() => setOpen(false)}>
          <dl class="keys">
            {say.keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <button type="button" class="secondary" onClick={() => setOpen(false)}>
            {say.close}
          </button>
        </Dialog>
      )}
    </>
  );
}
