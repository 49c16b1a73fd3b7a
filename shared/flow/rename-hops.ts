import type { HopName } from "../run/choice.ts";
import type { Edit } from "./edit.ts";
import type { Flow } from "./flow.ts";

type SingleEdit = Exclude<Edit, { kind: "group" }>;

/**
 * The edits that let everything written about hops (prose, notes, requirements, how arrows are drawn, marks) follow them to their new names.
 * @param renamed new names by old ones; names that are not in it stay.
 */
export function renameHops(flow: Flow, renamed: ReadonlyMap<HopName, HopName>): readonly SingleEdit[] {
  const named = (name: HopName): HopName => renamed.get(name) ?? name;
  const edits: SingleEdit[] = [];
  for (const [index, prose] of (flow.prose ?? []).entries()) {
    const element = { ...prose, at: named(prose.at), ...(prose.to !== undefined && { to: named(prose.to) }) };
    if (element.at !== prose.at || element.to !== prose.to)
      edits.push({ kind: "replace", list: "prose", index, element });
  }
  for (const [index, note] of (flow.notes ?? []).entries()) {
    if (note.at === undefined || named(note.at) === note.at) continue;
    edits.push({ kind: "replace", list: "notes", index, element: { ...note, at: named(note.at) } });
  }
  for (const [index, arrow] of (flow.arrows ?? []).entries()) {
    if (named(arrow.at) === arrow.at) continue;
    edits.push({ kind: "replace", list: "arrows", index, element: { ...arrow, at: named(arrow.at) } });
  }
  for (const [index, mark] of (flow.marks ?? []).entries()) {
    if (mark.at === undefined || named(mark.at) === mark.at) continue;
    edits.push({ kind: "replace", list: "marks", index, element: { ...mark, at: named(mark.at) } });
  }
  for (const [index, requirement] of (flow.requirements ?? []).entries()) {
    if (requirement.steps?.every((step) => named(step) === step) ?? true) continue;
    const steps = requirement.steps?.map(named);
    edits.push({ kind: "replace", list: "requirements", index, element: { ...requirement, steps } });
  }
  return edits;
}
