/**
 * Many tasks of which each is needed.
 *
 * @module
 */
import { setMaxListeners } from "node:events";

/**
 * Starts all tasks and gives their results in order. When one fails the signal that the others got says so, and all of
 * them have ended when this throws: no task goes on unseen.
 *
 * @throws whatever failed first
 */
export async function together<T>(
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
  signal: AbortSignal,
): Promise<readonly T[]> {
  const stop = new AbortController();
  // As many listeners as tasks are meant, and no leak.
  setMaxListeners(0, stop.signal);
  const leave = () => stop.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", leave, { once: true });
  const running = tasks.map((task) =>
    task(stop.signal).catch((thrown: unknown) => {
      stop.abort(thrown);
      throw thrown;
    }),
  );
  const ended = await Promise.allSettled(running);
  signal.removeEventListener("abort", leave);
  if (stop.signal.aborted) throw stop.signal.reason;
  return ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}
