import type { Lifeline } from "../../shared/diagram/diagram.ts";
import { linkId, type Network, type NetworkGroup } from "../../shared/diagram/network.ts";
import type { Role } from "../../shared/flow/flow.ts";
import type { ParticipantId } from "../../shared/run/choice.ts";
import { type Box, type Curve, connect, reversed } from "./curve.ts";

/** Where everything of a network stands. Pure; the same network gives the same places. */

export interface Placed {
  readonly nodes: ReadonlyMap<ParticipantId, Box>;
  /** The frames of the networks; participants without one have none. */
  readonly frames: readonly (Box & { readonly domain: string })[];
  /** The line between two participants by `linkId`, from the smaller id to the greater. */
  readonly lines: ReadonlyMap<string, Curve>;
}

export const NODE = { width: 172, height: 62 } as const;
const GAP_X = 42;
const GAP_Y = 34;
/** Between servers, cores and clients. */
const LANE_GAP = 70;
const PAD = 20;
const TITLE = 28;
const FRAME_GAP = 72;
/** By how much more rows have to make the picture larger. */
const WORTH = 1.4;

/** Servers above the core above the clients. */
const LANES: Readonly<Record<Role, number>> = {
  controllingFunction: 0,
  participatingFunction: 0,
  core: 1,
  other: 1,
  client: 2,
};
const LANE_NUMBERS = [0, 1, 2];

const pitchX = NODE.width + GAP_X;
const pitchY = NODE.height + GAP_Y;

/** Most members of one lane side by side; members of two rows at most. */
const ONE_ROW = 4;
const TWO_ROWS = 15;

/**
 * The members of one lane, in rows. Every second row has its members below the gaps of the row above, so it has one less:
 * lines to them pass between those above.
 */
function rowsOf(members: readonly Lifeline[]): readonly (readonly Lifeline[])[] {
  const count = members.length;
  const widest =
    count <= ONE_ROW ? count : count <= TWO_ROWS ? Math.floor(count / 2) + 1 : Math.ceil(Math.sqrt(count * 1.6));
  const rows: Lifeline[][] = [];
  for (let i = 0; i < count; ) {
    const size = rows.length % 2 === 0 ? widest : widest - 1;
    rows.push(members.slice(i, i + size));
    i += size;
  }
  return rows;
}

/** In which column a row starts, where the first row starts in 0; a half is below a gap. */
function startOf(rows: readonly (readonly Lifeline[])[], index: number): number {
  const spare = (rows[0]?.length ?? 0) - (rows[index]?.length ?? 0);
  return index % 2 === 0 ? Math.floor(spare / 2) : Math.floor((spare - 1) / 2) + 0.5;
}

interface Block {
  readonly group: NetworkGroup;
  readonly lanes: readonly (readonly (readonly Lifeline[])[])[];
  readonly width: number;
}

function blockOf(group: NetworkGroup): Block {
  const lanes = LANE_NUMBERS.map((lane) => rowsOf(group.members.filter(({ role }) => LANES[role] === lane)));
  const widest = Math.max(1, ...lanes.map((rows) => rows[0]?.length ?? 0));
  return { group, lanes, width: widest * pitchX - GAP_X + 2 * PAD };
}

/** How high each lane is where blocks stand side by side; 0 for one that none has. */
function laneHeights(blocks: readonly Block[]): readonly number[] {
  return LANE_NUMBERS.map((lane) => {
    const rows = Math.max(0, ...blocks.map(({ lanes }) => lanes[lane]?.length ?? 0));
    return rows === 0 ? 0 : rows * pitchY - GAP_Y;
  });
}

function heightOf(lanes: readonly number[]): number {
  const used = lanes.filter((height) => height > 0);
  return TITLE + 2 * PAD + used.reduce((sum, height) => sum + height, 0) + Math.max(0, used.length - 1) * LANE_GAP;
}

function sizeOf(rows: readonly (readonly Block[])[]): { readonly width: number; readonly height: number } {
  const width = Math.max(...rows.map((row) => row.reduce((sum, block) => sum + block.width + FRAME_GAP, -FRAME_GAP)));
  const height = rows.reduce((sum, row) => sum + heightOf(laneHeights(row)) + FRAME_GAP, -FRAME_GAP);
  return { width, height };
}

