/**
 * Hands a recording in: how far it has come, with a way to call it off.
 *
 * @module
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { AnnouncementView } from "../../../server/api/views.js";
import { Refusal, refusalOf } from "../ask.js";
import { bilingual } from "../words/language.js";

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
    working: "Đã gửi xong, đài đang xử lý âm thanh…",
    cancel: "Hủy gửi",
    unreachable: "Mất liên lạc khi đang gửi. Chưa có gì được lưu; hãy xem mạng rồi gửi lại.",
  },
  {
    sending: (percent) => `Sending: ${percent} %`,
    working: "It is sent; the station works on the sound…",
    cancel: "Call it off",
    unreachable: "The connection broke while it was sent. Nothing was kept; look at the network, then send it again.",
  },
);

export interface Sending {
  /** 0 to 1; absent while nothing is being sent. */
  readonly share: number | undefined;
  /** Resolves to what it became; to nothing when it was called off. @throws Refusal */
  readonly send: (recording: Recording) => Promise<AnnouncementView | undefined>;
  /** The same to another door below `/api/v1`. @throws Refusal */
  readonly sendTo: <T>(path: string, file: Blob) => Promise<T | undefined>;
  readonly cancel: () => void;
}

export function useSending(): Sending {
  const [share, setShare] = useState<number>();
  const request = useRef<XMLHttpRequest | undefined>(undefined);
  const cancel = () => request.current?.abort();
  useEffect(() => cancel, []);
  const sendTo = async <T,>(path: string, file: Blob) => {
    setShare(0);
    try {
      return await handIn<T>(file, path, {
        onBegin: (begun) => {
          request.current = begun;
        },
        onShare: setShare,
      });
    } finally {
      request.current = undefined;
      setShare(undefined);
    }
  };
  const send = ({ file, ...about }: Recording) =>
    sendTo<AnnouncementView>(`/recordings?${new URLSearchParams(about)}`, file);
  return { share, send, sendTo, cancel };
}

interface Watching {
  readonly onBegin: (request: XMLHttpRequest) => void;
  readonly onShare: (share: number) => void;
}

/** `fetch` does not tell how much of a body has left. */
function handIn<T>(file: Blob, path: string, { onBegin, onShare }: Watching) {
  return new Promise<T | undefined>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1${path}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const isGood = request.status >= 200 && request.status < 300;
      if (isGood) resolve(JSON.parse(request.responseText) as T);
      else reject(refusalOf(request.status, request.responseText));
    };
    request.onerror = () => reject(new Refusal(0, words().unreachable));
    request.onabort = () => resolve(undefined);
    onBegin(request);
    request.send(file);
  });
}

/** How far it is, while it is sent. */
export function SendingBar({ sending: { share, cancel } }: { readonly sending: Sending }) {
  const say = words();
  if (share === undefined) return null;
  const percent = Math.floor(share * 100);
  const about = share < 1 ? say.sending(percent) : say.working;
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
