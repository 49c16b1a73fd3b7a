import type { Choice } from "../../../shared/run/choice.ts";
import type { Graph } from "./graph.ts";
import type { Moves } from "./moves.ts";

/** Paths through a graph: how many lead where, and the best one to each node. */
export interface Paths {
  /** Number of different orders that lead to each node; `Number.MAX_SAFE_INTEGER` stands for at least that many. */
  readonly count: Float64Array;
  /** The best way to a node: fewest departures from the default order that a person would name, then fewest turns. */
  readonly cost: Float64Array;
  /** The last edge of that way; -1 at the start. */
  readonly lastEdge: Int32Array;
  /** Where each edge begins. */
  readonly edgeFrom: Int32Array;
}

/** No run has so many turns. */
const perDeparture = 2 ** 24;

export function findPaths(graph: Graph, moves: Moves): Paths {
  const size = graph.worldOf.length;
  const count = new Float64Array(size);
  const cost = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const lastEdge = new Int32Array(size).fill(-1);
  const edgeFrom = new Int32Array(graph.edgeTo.length);
  count[0] = 1;
  cost[0] = 0;
  for (let i = graph.postorder.length - 1; i >= 0; i--) {
    const node = graph.postorder[i] ?? 0;
    const first = graph.firstEdge[node] ?? 0;
    for (let edge = first; edge < first + (graph.edges[node] ?? 0); edge++) {
      const to = graph.edgeTo[edge] ?? 0;
      edgeFrom[edge] = node;
      count[to] = Math.min(Number.MAX_SAFE_INTEGER, (count[to] ?? 0) + (count[node] ?? 0));
      const next = (cost[node] ?? 0) + 1 + perDeparture * moves.move(graph.edgeMove[edge] ?? 0).weight;
      if (next >= (cost[to] ?? 0)) continue;
      cost[to] = next;
      lastEdge[to] = edge;
    }
  }
  return { count, cost, lastEdge, edgeFrom };
}

/** The edges of the best way to a node, from the start. */
export function bestWay(node: number, { lastEdge, edgeFrom }: Paths): number[] {
  const edges: number[] = [];
  for (let edge = lastEdge[node] ?? -1; edge >= 0; edge = lastEdge[edgeFrom[edge] ?? 0] ?? -1) edges.push(edge);
  return edges.reverse();
}

/** The turns that edges stand for, each taken at once. */
export function turnsOf(edges: readonly number[], graph: Graph, moves: Moves): Choice[] {
  return edges.map((edge) => atOnce(moves.move(graph.edgeMove[edge] ?? 0).choice));
}

/** The choice, taken at once where a script would wait for rest. */
export function atOnce(choice: Choice): Choice {
  return choice.kind === "stimulate" || choice.kind === "expire" || choice.kind === "inject"
    ? { ...choice, now: true }
    : choice;
}
