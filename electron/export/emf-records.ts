import { textWidth } from "../../shared/diagram/measure.ts";
import { dashesOf } from "./dashes.ts";
import type { Drawing, PathMark, TextMark } from "./drawing.ts";

/** Logical units in a pixel of CSS: places are whole numbers. */
const UNITS = 20;
/** Hundredths of a millimetre in a pixel of CSS. */
const HIMETRIC = 2540 / 96;

/** Record types of [MS-EMF] 2.3. */
const RECORD = {
  header: 1,
  polyBezierTo: 5,
  setWindowExtent: 9,
  setWindowOrigin: 10,
  setViewportExtent: 11,
  setViewportOrigin: 12,
  end: 14,
  setMapMode: 17,
  setBackgroundMode: 18,
  setPolygonFillMode: 19,
  setTextAlign: 22,
  setTextColour: 24,
  moveTo: 27,
  selectObject: 37,
  createBrush: 39,
  lineTo: 54,
  beginPath: 59,
  endPath: 60,
  closeFigure: 61,
  fillPath: 62,
  strokeAndFillPath: 63,
  strokePath: 64,
  createFont: 82,
  textOut: 84,
  createPen: 95,
} as const;

const STOCK_NO_BRUSH = 0x80000005;
/** Texts are placed by their left ends and baselines. */
const ALIGN_BASELINE = 24;
/** Geometric, ends cut off, corners pointed. */
const PEN = 0x10000 | 0x200 | 0x2000;

/** A drawing as an enhanced metafile (EMF). */
export function emfOf(drawing: Drawing): Uint8Array {
  const { width, height, title, marks } = drawing;
  const out = recorder();
  out.put(RECORD.setMapMode, 8);
  out.put(RECORD.setWindowOrigin, 0, 0);
  out.put(RECORD.setWindowExtent, width * UNITS, height * UNITS);
  out.put(RECORD.setViewportOrigin, 0, 0);
  out.put(RECORD.setViewportExtent, width, height);
  out.put(RECORD.setBackgroundMode, 1);
  out.put(RECORD.setPolygonFillMode, 2);
  const ground = marks[0]?.fill ?? "#ffffff";
  for (const mark of marks) mark.kind === "text" ? putText(out, mark, ground) : putPath(out, mark, ground);
  out.put(RECORD.end, 0, 16, 20);
  return out.finish(width, height, title);
}

interface Recorder {
  readonly put: (type: number, ...values: readonly number[]) => void;
  /** Makes an object once, and selects it unless it is selected. `create` gives its record after the handle. */
  readonly select: (kind: string, key: string, create: () => readonly [number, Buffer]) => void;
  readonly selectNoBrush: () => void;
  readonly raw: (type: number, data: Buffer) => void;
  readonly finish: (width: number, height: number, title: string) => Uint8Array;
}

function recorder(): Recorder {
  const records: Buffer[] = [];
  const handles = new Map<string, number>();
  const selected = new Map<string, string>();
  const raw = (type: number, data: Buffer) => {
    const record = Buffer.alloc(8 + data.length);
    record.writeUInt32LE(type, 0);
    record.writeUInt32LE(record.length, 4);
    record.set(data, 8);
    records.push(record);
  };
  const put: Recorder["put"] = (type, ...values) => raw(type, words(...values));
  return {
    put,
    raw,
    select(kind, key, create) {
      if (selected.get(kind) === key) return;
      let handle = handles.get(kind + key);
      if (handle === undefined) {
        handle = handles.size + 1;
        handles.set(kind + key, handle);
        const [type, data] = create();
        raw(type, Buffer.concat([words(handle), data]));
      }
      put(RECORD.selectObject, handle);
      selected.set(kind, key);
    },
    selectNoBrush() {
      if (selected.get("brush") === "") return;
      put(RECORD.selectObject, STOCK_NO_BRUSH);
      selected.set("brush", "");
    },
    finish(width, height, title) {
      const description = Buffer.from(`Callflow\0${title}\0\0`, "utf16le");
      const padded = Buffer.alloc((description.length + 3) & ~3);
      padded.set(description);
      const size = 88 + padded.length;
      const head = Buffer.alloc(size);
      const bytes = size + records.reduce((sum, record) => sum + record.length, 0);
      const frame = [width * HIMETRIC, height * HIMETRIC].map(Math.round);
      head.set(words(RECORD.header, size, 0, 0, width - 1, height - 1, 0, 0, ...frame, 0x464d4520, 0x10000), 0);
      head.set(words(bytes, records.length + 1, handles.size + 1, description.length / 2, 88, 0), 48);
      // A screen of 96 pixels an inch.
      head.set(words(1920, 1080, 508, 286), 72);
      head.set(padded, 88);
      return new Uint8Array(Buffer.concat([head, ...records]));
    },
  };
}

