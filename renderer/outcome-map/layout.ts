import { Graph, layout } from "@dagrejs/dagre";
import type { Box } from "../network/curve.ts";
import { type DrawnMap, REST } from "./drawn.ts";
import { wayText } from "./words.ts";

/** Where the parts of a map stand: left to right, the start first. Pure; the same map stands the same way each time. */
export interface PlacedMap {
  readonly nodes: ReadonlyMap<string, Box>;
  readonly ways: readonly PlacedWay[];
}

export interface PlacedWay {
  /** Its index in the map's list. */
  readonly index: number;
  readonly path: string;
  /** The box of its words; absent where it has none in the picture. */
  readonly label?: Box;
}

const DECISION = { width: 118, height: 44 } as const;
const OUTCOME = { width: 292, height: 66 } as const;
/** About as wide as a letter of a label is; longer labels go over up to three lines, then are cut. */
const LETTER = 6.1;
const LABEL = { most: 200, line: 16, lines: 3 } as const;

function labelSize(text: string): { readonly width: number; readonly height: number } {
  const wide = text.length * LETTER + 14;
  // Lines break between words, so they are not filled.
  const lines = wide <= LABEL.most ? 1 : Math.min(LABEL.lines, Math.ceil((wide * 1.15) / LABEL.most));
  return { width: Math.min(wide, LABEL.most), height: lines * LABEL.line + 4 };
}

export function placed(map: DrawnMap): PlacedMap {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 14, edgesep: 10, ranksep: 34, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of map.decisions) graph.setNode(id, { ...DECISION });
  for (const { outcome } of map.outcomes) graph.setNode(outcome.id, { ...OUTCOME });
  if (map.rest.length > 0) graph.setNode(REST, { ...OUTCOME });
  const depth = depths(map);
  // Many ways that are folded need room to fan out.
  const last = Math.max(0, ...depth.values()) + (map.folded > 0 ? 2 : 1);
  for (const [index, way] of map.ways.entries()) {
    const size = way.goesOn || way.turns.length === 0 ? undefined : labelSize(wayText(way));
    // Outcomes stand in one column, whatever leads to them.
    const minlen = (depth.get(way.to) ?? last) - (depth.get(way.from) ?? 0);
    const label = size === undefined ? { weight: 0 } : { ...size, labelpos: "c" as const };
    graph.setEdge(way.from, way.to, { ...label, minlen }, String(index));
  }
  layout(graph);
  const nodes = new Map<string, Box>();
  for (const id of graph.nodes()) nodes.set(id, boxOf(graph.node(id)));
  const ways = map.ways.map((way, index): PlacedWay => {
    const edge = graph.edge(way.from, way.to, String(index));
    const [start, end] = [sideOf(nodes.get(way.from), 1), sideOf(nodes.get(way.to), 0)];
    // What is folded goes straight there, so that it does not look like what is known.
    if (way.goesOn || way.turns.length === 0) return { index, path: curve([start, end]) };
    return { index, path: curve([start, ...(edge.points ?? []).slice(1, -1), end]), label: boxOf(edge) };
  });
  return { nodes, ways };
}

/** By decision how many ways lead there at most, one after the other. Ways lead to what stands further on in the list. */
function depths({ decisions, ways }: DrawnMap): ReadonlyMap<string, number> {
  const found = new Map(decisions.map(({ id }) => [id, 0]));
  for (const { id } of decisions)
    for (const { from, to } of ways)
      if (from === id && found.has(to)) found.set(to, Math.max(found.get(to) ?? 0, (found.get(id) ?? 0) + 1));
  return found;
}

/** The middle of a box's left side, or with 1 of its right one. */
function sideOf(box: Box | undefined, side: 0 | 1): { readonly x: number; readonly y: number } {
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + side * width, y: y + height / 2 };
}

interface Centred {
  readonly x?: number | undefined;
  readonly y?: number | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Centred): Box {
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2), width, height };
}

/** A smooth line through points, level at each of them. */
function curve(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${Math.round(first.x)} ${Math.round(first.y)}`;
  let { x, y } = first;
  for (const next of rest) {
    const middle = Math.round((x + next.x) / 2);
    path += `C${middle} ${Math.round(y)} ${middle} ${Math.round(next.y)} ${Math.round(next.x)} ${Math.round(next.y)}`;
    ({ x, y } = next);
  }
  return path;
}
