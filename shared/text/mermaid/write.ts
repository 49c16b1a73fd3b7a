import type { Diagram, End, FragmentStart, Item, NoteItem, Step } from "../../diagram/diagram.ts";
import { arrowKinds } from "./arrow-kinds.ts";
import { escaped } from "./entities.ts";
import { numberLines } from "./number-lines.ts";

/** A diagram as Mermaid text, line by line with the item that each line says, and what the text could not say. */
export interface MermaidText {
  readonly text: string;
  /** By line from 0: index of the diagram's item; absent for lines that say something else. */
  readonly itemOf: readonly (number | undefined)[];
  readonly remarks: readonly string[];
}

/** Writes a diagram as a Mermaid sequence diagram that Mermaid's own parser reads as the same. Never fails. */
export function writeMermaid(diagram: Diagram): MermaidText {
  const ids = idsOf(diagram);
  const lines: string[] = ["sequenceDiagram"];
  const itemOf: (number | undefined)[] = [undefined];
  const remarks = new Set<string>();
  let depth = 1;
  const put = (line: string, item?: number): void => {
    lines.push("  ".repeat(depth) + line);
    itemOf.push(item);
  };
  const boxed = new Map((diagram.boxes ?? []).flatMap((box) => box.lifelines.map((id) => [id, box] as const)));
  const created = new Set(
    diagram.items.flatMap((item) => (item.type === "life" && item.event === "create" ? [item.on] : [])),
  );
  diagram.lifelines.forEach((lifeline, i) => {
    const box = boxed.get(lifeline.id);
    if (box !== undefined && boxed.get(diagram.lifelines[i - 1]?.id ?? "") !== box) {
      put(`box ${box.colour ?? "transparent"} ${escaped(box.name)}`.trimEnd());
      depth += 1;
    }
    if (!created.has(lifeline.id)) put(declaration(lifeline, ids));
    if (box !== undefined && boxed.get(diagram.lifelines[i + 1]?.id ?? "") !== box) {
      depth -= 1;
      put("end");
    }
  });
  const words: Words = { diagram, ids, remarks };
  const numbers = numberLines(diagram.items, (step) => endsOf(step, ids) !== undefined);
  if (numbers.remark !== undefined) remarks.add(numbers.remark);
  if (diagram.lifelines.some(({ colour }) => colour !== undefined)) remarks.add(NO_COLOUR);
  diagram.items.forEach((item, i) => {
    const numbering = numbers.before.get(i);
    if (numbering !== undefined) put(numbering);
    if (item.type === "else" || item.type === "end") depth = Math.max(1, depth - 1);
    if (item.type === "else") put(`${nextPart(diagram.items, i)} ${escaped(item.guard)}`.trimEnd(), i);
    else if (item.type === "step") put(stepLine(item, words), i);
    else for (const line of linesOf(item, words)) put(line, i);
    if (item.type === "fragment" || item.type === "else") depth += 1;
  });
  return { text: `${lines.join("\n")}\n`, itemOf, remarks: [...remarks] };
}

/** What the lifelines are called in the text. */
export function idsOf({ lifelines }: Diagram): ReadonlyMap<string, string> {
  return new Map(lifelines.map(({ id }, i) => [id, `p${i + 1}`]));
}

interface Words {
  readonly diagram: Diagram;
  readonly ids: ReadonlyMap<string, string>;
  readonly remarks: Set<string>;
}

const NO_COLOUR =
  "Colours of participants, messages, notes, states and named fragments are left out: Mermaid has none.";

/** The ends of a step that Mermaid has an arrow for. */
function endsOf(step: Step, ids: ReadonlyMap<string, string>): readonly [string, string] | undefined {
  const idOf = (end: End) => (end.kind === "lifeline" ? ids.get(end.id) : undefined);
  const [from, to] = [idOf(step.from), idOf(step.to)];
  return step.state === true || from === undefined || to === undefined ? undefined : [from, to];
}

function declaration({ id, name, shape }: Diagram["lifelines"][number], ids: ReadonlyMap<string, string>): string {
  const as = `as ${escaped(name) || "#32;"}`;
  if (shape === "actor") return `actor ${ids.get(id)} ${as}`;
  const kind = shape === undefined ? "" : `@{ "type": "${shape}" }`;
  return `participant ${ids.get(id)}${kind} ${as}`;
}

