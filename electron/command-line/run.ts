import type { Diagram, Item } from "../../shared/diagram/diagram.ts";
import { divergenceInWords } from "../../shared/run/divergence-words.ts";
import { lifelineNames, stepLine } from "../../shared/run/print.ts";
import type { Run } from "../../shared/run/run.ts";
import { heading } from "../export/heading.ts";
import { exportStepsJson } from "../export/steps-json.ts";
import type { Arguments, OptionInfo } from "./arguments.ts";
import { openProjected, type Projected, viewOptions } from "./projected.ts";
import { type ExitCode, printable, type Terminal } from "./terminal.ts";

export const options: readonly OptionInfo[] = [
  ...viewOptions,
  { name: "prose", says: "print the numbered paragraphs instead of one line a step" },
  { name: "json", says: "print JSON for other programs" },
];

/** `callflow run FILE`: the steps of a flow. 1 when the run does not come to rest. */
export async function run(file: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const json = args.options.has("json");
  if (json && args.options.has("prose")) {
    terminal.error("Choose one of --json and --prose.\n");
    return 2;
  }
  const projected = await openProjected(file, args, terminal);
  if (!projected.ok) {
    terminal.error(`${projected.failure.message}\n`);
    return 2;
  }
  const { value } = projected;
  terminal.out(json ? exportStepsJson(value).content : printable(asText(value, args.options.has("prose"))));
  return value.run.end === "rest" ? 0 : 1;
}

function asText(projected: Projected, prose: boolean): string {
  const { flow, variant, diagram } = projected;
  const lines = [heading(flow, variant), ""];
  if (prose && flow.introduction !== undefined) lines.push(flow.introduction, "");
  for (const note of diagram.introNotes ?? []) lines.push(...noteLines(note), "");
  lines.push(...(prose ? proseLines(diagram) : stepLines(projected)));
  const ended = ending(projected.run, new Map(flow.scenario.participants.map(({ id, name }) => [id, name])));
  return `${[...lines, ...(ended === undefined ? [] : ["", ended])].join("\n")}\n`;
}

/** One line a step, and after the step the notes that follow it. */
function stepLines({ diagram }: Projected): string[] {
  const names = lifelineNames(diagram);
  const notesAfter = new Map(diagram.paragraphs.map(({ last, notes }) => [last, notes]));
  const step = (item: Item): string[] =>
    item.type !== "step"
      ? []
      : [stepLine(item, names).replaceAll(/\s+/g, " "), ...(notesAfter.get(item.index) ?? []).flatMap(noteLines)];
  return diagram.items.flatMap(step);
}

function proseLines({ paragraphs }: Diagram): string[] {
  return paragraphs.flatMap(({ label, text, notes }) => [
    label === "" ? text : `${label} ${text}`,
    ...notes.flatMap(noteLines),
  ]);
}

function noteLines({ number, text }: { readonly number: string; readonly text: string }): string[] {
  return [number === "" ? text : `${number}: ${text}`];
}

/** How a run ended that did not come to rest. */
function ending(run: Run, names: ReadonlyMap<string, string>): string | undefined {
  if (run.end === "rest") return undefined;
  if (run.end === "limit") return `The run was stopped after ${run.turns.length} turns: it does not come to rest.`;
  const stopped = divergenceInWords(run, names);
  if (stopped === undefined) return "The run stopped: the script's next choice was not possible.";
  const { number, choice, why, possible } = stopped;
  const because = why === undefined ? "" : `: ${why}`;
  const instead = possible === "" ? "Nothing was possible any more." : `Possible was: ${possible}.`;
  return `The run stopped before choice ${number} of the script, “${choice}”, which was not possible${because}. ${instead}`;
}
