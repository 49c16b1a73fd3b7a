import { apply, type SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { renameReferences } from "../../shared/flow/step-references.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { Run } from "../../shared/run/run.ts";
import { wholeScript } from "../../shared/run/tree.ts";

/** What is written about messages that are deleted, and how they were drawn. */

/**
 * The edits after those that delete messages. A paragraph over several steps goes on with those that are left. Notes, looks
 * and paragraphs of drawn messages that no variant has any more go with them: a message drawn later in the same place
 * would have the same name, and get them. What the rules send comes back with its texts when the rules decide again.
 * @param run the variant's run before
 * @param same what the hops that are left are called afterwards
 * @param scripts the edits of the scripts
 */
export function leftBehind(
  flow: Flow,
  variant: string,
  run: Run,
  same: ReadonlyMap<HopName, HopName>,
  scripts: readonly SingleEdit[],
): readonly SingleEdit[] {
  const gone = run.hops.filter(({ name }) => !same.has(name));
  if (gone.length === 0) return [];
  const others = stillDrawn(flow, variant, scripts);
  const drawn = new Set(gone.filter(({ rule, name }) => rule === undefined && !others(name)).map(({ name }) => name));
  const goes = (at: HopName | undefined) => at !== undefined && drawn.has(at);
  const place = new Map(run.hops.map(({ name }, i) => [name, i]));
  const kept: SingleEdit[] = [];
  const removed: SingleEdit[] = [];
  for (const [index, element] of (flow.prose ?? []).entries()) {
    const { at, to, ...rest } = element;
    const [from, until] = [place.get(at), place.get(to ?? at)];
    if (from === undefined || until === undefined || (same.has(at) && (to === undefined || same.has(to)))) continue;
    const left = run.hops.slice(from, until + 1).flatMap(({ name }) => same.get(name) ?? []);
    const [first, last] = [left[0], left.at(-1)];
    if (first !== undefined && last !== undefined) {
      const text = renameReferences(rest.text, (name) => same.get(name) ?? name);
      const range = { ...rest, text, at: first, ...(last !== first && { to: last }) };
      kept.push({ kind: "replace", list: "prose", index, element: range });
    } else if (goes(at)) removed.push({ kind: "remove", list: "prose", index });
  }
  for (const [index, { at }] of (flow.notes ?? []).entries())
    if (goes(at)) removed.push({ kind: "remove", list: "notes", index });
  for (const [index, { at }] of (flow.arrows ?? []).entries())
    if (goes(at)) removed.push({ kind: "remove", list: "arrows", index });
  // From the last on, so that the places of those before stay.
  return [...kept, ...removed.reverse()];
}

/** Tells whether another variant has as many messages of a drawn one's name after the edits of the scripts as before. */
function stillDrawn(flow: Flow, variant: string, scripts: readonly SingleEdit[]): (name: HopName) => boolean {
  const after = apply(flow, { kind: "group", edits: [...scripts] });
  const count = (of: Flow, id: string, edge: string): number => {
    const script = wholeScript(of, id);
    if (!script.ok) return 0;
    return script.value.filter(
      (choice) => choice.kind === "inject" && `${choice.from}>${choice.to} ${choice.message.label}` === edge,
    ).length;
  };
  return (name) => {
    const edge = name.replace(/#\d+$/, "");
    return flow.variants.some(({ id }) => {
      if (id === variant || !after.ok) return false;
      const before = count(flow, id, edge);
      return before > 0 && count(after.value, id, edge) === before;
    });
  };
}
