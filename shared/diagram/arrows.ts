import { LOST_CLEAR } from "./columns.ts";
import { hiddenArrow } from "./hidden.ts";
import { arrow, baseline, block, labelHeight, passed, placeLabel, type Spot } from "./label.ts";
import { HEAD_CLEAR } from "./lives.ts";
import type { Row } from "./scene.ts";
import { slantedArrow } from "./slants.ts";

/** The row of a step that is an arrow. */
export function placeArrow(spot: Spot): Row {
  const { from, to, startTop, top } = spot;
  if (from < 0 || to < 0) return hiddenArrow(spot);
  if (from === to) return selfArrow(spot);
  if (spot.creates !== undefined) return creatingArrow(spot, spot.creates);
  if (startTop !== undefined && startTop < top) return slantedArrow(spot, startTop);
  return flatArrow(spot);
}

/** Fall of an arrow that slants within its own row. */
const SLIGHT_SLANT = 14;

/** Where the label of a flat arrow may stand, and how wide its lines may be. */
function labelRoom({ step, from, to, measured, chrome, columns, creates }: Spot) {
  const { sizes, xs } = columns;
  const pad = sizes.labelPad;
  const x1 = xs[from] as number;
  const x2 = xs[to] as number;
  const direction = x2 > x1 ? 1 : -1;
  if (Math.abs(to - from) > 1) {
    // Between two lifelines in the middle of the arrow where the label fits, else over the lifelines.
    const middle = from + direction * ((Math.abs(to - from) + 1) >> 1);
    const a = xs[middle] as number;
    const b = xs[middle - direction] as number;
    const low = Math.min(a, b) + pad;
    const high = Math.max(a, b) - pad;
    if (measured <= high - low - chrome) return { low, high, width: high - low - chrome, masked: false };
  }
  const clear = Math.max(step.lost ? LOST_CLEAR : 0, creates === undefined ? 0 : creates.width / 2);
  const low = Math.min(x1, x2) + pad + (direction < 0 ? clear : 0);
  const high = Math.max(x1, x2) - pad - (direction > 0 ? clear : 0);
  const masked = Math.abs(to - from) > 1;
  const width = Math.min(high - low - chrome, masked ? sizes.labelMax : Number.POSITIVE_INFINITY);
  return { low, high, width, masked };
}

function flatArrow(spot: Spot): Row {
  const { step, top, columns } = spot;
  const { sizes, xs } = columns;
  const x1 = xs[spot.from] as number;
  const target = xs[spot.to] as number;
  const { low, high, width, masked } = labelRoom(spot);
  const text = block(step.label, spot.measured, width, sizes);
  const label = placeLabel(spot, text, low, high);
  const blockTop = top + sizes.rowTop;
  const y1 = blockTop + labelHeight(spot, text) + sizes.rowMiddle;
  const y2 = spot.startTop === undefined ? y1 : y1 + SLIGHT_SLANT;
  const x2 = step.lost ? target - Math.sign(target - x1) * sizes.lost : target;
  const via = step.through.length === 0 ? undefined : passed(step, columns, x1, y1, x2, y2);
  const extras = via === undefined ? undefined : { via };
  const shape = arrow(spot, label, blockTop + baseline(sizes.line, sizes.text), x1, y1, x2, y2, masked, extras);
  return { top, height: y2 + sizes.rowBottom - top, shape };
}

/** To the head of the lifeline that it creates, which stands in its row. */
function creatingArrow(spot: Spot, { width, height }: NonNullable<Spot["creates"]>): Row {
  const flat = flatArrow(spot);
  if (flat.shape.kind !== "arrow") return flat;
  const half = height / 2 + HEAD_CLEAR;
  const headroom = Math.max(0, Math.ceil(spot.top + half - flat.shape.y2));
  const { shape } = headroom === 0 ? flat : flatArrow({ ...spot, top: spot.top + headroom });
  if (shape.kind !== "arrow") return flat;
  const bottom = Math.max(flat.top + flat.height + headroom, Math.ceil(shape.y2 + half));
  return { top: spot.top, height: bottom - spot.top, shape: { ...shape, endInset: width / 2 } };
}

/** Out to the right and back; the label stands beside the loop. */
function selfArrow(spot: Spot): Row {
  const { step, top, columns, from, measured, chrome } = spot;
  const { sizes, xs } = columns;
  const x = xs[from] as number;
  const bend = x + sizes.bend;
  const low = bend + 7;
  const next = xs[from + 1];
  const high = next === undefined ? columns.right : next - sizes.labelPad;
  const text = block(step.label, measured, high - low - chrome, sizes);
  const label = placeLabel(spot, text, low, high, -1);
  const tall = labelHeight(spot, text);
  const height = Math.max(tall, sizes.bendHeight);
  const y1 = top + sizes.rowTop + Math.round((height - sizes.bendHeight) / 2) + 2;
  const labelY = top + sizes.rowTop + Math.round((height - tall) / 2) + 2 + baseline(sizes.line, sizes.text);
  const x2 = step.lost ? x + sizes.bend / 2 : x;
  const shape = arrow(spot, label, labelY, x, y1, x2, y1 + sizes.bendHeight, false, { bend });
  return { top, height: sizes.rowTop + height + 2 + sizes.rowBottom, shape };
}
