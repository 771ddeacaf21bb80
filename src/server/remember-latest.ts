/**
 * Keeps what was made last, so that it is not made again at once.
 *
 * @module
 */

/** `make` with a memory of the `count` latest keys. What failed is not remembered. */
export function rememberLatest<K, V>(count: number, make: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const made = new Map<K, Promise<V>>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) {
      made.delete(key);
      made.set(key, known);
      return known;
    }
    const value = make(key);
    made.set(key, value);
    value.catch(() => made.delete(key));
    const oldest = made.keys().next();
    if (made.size > count && !oldest.done) made.delete(oldest.value);
    return value;
  };
}
