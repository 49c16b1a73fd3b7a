import type { Diagram, NumberedNote, Paragraph, Step } from "../../shared/diagram/diagram.ts";
import { shownText } from "../../shared/diagram/shown-text.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";

/** The section that the flow is written for: heading, introduction, figure, numbered paragraphs, requirements. */
export function exportMarkdown({ flow, variant, diagram, figureFile }: ExportInput): Exported {
  const shown = (text: string | undefined) => (text === undefined ? text : shownText(diagram, text));
  const steps = stepsOf(diagram);
  const blocks = [
    `# ${escaped(heading(flow, variant))}`,
    ...paragraphsOf(shown(flow.introduction)),
    ...paragraphsOf(shown(flow.variants.find(({ id }) => id === variant)?.description)),
    ...definitions(flow, diagram),
    ...(diagram.introNotes ?? []).map(note),
    ...figure(flow, figureFile),
    ...diagram.paragraphs.flatMap(paragraph),
    ...requirements(flow, steps),
  ];
  return { content: `${blocks.join("\n\n")}\n`, remarks: [] };
}

/** What Markdown would read as marks within a line stands for itself. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&]/g, "\\$&");
}

/** What Markdown would read as the start of a heading, a list or a rule stands for itself. */
function escapedLine(line: string): string {
  return escaped(line.trim()).replace(/^(#|\+|-|=|\d+(?=[.)](\s|$)))/, (mark) =>
    /\d/.test(mark) ? `${mark}\\` : `\\${mark}`,
  );
}

/** A text of the author: an empty line separates paragraphs, a line break stays one. */
function paragraphsOf(text: string | undefined): string[] {
  const parts = (text ?? "").split(/\n\s*\n/).filter((part) => part.trim() !== "");
  return parts.map((part) => part.trim().split("\n").map(escapedLine).join("  \n"));
}

function definitions({ definitions: list = [] }: Flow, diagram: Diagram): string[] {
  return list.map(({ term, text }) => `**${escaped(term)}**: ${paragraphsOf(shownText(diagram, text)).join("\n\n")}`);
}

/** The label is bold, not an item of a list: a list would be numbered anew, and knows no ranges. */
function paragraph({ label, text, notes }: Paragraph): string[] {
  const [first = "", ...more] = paragraphsOf(text);
  return [label === "" ? first : `**${escaped(label)}** ${first}`, ...more, ...notes.map(note)];
}

function note({ number, text }: NumberedNote): string {
  const says = paragraphsOf(text).join("\n\n");
  return `> ${number === "" ? says : `${number}: ${says}`}`.replaceAll("\n", "\n> ");
}

function figure({ figure: caption, title }: Flow, file: string | undefined): string[] {
  const name = escaped(caption ?? title);
  const picture = file === undefined ? [] : [`![${name}](<${encodeURI(file)}>)`];
  return [...picture, `*Figure: ${name}*`];
}

function requirements({ requirements: list = [] }: Flow, steps: readonly Step[]): string[] {
  if (list.length === 0) return [];
  const lines = list.map(({ id, level, text, release }) => {
    const numbers = steps.filter((step) => step.requirements?.includes(id)).map(({ number }) => number);
    const about = [level, ...(release === undefined ? [] : [release])].map(escaped).join(", ");
    const carried = numbers.length === 0 ? "" : ` (${numbers.length === 1 ? "step" : "steps"} ${numbers.join(", ")})`;
    return `- **${escaped(id)}** (${about}): ${escaped(text).replace(/\s*\n\s*/g, " ")}${carried}`;
  });
  return ["## Requirements", lines.join("\n")];
}
