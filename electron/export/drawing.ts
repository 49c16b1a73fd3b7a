import svgpath from "svgpath";
import { unescapeXml } from "./ooxml/xml-tags.ts";

/**
 * A picture of `toSvg` as a flat list of what is painted, in order, with everything that SVG inherits resolved: for formats
 * that have neither groups nor styles. So they draw what the SVG draws, which is the reference.
 */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly marks: readonly Mark[];
}

export type Mark = PathMark | TextMark;

/** Colours are “#rrggbb”; absent: not filled, or no line. */
interface Painted {
  readonly fill: string | undefined;
  /** From 0 to 1. */
  readonly opacity: number;
}

export interface PathMark extends Painted {
  readonly kind: "path";
  /** Made of nothing but moves, lines, cubic curves and closings, all absolute. */
  readonly path: readonly PathCommand[];
  readonly stroke: string | undefined;
  readonly strokeWidth: number;
  readonly dash: readonly number[] | undefined;
  readonly fillOpacity: number;
}

export type PathCommand =
  | readonly ["M" | "L", number, number]
  | readonly ["C", number, number, number, number, number, number]
  | readonly ["Z"];

export interface TextMark extends Painted {
  readonly kind: "text";
  /** Of the baseline; `anchor` says which part of the text is at `x`. */
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  readonly text: string;
  readonly size: number;
  readonly weight: "regular" | "semibold";
}

type Attributes = Readonly<Record<string, string>>;

/** What an element passes on to those in it. */
interface Inherited {
  readonly attributes: Attributes;
  readonly opacity: number;
  readonly dx: number;
  readonly dy: number;
}

const TOKEN = /<(\/?)([a-z]+)([^>]*?)(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([a-zA-Z-]+)="([^"]*)"/g;

/** Reads an SVG document of `toSvg`; throws for an element that it does not make. */
export function drawingOf(svg: string): Drawing {
  const marks: Mark[] = [];
  const stack: { readonly element: string; readonly inherited: Inherited }[] = [];
  const about = { width: 0, height: 0, title: "", description: "" };
  let inherited: Inherited = { attributes: { fill: "#000000", "font-size": "16" }, opacity: 1, dx: 0, dy: 0 };
  for (const [, closing, element = "", rest = "", empty, text] of svg.matchAll(TOKEN)) {
    const within = stack.at(-1);
    if (text !== undefined) {
      const words = unescapeXml(text);
      if (within?.element === "text") marks.push(textMark(words, within.inherited));
      else if (within?.element === "title" && stack.length === 2) about.title = words;
      else if (within?.element === "desc") about.description = words;
    } else if (closing === "/") {
      stack.pop();
      inherited = stack.at(-1)?.inherited ?? inherited;
    } else {
      const own = Object.fromEntries([...rest.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, value]));
      inherited = under(stack.at(-1)?.inherited ?? inherited, own);
      if (element === "svg") {
        const [x, y, width, height] = (own.viewBox ?? "0 0 0 0").split(" ").map(Number);
        Object.assign(about, { width, height });
        inherited = { ...inherited, dx: -(x ?? 0), dy: -(y ?? 0) };
      }
      const path = pathOf(element, own);
      if (path !== undefined) marks.push(pathMark(path, inherited));
      if (empty !== "/") stack.push({ element, inherited });
      else inherited = stack.at(-1)?.inherited ?? inherited;
    }
  }
  return { ...about, marks };
}

function under(outer: Inherited, own: Attributes): Inherited {
  const [, x = "0", y = "0"] = own.transform?.match(/^translate\(([-\d.]+) ([-\d.]+)\)$/) ?? [];
  const { opacity, transform, ...passed } = own;
  if (transform !== undefined && x === "0" && y === "0" && transform !== "translate(0 0)") {
    throw new Error(`A picture has the transform “${transform}”.`);
  }
  return {
    attributes: { ...outer.attributes, ...passed },
    opacity: outer.opacity * Number(opacity ?? 1),
    dx: outer.dx + Number(x),
    dy: outer.dy + Number(y),
  };
}

/** The outline of an element as path data; undefined for one that draws none. */
function pathOf(element: string, own: Attributes): string | undefined {
  const n = (name: string) => Number(own[name] ?? 0);
  switch (element) {
    case "path":
      return own.d;
    case "polygon":
      return `M${own.points}Z`;
    case "rect":
      return rectangle(n("x"), n("y"), n("width"), n("height"), n("rx"));
    case "circle": {
      const [cx, cy, r] = [n("cx"), n("cy"), n("r")];
      return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    }
    case "svg":
    case "g":
    case "text":
    case "title":
    case "desc":
    case "style":
    case "metadata":
      return undefined;
    default:
      throw new Error(`A picture has the element “${element}”.`);
  }
}

function rectangle(x: number, y: number, width: number, height: number, rx: number): string {
  const r = Math.min(rx, width / 2, height / 2);
  if (r === 0) return `M${x} ${y}h${width}v${height}h${-width}Z`;
  const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${x + r} ${y}h${width - 2 * r}${corner(r, r)}v${height - 2 * r}${corner(-r, r)}h${2 * r - width}${corner(-r, -r)}v${2 * r - height}${corner(r, -r)}Z`;
}

function pathMark(data: string, { attributes, opacity, dx, dy }: Inherited): PathMark {
  const path: PathCommand[] = [];
  svgpath(data)
    .unarc()
    .abs()
    .translate(dx, dy)
    .iterate((segment, _, x, y) => {
      path.push(commandOf(segment as readonly (string | number)[], x, y));
    });
  const dash = attributes["stroke-dasharray"]?.split(/[ ,]+/).map(Number);
  return {
    kind: "path",
    path,
    fill: colour(attributes.fill),
    stroke: colour(attributes.stroke),
    strokeWidth: Number(attributes["stroke-width"] ?? 1),
    dash,
    opacity,
    fillOpacity: Number(attributes["fill-opacity"] ?? 1),
  };
}

/** One absolute segment, from (x, y), without the short forms. */
function commandOf([name, ...values]: readonly (string | number)[], x: number, y: number): PathCommand {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values as number[];
  switch (name) {
    case "M":
    case "L":
      return [name, a, b];
    case "H":
      return ["L", a, y];
    case "V":
      return ["L", x, a];
    case "C":
      return ["C", a, b, c, d, e, f];
    case "Q":
      return ["C", x + (2 / 3) * (a - x), y + (2 / 3) * (b - y), c + (2 / 3) * (a - c), d + (2 / 3) * (b - d), c, d];
    case "Z":
    case "z":
      return ["Z"];
    default:
      throw new Error(`A picture has the path segment “${name}”.`);
  }
}

function textMark(text: string, { attributes, opacity, dx, dy }: Inherited): TextMark {
  const anchor = attributes["text-anchor"];
  return {
    kind: "text",
    x: Number(attributes.x ?? 0) + dx,
    y: Number(attributes.y ?? 0) + dy,
    anchor: anchor === "middle" || anchor === "end" ? anchor : "start",
    text,
    size: Number(attributes["font-size"]),
    weight: Number(attributes["font-weight"] ?? 400) >= 600 ? "semibold" : "regular",
    fill: colour(attributes.fill),
    opacity,
  };
}

const colour = (value: string | undefined): string | undefined => (value === "none" ? undefined : value);
