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
  /** Where the origin is, and what lengths are multiplied by. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly anchor: string;
  readonly size: string;
  readonly weight: string;
  readonly fill: string;
}

/** Says nothing about how a text looks. */
const SILENT = /^(?:xmlns|data-|aria-|role$|id$|class$|font-family$|stroke-width$|stroke-dasharray$)/;

const START: Look = { plain: true, x: 0, y: 0, scale: 1, anchor: "start", size: "16", weight: "400", fill: "#000000" };

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
      const text = placed(around, attributesOf(own), unescapeXml(words));
      if (text === undefined || !taken(text)) return whole;
      texts.push(text);
      return "";
    }
    if (tag === undefined) looks.pop();
    else if (closed === "") {
      const given = attributesOf(attributes);
      looks.push(tag === "svg" ? viewed(around, given, looks.length === 1) : within(around, given));
    }
    return whole;
  });
  return { svg: rest, texts };
}

type Attributes = Map<string, string>;

function attributesOf(text: string): Attributes {
  return new Map([...text.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) => [name, value]));
}

function within(around: Look, attributes: Attributes): Look {
  const look: { -readonly [K in keyof Look]: Look[K] } = { ...around };
  for (const [name, value] of attributes) {
    if (name === "fill") look.fill = value;
    else if (name === "font-size") look.size = value;
    else if (name === "font-weight") look.weight = value;
    else if (name === "text-anchor") look.anchor = value;
    else if (name === "transform") {
      const [, x, y] = /^translate\(([-\d.]+)[ ,]([-\d.]+)\)$/.exec(value) ?? [];
      if (x === undefined || y === undefined) look.plain = false;
      look.x += look.scale * Number(x);
      look.y += look.scale * Number(y);
    } else if (!SILENT.test(name) && !(name === "stroke" && value === "none")) look.plain = false;
  }
  return look;
}

/** What holds within a document, or one in another: as large as fits, in the middle, and not cut at the edges of the inner one. */
function viewed(around: Look, attributes: Attributes, outer: boolean): Look {
  const take = (name: string) => {
    const value = attributes.get(name);
    attributes.delete(name);
    return value;
  };
  const [x = 0, y = 0, width = Number.NaN, height = Number.NaN] = ["x", "y", "width", "height"].map((name) => {
    const value = take(name);
    return value === undefined ? undefined : Number(value);
  });
  const [left = 0, top = 0, across = width, down = height] = (take("viewBox") ?? "").split(" ").flatMap(numbers);
  const scale = Math.min(width / across, height / down);
  const cut = !outer && take("overflow") !== "visible";
  const look = within(around, attributes);
  return {
    ...look,
    plain: look.plain && !cut && Number.isFinite(scale),
    x: look.x + look.scale * (x + (width - across * scale) / 2 - left * scale),
    y: look.y + look.scale * (y + (height - down * scale) / 2 - top * scale),
    scale: look.scale * scale,
  };
}

const numbers = (text: string): readonly number[] => (text === "" ? [] : [Number(text)]);

function placed(around: Look, attributes: Attributes, text: string): PlacedText | undefined {
  const [x, y] = ["x", "y"].map((name) => Number(attributes.get(name) ?? 0)) as [number, number];
  attributes.delete("x");
  attributes.delete("y");
  const { plain, scale, anchor, size, weight, fill, ...origin } = within(around, attributes);
  const color = /^#(..)(..)(..)$/
    .exec(fill)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16));
  // Spaces side by side are one, and none at the ends, in a way of its own.
  if (!plain || color === undefined || / {2}|^ | $/.test(text) || !(Number(size) > 0)) return undefined;
  return {
    text,
    x: origin.x + scale * x,
    y: origin.y + scale * y,
    anchor: anchor === "middle" || anchor === "end" ? anchor : "start",
    size: Number(size) * scale,
    weight: Number(weight) >= 600 ? "semibold" : "regular",
    color: color as unknown as PlacedText["color"],
  };
}
