import {
  type DecisiveTurn,
  folded,
  mostDecisions,
  mostTurns,
  type OutcomeMap,
  type Way,
} from "../../../shared/run/outcome-map.ts";
import type { Topology } from "../topology.ts";
import { phraseOf } from "../what-if/phrases.ts";
import type { Graph, Ground } from "./graph.ts";
import type { Move } from "./moves.ts";
import { endingOf } from "./outcome.ts";

/** The worlds of a graph, and which outcomes each of them can still reach. */
export interface Prospects {
  /** By node the number of its world. */
  readonly worldOf: Uint32Array;
  /** By world the outcomes that are left, each a bit. Equal for all nodes of one world. */
  readonly left: readonly bigint[];
  /** By world its own outcome where a run may end there, else -1. */
  readonly own: Int32Array;
}

/**
 * Which outcomes can still be reached from each world of a graph.
 * @param outcomeAt the number of the outcome that a run has which ends in the given world.
 */
export function prospectsOf(graph: Graph, outcomeAt: (world: string) => number): Prospects {
  const { worldOf: textOf, postorder, firstEdge, edges, edgeTo, isEnd } = graph;
  const numbers = new Map<string, number>();
  const worldOf = Uint32Array.from(textOf, (text) => {
    const known = numbers.get(text);
    if (known === undefined) numbers.set(text, numbers.size);
    return known ?? numbers.size - 1;
  });
  const left: bigint[] = new Array(numbers.size).fill(0n);
  const own = new Int32Array(numbers.size).fill(-1);
  for (const [node, isOne] of isEnd.entries()) {
    if (!isOne) continue;
    const outcome = outcomeAt(textOf[node] ?? "");
    if (outcome < 0) continue;
    own[worldOf[node] ?? 0] = outcome;
    left[worldOf[node] ?? 0] = 1n << BigInt(outcome);
  }
  // A world may be several nodes, and may lead back to itself: until nothing changes.
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of postorder) {
      const world = worldOf[node] ?? 0;
      const before = left[world] ?? 0n;
      let after = before;
      const first = firstEdge[node] ?? 0;
      for (let edge = first; edge < first + (edges[node] ?? 0); edge++)
        after |= left[worldOf[edgeTo[edge] ?? 0] ?? 0] ?? 0n;
      if (after === before) continue;
      left[world] = after;
      changed = true;
    }
  }
  return { worldOf, left, own };
}

/**
 * The map of a graph: worlds with the same outcomes left become one.
 * @param keys of the outcomes by their ids, in the order of the result; those that the graph does not reach lie beyond
 * the start by turns that are not known.
 * @param complete whether every turn of every world is in the graph.
 */
export function outcomeMap(
  topology: Topology,
  { moves, coding, machine }: Pick<Ground, "moves" | "coding" | "machine">,
  graph: Graph,
  outcomes: readonly { readonly id: string; readonly key: string }[],
  complete: boolean,
): OutcomeMap {
  const numberOf = new Map(outcomes.map(({ key }, index) => [key, index]));
  const outcomeAt = (world: string) => numberOf.get(endingOf(topology, coding.decode(world).locals).key) ?? -1;
  const { worldOf, left, own } = prospectsOf(graph, outcomeAt);
  const all = (1n << BigInt(outcomes.length)) - 1n;
  const start = worldOf[0] ?? 0;
  // Elsewhere may be what was found by another search only.
  const setAt = (world: number) => (world === start ? all : (left[world] ?? 0n));
  const says = phrases(topology, machine);
  const drafts: Drafts = new Map();
  const note = (from: bigint, to: bigint, turn: DecisiveTurn, weight: number) => {
    const turns = turnsBetween(drafts, from, to);
    if (!turns.has(turn.says)) turns.set(turn.says, { turn, weight });
  };
  const { postorder, firstEdge, edges, edgeMove, edgeTo } = graph;
  for (let at = postorder.length - 1; at >= 0; at--) {
    const node = postorder[at] ?? 0;
    const world = worldOf[node] ?? 0;
    const from = setAt(world);
    if (isSingle(from)) continue;
    const ending = own[world] ?? -1;
    if (ending >= 0) note(from, 1n << BigInt(ending), { says: "Nothing more happens" }, 0);
    const first = firstEdge[node] ?? 0;
    for (let edge = first; edge < first + (edges[node] ?? 0); edge++) {
      const to = setAt(worldOf[edgeTo[edge] ?? 0] ?? 0);
      if (to === from || to === 0n) continue;
      const move = moves.move(edgeMove[edge] ?? 0);
      note(from, to, { says: says(move), choice: move.choice }, move.weight);
    }
  }
  for (const bit of bitsOf(all & ~(left[start] ?? 0n))) turnsBetween(drafts, all, 1n << BigInt(bit));
  return folded(assembled(drafts, outcomes, all, complete), mostDecisions);
}

