import wasm from "harfbuzzjs/dist/harfbuzz.wasm?bytes";
import { interFonts } from "../resources/inter.ts";
import { callbacks } from "./callbacks.ts";

/** A line of text as HarfBuzz sets it, in parts of the font size. */
export interface Shaped {
  readonly glyphs: readonly Glyph[];
  readonly width: number;
}

/** A glyph of the font, and where it stands from the text's start. */
export interface Glyph {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

/** Curves of the second order, as TrueType has them: start, control, end, two numbers each; y goes up. A line is one too. */
export type Outline = readonly number[];

/** One of the weights of Inter. */
export interface Letters {
  /** Undefined where Inter lacks a character. */
  readonly shape: (text: string) => Shaped | undefined;
  /** In parts of the font size. */
  readonly outline: (glyph: number) => Outline;
}

/** What is used of HarfBuzz; pointers are numbers. */
interface HarfBuzz {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly __indirect_function_table: Table;
  __wasm_call_ctors(): void;
  malloc(size: number): number;
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_get_upem(face: number): number;
  hb_font_create(face: number): number;
  hb_font_draw_glyph(font: number, glyph: number, funcs: number, data: number): void;
  hb_buffer_create(): number;
  hb_buffer_clear_contents(buffer: number): void;
  hb_buffer_add_utf16(buffer: number, text: number, length: number, from: number, count: number): void;
  hb_buffer_guess_segment_properties(buffer: number): void;
  hb_buffer_get_glyph_infos(buffer: number, length: number): number;
  hb_buffer_get_glyph_positions(buffer: number, length: number): number;
  hb_shape(font: number, buffer: number, features: number, count: number): void;
  hb_draw_funcs_create(): number;
  hb_draw_funcs_set_move_to_func(funcs: number, func: number, userData: number, destroy: number): void;
  hb_draw_funcs_set_line_to_func(funcs: number, func: number, userData: number, destroy: number): void;
  hb_draw_funcs_set_quadratic_to_func(funcs: number, func: number, userData: number, destroy: number): void;
}

interface Table {
  grow(count: number): number;
  set(index: number, func: unknown): void;
}

/** What Node has and its types leave to the DOM's. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

const READ_ONLY = 1;
const PAGE = 65_536;
/** A glyph's description and its position have five numbers of four bytes each. */
const WORDS = 5;
/** The longest text, in bytes, that is shaped. */
const TEXT_BYTES = 16_384;

let loaded: { readonly regular: Letters; readonly semibold: Letters } | undefined;

/** Inter's letters; HarfBuzz is loaded by the first who asks. */
export function interLetters(): { readonly regular: Letters; readonly semibold: Letters } {
  loaded ??= load();
  return loaded;
}

function load() {
  const harfbuzz = instance();
  const pen = penOf(harfbuzz);
  const buffer = harfbuzz.hb_buffer_create();
  const text = harfbuzz.malloc(TEXT_BYTES);
  const lettersOf = (bytes: Uint8Array): Letters => {
    const data = harfbuzz.malloc(bytes.length);
    new Uint8Array(harfbuzz.memory.buffer).set(bytes, data);
    const face = harfbuzz.hb_face_create(harfbuzz.hb_blob_create(data, bytes.length, READ_ONLY, 0, 0), 0);
    const font = harfbuzz.hb_font_create(face);
    const unit = harfbuzz.hb_face_get_upem(face);
    return {
      shape: (words) => shaped(harfbuzz, font, unit, words, { buffer, text }),
      outline: (glyph) => pen.draw(font, glyph).map((value) => value / unit),
    };
  };
  return { regular: lettersOf(interFonts.regular), semibold: lettersOf(interFonts.semibold) };
}

function instance(): HarfBuzz {
  let harfbuzz: HarfBuzz | undefined;
  const nothing = () => 0;
  const failed = () => {
    throw new Error("HarfBuzz has failed.");
  };
  const env = {
    _abort_js: failed,
    _setitimer_js: nothing,
    _emscripten_runtime_keepalive_clear: nothing,
    emscripten_resize_heap: (wanted: number) => {
      const memory = harfbuzz?.memory;
      if (memory === undefined) return 0;
      memory.grow(Math.ceil(((wanted >>> 0) - memory.buffer.byteLength) / PAGE));
      return 1;
    },
  };
  const imports = { env, wasi_snapshot_preview1: { proc_exit: failed } };
  harfbuzz = new WebAssembly.Instance(new WebAssembly.Module(wasm), imports).exports as unknown as HarfBuzz;
  harfbuzz.__wasm_call_ctors();
  return harfbuzz;
}

function shaped(
  harfbuzz: HarfBuzz,
  font: number,
  unit: number,
  words: string,
  at: { readonly buffer: number; readonly text: number },
): Shaped | undefined {
  if (words.length * 2 > TEXT_BYTES) return undefined;
  Buffer.from(harfbuzz.memory.buffer, at.text, TEXT_BYTES).write(words, "utf16le");
  harfbuzz.hb_buffer_clear_contents(at.buffer);
  harfbuzz.hb_buffer_add_utf16(at.buffer, at.text, words.length, 0, words.length);
  harfbuzz.hb_buffer_guess_segment_properties(at.buffer);
  harfbuzz.hb_shape(font, at.buffer, 0, 0);
  const infos = harfbuzz.hb_buffer_get_glyph_infos(at.buffer, at.text) / 4;
  const places = harfbuzz.hb_buffer_get_glyph_positions(at.buffer, at.text) / 4;
  const memory = new Int32Array(harfbuzz.memory.buffer);
  const count = memory[at.text / 4] as number;
  const glyphs: Glyph[] = [];
  let pen = 0;
  for (let i = 0; i < count; i++) {
    const id = memory[infos + i * WORDS] as number;
    if (id === 0) return undefined;
    // The way to the next glyph right and up, then where this one stands beside its place.
    const place = places + i * WORDS;
    const [x, y] = [memory[place + 2] as number, memory[place + 3] as number];
    glyphs.push({ id, x: (pen + x) / unit, y: y / unit });
    pen += memory[place] as number;
  }
  return { glyphs, width: pen / unit };
}

/** Draws glyphs, in units of the font. */
function penOf(harfbuzz: HarfBuzz): { readonly draw: (font: number, glyph: number) => readonly number[] } {
  let drawn: number[] = [];
  let [x, y] = [0, 0];
  const curveTo = (cx: number, cy: number, toX: number, toY: number) => {
    drawn.push(x, y, cx, cy, toX, toY);
    [x, y] = [toX, toY];
  };
  const [moveTo, lineTo, quadraticTo] = callbacks([
    [
      2,
      (toX, toY) => {
        [x, y] = [toX, toY];
      },
    ],
    [2, (toX, toY) => curveTo((x + toX) / 2, (y + toY) / 2, toX, toY)],
    [4, curveTo],
  ]);
  const table = harfbuzz.__indirect_function_table;
  const first = table.grow(3);
  for (const [i, callback] of [moveTo, lineTo, quadraticTo].entries()) table.set(first + i, callback);
  const funcs = harfbuzz.hb_draw_funcs_create();
  harfbuzz.hb_draw_funcs_set_move_to_func(funcs, first, 0, 0);
  harfbuzz.hb_draw_funcs_set_line_to_func(funcs, first + 1, 0, 0);
  harfbuzz.hb_draw_funcs_set_quadratic_to_func(funcs, first + 2, 0, 0);
  return {
    draw(font, glyph) {
      drawn = [];
      harfbuzz.hb_font_draw_glyph(font, glyph, funcs, 0);
      return drawn;
    },
  };
}
