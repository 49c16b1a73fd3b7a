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
  const middle = byEdits(left, right) ?? byStretches(left, right);
  return [...head, ...middle.map(([i, j]) => [i + start, j + start] as const), ...tail];
}

const isSame = (x: string | undefined, y: string | undefined): boolean => x !== undefined && x === y;

/** With more differences than this, what is common is only looked for between stretches that occur once on either side. */
const MOST_EDITS = 3000;

/** By the fewest steps that come and go (E. W. Myers, 1986); undefined where they are too many. */
function byEdits(a: Keys, b: Keys): readonly (readonly [number, number])[] | undefined {
  /** For each number of differences, how far in `a` each diagonal has come with them. */
  const reached: Int32Array[] = [];
  let before = new Int32Array(3);
  for (let edits = 0; edits <= Math.min(MOST_EDITS, a.length + b.length); edits++) {
    const far = new Int32Array(2 * edits + 3);
    for (let k = -edits; k <= edits; k += 2) {
      let i =
        edits === 0
          ? 0
          : isFromAbove(before, edits, k)
            ? at(before, edits - 1, k + 1)
            : at(before, edits - 1, k - 1) + 1;
      while (i < a.length && i - k < b.length && isSame(a[i], b[i - k])) i++;
      far[k + edits + 1] = i;
      if (i >= a.length && i - k >= b.length) return pathTo(a, b, [...reached, far]);
    }
    reached.push(far);
    before = far;
  }
  return undefined;
}

const at = (far: Int32Array, edits: number, k: number): number => far[k + edits + 1] ?? 0;

/** Whether a diagonal is best reached by what comes in `b`, and not by what goes from `a`. */
const isFromAbove = (before: Int32Array, edits: number, k: number): boolean =>
  k === -edits || (k !== edits && at(before, edits - 1, k - 1) < at(before, edits - 1, k + 1));

function pathTo(a: Keys, b: Keys, reached: readonly Int32Array[]): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let [i, k] = [a.length, a.length - b.length];
  for (let edits = reached.length - 1; edits >= 0; edits--) {
    const before = reached[edits - 1];
    const above = before !== undefined && isFromAbove(before, edits, k);
    const start = before === undefined ? 0 : above ? at(before, edits - 1, k + 1) : at(before, edits - 1, k - 1) + 1;
    while (i > start) {
      i--;
      found.push([i, i - k]);
    }
    if (before === undefined) break;
    if (above) k++;
    else {
      k--;
      i--;
    }
  }
  return found.reverse();
}

/** How long a stretch is, from the surest to the last try. */
const STRETCHES = [8, 4, 2, 1];

function byStretches(a: Keys, b: Keys): readonly (readonly [number, number])[] {
  for (const length of STRETCHES) {
    const [ours, theirs] = [stretches(a, length), stretches(b, length)];
    const both = [...ours].flatMap(([stretch, i]): (readonly [number, number])[] => {
      const j = theirs.get(stretch);
      return i === undefined || j === undefined ? [] : [[i, j]];
    });
    const anchors = inOrder(both);
    if (anchors.length > 0) return aroundAnchors(a, b, anchors);
  }
  return byOrder(a, b);
}

/** Where each stretch begins that occurs once. */
function stretches(keys: Keys, length: number): ReadonlyMap<string, number | undefined> {
  const found = new Map<string, number | undefined>();
  for (let i = 0; i + length <= keys.length; i++) {
    const part = keys.slice(i, i + length);
    if (part.includes(undefined)) continue;
    const stretch = part.join("\n");
    found.set(stretch, found.has(stretch) ? undefined : i);
  }
  return found;
}

function aroundAnchors(a: Keys, b: Keys, anchors: readonly (readonly [number, number])[]) {
  const found: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...anchors, [a.length, b.length] as const]) {
    const between = longestCommon(a.slice(i, x), b.slice(j, y));
    for (const [u, v] of between) found.push([u + i, v + j]);
    if (x < a.length) found.push([x, y]);
    [i, j] = [x + 1, y + 1];
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
