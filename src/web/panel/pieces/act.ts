/**
 * Something that a person asks the station to do: once at a time, with what went wrong in words.
 *
 * The button of what is being done is marked with `aria-disabled`, never disabled: a browser takes the focus away from a disabled button
 * and leaves whoever works by keys at the top of the page.
 *
 * @module
 */
import { useRef, useState } from "preact/hooks";
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
  // Two presses may come before the page is drawn again.
  const isActing = useRef(false);
  const act = async (task: () => Promise<unknown>) => {
    if (isActing.current) return false;
    isActing.current = true;
    setBusy(true);
    setWrong(undefined);
    try {
      await task();
      return true;
    } catch (thrown) {
      setWrong(sentenceOf(thrown));
      return false;
    } finally {
      isActing.current = false;
      setBusy(false);
    }
  };
  return { busy, wrong, act };
}
