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
