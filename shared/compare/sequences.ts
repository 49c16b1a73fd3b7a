/** The longest chain of pairs that stand in one order on both sides, in that order. */
export function inOrder<Pair extends readonly [number, number]>(pairs: readonly Pair[]): readonly Pair[] {
  const sorted = [...pairs].sort((x, y) => x[0] - y[0]);
  /** The last pair of the best chain of each length, and what stands before each pair in its chain. */
  const ends: Pair[] = [];
  const before = new Map<Pair, Pair | undefined>();
  for (const pair of sorted) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle]?.[1] ?? 0) < pair[1]) low = middle + 1;
      else high = middle;
    }
    before.set(pair, ends[low - 1]);
    ends[low] = pair;
  }
  const chain: Pair[] = [];
  for (let pair = ends.at(-1); pair !== undefined; pair = before.get(pair)) chain.push(pair);
  return chain.reverse();
}

type Keys = readonly (string | undefined)[];

/** Beyond so many cells, what is common is looked for in one pass instead of in the whole table. */
const MOST_CELLS = 400_000;

/** Positions of a longest sequence common to both; of very long ones a long one. Those without a key are in none. */
export function longestCommon(a: Keys, b: Keys): readonly (readonly [number, number])[] {
  let start = 0;
  while (start < a.length && start < b.length && isSame(a[start], b[start])) start++;
  let end = 0;
  const most = Math.min(a.length, b.length) - start;
  while (end < most && isSame(a[a.length - 1 - end], b[b.length - 1 - end])) end++;
  const head = Array.from({ length: start }, (_, i) => [i, i] as const);
  const tail = Array.from({ length: end }, (_, i) => [a.length - end + i, b.length - end + i] as const);
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  const middle = (left.length * right.length > MOST_CELLS ? byOrder : byTable)(left, right);
  return [...head, ...middle.map(([i, j]) => [i + start, j + start] as const), ...tail];
}

const isSame = (x: string | undefined, y: string | undefined): boolean => x !== undefined && x === y;

function byTable(a: Keys, b: Keys): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  /** How much the rest of `a` from i and the rest of `b` from j have in common. */
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = isSame(a[i], b[j]) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (isSame(a[i], b[j])) found.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

/** The first of each key with the first, as far as that keeps the order. */
function byOrder(a: Keys, b: Keys): readonly (readonly [number, number])[] {
  const waiting = new Map<string, number[]>();
  for (const [j, key] of b.entries()) {
    if (key === undefined) continue;
    const others = waiting.get(key);
    if (others === undefined) waiting.set(key, [j]);
    else others.push(j);
  }
  const next = new Map<string, number>();
  const pairs = a.flatMap((key, i): (readonly [number, number])[] => {
    if (key === undefined) return [];
    const count = next.get(key) ?? 0;
    const j = waiting.get(key)?.[count];
    next.set(key, count + 1);
    return j === undefined ? [] : [[i, j]];
  });
  return inOrder(pairs);
}
