import type { HopName } from "../run/choice.ts";
import type { SingleEdit } from "./edit.ts";
import type { Flow } from "./flow.ts";
import { isTold, type PassageKind, passagesOf, rewrite } from "./passages.ts";
import { renameReferences } from "./step-references.ts";

/** Passages that are changed with the element in which they stand. */
const here: readonly PassageKind[] = ["Paragraph", "Note"];

/**
 * The edits that let everything written about hops (prose, notes, requirements, how arrows are drawn, marks, references in texts) follow them to their new names.
 * @param renamed new names by old ones; names that are not in it stay.
 */
export function renameHops(flow: Flow, renamed: ReadonlyMap<HopName, HopName>): readonly SingleEdit[] {
  const named = (name: HopName): HopName => renamed.get(name) ?? name;
  const edits: SingleEdit[] = [];
  for (const [index, prose] of (flow.prose ?? []).entries()) {
    const text = renameReferences(prose.text, named);
    const element = { ...prose, at: named(prose.at), ...(prose.to !== undefined && { to: named(prose.to) }), text };
    if (element.at !== prose.at || element.to !== prose.to || text !== prose.text)
      edits.push({ kind: "replace", list: "prose", index, element });
  }
  for (const [index, note] of (flow.notes ?? []).entries()) {
    const text = renameReferences(note.text, named);
    const at = note.at === undefined ? undefined : named(note.at);
    if (at === note.at && text === note.text) continue;
    edits.push({ kind: "replace", list: "notes", index, element: { ...note, ...(at !== undefined && { at }), text } });
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
  const apart = passagesOf(flow).filter((passage) => isTold(passage) && !here.includes(passage.kind));
  const referring = apart
    .map(({ path, text }) => ({ path, before: text, text: renameReferences(text, named) }))
    .filter(({ before, text }) => text !== before);
  return [...edits, ...rewrite(flow, referring)];
}