function words(...values: readonly number[]): Buffer {
  const data = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    data.writeUInt32LE(Math.round(value) >>> 0, i * 4);
  });
  return data;
}

function putPath(out: Recorder, { path, fill, stroke, strokeWidth, dash, opacity, fillOpacity }: PathMark, on: string) {
  const filled = fill !== undefined && path.length > 2;
  if (!filled && stroke === undefined) return;
  if (filled) {
    const colour = colourRef(fill, opacity * fillOpacity, on);
    out.select("brush", String(colour), () => [RECORD.createBrush, words(0, colour, 0)]);
  } else out.selectNoBrush();
  if (stroke !== undefined) {
    const colour = colourRef(stroke, opacity, on);
    const pen = [PEN, strokeWidth * UNITS, 0, colour, 0, 0];
    out.select("pen", pen.join(), () => [RECORD.createPen, words(0, 0, 0, 0, ...pen)]);
  }
  out.put(RECORD.beginPath);
  for (const [name, ...at] of dash === undefined || filled ? path : dashesOf(path, dash)) {
    const places = at.map((value) => value * UNITS);
    if (name === "M") out.put(RECORD.moveTo, ...places);
    else if (name === "L") out.put(RECORD.lineTo, ...places);
    else if (name === "C") out.put(RECORD.polyBezierTo, 0, 0, -1, -1, 3, ...places);
    else out.put(RECORD.closeFigure);
  }
  out.put(RECORD.endPath);
  const act = filled ? (stroke === undefined ? "fillPath" : "strokeAndFillPath") : "strokePath";
  out.put(RECORD[act], 0, 0, -1, -1);
}

function putText(out: Recorder, { x, y, anchor, text, size, weight, fill, opacity }: TextMark, on: string): void {
  if (fill === undefined || text === "") return;
  out.select("font", `${weight} ${size}`, () => [RECORD.createFont, font(size, weight === "semibold" ? 600 : 400)]);
  const all = textWidth(text, size, weight);
  const left = anchor === "start" ? x : anchor === "middle" ? x - all / 2 : x - all;
  out.put(RECORD.setTextColour, colourRef(fill, opacity, on));
  out.put(RECORD.setTextAlign, ALIGN_BASELINE);
  const characters = Buffer.from(text, "utf16le");
  const padded = Buffer.alloc((characters.length + 3) & ~3);
  padded.set(characters);
  const start = 76;
  const head = Buffer.concat([words(0, 0, -1, -1, 1), scales, words(left * UNITS, y * UNITS, text.length, start, 0)]);
  const rest = words(0, 0, -1, -1, start + padded.length, ...advances(text, size, weight));
  out.raw(RECORD.textOut, Buffer.concat([head, rest.subarray(0, 20), padded, rest.subarray(20)]));
}

/** From pixels to hundredths of a millimetre. */
const scales = Buffer.alloc(8);
scales.writeFloatLE(HIMETRIC, 0);
scales.writeFloatLE(HIMETRIC, 4);

/** How far from each UTF-16 unit to the next: what is rounded off one is given to a later one. */
function advances(text: string, size: number, weight: TextMark["weight"]): readonly number[] {
  const list: number[] = [];
  let exact = 0;
  let given = 0;
  for (const character of text) {
    exact += textWidth(character, size, weight) * UNITS;
    list.push(Math.round(exact) - given);
    given = Math.round(exact);
    if (character.length > 1) list.push(0);
  }
  return list;
}

/** LOGFONT and what surrounds it in a record ([MS-EMF] 2.2.13). */
function font(size: number, weight: number): Buffer {
  const data = Buffer.alloc(320);
  data.set(words(-size * UNITS, 0, 0, 0, weight), 0);
  data.write("Inter", 28, "utf16le");
  return data;
}

/** A colour as Windows writes it, as much of it over the ground as its opacity says. */
function colourRef(colour: string, opacity: number, ground: string): number {
  const part = (at: number) => {
    const [over, under] = [colour, ground].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round((over ?? 0) * opacity + (under ?? 255) * (1 - opacity));
  };
  return part(1) | (part(3) << 8) | (part(5) << 16);
}
