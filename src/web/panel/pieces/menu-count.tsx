/**
 * How much waits behind an entry of the menu.
 *
 * @module
 */

/** Nothing when nothing waits. @param told the same in words, for those who do not see it */
export function MenuCount({ count, told }: { readonly count: number; readonly told: (count: number) => string }) {
  if (count === 0) return null;
  return (
    <>
      {" "}
      <span class="count" aria-hidden="true">
        {count}
      </span>
      <span class="unseen">{told(count)}</span>
    </>
  );
}
