import { escapeXml } from "../../../shared/diagram/xml.ts";
import type { ListId, Pages, Paragraph, Piece, Row } from "./blocks.ts";
import { pictureXml } from "./picture-xml.ts";
import type { RevisedBlock, RevisedParagraph, RevisedPiece, RevisedRow, Revision } from "./revise.ts";
import type { KnownStyles } from "./styles.ts";

/** What a document gives to what is written into it: names of styles and lists, ids that are free, places for pictures. */
export interface Surroundings {
  readonly styles: KnownStyles;
  readonly numberOf: (list: ListId) => number;
  /** An id that no bookmark, revision or drawing of the document has. */
  readonly nextId: () => number;
  /** The ids of the relations that lead to a picture. */
  readonly placePicture: (picture: Extract<Piece, { kind: "picture" }>["picture"]) => PictureIds;
  readonly author: string;
  /** When the revisions were made, as 2026-11-21T12:00:00Z; not said when absent. */
  readonly date?: string;
  /** Width of the text in twips. */
  readonly textWidth: number;
  /** What a section's last paragraph says of its pages. */
  readonly pagesXml: (pages: Pages) => string;
}

export interface PictureIds {
  readonly svg: string;
  readonly png: string;
}

/** Blocks as they stand in the body of a document. */
export function bodyXml(blocks: readonly RevisedBlock[], around: Surroundings): string {
  const parts: string[] = [];
  let rows: RevisedRow[] = [];
  const flush = () => {
    if (rows.length > 0) parts.push(tableXml(rows, around));
    rows = [];
  };
  for (const block of blocks) {
    if (block.kind === "row") rows.push(block);
    else {
      flush();
      parts.push(paragraphXml(block, around));
    }
  }
  flush();
  return parts.join("");
}

const ELEMENTS = { inserted: "ins", deleted: "del", movedFrom: "moveFrom", movedTo: "moveTo" } as const;

/** Attributes of a revision: an id of its own, who made it and when. */
function attributes({ nextId, author, date }: Surroundings): string {
  return `w:id="${nextId()}" w:author="${escapeXml(author)}"${date === undefined ? "" : ` w:date="${escapeXml(date)}"`}`;
}

function paragraphXml(block: RevisedParagraph, around: Surroundings): string {
  const { revision, move, label, tab, pieces } = block;
  const all = [...(label ?? []), ...(tab === undefined ? [] : [tabPiece(tab)]), ...pieces];
  const content = runsXml(all, around);
  const xml = (inside: string) => `<w:p>${propertiesXml(block, around)}${inside}</w:p>`;
  if (move === undefined || (revision !== "movedFrom" && revision !== "movedTo")) return xml(content);
  const range = `w:${ELEMENTS[revision]}Range`;
  const id = around.nextId();
  const { author, date } = around;
  const made = `w:author="${escapeXml(author)}"${date === undefined ? "" : ` w:date="${escapeXml(date)}"`}`;
  const start = `<${range}Start w:id="${id}" ${made} w:name="${escapeXml(move)}"/>`;
  return `${xml(start + content)}<${range}End w:id="${id}"/>`;
}

const tabPiece = (revision: Revision): RevisedPiece => ({ piece: { kind: "tab" }, revision });

function propertiesXml({ paragraph, revision, before }: RevisedParagraph, around: Surroundings): string {
  const mark = revision === "same" ? "" : `<w:rPr><w:${ELEMENTS[revision]} ${attributes(around)}/></w:rPr>`;
  const change =
    before === undefined
      ? ""
      : `<w:pPrChange ${attributes(around)}><w:pPr>${setting(before, around)}</w:pPr></w:pPrChange>`;
  const pages = paragraph.pages === undefined ? "" : around.pagesXml(paragraph.pages);
  return `<w:pPr>${setting(paragraph, around)}${mark}${pages}${change}</w:pPr>`;
}

/** Style and list. A heading that carries its own number is not numbered by its style too. */
function setting({ style, list }: Pick<Paragraph, "style" | "list">, { styles, numberOf }: Surroundings): string {
  const numbered = styles.isNumbered(style);
  const number = list === undefined ? (numbered ? 0 : undefined) : numbered ? undefined : numberOf(list);
  const numPr = number === undefined ? "" : `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${number}"/></w:numPr>`;
  const named = style === "Normal" ? "" : `<w:pStyle w:val="${escapeXml(styles.idOf(style))}"/>`;
  return named + numPr;
}

