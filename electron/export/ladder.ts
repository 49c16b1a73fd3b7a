import stringWidth from "string-width";
import type { Diagram, Item, Step } from "../../shared/diagram/diagram.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";

/** Characters that are each as wide as one cell, as nearly every text of a flow has no others. */
const PLAIN = /^[ -~]*$/;

/** How many cells of a terminal a text takes; to look at each character for its kind takes a hundred times as long. */
const widthOf = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

/** The diagram as a ladder of plain characters, as RFCs print theirs. */
export function exportLadder({ flow, variant, diagram }: ExportInput): Exported {
  const crossing = diagram.items.some((item) => item.type === "step" && item.sentBefore !== undefined);
  const rows = [heading(flow, variant), "", ...ladder(diagram)].map((row) => row.trimEnd());
  const width = widest(rows.slice(2));
  const remarks = [
    ...(crossing ? ["Messages that cross others are drawn level: plain text cannot slant them."] : []),
    ...(width > RFC_WIDTH
      ? [`The ladder is ${width} characters wide; a line of an RFC has room for ${RFC_WIDTH}.`]
      : []),
  ];
  return { content: `${rows.join("\n")}\n`, remarks };
}

/** Characters from one lifeline to the next; a label that needs more is broken into lines. */
const NARROW = 11;
const WIDE = 21;
const MARGIN = 1;
/** RFC 7994 §4.3. */
const RFC_WIDTH = 72;

interface Columns {
  /** Where each lifeline stands, in characters from the left. */
  readonly at: ReadonlyMap<string, number>;
  /** The same in order, from left to right. */
  readonly all: readonly number[];
  readonly width: number;
}

/** Where the ladder is wider than a page of an RFC, its lifelines stand closer if it has room there then. */
function ladder(diagram: Diagram): readonly string[] {
  const roomy = rowsIn(diagram, place(diagram, WIDE));
  if (widest(roomy) <= RFC_WIDTH) return roomy;
  for (let wide = WIDE - 1; wide >= NARROW; wide--) {
    const columns = place(diagram, wide);
    const rows = (columns.all.at(-1) ?? 0) < RFC_WIDTH ? rowsIn(diagram, columns) : roomy;
    if (widest(rows) <= RFC_WIDTH) return rows;
  }
  return roomy;
}

function rowsIn(diagram: Diagram, columns: Columns): readonly string[] {
  const bare = lifelines(columns);
  const rows = [...heads(diagram, columns), bare];
  for (const item of diagram.items) rows.push(...rowsOf(item, columns), bare);
  return rows.map((row) => row.trimEnd());
}

/** @param wide how far lifelines may stand apart for a label's sake; further only for a word's */
function place({ lifelines: drawn, items }: Diagram, wide: number): Columns {
  const indexes = new Map(drawn.map(({ id }, i) => [id, i]));
  const gaps = drawn.map(() => NARROW);
  const widen = (from: number, to: number, wanted: number) => {
    const spans = to - from;
    if (spans <= 0 || from < 0) return;
    const short = wanted - gaps.slice(from, to).reduce((sum, gap) => sum + gap, 0);
    for (let i = from; i < to && short > 0; i++) gaps[i] = (gaps[i] ?? NARROW) + Math.ceil(short / spans);
  };
  for (const [i, { name }] of drawn.entries()) {
    const word = Math.min(widest(words(name)), WIDE - 2) + 2;
    widen(i, i + 1, word);
    if (wide < WIDE) widen(i - 1, i, word);
  }
  for (const item of items) {
    if (item.type !== "step") continue;
    const ends = [item.from, item.to].flatMap((end) => (end.kind === "lifeline" ? (indexes.get(end.id) ?? []) : []));
    const [left, right] = [Math.min(...ends), Math.max(...ends)];
    const most = wide * (right - left);
    const label = Math.min(widthOf(labelOf(item)) + 4, most);
    const word = Math.min(widest(words(labelOf(item))) + 4, WIDE * (right - left));
    if (ends.length === 2) widen(left, right, Math.max(label, word));
  }
  const all: number[] = [];
  let x = MARGIN + 4;
  for (const gap of gaps) {
    all.push(x);
    x += gap;
  }
  return { at: new Map(drawn.map(({ id }, i) => [id, all[i] ?? 0])), all, width: Math.max(40, x) };
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

const widest = (parts: readonly string[]): number => Math.max(0, ...parts.map((part) => widthOf(part)));

function labelOf(step: Step): string {
  const label = step.label.replace(/\s+/g, " ").trim();
  return step.number === "" ? label : `${step.number}. ${label}`;
}

/** The names over their lifelines, standing on the same last line. */
function heads({ lifelines: drawn }: Diagram, columns: Columns): readonly string[] {
  const names = drawn.map(({ name }, i) => {
    const x = columns.all[i] ?? 0;
    const room = Math.min(x - (columns.all[i - 1] ?? -NARROW), (columns.all[i + 1] ?? x + NARROW) - x) - 1;
    return { x, lines: broken(name, room) };
  });
  const height = Math.max(1, ...names.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, row) => {
    const cells = blank(columns);
    for (const { x, lines } of names) centre(cells, lines[row - height + lines.length] ?? "", x);
    return cells.join("");
  });
}

