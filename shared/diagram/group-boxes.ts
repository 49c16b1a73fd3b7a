import type { LifelineBox } from "./diagram.ts";
import type { GroupBox, Head } from "./scene.ts";
import type { Sizes } from "./theme.ts";
import { tintOf } from "./tint.ts";
import { balancedLines, clipLines } from "./wrap.ts";

/** From a box to the heads in it. */
export const GROUP_PAD = 6;

const MOST_LINES = 3;

/**
 * The boxes around heads, from left to right and all with the same band for their names. Lifelines that do not stand
 * beside each other have a box each; a lifeline is in the first box that names it.
 */
export function groupBoxes(
  groups: readonly LifelineBox[],
  heads: readonly Head[],
  at: ReadonlyMap<string, number>,
  y: number,
  sizes: Sizes,
): readonly GroupBox[] {
  const groupOf: (LifelineBox | undefined)[] = heads.map(() => undefined);
  for (const group of groups)
    for (const id of group.lifelines) {
      const column = at.get(id);
      if (column !== undefined) groupOf[column] ??= group;
    }
  const boxes: GroupBox[] = [];
  for (let first = 0; first < heads.length; ) {
    const group = groupOf[first];
    let last = first;
    while (group !== undefined && groupOf[last + 1] === group) last++;
    const [from, to] = [heads[first], heads[last]];
    if (group !== undefined && from !== undefined && to !== undefined) boxes.push(around(group, from, to, y, sizes));
    first = last + 1;
  }
  const band = boxes.reduce((most, { lines }) => Math.max(most, lines.length * sizes.smallLine), 0);
  return boxes.map((box) => ({ ...box, band: band === 0 ? GROUP_PAD : band + GROUP_PAD }));
}

function around(group: LifelineBox, from: Head, to: Head, y: number, sizes: Sizes): GroupBox {
  const x = from.x - from.width / 2 - GROUP_PAD;
  const width = to.x + to.width / 2 + GROUP_PAD - x;
  const room = width - 2 * GROUP_PAD;
  const tint = tintOf(group.colour);
  return {
    x,
    y: y - GROUP_PAD / 2,
    width,
    band: 0,
    bottom: 0,
    lines:
      group.name.trim() === ""
        ? []
        : clipLines(balancedLines(group.name, room, sizes.small).lines, MOST_LINES, room, sizes.small),
    name: group.name,
    ...(tint !== undefined && { tint }),
  };
}
