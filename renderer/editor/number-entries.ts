import { numberStep, type StepNumbering, stepNumbering } from "../../shared/flow/number-edits.ts";
import type { HopName } from "../../shared/run/choice.ts";
import type { AppState } from "../store/state.ts";

interface Entry {
  readonly text: string;
  readonly act: () => unknown;
  readonly off: boolean;
}

const choices: readonly { readonly text: string; readonly kind: Exclude<StepNumbering["kind"], "written"> }[] = [
  { text: "Automatic Number", kind: "automatic" },
  { text: "Same Number as Above", kind: "same" },
  { text: "Sub-number", kind: "sub" },
  { text: "No Number", kind: "none" },
];

/** How a step can be numbered; none for a state, which has no arrow by which the document could name it. */
export function numberEntries(
  { open, actions }: AppState,
  step: { readonly hops: readonly HopName[] } | undefined,
): readonly Entry[] {
  const [hop] = step?.hops ?? [];
  if (open === undefined || step === undefined || hop === undefined) return [];
  const now = stepNumbering(open.flow, step.hops);
  const written: Entry = {
    text: "Number…",
    off: false,
    act: () => {
      actions.setEditing(true);
      actions.setDraft({ kind: "number", hop });
    },
  };
  const others = choices.map(({ text, kind }): Entry => {
    const change = numberStep(open.flow, step.hops, { kind });
    return { text, off: now.kind === kind, act: () => change && actions.edit(text, change) };
  });
  return [...others, written];
}
