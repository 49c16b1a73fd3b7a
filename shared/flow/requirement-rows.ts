import type { Flow } from "./flow.ts";
import type { Diagnostic } from "./result.ts";

/** One requirement of a group's own, as its table has it, or with the steps that a flow links to it. */
export type RequirementRow = NonNullable<Flow["requirements"]>[number];

/** What was read of a table: its rows, and a sentence for each line that could not be taken as it stands. */
export interface RequirementRows {
  readonly rows: readonly RequirementRow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a flow may hold (`requirements` of its schema). */
const MOST_ROWS = 10_000;
const MOST_LINE = 500;
const MOST_TEXT = 20_000;

/**
 * Reads a table of requirements, one a line, `id | text | release`, parted by bars or tabs; the release may be left out, a
 * heading and ruled lines are passed over. The level is the first of SHALL, MUST, SHOULD and MAY in the text, or its negation.
 * Never fails: each line that cannot be used is told in one sentence.
 */
export function readRequirementRows(text: string): RequirementRows {
  const rows = new Map<string, RequirementRow>();
  const diagnostics: Diagnostic[] = [];
  const say = (severity: Diagnostic["severity"], code: string, message: string) =>
    void diagnostics.push({ severity, code, message, at: "" });
  for (const [i, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .entries()) {
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === "" || /^:?-+:?$/.test(cell)) || isHeading(cells)) continue;
    const [id = "", sentence = "", release = "", ...surplus] = cells;
    const problem = problemIn(id, sentence, release) ?? (rows.has(id) ? `repeats ${id}` : undefined);
    if (problem !== undefined) say("error", "bad-row", `Line ${i + 1} ${problem}; it is left out.`);
    else if (rows.size === MOST_ROWS) {
      say(
        "error",
        "too-many-rows",
        `A flow holds ${MOST_ROWS} requirements; line ${i + 1} and what follows is left out.`,
      );
      break;
    } else {
      const level = levelOf(sentence);
      if (level === undefined)
        say("warning", "no-level", `Line ${i + 1} says neither SHALL, MUST, SHOULD nor MAY; ${id} is taken as SHALL.`);
      if (surplus.some((cell) => cell !== ""))
        say(
          "warning",
          "extra-cells",
          `Line ${i + 1} has more than three cells; “${surplus.join("”, “")}” is left out.`,
        );
      rows.set(id, { id, level: level ?? "SHALL", text: sentence, ...(release !== "" && { release }) });
    }
  }
  return { rows: [...rows.values()], diagnostics };
}

/** The flow with the rows added; one that it has already gets the new text and keeps its steps. */
export function withRequirementRows(flow: Flow, rows: readonly RequirementRow[]): Flow {
  if (rows.length === 0) return flow;
  const added = new Map(rows.map((row) => [row.id, row]));
  const known = new Set((flow.requirements ?? []).map(({ id }) => id));
  const kept = (flow.requirements ?? []).map((row) => {
    const changed = added.get(row.id);
    return changed === undefined ? row : { ...changed, ...(row.steps !== undefined && { steps: row.steps }) };
  });
  return { ...flow, requirements: [...kept, ...rows.filter(({ id }) => !known.has(id))] };
}

function cellsOf(line: string): readonly string[] {
  if (line.includes("\t")) return line.split("\t").map((cell) => cell.trim());
  return line
    .trim()
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split("|")
    .map((cell) => cell.trim());
}

const isHeading = ([first = "", second = ""]: readonly string[]): boolean =>
  /^(?:requirement )?(?:id|label|identifier)$/i.test(first) && /^(?:text|description|requirement)s?$/i.test(second);

function problemIn(id: string, text: string, release: string): string | undefined {
  if (id === "") return "has no id";
  if (text === "") return `has no text for “${id.slice(0, 80)}”`;
  if (id.length > MOST_LINE) return `has an id of more than ${MOST_LINE} characters`;
  if (text.length > MOST_TEXT) return `has a text of more than ${MOST_TEXT} characters`;
  if (release.length > MOST_LINE) return `has a release of more than ${MOST_LINE} characters`;
  return undefined;
}

function levelOf(text: string): RequirementRow["level"] | undefined {
  const found = /\b(?:SHALL NOT|SHALL|MUST NOT|MUST|SHOULD NOT|SHOULD|MAY)\b/.exec(text)?.[0];
  return found as RequirementRow["level"] | undefined;
}