/** Networks side by side; in several rows where the picture is then clearly larger in a view of that shape. */
function shelves(blocks: readonly Block[], aspect: number): readonly (readonly Block[])[] {
  let best: readonly (readonly Block[])[] = [blocks];
  let least = Number.POSITIVE_INFINITY;
  for (let perRow = blocks.length; perRow >= 1; perRow--) {
    const rows: Block[][] = [];
    for (let i = 0; i < blocks.length; i += perRow) rows.push(blocks.slice(i, i + perRow));
    const { width, height } = sizeOf(rows);
    const scale = Math.max(width / aspect, height);
    if (scale * WORTH < least) {
      best = rows;
      least = scale;
    }
  }
  return best;
}

function placeBlock(
  block: Block,
  x: number,
  y: number,
  heights: readonly number[],
  nodes: Map<ParticipantId, Box>,
): void {
  let top = y + PAD + TITLE;
  for (const lane of LANE_NUMBERS) {
    const height = heights[lane] ?? 0;
    if (height === 0) continue;
    const rows = block.lanes[lane] ?? [];
    const left = x + (block.width - ((rows[0]?.length ?? 0) * pitchX - GAP_X)) / 2;
    for (const [index, row] of rows.entries())
      for (const [column, { id }] of row.entries())
        nodes.set(id, { x: left + (startOf(rows, index) + column) * pitchX, y: top + index * pitchY, ...NODE });
    top += height + LANE_GAP;
  }
}

/** Participants of no network, round a ring: a line between any two is free. */
function placeRing(members: readonly Lifeline[], nodes: Map<ParticipantId, Box>): void {
  const radius = Math.max(260, (members.length * pitchX) / 5);
  for (const [index, { id }] of members.entries()) {
    const angle = Math.PI + (2 * Math.PI * index) / members.length;
    const x = Math.cos(angle) * radius - NODE.width / 2;
    const y = Math.sin(angle) * radius * 0.62 - NODE.height / 2;
    nodes.set(id, { x: Math.round(x), y: Math.round(y), ...NODE });
  }
}

function isRing(groups: readonly NetworkGroup[]): boolean {
  const [only] = groups;
  return groups.length === 1 && only !== undefined && only.domain === undefined && only.members.length > 3;
}

/** The shapes of views (width to height) that are told apart: between them nothing moves. */
const SHAPES = [0.7, 1.1, 1.6, 2.4];

/** The shape nearest to that of a box; the usual one for a box without size. */
export function shapeOf(width: number, height: number): number {
  const aspect = width > 0 && height > 0 ? width / height : 1.6;
  const away = (shape: number) => Math.abs(Math.log(shape / aspect));
  return SHAPES.reduce((best, shape) => (away(shape) < away(best) ? shape : best));
}

/**
 * Networks side by side in order of appearance; in each, servers above the core above the clients.
 * @param aspect width to height of the view.
 */
export function place(network: Network, aspect: number): Placed {
  const nodes = new Map<ParticipantId, Box>();
  const frames: (Box & { readonly domain: string })[] = [];
  if (isRing(network.groups)) placeRing(network.groups[0]?.members ?? [], nodes);
  else if (network.groups.length > 0) {
    let y = 0;
    const rows = shelves(network.groups.map(blockOf), aspect);
    const total = sizeOf(rows).width;
    for (const row of rows) {
      const heights = laneHeights(row);
      const height = heightOf(heights);
      let x = (total - sizeOf([row]).width) / 2;
      for (const block of row) {
        placeBlock(block, x, y, heights, nodes);
        const { domain } = block.group;
        if (domain !== undefined) frames.push({ domain, x, y, width: block.width, height });
        x += block.width + FRAME_GAP;
      }
      y += height + FRAME_GAP;
    }
  }
  return { nodes, frames, lines: linesOf(network, nodes) };
}

function linesOf({ links, media }: Network, nodes: ReadonlyMap<ParticipantId, Box>): ReadonlyMap<string, Curve> {
  const lines = new Map<string, Curve>();
  for (const { a, b } of [...links, ...media]) {
    const id = linkId(a, b);
    const [first, second] = a < b ? [a, b] : [b, a];
    const from = nodes.get(first);
    const to = nodes.get(second);
    if (from === undefined || to === undefined || lines.has(id)) continue;
    const others: Box[] = [];
    for (const [other, box] of nodes) if (other !== a && other !== b) others.push(box);
    lines.set(id, connect(from, to, others));
  }
  return lines;
}

/** The lines a message goes over, each in the direction it goes. */
export function wayOf({ lines }: Placed, route: readonly ParticipantId[]): readonly Curve[] {
  const way: Curve[] = [];
  for (let i = 1; i < route.length; i++) {
    const a = route[i - 1] ?? "";
    const b = route[i] ?? "";
    const line = lines.get(linkId(a, b));
    if (line !== undefined) way.push(a < b ? line : reversed(line));
  }
  return way;
}
