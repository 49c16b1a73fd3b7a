import { inOrder, longestCommon } from "../../../shared/compare/sequences.ts";
import { type Block, type Paragraph, type Piece, type Row, textOfBlock, textOfPiece } from "./blocks.ts";

/** What became of a piece or of a paragraph's end since the base. */
export type Revision = "same" | "inserted" | "deleted" | "movedFrom" | "movedTo";

export interface RevisedPiece {
  readonly piece: Piece;
  readonly revision: Revision;
}

export interface RevisedParagraph {
  readonly kind: "paragraph";
  readonly paragraph: Paragraph;
  /** What became of the paragraph as such. */
  readonly revision: Revision;
  /** The same for both places of a paragraph that was moved. */
  readonly move?: string;
  /** How the paragraph was set before, where it is set otherwise now. */
  readonly before?: Pick<Paragraph, "style" | "list">;
  readonly label?: readonly RevisedPiece[];
  /** The paragraph has a label, and with it a tab, on one side only. */
  readonly tab?: Revision;
  readonly pieces: readonly RevisedPiece[];
}

export interface RevisedRow {
  readonly kind: "row";
  readonly row: Row;
  readonly revision: Revision;
  readonly cells: readonly RevisedParagraph[];
}

export type RevisedBlock = RevisedParagraph | RevisedRow;

/** Blocks without a base: nothing is marked. */
export function unrevised(blocks: readonly Block[]): readonly RevisedBlock[] {
  return blocks.map((block) => whole(block, "same"));
}

/**
 * The blocks of both documents in one, each marked so that accepting all marks gives exactly `now` and rejecting them
 * exactly `base`. Paragraphs that say the same, or have the same key, stand for one another; what differs in them is marked
 * word by word; those that stand in another order are marked as moved.
 * @param name starts the names of the moves, which a document has once each
 */
export function revised(base: readonly Block[], now: readonly Block[], name = ""): readonly RevisedBlock[] {
  const pairs = pairsOf(base, now);
  const spine = inOrder(pairs);
  const steady = new Set(spine);
  const moved = pairs.filter((pair) => !steady.has(pair) && mayMove(base[pair[0]], now[pair[1]]));
  const moves = new Map(moved.map((pair, i) => [pair, `${name}move${i + 1}`] as const));
  const from = new Map(moved.map((pair) => [pair[0], pair]));
  const to = new Map(moved.map((pair) => [pair[1], pair]));
  const blocks: RevisedBlock[] = [];
  const paired = (pair: Pair) => pairOfBlocks(base[pair[0]] as Block, now[pair[1]] as Block);
  let [a, b] = [0, 0];
  for (const end of [...spine, [base.length, now.length] as const]) {
    for (; a < end[0]; a++) {
      const pair = from.get(a);
      if (pair === undefined) blocks.push(whole(base[a] as Block, "deleted"));
      else blocks.push(leaving(base[a] as Paragraph, paired(pair) as RevisedParagraph, moves.get(pair) as string));
    }
    for (; b < end[1]; b++) {
      const pair = to.get(b);
      if (pair === undefined) blocks.push(whole(now[b] as Block, "inserted"));
      else blocks.push(arriving(paired(pair) as RevisedParagraph, moves.get(pair) as string));
    }
    if (a < base.length && b < now.length) blocks.push(paired(end as Pair));
    [a, b] = [a + 1, b + 1];
  }
  return blocks;
}

type Pair = readonly [base: number, now: number];

/** The blocks that stand for one another: first those that say the same and are alone in that, then by their keys. */
function pairsOf(base: readonly Block[], now: readonly Block[]): readonly Pair[] {
  const pairs: Pair[] = [];
  const free = [new Set(base.keys()), new Set(now.keys())] as const;
  const pairBy = (nameOf: (block: Block) => string | undefined) => {
    const [left, right] = [alone(base, free[0], nameOf), alone(now, free[1], nameOf)];
    for (const [name, i] of left) {
      const j = right.get(name);
      if (i === undefined || j === undefined) continue;
      pairs.push([i, j]);
      free[0].delete(i);
      free[1].delete(j);
    }
  };
  pairBy((block) => (saysEnough(block) ? `${kindOf(block)} ${bodyOf(block)}` : undefined));
  pairBy((block) => `${kindOf(block)} ${block.key}`);
  return pairs;
}

/** Blocks by their names; undefined for a name that several have. */
function alone(
  blocks: readonly Block[],
  free: ReadonlySet<number>,
  nameOf: (block: Block) => string | undefined,
): ReadonlyMap<string, number | undefined> {
  const found = new Map<string, number | undefined>();
  for (const i of free) {
    const name = nameOf(blocks[i] as Block);
    if (name !== undefined) found.set(name, found.has(name) ? undefined : i);
  }
  return found;
}

/** What stands for one another has the same shape; headings of any depth are headings. */
const kindOf = (block: Block): string =>
  block.kind === "row" ? `row ${block.cells.length}` : block.style.replace(/^Heading\d$/, "Heading");

const bodyOf = (block: Block): string =>
  block.kind === "row" ? textOfBlock(block) : block.pieces.map(textOfPiece).join("");

/** A few words are easily alike. */
const saysEnough = (block: Block): boolean => bodyOf(block).length >= 12;

function mayMove(a: Block | undefined, b: Block | undefined): boolean {
  const isText = (block: Block | undefined) =>
    block?.kind === "paragraph" && /^(Normal|Flow(Step|Note))/.test(block.style);
  return isText(a) && isText(b);
}

