import type { Graph } from "./graph.ts";
import { bestWay, type Paths } from "./paths.ts";

/**
 * Which runs are judged. A requirement reads a whole run, and equal worlds may have different pasts: where there are
 * few orders all of them are judged, otherwise so many that every transition between worlds is in one of them.
 */
export interface Sample {
  readonly runs: Iterable<readonly number[]>;
  readonly isAll: boolean;
}

export function runsToJudge(graph: Graph, paths: Paths, most: number): Sample {
  let orders = 0;
  for (const [node, isEnd] of graph.isEnd.entries()) if (isEnd) orders += paths.count[node] ?? 0;
  const isAll = orders <= most && graph.stopped === undefined && !graph.isCyclic;
  return { runs: isAll ? allRuns(graph) : coveringRuns(graph, paths), isAll };
}

function* allRuns(graph: Graph): Generator<readonly number[]> {
  const path: number[] = [];
  const stack = [{ node: 0, next: 0 }];
  if (graph.isEnd[0] === true) yield [];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    if (top.next < (graph.edges[top.node] ?? 0)) {
      const edge = (graph.firstEdge[top.node] ?? 0) + top.next++;
      const to = graph.edgeTo[edge] ?? 0;
      path.push(edge);
      stack.push({ node: to, next: 0 });
      if (graph.isEnd[to] === true) yield [...path];
    } else {
      stack.pop();
      path.pop();
    }
  }
}

/** For every edge and every end a run that has it, each with as many new ones as it can take in. */
function* coveringRuns(graph: Graph, paths: Paths): Generator<readonly number[]> {
  const covered = new Uint8Array(graph.edgeTo.length);
  const ended = new Uint8Array(graph.worldOf.length);
  const finishes = whatFinishes(graph);
  const useful = (edge: number) => finishes[graph.edgeTo[edge] ?? 0] === 1;
  function* runsFrom(way: number[], from: number): Generator<readonly number[]> {
    let node = from;
    for (let turns = 0; turns < graph.worldOf.length; turns++) {
      const out = edgesOf(graph, node).filter(useful);
      const next = out.find((edge) => covered[edge] === 0) ?? (graph.isEnd[node] === true ? undefined : out[0]);
      if (next === undefined) break;
      way.push(next);
      node = graph.edgeTo[next] ?? 0;
    }
    for (const edge of way) covered[edge] = 1;
    ended[node] = 1;
    yield way;
  }
  for (let i = graph.postorder.length - 1; i >= 0; i--) {
    const node = graph.postorder[i] ?? 0;
    for (const edge of edgesOf(graph, node))
      if (covered[edge] === 0 && useful(edge))
        yield* runsFrom([...bestWay(node, paths), edge], graph.edgeTo[edge] ?? 0);
  }
  for (const [node, isEnd] of graph.isEnd.entries()) if (isEnd && ended[node] === 0) yield bestWay(node, paths);
}

function edgesOf(graph: Graph, node: number): number[] {
  const first = graph.firstEdge[node] ?? 0;
  return Array.from({ length: graph.edges[node] ?? 0 }, (_, i) => first + i);
}

/** Nodes from which an end can be reached; others only lead to what is followed elsewhere, or was not followed at all. */
function whatFinishes(graph: Graph): Uint8Array {
  const finishes = new Uint8Array(graph.worldOf.length);
  for (const node of graph.postorder)
    if (graph.isEnd[node] === true || edgesOf(graph, node).some((edge) => finishes[graph.edgeTo[edge] ?? 0] === 1))
      finishes[node] = 1;
  return finishes;
}
