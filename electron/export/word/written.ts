import { type Entries, relationsIn } from "../ooxml/read-package.ts";
import { type Tag, tagsOf, unescapeXml } from "../ooxml/xml-tags.ts";
import { type Block, textOfBlock } from "./blocks.ts";

/** Blocks as lines to compare: their texts, and a digest for a picture. */
export function writtenLines(blocks: readonly Block[]): readonly string[] {
  return blocks.map((block) => {
    const picture = block.kind === "paragraph" ? block.pieces.find(({ kind }) => kind === "picture") : undefined;
    return picture?.kind === "picture"
      ? pictureLine(new TextEncoder().encode(picture.picture.svg))
      : textOfBlock(block);
  });
}

function pictureLine(svg: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of svg) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `picture ${hash.toString(16)} ${svg.length}`;
}

/** A part of the body: from where a block begins to where one ends. */
export interface Region {
  readonly start: number;
  readonly end: number;
  /** The bookmark's own marks, wherever they stand. */
  readonly from: Tag;
  readonly to: Tag;
}

/**
 * The blocks that stand under a bookmark. Programs move its marks into the paragraphs beside them, so that whole blocks count.
 * @returns undefined where the bookmark is gone or holds no block
 */
export function regionOf(xml: string, bookmark: string): Region | undefined {
  const tags = tagsOf(xml);
  const from = tags.find(({ name, attributes }) => name === "bookmarkStart" && attributes.get("w:name") === bookmark);
  const id = from?.attributes.get("w:id");
  const to = tags.find(({ name, attributes }) => name === "bookmarkEnd" && attributes.get("w:id") === id);
  if (from === undefined || to === undefined) return undefined;
  const blocks = blocksIn(tags);
  const first = blocks.find(({ end }) => end > from.start);
  const last = blocks.findLast(({ start, contentStart }) => start < to.start && contentStart < to.start);
  if (first === undefined || last === undefined || last.start < first.start) return undefined;
  return { start: first.start, end: last.end, from, to };
}

interface BlockPlace {
  readonly start: number;
  readonly end: number;
  /** Where the first run begins. */
  readonly contentStart: number;
}

/** Paragraphs and tables of the body itself. */
function blocksIn(tags: readonly Tag[]): readonly BlockPlace[] {
  const blocks: BlockPlace[] = [];
  const open: string[] = [];
  let [start, contentStart] = [0, Number.POSITIVE_INFINITY];
  for (const tag of tags) {
    const isBlock = (tag.name === "p" || tag.name === "tbl") && tag.prefix === "w";
    if (tag.kind === "end") {
      open.pop();
      if (isBlock && open.at(-1) === "body")
        blocks.push({ start, end: tag.end, contentStart: Math.min(contentStart, tag.start) });
      continue;
    }
    if (isBlock && open.at(-1) === "body") {
      [start, contentStart] = [tag.start, Number.POSITIVE_INFINITY];
      if (tag.kind === "empty") blocks.push({ start, end: tag.end, contentStart: start });
    }
    if (tag.name === "r" || tag.name === "tbl") contentStart = Math.min(contentStart, tag.start);
    if (tag.kind === "start") open.push(tag.name);
  }
  return blocks;
}

/** The lines of a region as they read once every revision is accepted, to be compared with `writtenLines`. */
export function linesIn(entries: Entries, main: string, region: string): readonly string[] {
  const pictures = new Map(relationsIn(entries, main).map(({ id, target }) => [id, target]));
  const lines: string[] = [];
  /** Texts of the cells of a row. */
  let cells: string[] | undefined;
  let [line, start, gone, isGone, inTabs] = ["", 0, 0, false, 0];
  const close = () => {
    if (cells !== undefined) cells.push(line);
    else if (!isGone || line !== "") lines.push(line);
  };
  for (const { name, prefix, kind, start: before, end, attributes } of tagsOf(region)) {
    const step = kind === "start" ? 1 : kind === "end" ? -1 : 0;
    if (name === "svgBlip") line = pictureLineOf(entries.get(pictures.get(attributes.get("r:embed") ?? "") ?? ""));
    if (prefix !== "w") continue;
    if (name === "del" || name === "moveFrom") {
      gone += step;
      if (step === 0) isGone = true;
    } else if (name === "tr" && kind === "start") cells = [];
    else if (name === "tr" && kind === "end") {
      if (!isGone || cells?.some((cell) => cell !== "")) lines.push((cells ?? []).join("\t"));
      cells = undefined;
    } else if (name === "p" && kind !== "end") {
      [line, isGone] = ["", cells !== undefined && isGone];
      if (kind === "empty") close();
    } else if (name === "p") close();
    else if (name === "tabs") inTabs += step;
    else if (name === "t" && kind === "start") start = end;
    else if (name === "t" && kind === "end" && gone === 0) line += unescapeXml(region.slice(start, before));
    else if (name === "tab" && inTabs === 0 && kind === "empty" && gone === 0) line += "\t";
    else if (name === "br" && gone === 0) line += "\n";
  }
  return lines;
}

const pictureLineOf = (svg: Uint8Array | undefined): string => (svg === undefined ? "picture" : pictureLine(svg));
