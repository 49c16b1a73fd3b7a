import type { Stopped } from "../../../shared/run/exploration.ts";
import type { Freedoms } from "./freedoms.ts";
import type { LocalMachine } from "./local.ts";
import type { Move, Moves } from "./moves.ts";
import { persistentMoves } from "./persistent.ts";
import { type Coding, type Position, TooMany } from "./position.ts";

/**
 * The worlds that can be reached, equal ones once, without the orders that differ only in what is independent.
 *
 * Independent moves can be taken in either order and lead to the same world. Of all orders that become one another by
 * such exchanges exactly one is followed to its end, by sleep sets (Godefroid, Partial-Order Methods, 1996, §5): after a
 * move has been followed from a world, it sleeps in what comes after its later siblings until a move that depends on it
 * wakes it. A node is a world together with what sleeps there, so the number of paths is the number of different orders.
 */
export interface Graph {
  /** Different worlds. */
  readonly states: number;
  /** By node the world it stands for; node 0 is the start. */
  readonly worldOf: readonly string[];
  /** The edges of node n are `firstEdge[n]` to `firstEdge[n] + edges[n] - 1`. */
  readonly firstEdge: readonly number[];
  readonly edges: readonly number[];
  readonly edgeMove: readonly number[];
  readonly edgeTo: readonly number[];
  /** Whether a run may end at the node. */
  readonly isEnd: readonly boolean[];
  /** Every node after all that come after it. */
  readonly postorder: readonly number[];
  /** A world leads back to itself. */
  readonly isCyclic: boolean;
  readonly stopped?: Stopped;
}

export interface Bounds {
  /** Different worlds after which the exploration stops. */
  readonly states: number;
  /** Turns after which a run is not followed further. */
  readonly depth: number;
}

export interface Reporting {
  readonly onProgress?: (states: number, transitions: number) => void;
  /** Asked now and then; the engine has no clock of its own. */
  readonly shouldStop?: () => boolean;
}

/** Whether the order of two moves makes no difference. */
export function areIndependent(a: Move, b: Move): boolean {
  if (a.at === b.at || a.alone || b.alone) return false;
  // Losses share their number; a message is either lost or delivered.
  return !(a.isLoss && b.isLoss) && (a.parcel < 0 || a.parcel !== b.parcel);
}

/** What a graph is made from. */
export interface Ground {
  readonly machine: LocalMachine;
  readonly freedoms: Freedoms;
  readonly moves: Moves;
  readonly coding: Coding;
  /** Without it every order of every move is followed: what the reduced graph is compared with. */
  readonly reduce: boolean;
  /** False: also what has been followed before in another order, so that every world has all its turns. */
  readonly sleeps?: boolean;
}

/** Follows everything that may happen from `start`, depth first, within the bounds. */
export function buildGraph(ground: Ground, start: Position, bounds: Bounds, reporting: Reporting): Graph {
  for (;;) {
    const known = ground.machine.edges.length;
    const graph = followAll(ground, start, bounds, reporting, known);
    // Somebody was seen to send to somebody new: what was left out on the assumption that nobody does is looked at again.
    if (graph !== undefined) return graph;
  }
}

/** Nodes and edges as they are found. */
function newSketch(coding: Coding) {
  const states = new Map<string, number>();
  const sleeps = new Map<string, number>();
  const sleepTexts: string[] = [];
  const nodes = new Map<number, number>();
  const firstNodes: number[] = [];
  const sketch = {
    states,
    worldOf: [] as string[],
    sleepOf: [] as string[],
    firstEdge: [] as number[],
    edges: [] as number[],
    edgeMove: [] as number[],
    edgeTo: [] as number[],
    isEnd: [] as boolean[],
    postorder: [] as number[],
    isCyclic: false,
    isCut: false,
    stopped: undefined as Stopped | undefined,
    nodeFor: (position: Position, asleep: readonly number[]): number => {
      const text = coding.encode(position);
      let state = states.get(text);
      if (state === undefined) {
        state = states.size;
        states.set(text, state);
      }
      const sleepText = asleep.length === 0 ? "" : String.fromCharCode(...asleep);
      let sleep = sleeps.get(sleepText);
      if (sleep === undefined) {
        sleep = sleepTexts.length;
        sleeps.set(sleepText, sleep);
        sleepTexts.push(sleepText);
      }
      const first = firstNodes[state];
      if (first !== undefined && sketch.sleepOf[first] === sleepText) return first;
      const key = state * 0x4000000 + sleep;
      const node = first === undefined ? undefined : nodes.get(key);
      if (node !== undefined) return node;
      const added = sketch.worldOf.length;
      // Most worlds are entered with nothing, or the same, asleep.
      if (first === undefined) firstNodes[state] = added;
      else nodes.set(key, added);
      sketch.worldOf.push(text);
      sketch.sleepOf.push(sleepTexts[sleep] ?? "");
      sketch.firstEdge.push(-1);
      sketch.edges.push(0);
      sketch.isEnd.push(false);
      return added;
    },
  };
  return sketch;
}

