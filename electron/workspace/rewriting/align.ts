/** Lines of a text before and after: what stayed, what became something else, what is gone and what is new. */
export interface Alignment {
  /** For each line after, the line before that it was; undefined for a new one. */
  readonly before: readonly (number | undefined)[];
  /** Lines before that are gone. */
  readonly gone: readonly number[];
}

export interface Line {
  /** Equal for lines that say the same. */
  readonly key: string;
  /** A line can only have become one of its kind. */
  readonly kind: string;
}

/** Beyond so many pairs to look at, the middle of a text counts as written anew. */
const MOST = 4_000_000;

/** Aligns two texts by their longest common subsequence; between what stayed, lines of one kind became one another. */
export function align(before: readonly Line[], after: readonly Line[]): Alignment {
  const found: (number | undefined)[] = after.map(() => undefined);
  let start = 0;
  while (start < before.length && start < after.length && before[start]?.key === after[start]?.key) {
    found[start] = start;
    start++;
  }
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end)?.key === after.at(-1 - end)?.key) {
    found[after.length - 1 - end] = before.length - 1 - end;
    end++;
  }
  for (const [i, j] of common(before.slice(start, before.length - end), after.slice(start, after.length - end)))
    found[start + j] = start + i;
  const taken = new Set(found);
  // What was moved is still what it was.
  const free = new Map<string, number[]>();
  for (let i = before.length - 1; i >= 0; i--) {
    const key = before[i]?.key ?? "";
    if (!taken.has(i)) free.set(key, [...(free.get(key) ?? []), i]);
  }
  for (const [j, line] of after.entries()) {
    if (found[j] !== undefined) continue;
    found[j] = free.get(line.key)?.pop();
    taken.add(found[j]);
  }
  pairUp(before, after, found, taken);
  return { before: found, gone: before.flatMap((_, i) => (taken.has(i) ? [] : [i])) };
}

/** Between two lines that stayed, the first changed line of a kind became the first new one of that kind. */
function pairUp(
  before: readonly Line[],
  after: readonly Line[],
  found: (number | undefined)[],
  taken: Set<number | undefined>,
): void {
  let from = 0;
  let j = 0;
  while (j < after.length) {
    const known = found[j];
    if (known !== undefined) {
      from = known + 1;
      j++;
      continue;
    }
    let until = j;
    while (until < after.length && found[until] === undefined) until++;
    const next = found[until] ?? before.length;
    const left = before.flatMap((line, i) => (i >= from && i < next && !taken.has(i) ? [{ i, kind: line.kind }] : []));
    for (; j < until; j++) {
      const at = left.findIndex(({ kind }) => kind === after[j]?.kind);
      if (at < 0) continue;
      found[j] = left[at]?.i;
      taken.add(left[at]?.i);
      left.splice(0, at + 1);
    }
  }
}

/** Pairs of a longest common subsequence. */
function common(before: readonly Line[], after: readonly Line[]): readonly (readonly [number, number])[] {
  const [n, m] = [before.length, after.length];
  if (n === 0 || m === 0 || n * m > MOST) return [];
  const lengths = new Uint32Array((n + 1) * (m + 1));
  const at = (i: number, j: number) => i * (m + 1) + j;
  for (let i = n - 1; i >= 0; i--)
    for (let j = m - 1; j >= 0; j--)
      lengths[at(i, j)] =
        before[i]?.key === after[j]?.key
          ? (lengths[at(i + 1, j + 1)] ?? 0) + 1
          : Math.max(lengths[at(i + 1, j)] ?? 0, lengths[at(i, j + 1)] ?? 0);
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < n && j < m; ) {
    if (before[i]?.key === after[j]?.key) pairs.push([i++, j++]);
    else if ((lengths[at(i + 1, j)] ?? 0) >= (lengths[at(i, j + 1)] ?? 0)) i++;
    else j++;
  }
  return pairs;
}