function rowsOf(item: Item, columns: Columns): readonly string[] {
  switch (item.type) {
    case "step":
      return stepRows(item, columns);
    case "note": {
      const text = item.number === "" ? item.text : `${item.number}: ${item.text}`;
      return boxed(text, over(item.over, columns), columns);
    }
    case "divider":
      return [ruled(item.text, "=", columns)];
    case "state":
      return boxed(item.text, over([item.on], columns), columns);
    case "timer":
      return boxed(`${item.name}: ${item.event}`, over([item.on], columns), columns);
    case "fragment":
      return [ruled(item.guard === "" ? item.operator : `${item.operator} [${item.guard}]`, "-", columns)];
    case "else":
      return [ruled(item.guard === "" ? "else" : `else [${item.guard}]`, "-", columns)];
    case "end":
      return [ruled("end", "-", columns)];
    case "activation":
      return [];
    case "life":
      return boxed(item.event, over([item.on], columns), columns);
  }
}

function stepRows(step: Step, columns: Columns): readonly string[] {
  const [a, b] = [step.from, step.to].map((end) => (end.kind === "lifeline" ? columns.at.get(end.id) : undefined));
  const from = a ?? (b ?? 0) - NARROW + 3;
  const to = b ?? from + NARROW - 3;
  if (step.state === true) return boxed(labelOf(step), [from, from], columns);
  const hidden = [step.from, step.to].find((end) => end.kind === "hidden");
  const label = hidden === undefined ? labelOf(step) : `${labelOf(step)} (${hidden.name})`;
  if (from === to) return ownRows(label, from, columns);
  const [left, right] = from < to ? [from, to] : [to, from];
  const text = broken(label, Math.max(right - left - 3, NARROW - 3)).map((line) => {
    const cells = ground(columns);
    centre(cells, ` ${line} `, (left + right) / 2);
    return cells.join("");
  });
  const cells = ground(columns);
  const stroke = step.line === "media" ? "=" : "-";
  for (let x = left + 1; x < right; x++) cells[x] = stroke;
  if (a === undefined) cells[from] = " ";
  if (b === undefined) cells[to] = " ";
  const head = from < to ? right - 1 : left + 1;
  cells[head] = from < to ? ">" : "<";
  if (step.line === "media") cells[from < to ? left + 1 : right - 1] = from < to ? "<" : ">";
  if (step.lost) {
    const end = Math.round((from + to) / 2);
    for (let x = Math.min(end, to) + (from < to ? 0 : 1); x < Math.max(end, to); x++) cells[x] = " ";
    for (const x of columns.all) if (x > Math.min(end, to) && x < Math.max(end, to)) cells[x] = "|";
    cells[end] = "X";
  }
  return [...text, cells.join("")];
}

/** A message of an element to itself. */
function ownRows(label: string, x: number, columns: Columns): readonly string[] {
  return [`--. ${label}`, "<-'"].map((text) => {
    const cells = ground(columns);
    write(cells, text, x + 1);
    return cells.join("");
  });
}

function over(ids: readonly string[], columns: Columns): readonly [number, number] {
  const found = ids.flatMap((id) => columns.at.get(id) ?? []);
  const places = found.length > 0 ? found : columns.all;
  return [Math.min(...places), Math.max(...places)];
}

/** A text in brackets around the middle of some lifelines. */
function boxed(text: string, [left, right]: readonly [number, number], columns: Columns): readonly string[] {
  const width = Math.max(right - left + 8, Math.min(40, columns.width - 4));
  return text.split("\n").flatMap((part) =>
    broken(part, width - 4).map((line) => {
      const cells = ground(columns);
      centre(cells, `[ ${line} ]`, (left + right) / 2);
      return cells.join("");
    }),
  );
}

function ruled(text: string, stroke: string, { width }: Columns): string {
  const said = ` ${text.replace(/\s+/g, " ")} `;
  return ` ${stroke.repeat(3)}${said}${stroke.repeat(Math.max(3, width - widthOf(said) - 4))}`;
}

/** Lines of at most `width` characters, broken between words, and within a word that is longer. */
function broken(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of words(text).flatMap((each) => pieces(each, Math.max(width, 4)))) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word];
  const found: string[] = [];
  for (const char of characters(word)) {
    const last = found.at(-1);
    if (last === undefined || widthOf(last + char) > width) found.push(char);
    else found[found.length - 1] = last + char;
  }
  return found;
}

/** A row of cells, one a column of the terminal; a wide character leaves the cell after it empty. */
type Cells = string[];

const blank = ({ width }: Columns): Cells => Array.from({ length: width + 4 }, () => " ");

function ground(columns: Columns): Cells {
  const cells = blank(columns);
  for (const x of columns.all) cells[x] = "|";
  return cells;
}

const lifelines = (columns: Columns): string => ground(columns).join("");

function centre(cells: Cells, text: string, x: number): void {
  write(cells, text, Math.max(0, Math.round(x - widthOf(text) / 2)));
}

function write(cells: Cells, text: string, x: number): void {
  let at = x;
  for (const char of characters(text)) {
    const width = widthOf(char);
    if (width === 0) {
      cells[at - 1] = (cells[at - 1] ?? "") + char;
      continue;
    }
    cells[at] = char;
    if (width === 2) cells[at + 1] = "";
    at += width;
  }
}

function characters(text: string): readonly string[] {
  if (PLAIN.test(text)) return text.split("");
  const clean = text.replace(/\p{Cc}/gu, " ");
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(clean)].map(({ segment }) => segment);
}
