/** What a promise was rejected with. @throws when it was kept */
export const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => {
      throw new Error(`kept: ${String(value)}`);
    },
    (why: unknown) => why,
  );
