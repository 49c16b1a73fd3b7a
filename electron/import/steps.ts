import { decodeText } from "../../shared/flow/decode.ts";
import { type Flow, type Role, roles } from "../../shared/flow/flow.ts";
import { type Diagnostic, fail, ok, type Result } from "../../shared/flow/result.ts";
import { type Cast, castOf } from "./cast.ts";
import { crossings, type StepRow, scriptOf } from "./step-script.ts";

/** What an importer made of its input: the flow, and a sentence for everything that it could not take over as it stood. */
export interface Imported {
  readonly flow: Flow;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a step table: tab-separated lines `n kind from to label note`, a heading first or not. Every row becomes an
 * authored message, in the order of the table; participants stand in the order of their use, and their roles are
 * guessed from their names unless `given` says otherwise. A note `lost` loses the message, `crosses F4` lets it cross
 * that one. Fails with a sentence when the table has no row that can be used or `given` names nobody in it.
 */
export function importSteps(
  content: string | Uint8Array,
  name: string,
  given: ReadonlyMap<string, Role> = new Map(),
): Result<Imported> {
  const text = decodeText(content, name);
  if (!text.ok) return text;
  const { rows, diagnostics } = rowsOf(text.value);
  if (rows.length === 0) {
    const [first] = diagnostics;
    return fail(first === undefined ? `“${name}” holds no steps.` : `“${name}” holds no usable step. ${first.message}`);
  }
  const names = new Set(rows.flatMap((row) => [row.from, row.to]));
  for (const wanted of given.keys()) {
    if (!names.has(wanted)) return fail(`“${wanted}” is given a role, but no step of “${name}” names it.`);
  }
  const cast = castOf([...names], given);
  return ok({
    flow: flowOf(rows, cast, name),
    diagnostics: [...diagnostics, ...checkNumbers(rows), ...crossings(rows).diagnostics],
  });
}

/** The role that a word of `--role "Proxy 1=core"` means. */
export function roleNamed(word: string): Role | undefined {
  return roles.find((role) => role.toLowerCase() === word.trim().toLowerCase());
}

function flowOf(rows: readonly StepRow[], cast: Cast, name: string): Flow {
  const steps = rows.map((row) => ({ ...row, from: cast.id(row.from), to: cast.id(row.to) }));
  const { script, hops } = scriptOf(steps);
  const notes = rows.flatMap((row, i): NonNullable<Flow["notes"]> => {
    if (row.note === "") return [];
    const at = hops[i];
    return [at === undefined ? { text: `Step ${row.n}: ${row.note}` } : { at, text: row.note }];
  });
  return {
    format: "callflow",
    version: 1,
    title: titleFrom(name),
    source: name.slice(0, 500),
    scenario: { participants: [...cast.participants], ...(cast.users.length > 0 && { users: [...cast.users] }) },
    variants: [{ id: "main", title: "As published", script: [...script] }],
    ...(notes.length > 0 && { notes }),
    view: { level: "sip", relays: "each" },
  };
}

const titleFrom = (name: string): string => name.replace(/\.(?:tsv|txt)$/i, "").slice(0, 500) || "Untitled";

const usual = ["n", "kind", "from", "to", "label", "note"];
const needed = ["kind", "from", "to", "label"];

interface Rows {
  readonly rows: readonly StepRow[];
  readonly diagnostics: readonly Diagnostic[];
}

function rowsOf(text: string): Rows {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  const first = (lines[0] ?? "").split("\t").map((cell) => cell.trim().toLowerCase());
  const hasHeading = needed.every((column) => first.includes(column));
  const columns = hasHeading ? first : usual;
  const rows: StepRow[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, line] of lines.entries()) {
    if ((hasHeading && i === 0) || line.trim() === "") continue;
    const read = rowOf(line.split("\t"), columns, i + 1);
    if ("problem" in read) diagnostics.push(said("error", "bad-step", read.problem));
    else {
      rows.push(read.row);
      if (read.extra !== undefined) diagnostics.push(said("warning", "extra-cells", read.extra));
    }
  }
  return { rows, diagnostics };
}

type Read = { readonly row: StepRow; readonly extra?: string } | { readonly problem: string };

function rowOf(cells: readonly string[], columns: readonly string[], line: number): Read {
  const cell = (column: string) => (cells[columns.indexOf(column)] ?? "").trim();
  const [kind, from, to, label] = [cell("kind"), cell("from"), cell("to"), cell("label")];
  const bad = (what: string): Read => ({ problem: `Line ${line} ${what}; it is left out.` });
  if (kind !== "msg" && kind !== "media") return bad(`is of the kind “${kind}”, which is neither msg nor media`);
  if (from === "" || to === "") return bad(`does not say ${from === "" ? "who sends" : "who receives"}`);
  if (from.length > 500 || to.length > 500) return bad("has a name of more than 500 characters");
  if (label.length > 2000) return bad("has a label of more than 2,000 characters");
  if (cell("note").length > 20_000) return bad("has a note of more than 20,000 characters");
  const row: StepRow = { line, n: cell("n"), kind, from, to, label, note: cell("note") };
  const surplus = cells.slice(columns.length).filter((text) => text.trim() !== "");
  if (surplus.length === 0) return { row };
  return {
    row,
    extra: `Line ${line} has more cells than the table has columns; “${surplus.join("”, “")}” is left out.`,
  };
}

/** Numbers of steps that come twice, and steps that are missing from the count. */
function checkNumbers(rows: readonly StepRow[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lines = new Map<string, number>();
  let before: number | undefined;
  for (const { n, line } of rows) {
    if (n === "") continue;
    const first = lines.get(n);
    if (first !== undefined) {
      found.push(said("warning", "repeated-number", `Line ${line} has the number ${n}, as line ${first} has.`));
    } else lines.set(n, line);
    const number = /^\d+$/.test(n) ? Number(n) : undefined;
    if (before !== undefined && number !== undefined && number > before + 1) {
      found.push(said("warning", "missing-number", `Line ${line} has the number ${n}, but ${before + 1} is missing.`));
    }
    before = number ?? before;
  }
  return found;
}

function said(severity: Diagnostic["severity"], code: string, message: string): Diagnostic {
  return { severity, code, message, at: "" };
}
