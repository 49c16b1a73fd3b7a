import type { Flow } from "../../shared/flow/flow.ts";
import { type Splice, spliceScript } from "../../shared/run/splice.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { useEdit, useFlow } from "./use-edit.ts";

/** Changes the whole script of the variant shown. */
export function useSplice(): (label: string, ...splices: readonly Splice[]) => void {
  const flow = useFlow();
  const variant = useApp((state) => state.variant);
  const { report } = useActions();
  const edit = useEdit();
  return (label, ...splices) => {
    const edits = spliceScript(flow, variant, splices);
    if (edits.ok) edit(label, { kind: "group", edits: edits.value });
    else report(edits.failure);
  };
}

/** Names of participants by their ids. */
export function namesOf(flow: Flow): ReadonlyMap<string, string> {
  return new Map(flow.scenario.participants.map(({ id, name }) => [id, name]));
}

/** Where a choice of a variant's whole script stands in the document, as a JSON pointer: with the variant that has it. */
export function placeOfChoice({ variants }: Flow, variant: string, at: number): string {
  let owner = variants.find(({ id }) => id === variant);
  // Variants that descend from themselves, in a wrong document, end the search.
  for (let steps = 0; owner?.branch !== undefined && at < owner.branch.keep && steps < variants.length; steps++) {
    const { from } = owner.branch;
    owner = variants.find(({ id }) => id === from);
  }
  return owner === undefined ? "" : `/variants/${variants.indexOf(owner)}/script/${at - (owner.branch?.keep ?? 0)}`;
}
