import type { Diagram, Item } from "../../shared/diagram/diagram.ts";
import { choiceKey } from "../../shared/run/choice.ts";
import { lifelineNames, stepLine } from "../../shared/run/print.ts";
import type { Run } from "../../shared/run/run.ts";
import { heading } from "../export/heading.ts";
import { exportStepsJson } from "../export/steps-json.ts";
import type { Arguments, OptionInfo } from "./arguments.ts";
import { openProjected, type Projected, viewOptions } from "./projected.ts";
import type { ExitCode, Terminal } from "./terminal.ts";

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
  terminal.out(json ? exportStepsJson(value).content : asText(value, args.options.has("prose")));
  return value.run.end === "rest" ? 0 : 1;
}

function asText(projected: Projected, prose: boolean): string {
  const { flow, variant, diagram } = projected;
  const lines = [heading(flow, variant), ""];
  if (prose && flow.introduction !== undefined) lines.push(flow.introduction, "");
  for (const note of diagram.introNotes ?? []) lines.push(...noteLines(note), "");
  lines.push(...(prose ? proseLines(diagram) : stepLines(projected)));
  const ended = ending(projected.run);
  return `${[...lines, ...(ended === undefined ? [] : ["", ended])].join("\n")}\n`;
}

/** One line a step, and after the step the notes that follow it. */
function stepLines({ diagram }: Projected): string[] {
  const names = lifelineNames(diagram);
  const notesAfter = new Map(diagram.paragraphs.map(({ last, notes }) => [last, notes]));
  const step = (item: Item): string[] =>
    item.type !== "step" ? [] : [stepLine(item, names), ...(notesAfter.get(item.index) ?? []).flatMap(noteLines)];
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
function ending({ end, divergence, turns }: Run): string | undefined {
  if (end === "rest") return undefined;
  if (end === "limit") return `The run was stopped after ${turns.length} turns: it does not come to rest.`;
  if (divergence === undefined) return "The run stopped: the script's next choice was not possible.";
  const { at, choice, enabled } = divergence;
  const instead = enabled.slice(0, 5).map(choiceKey);
  const possible = instead.length === 0 ? "nothing was possible" : `possible was: ${instead.join("; ")}`;
  const more = enabled.length > instead.length ? `; and ${enabled.length - instead.length} more` : "";
  return `The run stopped before choice ${at + 1} of the script, “${choiceKey(choice)}”, which was not possible; ${possible}${more}.`;
}
