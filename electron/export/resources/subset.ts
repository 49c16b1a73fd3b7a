import { setFlagsFromString } from "node:v8";
import wasm from "harfbuzzjs/dist/harfbuzz-subset.wasm?bytes";
import { interFonts } from "./inter.ts";

/** What is used of HarfBuzz; pointers are numbers. */
interface HarfBuzz {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(size: number): number;
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_clear(set: number): void;
  hb_set_add(set: number, codePoint: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_unicode_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_or_fail(face: number, input: number): number;
}

/** What Node has and its types leave to the DOM's. */
declare const WebAssembly: {
  readonly compile: (bytes: Uint8Array) => Promise<object>;
  readonly Instance: new (module: object) => { readonly exports: object };
};

const READ_ONLY = 1;

/** Which of the sets of what is kept: those of the names, and of the features of layout. */
const NAMES = 4;
const LAYOUT_FEATURES = 6;

/** The family without its weight, by which programs find the semibold as one of Inter (OpenType, name IDs 16 and 17). */
const FAMILY_NAMES = [16, 17];

/** What readers do by themselves: marks, joined and contextual forms, kerning. What has to be asked for, as fractions, is left out. */
const FEATURES = ["calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk"];

type Inter<T> = Readonly<Record<"regular" | "semibold", T>>;

/** To compile every function at once and none a second time; and how that, and what V8 turns off with it, is else. */
const ONCE = ["--liftoff-only", "--no-wasm-lazy-compilation"];
const USUAL = ["--no-liftoff-only", "--wasm-tier-up", "--wasm-dynamic-tiering", "--wasm-lazy-compilation"];

/** Begun when this is imported: other threads compile while the program does what goes before. */
const compiled = compile();

let loaded: { readonly harfbuzz: HarfBuzz; readonly faces: Inter<number> } | undefined;

/** Inter with the glyphs of these characters alone, as TrueType in base64. */
export async function interSubset(text: string): Promise<Inter<string>> {
  const { regular, semibold } = await subsetFor(new Set(text));
  return { regular: regular.toString("base64"), semibold: semibold.toString("base64") };
}

/** What was made last: the pictures of a film, or of the pages of a document, mostly have the same characters. */
let last: { readonly characters: ReadonlySet<string>; readonly fonts: Inter<Buffer> } | undefined;

/** Inter with at least the glyphs of these characters, as TrueType: what painting a picture has to read is little then. */
export async function interFor(text: string): Promise<Inter<Uint8Array>> {
  const characters = new Set(text);
  const known = last?.characters;
  if (known === undefined || ![...characters].every((character) => known.has(character))) {
    // What is known stays, so that two pictures by turns do not make it anew each time.
    const wanted = new Set([...characters, ...(known !== undefined && known.size < REMEMBERED ? known : [])]);
    last = { characters: wanted, fonts: await subsetFor(wanted) };
  }
  return (last as NonNullable<typeof last>).fonts;
}

/** With more characters than this the fonts are no longer small. */
const REMEMBERED = 300;

async function subsetFor(characters: ReadonlySet<string>): Promise<Inter<Buffer>> {
  const module = await compiled;
  loaded ??= load(module);
  const { harfbuzz, faces } = loaded;
  return {
    regular: subsetOf(harfbuzz, faces.regular, characters),
    semibold: subsetOf(harfbuzz, faces.semibold, characters),
  };
}

async function compile(): Promise<object> {
  // Its functions are called a few times only: optimising them would take a short command longer than all it does, and so
  // would compiling each when it is first called. A module keeps what held when its compiling began.
  ONCE.forEach(setFlagsFromString);
  const module = await WebAssembly.compile(wasm);
  USUAL.forEach(setFlagsFromString);
  return module;
}

function load(module: object) {
  const harfbuzz = new WebAssembly.Instance(module).exports as unknown as HarfBuzz;
  const face = (font: Uint8Array): number => {
    const data = harfbuzz.malloc(font.length);
    new Uint8Array(harfbuzz.memory.buffer).set(font, data);
    return harfbuzz.hb_face_create(harfbuzz.hb_blob_create(data, font.length, READ_ONLY, 0, 0), 0);
  };
  return { harfbuzz, faces: { regular: face(interFonts.regular), semibold: face(interFonts.semibold) } };
}

function subsetOf(harfbuzz: HarfBuzz, face: number, characters: Iterable<string>): Buffer {
  const input = harfbuzz.hb_subset_input_create_or_fail();
  const wanted = harfbuzz.hb_subset_input_unicode_set(input);
  for (const character of characters) harfbuzz.hb_set_add(wanted, character.codePointAt(0) ?? 0);
  const names = harfbuzz.hb_subset_input_set(input, NAMES);
  for (const name of FAMILY_NAMES) harfbuzz.hb_set_add(names, name);
  const features = harfbuzz.hb_subset_input_set(input, LAYOUT_FEATURES);
  harfbuzz.hb_set_clear(features);
  for (const feature of FEATURES) harfbuzz.hb_set_add(features, Buffer.from(feature).readUInt32BE());
  const subset = harfbuzz.hb_subset_or_fail(face, input);
  harfbuzz.hb_subset_input_destroy(input);
  if (subset === 0) throw new Error("The font could not be reduced to the characters of the picture.");
  const blob = harfbuzz.hb_face_reference_blob(subset);
  const at = harfbuzz.hb_blob_get_data(blob, 0);
  // A copy: what HarfBuzz holds goes.
  const font = Buffer.from(new Uint8Array(harfbuzz.memory.buffer, at, harfbuzz.hb_blob_get_length(blob)));
  harfbuzz.hb_blob_destroy(blob);
  harfbuzz.hb_face_destroy(subset);
  return font;
}