function linesOf(item: Item, words: Words): readonly string[] {
  const { ids, remarks, diagram } = words;
  if (isColoured(item)) remarks.add(NO_COLOUR);
  switch (item.type) {
    case "note": {
      const on = item.over.map((id) => ids.get(id) ?? "p1");
      const ends = [...new Set([on[0] ?? "p1", on.at(-1) ?? "p1"])];
      if (item.over.length > 2) remarks.add("Notes over three lifelines or more name the outer two.");
      if (/\d/.test(item.number)) remarks.add("Notes are written without their numbers.");
      const place = item.side === undefined ? "over" : `${item.side} of`;
      return [`Note ${place} ${item.side === undefined ? ends.join(",") : ends[0]}: ${escapedOf(item, item.text)}`];
    }
    case "fragment":
      if (item.operator === "ref") remarks.add("References are written as “opt”: Mermaid has none.");
      return [`${keyword(item)} ${escaped(item.operator === "rect" ? (item.colour ?? "transparent") : item.guard)}`];
    case "end":
      return ["end"];
    case "activation":
      return [`${item.event === "start" ? "activate" : "deactivate"} ${ids.get(item.on)}`];
    case "life": {
      const lifeline = diagram.lifelines.find(({ id }) => id === item.on);
      if (item.event === "destroy" || lifeline === undefined) return [`destroy ${ids.get(item.on)}`];
      return [`create ${declaration(lifeline, ids)}`];
    }
    case "divider":
      remarks.add("Separating lines are written as notes: Mermaid has none.");
      return diagram.lifelines.length === 0 ? [] : [`Note over ${all(words)}: ${escaped(item.text)}`];
    case "state":
      remarks.add("States are written as notes: Mermaid has none.");
      return [`Note over ${ids.get(item.on)}: ${escaped(item.text)}`];
    case "timer":
      remarks.add("Timers are written as notes: Mermaid has none.");
      return [`Note over ${ids.get(item.on)}: ${escaped(`${item.name} ${item.event}`)}`];
    default:
      return [];
  }
}

function isColoured(item: Item): boolean {
  if (item.type === "fragment") return item.operator !== "rect" && item.colour !== undefined;
  return (item.type === "note" || item.type === "state") && item.colour !== undefined;
}

const all = ({ diagram }: Words): string => (diagram.lifelines.length < 2 ? "p1" : `p1,p${diagram.lifelines.length}`);

function keyword({ operator, overlap }: FragmentStart): string {
  if (operator === "ref") return "opt ref";
  return operator === "par" && overlap === true ? "par_over" : operator;
}

/** The word that starts the next part of the fragment around an item. */
function nextPart(items: readonly Item[], at: number): string {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    const item = items[i];
    if (item?.type === "end") depth += 1;
    if (item?.type !== "fragment" || depth-- > 0) continue;
    return item.operator === "par" ? "and" : item.operator === "critical" ? "option" : "else";
  }
  return "else";
}

/** What is written for the text of an item, which an edit elsewhere leaves as it is. */
const known = new WeakMap<Step | NoteItem, string>();

function escapedOf(item: Step | NoteItem, text: string): string {
  const before = known.get(item);
  if (before !== undefined) return before;
  const made = escaped(text);
  known.set(item, made);
  return made;
}

/** What is written of a step. */
export function stepLine(step: Step, { ids, remarks }: Pick<Words, "ids" | "remarks">): string {
  const label = escapedOf(step, step.label);
  if (step.look?.colour !== undefined) remarks.add(NO_COLOUR);
  const ends = endsOf(step, ids);
  if (ends === undefined) {
    const [on] = [step.from, step.to].flatMap((end) => (end.kind === "lifeline" ? (ids.get(end.id) ?? []) : []));
    remarks.add("States and messages from or to elsewhere are written as notes: Mermaid has no arrow for them.");
    return `Note over ${on ?? "p1"}: ${label}`;
  }
  const [from, to] = ends;
  if (step.sentBefore !== undefined)
    remarks.add("Messages that cross others are drawn level: Mermaid cannot slant them.");
  const dots = step.look?.dots;
  const [a, b] = [dots === "from" || dots === "both" ? "()" : "", dots === "to" || dots === "both" ? "()" : ""];
  return `${from}${a}${arrowOf(step, remarks)}${b}${to}: ${label}`;
}

function arrowOf(step: Step, remarks: Set<string>): string {
  if (step.line === "media") return "<<->>";
  const head = step.lost ? "cross" : (step.look?.head ?? "filled");
  const tail = step.look?.tail ?? "none";
  const line = step.line === "dashed" ? "dashed" : "solid";
  const kind = arrowKinds.find((one) => one.line === line && one.head === head && one.tail === tail);
  if (kind === undefined)
    remarks.add("Some heads and tails of arrows are left out: Mermaid does not have them together.");
  return kind?.written ?? (line === "dashed" ? "-->>" : "->>");
}