type Sketch = ReturnType<typeof newSketch>;

/** Adds the edges of a node. */
function expand(
  sketch: Sketch,
  node: number,
  { moves, coding, machine, freedoms, reduce, sleeps = reduce }: Ground,
): void {
  const position = coding.decode(sketch.worldOf[node] ?? "");
  const { moves: possible, rest } = moves.next(position);
  const asleep = Array.from(sketch.sleepOf[node] ?? "", (char) => moves.move(char.charCodeAt(0)));
  const enough = reduce && freedoms.anyOrder ? persistentMoves(position, possible, machine, freedoms) : possible;
  sketch.isEnd[node] = rest;
  for (const move of enough) {
    if (asleep.includes(move)) continue;
    const sleep = asleep.filter((other) => areIndependent(other, move)).map((other) => other.id);
    const to = sketch.nodeFor(
      moves.take(position, move),
      sleep.sort((a, b) => a - b),
    );
    sketch.edgeMove.push(move.id);
    sketch.edgeTo.push(to);
    if (sleeps) asleep.push(move);
  }
}

/** After so many nodes progress is told and the wish to stop is asked for. */
const beat = 1024;

function followAll(
  ground: Ground,
  start: Position,
  bounds: Bounds,
  { onProgress, shouldStop }: Reporting,
  knownEdges: number,
): Graph | undefined {
  const sketch = newSketch(ground.coding);
  const path: { readonly node: number; next: number }[] = [];
  const onPath = new Set<number>();
  const report = () => onProgress?.(sketch.states.size, sketch.edgeMove.length);
  let entered = 0;
  const enter = (node: number): void => {
    if (entered++ % beat === 0) {
      report();
      if (shouldStop?.() === true) sketch.stopped ??= "asked";
    }
    if (sketch.states.size >= bounds.states) sketch.stopped ??= "states";
    sketch.firstEdge[node] = sketch.edgeMove.length;
    if (path.length >= bounds.depth) sketch.isCut = true;
    else if (sketch.stopped === undefined) expand(sketch, node, ground);
    sketch.edges[node] = sketch.edgeMove.length - (sketch.firstEdge[node] ?? 0);
    path.push({ node, next: 0 });
    onPath.add(node);
  };
  try {
    enter(sketch.nodeFor(start, []));
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      if (ground.reduce && ground.machine.edges.length !== knownEdges) return undefined;
      const { node, next } = top;
      if (next < (sketch.edges[node] ?? 0)) {
        top.next++;
        const to = sketch.edgeTo[(sketch.firstEdge[node] ?? 0) + next] ?? 0;
        if (onPath.has(to)) sketch.isCyclic = true;
        else if (sketch.firstEdge[to] === -1) enter(to);
      } else {
        path.pop();
        onPath.delete(node);
        sketch.postorder.push(node);
      }
    }
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    sketch.stopped = "states";
    for (const { node } of path.toReversed()) {
      sketch.edges[node] = sketch.edgeTo.length - (sketch.firstEdge[node] ?? 0) > 0 ? (sketch.edges[node] ?? 0) : 0;
      sketch.postorder.push(node);
    }
  }
  report();
  const stopped = sketch.stopped ?? (sketch.isCut ? "depth" : undefined);
  return { ...sketch, states: sketch.states.size, ...(stopped === undefined ? undefined : { stopped }) };
}
