/**
 * Work that is asked for again and again, and of which only the newest wish counts.
 *
 * @module
 */

export interface OneAtATime {
  /** Has the work done once more after this call, however often it is asked for meanwhile. */
  request(): void;
  /** Does what failed once more; nothing when nothing did. */
  retry(): void;
  /** Resolves when nothing is being done. */
  idle(): Promise<void>;
}

/** @param onFailure is told of what the work throws; it is not tried again by itself */
export function oneAtATime(work: () => Promise<void>, onFailure: (thrown: unknown) => void): OneAtATime {
  let isWanted = false;
  let hasFailed = false;
  let working: Promise<void> | undefined;

  const run = async () => {
    while (isWanted) {
      isWanted = false;
      try {
        await work();
        hasFailed = false;
      } catch (thrown) {
        hasFailed = true;
        onFailure(thrown);
      }
    }
    working = undefined;
  };
  const request = () => {
    isWanted = true;
    working ??= Promise.resolve().then(run);
  };
  return {
    request,
    retry() {
      if (hasFailed) request();
    },
    idle: async () => working,
  };
}
