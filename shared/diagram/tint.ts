import { colours } from "../flow/scalars.ts";

/** A colour of the theme's own set, made for light, dark and print. */
export type Tint = (typeof colours)[number];

const isTint = (name: string): name is Tint => (colours as readonly string[]).includes(name);

/**
 * The theme's colour that a document's colour is drawn in: itself, or for a web colour the one nearest in hue, so that
 * whatever a document asks for can be read in light, dark and print. Undefined for what is transparent or no colour.
 */
export function tintOf(colour: string | undefined): Tint | undefined {
  if (colour === undefined) return undefined;
  const name = colour.toLowerCase();
  if (isTint(name)) return name;
  const parts = channels(name);
  return parts === undefined ? tintOfName(name) : parts.opacity === 0 ? undefined : nearest(parts);
}

/** Words in the names of web colours, the telling ones first: "lightsteelblue" is a blue, "yellowgreen" a green. */
const words: readonly (readonly [Tint, RegExp])[] = [
  ["teal", /teal|aqua|cyan|turquoise/],
  ["purple", /purple|violet|orchid|plum|lavender|thistle|magenta|fuchsia|indigo/],
  ["green", /green|lime|olive|honeydew|mint|chartreuse/],
  ["blue", /blue|navy|azure/],
  ["orange", /orange|coral|peach|brown|chocolate|sienna|peru|tan|burlywood|bisque|wheat|sandy|papaya|linen|almond/],
  ["red", /red|crimson|salmon|tomato|brick|maroon|pink|rose|blush/],
  ["yellow", /yellow|gold|khaki|lemon|corn|moccasin|beige|ivory|seashell|lace/],
  ["grey", /gr[ae]y|black|white|silver|gainsboro|smoke|snow/],
];

const tintOfName = (name: string): Tint | undefined => words.find(([, word]) => word.test(name))?.[0];

interface Channels {
  /** From 0 to 1. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly opacity: number;
}

function channels(colour: string): Channels | undefined {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(colour)?.[1];
  if (digits !== undefined) {
    const size = digits.length < 6 ? 1 : 2;
    const [red = 0, green = 0, blue = 0, opacity = 1] = (digits.match(size === 1 ? /./g : /../g) ?? []).map(
      (part) => Number.parseInt(part.padStart(2, part), 16) / 255,
    );
    return { red, green, blue, opacity };
  }
  const written = /^(rgb|hsl)a?\((.*)\)$/.exec(colour);
  if (written === null) return undefined;
  const numbers = (written[2] ?? "").split(",").map((part) => ({
    value: Number.parseFloat(part),
    share: part.endsWith("%"),
  }));
  if (numbers.length < 3 || numbers.some(({ value }) => Number.isNaN(value))) return undefined;
  const [a, b, c, d] = numbers.map(({ value, share }) => (share ? value / 100 : value));
  const opacity = d ?? 1;
  if (written[1] === "hsl") return { ...ofHue(a ?? 0, b ?? 0, c ?? 0), opacity };
  const part = (value = 0, at = 0) => (numbers[at]?.share === true ? value : value / 255);
  return { red: part(a, 0), green: part(b, 1), blue: part(c, 2), opacity };
}

function ofHue(hue: number, saturation: number, lightness: number): Omit<Channels, "opacity"> {
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const at = (n: number) => {
    const k = (n + hue / 30) % 12;
    return lightness - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return { red: at(0), green: at(8), blue: at(4) };
}

/** Hues in degrees up to which a colour counts as one of the theme's. */
const hues: readonly (readonly [number, Tint])[] = [
  [15, "red"],
  [42, "orange"],
  [68, "yellow"],
  [160, "green"],
  [195, "teal"],
  [250, "blue"],
  [325, "purple"],
  [360, "red"],
];

/** Below this difference of its channels a colour has no hue to speak of. */
const GREYISH = 0.06;

function nearest({ red, green, blue }: Channels): Tint {
  const high = Math.max(red, green, blue);
  const span = high - Math.min(red, green, blue);
  if (span < GREYISH) return "grey";
  const sector =
    high === red
      ? ((green - blue) / span + 6) % 6
      : high === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  return hues.find(([end]) => sector * 60 <= end)?.[1] ?? "red";
}
