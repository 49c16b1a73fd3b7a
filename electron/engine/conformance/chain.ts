/**
 * What was noted under a key, the last first. Worlds that go on from one share what was noted before, so that a note costs
 * the same however long the flow is; what is looked up was mostly noted lately.
 */
export interface Chain<K, V> {
  readonly key: K;
  readonly value: V;
  readonly before: Chain<K, V> | undefined;
}

/** The chain with one note more. */
export function noted<K, V>(before: Chain<K, V> | undefined, key: K, value: V): Chain<K, V> {
  return { key, value, before };
}

/** What was noted last under `key`. */
export function lookUp<K, V>(chain: Chain<K, V> | undefined, key: K): V | undefined {
  for (let at = chain; at !== undefined; at = at.before) if (at.key === key) return at.value;
  return undefined;
}

/** The last note for which `isMeant` holds. */
export function findNoted<K, V>(chain: Chain<K, V> | undefined, isMeant: (value: V) => boolean): V | undefined {
  for (let at = chain; at !== undefined; at = at.before) if (isMeant(at.value)) return at.value;
  return undefined;
}
