/**
 * Backups: those that are kept, one made now, and how far it is.
 *
 * @module
 */
import { useEffect } from "preact/hooks";
import { every, systemClock } from "../../../base/clock.js";
import { seconds } from "../../../base/units.js";
import type { BackupsView } from "../../../server/api/backup-routes.js";
import { ask } from "../ask.js";
import { zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { bilingual, told } from "../words/language.js";
import { shortMoment } from "../words/times.js";

const words = bilingual(
  {
    title: "Các bản sao lưu",
    none: "Chưa có bản sao lưu nào.",
    folder: (folder: string) => `Nằm ở ${folder}. Lấy lại bằng lệnh loa backup restore.`,
    line: (when: string, what: string, size: string) => `${when} – ${what}, ${size}`,
    occasions: { daily: "hằng ngày", upgrade: "trước khi nâng cấp", "by-hand": "do người bấm" },
    now: "Sao lưu ngay",
    running: (percent: number) => `Đang sao lưu: ${percent} %`,
    cancel: "Bỏ bản đang sao lưu",
    failed: (when: string) => `Lần sao lưu lúc ${when} không xong:`,
  },
  {
    title: "The backups",
    none: "There is no backup yet.",
    folder: (folder) => `They lie in ${folder}. One is put back by the command loa backup restore.`,
    line: (when, what, size) => `${when} – ${what}, ${size}`,
    occasions: { daily: "daily", upgrade: "before an upgrade", "by-hand": "by hand" },
    now: "Make a backup now",
    running: (percent) => `Backing up: ${percent} %`,
    cancel: "Give this backup up",
    failed: (when) => `The backup of ${when} came to nothing:`,
  },
);

/** Shown; the folder holds more. */
const SHOWN = 5;
const AGAIN = seconds(1);

const size = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;

export function BackupPart() {
  const say = words();
  const fetched = useFetched(() => ask<BackupsView>("GET", "/backups"), []);
  const { busy, wrong, act } = useAct();
  const { kept = [], running, failed, folder } = fetched.value ?? {};
  const isRunning = running !== undefined;
  useEffect(() => (isRunning ? every(systemClock, AGAIN, fetched.again) : undefined), [isRunning]);
  const order = (task: () => Promise<unknown>) =>
    act(async () => {
      await task();
      fetched.again();
    });
  const percent = Math.floor((running?.share ?? 0) * 100);
  return (
    <section aria-labelledby="backups">
      <h3 id="backups">{say.title}</h3>
      {fetched.wrong && <p role="alert">{fetched.wrong}</p>}
      {fetched.value && kept.length === 0 && <p>{say.none}</p>}
      <ul>
        {kept.slice(0, SHOWN).map(({ name, occasion, madeAt, bytes }) => (
          <li key={name}>{say.line(shortMoment(madeAt, zone.value), say.occasions[occasion], size(bytes))}</li>
        ))}
      </ul>
      {folder && (
        <p>
          <small>{say.folder(folder)}</small>
        </p>
      )}
      {failed && !running && (
        <p role="alert">
          {say.failed(shortMoment(failed.at, zone.value))} {told(failed.words)}
        </p>
      )}
      {running && (
        <div role="status">
          <p>{say.running(percent)}</p>
          <progress value={percent} max={100} aria-label={say.running(percent)} />
        </div>
      )}
      {wrong && <p role="alert">{wrong}</p>}
      {running?.occasion === "by-hand" ? (
        <button
          type="button"
          class="secondary"
          aria-disabled={busy}
          onClick={() => void order(() => ask("DELETE", "/backups/running"))}
        >
          {say.cancel}
        </button>
      ) : (
        <button
          type="button"
          disabled={isRunning}
          aria-disabled={busy}
          onClick={() => void order(() => ask("POST", "/backups"))}
        >
          {say.now}
        </button>
      )}
    </section>
  );
}
