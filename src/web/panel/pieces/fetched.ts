/**
 * A list that is fetched when a screen opens and again whenever the station says that it is out of date.
 *
 * @module
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Refusal, sentenceOf } from "../ask.js";
import { picture } from "../live/line.js";
import type { Stale } from "../live/picture.js";

/** `value` stays while it is fetched again; `wrong` says in words why there is none, or why it is old. */
export interface Fetched<T> {
  readonly value: T | undefined;
  readonly wrong: string | undefined;
  /** Fetches again now. */
  readonly again: () => void;
}

/** What a fetch is about: a fresh object for each set of keys. */
type Subject = object;

/**
 * @param fetchIt what it fetches changes with `keys` alone
 * @param keys when one of them changes, what was fetched belongs to something else and is gone
 * @param staleWith the lists of the station whose change makes this one old; until it is fetched again, the old one is shown
 * @param also fetched again when one of these changes, too
 */
export function useFetched<T>(
  fetchIt: () => Promise<T>,
  keys: readonly unknown[],
  staleWith: readonly Stale[] = [],
  also: readonly unknown[] = [],
): Fetched<T> {
  const subject = useMemo<Subject>(() => ({}), [...keys]);
  const [held, setHeld] = useState<{ readonly of: Subject; readonly value: T }>();
  const [fault, setFault] = useState<{ readonly of: Subject; readonly wrong: string }>();
  const [round, setRound] = useState(0);
  const turns = staleWith.map((what) => picture.value?.stale[what] ?? 0);
  const latest = useRef(fetchIt);
  latest.current = fetchIt;
  const running = useRef<{ of: Subject | undefined; isOld: boolean }>({ of: undefined, isOld: false });
  const run = async (of: Subject): Promise<void> => {
    // One at a time: what comes while one is on its way is fetched after it, or a slow line would never show anything.
    if (running.current.of === of) {
      running.current.isOld = true;
      return;
    }
    running.current = { of, isOld: false };
    try {
      const value = await latest.current();
      if (running.current.of !== of) return;
      setHeld({ of, value });
      setFault(undefined);
    } catch (thrown) {
      if (running.current.of !== of) return;
      if (!(thrown instanceof Refusal && thrown.status === 401)) setFault({ of, wrong: sentenceOf(thrown) });
    }
    const { isOld } = running.current;
    running.current = { of: undefined, isOld: false };
    if (isOld) await run(of);
  };
  useEffect(() => void run(subject), [subject, ...turns, ...also, round]);
  useEffect(
    () => () => {
      running.current = { of: undefined, isOld: false };
    },
    [],
  );
  return {
    value: held?.of === subject ? held.value : undefined,
    wrong: fault?.of === subject ? fault.wrong : undefined,
    again: () => setRound((before) => before + 1),
  };
}
