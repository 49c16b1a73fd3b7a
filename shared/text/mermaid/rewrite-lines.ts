import type { Diagram, Item, Step } from "../../diagram/diagram.ts";
import { idsOf, type MermaidText, stepLine, writeMermaid } from "./write.ts";

/** A text with the diagram that it was written of. */
export interface Written extends MermaidText {
  readonly diagram: Diagram;
}

/** More changed names than these are not worth looking for. */
const FEW = 8;

/** As `writeMermaid`. Where names of few messages alone differ from what was written before, only their lines are. */
export function writeAfter(before: Written | undefined, diagram: Diagram): Written {
  const changed = before === undefined ? undefined : renamedIn(before.diagram, diagram);
  if (before === undefined || changed === undefined) return { ...writeMermaid(diagram), diagram };
  const words = { ids: idsOf(diagram), remarks: new Set<string>() };
  let { text } = before;
  for (const at of changed) {
    const step = diagram.items[at] as Step;
    const [start, end] = placeOf(text, before.itemOf.indexOf(at));
    text = text.slice(0, start) + stepLine(step, words) + text.slice(end);
  }
  return { ...before, text, diagram };
}

/** The items that differ, where these are messages with other names and nothing else about them that is written. */
function renamedIn(before: Diagram, after: Diagram): readonly number[] | undefined {
  if (before.items.length !== after.items.length || before.lifelines !== after.lifelines) return undefined;
  if (JSON.stringify(before.boxes) !== JSON.stringify(after.boxes)) return undefined;
  const changed: number[] = [];
  for (let at = 0; at < after.items.length; at++) {
    const [was, is] = [before.items[at], after.items[at]];
    if (was === is) continue;
    changed.push(at);
    if (changed.length > FEW || frameOf(was) !== frameOf(is) || is?.type !== "step") return undefined;
  }
  return changed;
}

/** All of a message but what it is called and where that comes from. */
function frameOf(item: Item | undefined): string {
  const words = { label: "", name: "", sip: "", hops: [], origin: "", accepted: false, rule: "", clause: "" };
  return JSON.stringify({ ...item, ...words });
}

/** Where what a line says, from 0, begins and ends. */
function placeOf(text: string, line: number): readonly [number, number] {
  let start = 0;
  for (let passed = 0; passed < line; passed++) start = text.indexOf("\n", start) + 1;
  while (text[start] === " ") start++;
  return [start, text.indexOf("\n", start)];
}