/** A block that is as a whole on one side, or the same on both. */
function whole(block: Block, revision: Revision): RevisedBlock {
  if (block.kind === "row")
    return { kind: "row", row: block, revision, cells: block.cells.map((cell) => wholeText(cell, revision)) };
  return wholeText(block, revision);
}

function wholeText(paragraph: Paragraph, revision: Revision): RevisedParagraph {
  const marked = (pieces: readonly Piece[]) => pieces.map((piece): RevisedPiece => ({ piece, revision }));
  const { label, pieces } = paragraph;
  return {
    kind: "paragraph",
    paragraph,
    revision,
    ...(label !== undefined && { label: marked(label), tab: revision }),
    pieces: marked(pieces),
  };
}

function pairOfBlocks(base: Block, now: Block): RevisedBlock {
  if (base.kind === "row" && now.kind === "row") {
    const cells = now.cells.map((cell, i) => pairOfTexts(base.cells[i] as Paragraph, cell));
    return { kind: "row", row: now, revision: "same", cells };
  }
  return pairOfTexts(base as Paragraph, now as Paragraph);
}

function pairOfTexts(base: Paragraph, now: Paragraph): RevisedParagraph {
  const differs = base.style !== now.style || base.list !== now.list;
  const hasLabel = base.label !== undefined || now.label !== undefined;
  const tab = base.label === undefined ? "inserted" : now.label === undefined ? "deleted" : "same";
  return {
    kind: "paragraph",
    paragraph: now,
    revision: "same",
    ...(differs && { before: { style: base.style, ...(base.list !== undefined && { list: base.list }) } }),
    ...(hasLabel && { label: revisedPieces(base.label ?? [], now.label ?? []), tab }),
    pieces: revisedPieces(base.pieces, now.pieces),
  };
}

/** The place that a moved paragraph left: its words that are gone are deleted, the others moved. */
function leaving(base: Paragraph, pair: RevisedParagraph, move: string): RevisedParagraph {
  return placed(base, pair, move, "deleted", "movedFrom");
}

/** The place where a moved paragraph arrived: words that are new are inserted. */
function arriving(pair: RevisedParagraph, move: string): RevisedParagraph {
  return placed(pair.paragraph, pair, move, "inserted", "movedTo");
}

function placed(
  paragraph: Paragraph,
  pair: RevisedParagraph,
  move: string,
  changed: "inserted" | "deleted",
  kept: "movedFrom" | "movedTo",
): RevisedParagraph {
  const here = (pieces: readonly RevisedPiece[]) =>
    pieces
      .filter(({ revision }) => revision === "same" || revision === changed)
      .map(({ piece, revision }) => ({ piece, revision: revision === "same" ? kept : revision }));
  const { label, pieces } = pair;
  return {
    kind: "paragraph",
    paragraph,
    revision: kept,
    move,
    ...(paragraph.label !== undefined && { label: here(label ?? []), tab: kept }),
    pieces: here(pieces),
  };
}

/**
 * Below this part of common words a text is rather replaced than changed word by word, unless it holds most of the words of
 * the shorter one.
 */
const ALIKE = 0.3;
const HOLDS = 0.8;

function revisedPieces(base: readonly Piece[], now: readonly Piece[]): readonly RevisedPiece[] {
  const common = longestCommon(base.map(pieceKey), now.map(pieceKey));
  const words = (pieces: readonly Piece[]) => pieces.filter(isWord).length;
  const kept = common.filter(([i]) => isWord(base[i] as Piece)).length;
  const counts = [words(base), words(now)];
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const isOther = most > 2 && kept < most * ALIKE && (least < 3 || kept < least * HOLDS);
  const steady = isOther ? [] : withoutIslands(common, base, now);
  const found: RevisedPiece[] = [];
  let [a, b] = [0, 0];
  for (const [i, j] of [...steady, [base.length, now.length] as const]) {
    for (; a < i; a++) found.push({ piece: base[a] as Piece, revision: "deleted" });
    for (; b < j; b++) found.push({ piece: now[b] as Piece, revision: "inserted" });
    if (b < now.length) found.push({ piece: now[b] as Piece, revision: "same" });
    [a, b] = [a + 1, b + 1];
  }
  return found;
}

const isWord = (piece: Piece): boolean => piece.kind !== "text" || /[\p{L}\p{N}]/u.test(piece.text);

/** Spaces and signs that stay between words that change are read more easily as part of the change. */
function withoutIslands(common: readonly Pair[], base: readonly Piece[], now: readonly Piece[]): readonly Pair[] {
  const runs: Pair[][] = [];
  for (const pair of common) {
    const last = runs.at(-1)?.at(-1);
    if (last !== undefined && last[0] + 1 === pair[0] && last[1] + 1 === pair[1]) runs.at(-1)?.push(pair);
    else runs.push([pair]);
  }
  return runs
    .filter((run) => {
      const [first, last] = [run[0] as Pair, run.at(-1) as Pair];
      const touchesEdge =
        (first[0] === 0 && first[1] === 0) || (last[0] === base.length - 1 && last[1] === now.length - 1);
      return touchesEdge || run.some(([i]) => isWord(base[i] as Piece));
    })
    .flat();
}

/** Pieces with the same key look the same and do the same. Bookmarks may differ: they are those of `now`. */
function pieceKey(piece: Piece): string {
  switch (piece.kind) {
    case "text":
      return `text ${piece.bold === true} ${piece.text}`;
    case "field":
      return `field ${piece.instruction.split(" ", 1)[0]} ${piece.text}`;
    case "picture":
      return `picture ${piece.picture.width} ${piece.picture.height} ${piece.picture.svg}`;
    default:
      return piece.kind;
  }
}