/** The turns of a way, by their words. */
type DraftTurns = Map<string, { readonly turn: DecisiveTurn; readonly weight: number }>;
type Drafts = Map<bigint, Map<bigint, DraftTurns>>;

/** The turns of the way between two sets, which is there from then on. */
function turnsBetween(drafts: Drafts, from: bigint, to: bigint): DraftTurns {
  const ways = drafts.get(from) ?? new Map<bigint, DraftTurns>();
  drafts.set(from, ways);
  const turns: DraftTurns = ways.get(to) ?? new Map();
  ways.set(to, turns);
  return turns;
}

const isSingle = (set: bigint): boolean => (set & (set - 1n)) === 0n;

function bitsOf(set: bigint): number[] {
  const digits = set.toString(2);
  const bits: number[] = [];
  for (let at = digits.length - 1; at >= 0; at--) if (digits[at] === "1") bits.push(digits.length - 1 - at);
  return bits;
}

function assembled(
  drafts: Drafts,
  outcomes: readonly { readonly id: string }[],
  all: bigint,
  complete: boolean,
): OutcomeMap {
  const idOf = (bit: number) => outcomes[bit]?.id ?? "";
  // Where more is left comes first, so what a way leads to stands after what it leaves.
  const sets = [...new Set([all, ...drafts.keys(), ...[...drafts.values()].flatMap((ways) => [...ways.keys()])])]
    .filter((set) => !isSingle(set))
    .map((set) => ({ set, bits: bitsOf(set) }))
    .sort((a, b) => b.bits.length - a.bits.length || compareLists(a.bits, b.bits));
  const names = new Map(sets.map(({ set }, index) => [set, `d${index + 1}`]));
  const nameOf = (set: bigint) => names.get(set) ?? idOf(bitsOf(set)[0] ?? 0);
  const rank = new Map(sets.map(({ set }, index) => [set, index]));
  const rankOf = (set: bigint) => rank.get(set) ?? sets.length + (bitsOf(set)[0] ?? 0);
  const ways = sets.flatMap(({ set }): Way[] =>
    [...(drafts.get(set) ?? [])]
      .sort(([a], [b]) => rankOf(a) - rankOf(b))
      .map(([to, turns]) => {
        const sorted = [...turns.values()].sort((a, b) => b.weight - a.weight || (a.turn.says < b.turn.says ? -1 : 1));
        return {
          from: nameOf(set),
          to: nameOf(to),
          turns: sorted.slice(0, mostTurns).map(({ turn }) => turn),
          more: Math.max(0, sorted.length - mostTurns),
          goesOn: false,
        };
      }),
  );
  return {
    complete,
    decisions: sets.map(({ bits }, index) => ({ id: `d${index + 1}`, outcomes: bits.map(idOf) })),
    ways,
    folded: 0,
  };
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** Moves in a person's words, each made once. */
function phrases(topology: Topology, machine: Ground["machine"]): (move: Move) => string {
  const known = new Map<number, string>();
  return (move) => {
    let phrase = known.get(move.id);
    if (phrase === undefined) {
      const hop = move.parcel < 0 ? undefined : machine.parcelOf(move.parcel).hop;
      const { says } = phraseOf(topology, move.choice, hop, true);
      phrase = says.charAt(0).toUpperCase() + says.slice(1);
      known.set(move.id, phrase);
    }
    return phrase;
  };
}
