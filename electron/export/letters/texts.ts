import { unescapeXml } from "../ooxml/xml-tags.ts";

/** A line of text of a picture, in pixels of the document. */
export interface PlacedText {
  readonly text: string;
  /** Of the baseline; `anchor` says which part of the text is at `x`. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly size: number;
  readonly weight: "regular" | "semibold";
  /** Red, green and blue. */
  readonly color: readonly [number, number, number];
}

/** A document without the texts that were taken out of it. */
export interface Parted {
  readonly svg: string;
  readonly texts: readonly PlacedText[];
}

const TOKEN = /<(svg|g)\b([^>]*?)(\/?)>|<\/(?:svg|g)>|<text\b([^>]*)>([^<]*)<\/text>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

/** What a text takes from the groups around it. `plain` is whether nothing is said that is not understood here. */
interface Look {
  readonly plain: boolean;
  readonly x: number;
  readonly y: number;
  readonly anchor: string;
  readonly size: string;
  readonly weight: string;
  readonly fill: string;
}

/** Says nothing about how a text looks. */
const SILENT = /^(?:xmlns|data-|aria-|role$|id$|class$|width$|height$|font-family$|stroke-width$|stroke-dasharray$)/;

const START: Look = { plain: true, x: 0, y: 0, anchor: "start", size: "16", weight: "400", fill: "#000000" };

/**
 * Takes the plain texts out of a picture of `toSvg`: opaque, in one colour, on one level line. The others stay, as those do
 * for which `taken` is false.
 */
export function partTexts(svg: string, taken: (text: PlacedText) => boolean): Parted {
  const looks: Look[] = [START];
  const texts: PlacedText[] = [];
  const rest = svg.replace(TOKEN, (whole, tag?: string, attributes = "", closed = "", own?: string, words = "") => {
    const around = looks.at(-1) as Look;
    if (own !== undefined) {
      const text = placed(within(around, own), unescapeXml(words));
      if (text === undefined || !taken(text)) return whole;
      texts.push(text);
      return "";
    }
    if (tag === undefined) looks.pop();
    else if (closed === "") looks.push(within(around, attributes));
    return whole;
  });
  return { svg: rest, texts };
}

function within(around: Look, attributes: string): Look {
  const look: { -readonly [K in keyof Look]: Look[K] } = { ...around };
  for (const [, name = "", value = ""] of attributes.matchAll(ATTRIBUTE)) {
    if (name === "x") look.x += Number(value);
    else if (name === "y") look.y += Number(value);
    else if (name === "fill") look.fill = value;
    else if (name === "font-size") look.size = value;
    else if (name === "font-weight") look.weight = value;
    else if (name === "text-anchor") look.anchor = value;
    else if (name === "transform" || name === "viewBox") shift(look, name, value);
    else if (!SILENT.test(name) && !(name === "stroke" && value === "none")) look.plain = false;
  }
  return look;
}

function shift(look: { plain: boolean; x: number; y: number }, name: string, value: string): void {
  const [, x, y] = /^(?:translate\()?([-\d.]+)[ ,]([-\d.]+)(?:\)| [\d.]+ [\d.]+)$/.exec(value) ?? [];
  if (x === undefined || y === undefined) look.plain = false;
  const sign = name === "viewBox" ? -1 : 1;
  look.x += sign * Number(x);
  look.y += sign * Number(y);
}

function placed({ plain, x, y, anchor, size, weight, fill }: Look, text: string): PlacedText | undefined {
  const color = /^#(..)(..)(..)$/
    .exec(fill)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16));
  // Spaces side by side are one, and none at the ends, in a way of its own.
  if (!plain || color === undefined || / {2}|^ | $/.test(text) || !(Number(size) > 0)) return undefined;
  return {
    text,
    x,
    y,
    anchor: anchor === "middle" || anchor === "end" ? anchor : "start",
    size: Number(size),
    weight: Number(weight) >= 600 ? "semibold" : "regular",
    color: color as unknown as PlacedText["color"],
  };
}
