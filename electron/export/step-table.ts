import type { Diagram, End, Item, Step } from "../../shared/diagram/diagram.ts";
import type { Exported, ExportInput } from "./formats.ts";

/**
 * The steps as a table, one a line: `n kind from to label note`. The form with tabs is the one that
 * `callflow import --from steps` reads.
 */
export function exportTsv(input: ExportInput): Exported {
  const { rows, remarks } = table(input.diagram);
  const changed = rows.some((row) => row.some((cell) => /[\t\r\n]/.test(cell)));
  const said = changed ? ["Line breaks and tabs within a cell became spaces: they separate lines and cells."] : [];
  const content = rows.map((row) => row.map((cell) => cell.replace(/\s*[\t\r\n]\s*/g, " ")).join("\t")).join("\n");
  return { content: `${content}\n`, remarks: [...remarks, ...said] };
}

/** The same with commas and quotes (RFC 4180). */
export function exportCsv(input: ExportInput): Exported {
  const { rows, remarks } = table(input.diagram);
  return { content: rows.map((row) => `${row.map(quoted).join(",")}\r\n`).join(""), remarks };
}

const heading = ["n", "kind", "from", "to", "label", "note"] as const;

function table(diagram: Diagram): {
  readonly rows: readonly (readonly string[])[];
  readonly remarks: readonly string[];
} {
  const names = new Map(diagram.lifelines.map(({ id, name }) => [id, name]));
  const rows: string[][] = [[...heading]];
  for (const item of diagram.items) {
    if (item.type === "step") rows.push(rowOf(item, names));
    else if (item.type === "note") addNote(rows, item.number === "" ? item.text : `${item.number}: ${item.text}`);
  }
  const left = new Set(diagram.items.map(({ type }) => type).filter((type) => untold[type] !== undefined));
  return { rows, remarks: [...left].map((type) => `${untold[type]} are not in the table: it holds steps alone.`) };
}

const untold: Partial<Record<Item["type"], string>> = {
  divider: "Dividers",
  fragment: "Fragments",
  timer: "Timers",
  state: "States",
};

function rowOf(step: Step, names: ReadonlyMap<string, string>): string[] {
  const kind = step.state === true ? "state" : step.line === "media" ? "media" : "msg";
  const note = step.lost ? "lost" : "";
  return [step.number, kind, nameOf(step.from, names), nameOf(step.to, names), step.label, note];
}

function nameOf(end: End, names: ReadonlyMap<string, string>): string {
  if (end.kind === "nowhere") return "";
  return end.kind === "hidden" ? end.name : (names.get(end.id) ?? end.id);
}

/** A note goes with the step before it; one before all steps has no place in the table. */
function addNote(rows: string[][], text: string): void {
  const last = rows.length > 1 ? rows.at(-1) : undefined;
  if (last !== undefined) last[5] = last[5] === "" ? text : `${last[5]} ${text}`;
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
