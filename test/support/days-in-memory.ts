/** What a signer remembers of the last day that it signed. */
export function daysInMemory(last?: string) {
  let kept = last;
  return {
    last: () => kept,
    keep(text: string) {
      kept = text;
    },
  };
}
