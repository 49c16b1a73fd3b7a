import type { Timer } from "./world.ts";

/** A cell as it was read or left: its kind and key, and what it holds. */
export interface Cell {
  readonly kind: string;
  readonly key: string;
  value: unknown;
}

/** What one reaction read of its participant's memory before it wrote there, and what it changed. */
export interface Notes {
  readonly reads: Cell[];
  readonly lists: { readonly kind: string; readonly values: readonly unknown[] }[];
  readonly writes: Cell[];
  /** Timers set, and the names of those stopped. */
  readonly timers: (Timer | string)[];
  /** There was more to note than is worth comparing, or a list was read after it was changed. */
  full: boolean;
}

/** A reaction that reads or writes more, such as the invitation of a large group, is not worth comparing. */
const longest = 64;

/** Nothing noted yet. */
export function emptyNotes(): Notes {
  return { reads: [], lists: [], writes: [], timers: [], full: false };
}

/** Notes that a cell was read, unless the reaction has written it itself. */
export function noteRead(notes: Notes, kind: string, key: string, value: unknown): void {
  if (notes.full || among(notes.writes, kind, key) !== undefined || among(notes.reads, kind, key) !== undefined) return;
  notes.reads.push({ kind, key, value });
  notes.full = notes.reads.length > longest;
}

/** Notes that all cells of a kind were read. */
export function noteList(notes: Notes, kind: string, values: readonly unknown[]): void {
  if (notes.writes.some((cell) => cell.kind === kind) || values.length > longest) notes.full = true;
  else if (!notes.lists.some((list) => list.kind === kind)) notes.lists.push({ kind, values });
}

/** Notes that a cell was written, or emptied. */
export function noteWrite(notes: Notes, kind: string, key: string, value: unknown): void {
  if (notes.full) return;
  const cell = among(notes.writes, kind, key);
  // Where a cell stands among others of its kind follows from when it was filled last.
  if (cell !== undefined && cell.value !== undefined && value !== undefined) cell.value = value;
  else notes.writes.push({ kind, key, value });
  notes.full = notes.writes.length > longest;
}

function among(cells: readonly Cell[], kind: string, key: string): Cell | undefined {
  for (let i = cells.length - 1; i >= 0; i--) {
    const cell = cells[i] as Cell;
    if (cell.kind === kind && cell.key === key) return cell;
  }
  return undefined;
}
