/**
 * Sends one file to a door and tells how much of it has left, which `fetch` does not.
 *
 * @module
 */
import { Refusal, refusalOf } from "../ask.js";
import { bilingual } from "../words/language.js";

const words = bilingual(
  {
    unreachable: "Mất liên lạc khi đang gửi. Chưa có gì được lưu; hãy xem mạng rồi gửi lại.",
  },
  {
    unreachable: "The connection broke while it was sent. Nothing was kept; look at the network, then send it again.",
  },
);

export interface CallParts {
  readonly body?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly onSent?: (bytes: number) => void;
}

/** One file on its way, which can be called off. */
export interface Way {
  /** Resolves to the answer; to nothing when it was called off. `fetch` does not tell how much of a body has left. @throws Refusal */
  call<T>(method: "POST" | "PUT", path: string, parts: CallParts): Promise<T | undefined>;
  cancel(): void;
  isCancelled(): boolean;
}

export function createWay(): Way {
  let isCancelled = false;
  let request: XMLHttpRequest | undefined;
  return {
    isCancelled: () => isCancelled,
    cancel() {
      isCancelled = true;
      request?.abort();
    },
    call: <T>(method: string, path: string, { body, headers = {}, onSent }: CallParts) =>
      new Promise<T | undefined>((resolve, reject) => {
        const made = new XMLHttpRequest();
        request = made;
        made.open(method, `/api/v1${path}`);
        if (body) made.setRequestHeader("Content-Type", "application/octet-stream");
        for (const [name, value] of Object.entries(headers)) made.setRequestHeader(name, value);
        made.upload.onprogress = ({ loaded }) => onSent?.(loaded);
        made.onload = () => {
          const isGood = made.status >= 200 && made.status < 300;
          if (isGood) resolve(JSON.parse(made.responseText) as T);
          else reject(refusalOf(made.status, made.responseText));
        };
        made.onerror = () => reject(new Refusal(0, words().unreachable));
        made.onabort = () => resolve(undefined);
        made.send(body ?? null);
      }),
  };
}
