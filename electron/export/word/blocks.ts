/**
 * What a Word document says, before it is XML: paragraphs and rows of tables, and the pieces in them. Plain values, so
 * that two documents can be compared (`revise.ts`) and either is written by the same writer (`body-xml.ts`).
 */

/** A piece of a paragraph that is kept or replaced as a whole: a word, a space, a sign, a field, a picture. */
export type Piece =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly bold?: boolean;
      /** Name of a bookmark around it. */
      readonly bookmark?: string;
    }
  | { readonly kind: "tab" }
  | { readonly kind: "break" }
  /** A field that shows a text of its own or that of a bookmark; `text` is what it shows until Word computes it anew. */
  | { readonly kind: "field"; readonly instruction: string; readonly text: string; readonly bookmark?: string }
  | { readonly kind: "picture"; readonly picture: Picture };

export interface Picture {
  readonly svg: string;
  /** What programs show that do not know SVG. */
  readonly png: Uint8Array;
  /** On paper, in CSS px. */
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Alternative text. */
  readonly description: string;
}

/** The styles of our paragraphs; `styles.ts` says what they are called in Word. */
export type StyleId =
  | "Normal"
  | `Heading${1 | 2 | 3 | 4 | 5 | 6}`
  | "Caption"
  | "FlowFigure"
  | "FlowStep"
  | "FlowStepContinued"
  | "FlowNote"
  | "ChangeItem"
  | "ReasonPoint"
  | "TableText";

/** Lists that Word numbers by itself, see `numbering.ts`. */
export type ListId = "sections" | "points" | "changes";

export interface Paragraph {
  readonly kind: "paragraph";
  /** Tells it apart from the others of its document; in another version of the document the same one has the same key. */
  readonly key: string;
  readonly style: StyleId;
  readonly list?: ListId;
  /** The printed number of a step, or the name of a note; a tab follows. */
  readonly label?: readonly Piece[];
  readonly pieces: readonly Piece[];
  /** The paragraph is the last on pages that stand, or that lie; other pages follow. */
  readonly pages?: Pages;
}

export type Pages = "standing" | "lying";

/** A row of a table; rows that follow each other are one table. */
export interface Row {
  readonly kind: "row";
  readonly key: string;
  /** One paragraph a cell. */
  readonly cells: readonly Paragraph[];
  /** Parts of the table's width, one a cell. */
  readonly widths: readonly number[];
  readonly isHead?: boolean;
}

export type Block = Paragraph | Row;

/** Blocks that stand together; those of a flow under a bookmark, by which they are found again. */
export interface Section {
  readonly bookmark?: string;
  readonly blocks: readonly Block[];
}

/** What a reader sees of a piece. */
export function textOfPiece(piece: Piece): string {
  switch (piece.kind) {
    case "text":
    case "field":
      return piece.text;
    case "tab":
      return "\t";
    case "break":
      return "\n";
    case "picture":
      return "";
  }
}

/** What a reader sees of a block: the label, a tab, the text; the cells of a row with tabs between them. */
export function textOfBlock(block: Block): string {
  if (block.kind === "row") return block.cells.map(textOfBlock).join("\t");
  const label = block.label === undefined ? "" : `${block.label.map(textOfPiece).join("")}\t`;
  return label + block.pieces.map(textOfPiece).join("");
}
