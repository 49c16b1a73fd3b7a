import wasm from "harfbuzzjs/dist/harfbuzz-subset.wasm?inline";
import { bytesOf } from "./bytes.ts";
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
  hb_subset_preprocess(face: number): number;
}

/** What Node has and its types leave to the DOM's. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: object } }>;
};

const READ_ONLY = 1;

/** Which of the sets of what is kept: that of the features of layout. */
const LAYOUT_FEATURES = 6;

/** What readers do by themselves: marks, joined and contextual forms, kerning. What has to be asked for, as fractions, is left out. */
const FEATURES = ["calt", "ccmp", "kern", "liga", "locl", "mark", "mkmk"];

type Faces = Readonly<Record<"regular" | "semibold", number>>;

let loaded: Promise<{ readonly harfbuzz: HarfBuzz; readonly faces: Faces }> | undefined;

/** Inter with the glyphs of these characters alone, as TrueType in base64. */
export async function interSubset(text: string): Promise<Readonly<Record<"regular" | "semibold", string>>> {
  loaded ??= load();
  const { harfbuzz, faces } = await loaded;
  const characters = new Set(text);
  return {
    regular: subsetOf(harfbuzz, faces.regular, characters),
    semibold: subsetOf(harfbuzz, faces.semibold, characters),
  };
}

async function load() {
  const { instance } = await WebAssembly.instantiate(bytesOf(wasm), {});
  const harfbuzz = instance.exports as unknown as HarfBuzz;
  const face = (font: Uint8Array): number => {
    const data = harfbuzz.malloc(font.length);
    new Uint8Array(harfbuzz.memory.buffer).set(font, data);
    const whole = harfbuzz.hb_face_create(harfbuzz.hb_blob_create(data, font.length, READ_ONLY, 0, 0), 0);
    return harfbuzz.hb_subset_preprocess(whole);
  };
  return { harfbuzz, faces: { regular: face(interFonts.regular), semibold: face(interFonts.semibold) } };
}

function subsetOf(harfbuzz: HarfBuzz, face: number, characters: Iterable<string>): string {
  const input = harfbuzz.hb_subset_input_create_or_fail();
  const wanted = harfbuzz.hb_subset_input_unicode_set(input);
  for (const character of characters) harfbuzz.hb_set_add(wanted, character.codePointAt(0) ?? 0);
  const features = harfbuzz.hb_subset_input_set(input, LAYOUT_FEATURES);
  harfbuzz.hb_set_clear(features);
  for (const feature of FEATURES) harfbuzz.hb_set_add(features, Buffer.from(feature).readUInt32BE());
  const subset = harfbuzz.hb_subset_or_fail(face, input);
  harfbuzz.hb_subset_input_destroy(input);
  if (subset === 0) throw new Error("The font could not be reduced to the characters of the picture.");
  const blob = harfbuzz.hb_face_reference_blob(subset);
  const at = harfbuzz.hb_blob_get_data(blob, 0);
  const base64 = Buffer.from(harfbuzz.memory.buffer, at, harfbuzz.hb_blob_get_length(blob)).toString("base64");
  harfbuzz.hb_blob_destroy(blob);
  harfbuzz.hb_face_destroy(subset);
  return base64;
}
