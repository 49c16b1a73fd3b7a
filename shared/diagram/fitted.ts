import { nameParts } from "./columns.ts";
import type { Diagram, Item } from "./diagram.ts";
import { layout } from "./layout.ts";
import type { Head, Row, Scene } from "./scene.ts";
import type { Sizes, Theme } from "./theme.ts";
import { longestWord, widest } from "./wrap.ts";

/** What a diagram is to be drawn in, and which sizes of letters there, in the same unit, can be read. */
export interface Legible {
  readonly width: number;
  /** Where it is not to go over pages. */
  readonly height?: number;
  /** Large enough: nothing is given up for more. */
  readonly enough: number;
  /** Hard to read below: words are cut rather than that. */
  readonly least: number;
}

export interface Fitted {
  readonly scene: Scene;
  readonly sizes: Sizes;
  /** Their size where the scene is made so large that it fits. */
  readonly letters: number;
}

/**
 * A diagram laid out for a width: in the first of the sizes, which come from roomy to tight, in which the letters are large
 * enough and no more words are cut than in any of them. Where the letters are large enough in none of those, the one with
 * the largest.
 * @param ready the layout in the first sizes, where the caller has it
 */
export function fitted(
  diagram: Diagram,
  theme: Theme,
  candidates: readonly [Sizes, ...Sizes[]],
  { width, height = Number.POSITIVE_INFINITY, enough, least }: Legible,
  ready?: Scene,
): Fitted {
  const tried: (Fitted & { readonly cuts: number })[] = [];
  for (const [i, sizes] of candidates.entries()) {
    const scene = (i === 0 ? ready : undefined) ?? layout(diagram, { ...theme, sizes });
    const letters = sizes.text * Math.min(width / scene.width, height / scene.height);
    const one = { scene, sizes, letters, cuts: cutWords(scene, diagram, sizes) };
    if (letters >= enough && one.cuts === 0) return one;
    tried.push(one);
  }
  const readable = tried.filter(({ letters }) => letters >= least);
  const worth = readable.length > 0 ? readable : tried;
  const fewest = Math.min(...worth.map(({ cuts }) => cuts));
  // Where nothing can be read, words that are cut do not matter any more.
  const best = readable.length > 0 ? worth.filter(({ cuts }) => cuts === fewest) : worth;
  const large = best.find(({ letters }) => letters >= enough);
  return large ?? best.reduce((most, one) => (one.letters > most.letters ? one : most));
}

/** Whether a lifeline's head does not have all of the name. */
export function isShortened({ name, lines, roleLine }: Head): boolean {
  const [own, role] = nameParts(name);
  const ends = (line: string | undefined, whole: string) => line?.endsWith("…") === true && !whole.endsWith("…");
  return ends(lines[roleLine - 1], own) || (role !== "" && ends(lines.at(-1), role));
}

/** The widest word in the names of the lifelines. */
export function longestInNames({ lifelines }: Diagram, { text, small }: Pick<Sizes, "text" | "small">): number {
  const words = lifelines.flatMap(({ name }) => {
    const [own, role] = nameParts(name);
    return [longestWord(own, text, "semibold"), longestWord(role, small)];
  });
  return Math.ceil(Math.max(0, ...words));
}

/** The sizes given, and from them on others with which lifelines stand closer; words that fitted a head still do. */
export function narrower(diagram: Diagram, sizes: Sizes): [Sizes, ...Sizes[]] {
  const word = Math.min(longestInNames(diagram, sizes), sizes.headText);
  const closer = (share: number): Sizes => {
    const part = (size: number) => Math.round(size * share);
    return {
      ...sizes,
      headText: Math.max(part(sizes.headText), word),
      headLines: Math.max(sizes.headLines, 6),
      headMin: part(sizes.headMin),
      headPadX: part(sizes.headPadX),
      headGap: part(sizes.headGap),
      gapMin: part(sizes.gapMin),
      gapMax: part(sizes.gapMax),
      labelPad: Math.max(5, part(sizes.labelPad)),
    };
  };
  return [sizes, closer(0.8), closer(0.65), closer(0.5), closer(0.4)];
}

/** How many labels and names have a word that is cut, or are shortened. */
function cutWords({ heads, rows }: Scene, { items }: Diagram, sizes: Sizes): number {
  const names = heads.filter((head) => isCutName(head, sizes)).length;
  return names + rows.filter((row, i) => isCutLabel(row, items[i], sizes)).length;
}

function isCutName(head: Head, { text, small }: Sizes): boolean {
  if (isShortened(head)) return true;
  const { name, lines, roleLine } = head;
  const [own, role] = nameParts(name);
  return (
    longestWord(own, text, "semibold") > widest(lines.slice(0, roleLine), text, "semibold") + ROUNDED ||
    (role !== "" && longestWord(role, small) > widest(lines.slice(roleLine), small) + ROUNDED)
  );
}

function isCutLabel({ shape }: Row, item: Item | undefined, { text }: Sizes): boolean {
  if (shape.kind !== "arrow" || item?.type !== "step") return false;
  return longestWord(item.label, text) > widest(shape.lines, text) + ROUNDED;
}

const ROUNDED = 0.5;