/** Runs of pieces with the same revision, each under one mark. */
function runsXml(pieces: readonly RevisedPiece[], around: Surroundings): string {
  let xml = "";
  for (let start = 0; start < pieces.length; ) {
    const { revision } = pieces[start] as RevisedPiece;
    let end = start + 1;
    while (end < pieces.length && pieces[end]?.revision === revision) end++;
    const runs = plainRuns(
      pieces.slice(start, end).map(({ piece }) => piece),
      revision === "deleted",
      revision === "same" || revision === "inserted" || revision === "movedTo",
      around,
    );
    xml +=
      revision === "same" ? runs : `<w:${ELEMENTS[revision]} ${attributes(around)}>${runs}</w:${ELEMENTS[revision]}>`;
    start = end;
  }
  return xml;
}

function plainRuns(pieces: readonly Piece[], isDeleted: boolean, isThere: boolean, around: Surroundings): string {
  let xml = "";
  let text = "";
  let bold = false;
  const flush = () => {
    if (text !== "") xml += runXml(textXml(text, isDeleted), bold);
    text = "";
  };
  for (const piece of pieces) {
    const bookmark = isThere && "bookmark" in piece ? piece.bookmark : undefined;
    const isBold = piece.kind === "text" && piece.bold === true;
    if (piece.kind === "text" && bookmark === undefined && isBold === bold) text += piece.text;
    else {
      flush();
      bold = isBold;
      if (piece.kind === "text" && bookmark === undefined) text = piece.text;
      else xml += bookmarked(pieceXml(piece, isDeleted, around), bookmark, around);
    }
  }
  flush();
  return xml;
}

function bookmarked(xml: string, name: string | undefined, { nextId }: Surroundings): string {
  if (name === undefined) return xml;
  const id = nextId();
  return `<w:bookmarkStart w:id="${id}" w:name="${escapeXml(name)}"/>${xml}<w:bookmarkEnd w:id="${id}"/>`;
}

function pieceXml(piece: Piece, isDeleted: boolean, around: Surroundings): string {
  switch (piece.kind) {
    case "text":
      return runXml(textXml(piece.text, isDeleted), piece.bold === true);
    case "tab":
      return runXml("<w:tab/>");
    case "break":
      return runXml("<w:br/>");
    case "picture":
      return runXml(pictureXml(piece.picture, around.placePicture(piece.picture), around.nextId()));
    case "field": {
      const instruction = isDeleted ? "w:delInstrText" : "w:instrText";
      const runs = [
        '<w:fldChar w:fldCharType="begin"/>',
        `<${instruction} xml:space="preserve"> ${escapeXml(piece.instruction)} </${instruction}>`,
        '<w:fldChar w:fldCharType="separate"/>',
        textXml(piece.text, isDeleted),
        '<w:fldChar w:fldCharType="end"/>',
      ];
      return runs.map((run) => runXml(run)).join("");
    }
  }
}

const runXml = (content: string, bold = false): string =>
  `<w:r>${bold ? "<w:rPr><w:b/><w:bCs/></w:rPr>" : ""}${content}</w:r>`;

function textXml(text: string, isDeleted: boolean): string {
  const element = isDeleted ? "w:delText" : "w:t";
  return `<${element} xml:space="preserve">${escapeXml(text)}</${element}>`;
}

const EDGE = '<w:top w:val="single" w:sz="4" w:space="0" w:color="808080"/>';
const BORDERS = ["top", "left", "bottom", "right", "insideH", "insideV"]
  .map((side) => EDGE.replace("w:top", `w:${side}`))
  .join("");

function tableXml(rows: readonly RevisedRow[], around: Surroundings): string {
  const widths = columnsOf(rows[0]?.row, around.textWidth);
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("");
  const look = `<w:tblPr><w:tblW w:w="${around.textWidth}" w:type="dxa"/><w:tblBorders>${BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>`;
  return `<w:tbl>${look}<w:tblGrid>${grid}</w:tblGrid>${rows.map((row) => rowXml(row, widths, around)).join("")}</w:tbl>`;
}

function columnsOf(row: Row | undefined, width: number): readonly number[] {
  const parts = row?.widths ?? [1];
  const sum = parts.reduce((all, part) => all + part, 0);
  return parts.map((part) => Math.round((part / sum) * width));
}

function rowXml({ row, revision, cells }: RevisedRow, widths: readonly number[], around: Surroundings): string {
  const head = row.isHead === true ? "<w:tblHeader/>" : "";
  const mark = revision === "same" ? "" : `<w:${ELEMENTS[revision]} ${attributes(around)}/>`;
  const properties = `<w:trPr><w:cantSplit/>${head}${mark}</w:trPr>`;
  const written = cells.map(
    (cell, i) =>
      `<w:tc><w:tcPr><w:tcW w:w="${widths[i] ?? 0}" w:type="dxa"/></w:tcPr>${paragraphXml(cell, around)}</w:tc>`,
  );
  return `<w:tr>${properties}${written.join("")}</w:tr>`;
}
