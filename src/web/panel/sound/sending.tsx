/**
 * Hands a recording in: how far it has come, with a way to call it off. A long one goes piece by piece and goes on where the line
 * broke.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { systemClock } from "../../../base/clock.js";
import type { ArrivedView } from "../../../server/api/piecewise-routes.js";
import type { AnnouncementView } from "../../../server/api/views.js";
import { ask, Refusal } from "../ask.js";
import { bilingual } from "../words/language.js";
import { goOnSending } from "./go-on-sending.js";
import { createWay, type Way } from "./way.js";

/** What the station takes, bytes; it says so itself when a file is larger. */
export interface Recording {
  readonly file: Blob;
  /** Its name on this machine. */
  readonly name: string;
  readonly title: string;
  readonly class: string;
  readonly topic: string;
}

const words = bilingual(
  {
    sending: (percent: number) => `Đang gửi: ${percent} %`,
    waiting: (percent: number) => `Mất mạng ở ${percent} %. Phần đã gửi vẫn được giữ; có mạng sẽ gửi tiếp.`,
    working: "Đã gửi xong, đài đang xử lý âm thanh…",
    cancel: "Hủy gửi",
  },
  {
    sending: (percent) => `Sending: ${percent} %`,
    waiting: (percent) => `The line broke at ${percent} %. What was sent is kept; it goes on when the line is back.`,
    working: "It is sent; the station works on the sound…",
    cancel: "Call it off",
  },
);

export interface Sending {
  /** 0 to 1; absent while nothing is being sent. */
  readonly share: number | undefined;
  /** Whether it waits for the line to come back. */
  readonly isWaiting: boolean;
  /** Resolves to what it became; to nothing when it was called off. @throws Refusal */
  readonly send: (recording: Recording) => Promise<AnnouncementView | undefined>;
  /** The same to another door below `/api/v1`. @throws Refusal */
  readonly sendTo: <T>(path: string, file: Blob) => Promise<T | undefined>;
  readonly cancel: () => void;
}

/** Longer ones go piece by piece, bytes. */
const SHORT = 1024 * 1024;
/** The line broke, or the station has too much to do or is just starting. */
const PASSING = [0, 429, 502, 503, 504];

export function useSending(): Sending {
  const [share, setShare] = useState<number>();
  const [isWaiting, setWaiting] = useState(false);
  const way = useRef<Way | undefined>(undefined);
  const cancel = () => way.current?.cancel();
  useEffect(() => cancel, []);
  const sendTo = async <T,>(path: string, file: Blob) => {
    const show = (now: number, waits = false) => {
      setShare(now);
      setWaiting(waits);
    };
    const mine = createWay();
    way.current = mine;
    show(0);
    try {
      return file.size > SHORT
        ? await sendInPieces<T>(mine, { path, file, show })
        : await mine.call<T>("POST", path, { body: file, onSent: (sent) => show(sent / Math.max(1, file.size)) });
    } finally {
      way.current = undefined;
      setShare(undefined);
    }
  };
  const send = ({ file, ...about }: Recording) =>
    sendTo<AnnouncementView>(`/recordings?${new URLSearchParams(about)}`, file);
  return { share, isWaiting, send, sendTo, cancel };
}

interface Handing {
  readonly path: string;
  readonly file: Blob;
  readonly show: (share: number, isWaiting?: boolean) => void;
}

async function sendInPieces<T>(way: Way, { path, file, show }: Handing): Promise<T | undefined> {
  let begun: string | undefined;
  const id = await goOnSending(
    file,
    {
      begin: async (bytes) => {
        const state = await ask<ArrivedView>("POST", "/uploads", { body: { bytes } });
        begun = state.id;
        return state;
      },
      arrived: (one) => ask("GET", `/uploads/${one}`),
      add: async (one, offset, piece, onSent) => {
        const state = await way.call<ArrivedView>("PUT", `/uploads/${one}/pieces/${offset}`, { body: piece, onSent });
        if (!state) throw new Refusal(0, words().cancel);
        return state;
      },
    },
    {
      ...{ clock: systemClock, onShare: show, isCancelled: way.isCancelled },
      isPassing: (thrown) => thrown instanceof Refusal && PASSING.includes(thrown.status),
    },
  );
  if (id !== undefined && !way.isCancelled()) return way.call<T>("POST", path, { headers: { "Loa-Upload": id } });
  // Nobody waits for it; what is left of it at the station goes by itself within the hour.
  if (begun !== undefined) ask("DELETE", `/uploads/${begun}`).catch(() => {});
  return undefined;
}

/** How far it is, while it is sent. */
export function SendingBar({ sending: { share, isWaiting, cancel } }: { readonly sending: Sending }) {
  const say = words();
  if (share === undefined) return null;
  const percent = Math.floor(share * 100);
  const sent = isWaiting ? say.waiting(percent) : say.sending(percent);
  const about = share < 1 ? sent : say.working;
  return (
    <div role="status">
      <p>{about}</p>
      <progress value={share < 1 ? percent : undefined} max={100} aria-label={about} />
      {share < 1 && (
        <button type="button" class="secondary" onClick={cancel}>
          {say.cancel}
        </button>
      )}
    </div>
  );
}
