/**
 * Something that a person asks the station to do: once at a time, with what went wrong in words.
 *
 * @module
 */
import { useState } from "preact/hooks";
import { sentenceOf } from "../ask.js";

export interface Acting {
  readonly busy: boolean;
  readonly wrong: string | undefined;
  /** Does it, unless it is being done. Resolves to whether it was done. */
  readonly act: (task: () => Promise<unknown>) => Promise<boolean>;
}

export function useAct(): Acting {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const act = async (task: () => Promise<unknown>) => {
    if (busy) return false;
    setBusy(true);
    setWrong(undefined);
    try {
      await task();
      return true;
    } catch (thrown) {
      setWrong(sentenceOf(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, wrong, act };
}
