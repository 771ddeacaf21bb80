/**
 * Waiting until the program is asked to end.
 *
 * @module
 */

/** Resolves when the signal is aborted, at once when it already is. */
export const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
