import type { Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Actions, AppState } from "../store/state.ts";
import { takeableAround, takeableOf } from "./apart-entries.ts";
import { moveAside, movedTo } from "./aside-edits.ts";
import { itemOfAside, nameOfAside } from "./asides.ts";
import { referenceAt } from "./mark-edits.ts";
import { moveBelow, passMarks, rowBeyond, standingAfter } from "./standing.ts";
import { hopBelow } from "./steps.ts";

/** What the commands of the Edit menu begin at the current step. */

function current({ diagram, step, selected }: AppState): Step | undefined {
  const steps = stepsOf(diagram);
  return steps.find(({ hops: [first] }) => first !== undefined && first === selected.at(-1)) ?? steps[step];
}

const lifelineOf = (end: Step["from"] | undefined): string | undefined =>
  end?.kind === "lifeline" ? end.id : undefined;

/** Takes the fragment apart that is chosen, or else the outermost one around the current step that holds ways to choose from. */
export function takeFragmentApart(actions: Actions, state: AppState): void {
  const { open, diagram, aside } = state;
  const chosen = aside?.list === "marks" ? takeableOf(open?.flow, diagram, aside.index) : undefined;
  const [outermost] = takeableAround(open?.flow, diagram, current(state)?.index ?? state.step);
  const fragment = chosen ?? outermost;
  if (fragment === undefined)
    actions.report({
      message: "Go to a step within a fragment of the kind alt, opt or par; such a fragment can be taken apart.",
    });
  else void actions.takeApart(fragment.mark);
}

/** Goes into the flow for which the reference at the current step stands: the one around it, or else the next below it. */
export function enterReference(actions: Actions, state: AppState): void {
  const mark = referenceAt(state.open?.flow, state.diagram, current(state)?.index ?? state.step);
  if (mark === undefined)
    actions.report({ message: "Go to the step above a reference to another flow; from there it can be gone into." });
  else void actions.enter(mark);
}

/** Writes another name for the current step, or other words for the note or mark that is chosen. */
export function editName(actions: Actions, state: AppState): void {
  if (state.aside !== undefined) {
    actions.setDraft({ kind: "words", of: state.aside });
    return;
  }
  const [hop] = current(state)?.hops ?? [];
  if (hop === undefined) return;
  actions.setEditing(true);
  actions.setDraft({ kind: "label", hop });
}

/** A message below the current step, from where that one ended. */
export function newMessage(actions: Actions, state: AppState): void {
  const at = current(state);
  const [first, second] = state.diagram?.lifelines ?? [];
  const from = lifelineOf(at?.to) ?? first?.id;
  const to = lifelineOf(at?.from) ?? second?.id ?? first?.id;
  if (from === undefined || to === undefined) return;
  actions.setEditing(true);
  const { after, carries } = standingAfter(state.diagram, at?.index ?? -1);
  actions.setDraft({ kind: "message", from, to, after, carries });
}

/** Puts the current step, or the note or mark that is chosen, one place up or down. */
export function moveStep(actions: Actions, state: AppState, by: -1 | 1): void {
  const { open, diagram, aside } = state;
  if (open === undefined || diagram === undefined) return;
  if (aside !== undefined) {
    const item = itemOfAside(diagram, aside);
    const edit = moveAside(open.flow, diagram, aside, by < 0 ? item - 2 : item + 1);
    if (edit === undefined) return;
    void actions.edit(`Move ${nameOfAside(open.flow, diagram, aside)}`, edit);
    actions.choose(movedTo(aside, edit));
    return;
  }
  void stepMoved(state, current(state), by)?.();
}

/** Puts a step past the next one, or past the edge of a fragment; undefined where it is at that end. */
export function stepMoved(
  { open, diagram, actions }: AppState,
  step: Step | undefined,
  by: -1 | 1,
): (() => unknown) | undefined {
  const [hop] = step?.hops ?? [];
  if (open === undefined || diagram === undefined || step === undefined || hop === undefined) return undefined;
  const row = rowBeyond(diagram, step, by);
  if (row === undefined) return undefined;
  const edit = passMarks(open.flow, diagram, step.index, row);
  return edit === undefined
    ? () => actions.gesture(moveBelow(diagram, hop, row))
    : () => actions.edit(`Move “${step.label}”`, edit);
}

/** Chooses every step. */
export function selectAll(actions: Actions, { diagram }: AppState): void {
  actions.select(stepsOf(diagram).flatMap(({ hops: [first] }) => first ?? []));
}

/** A note below the current step, over its lifelines. */
export function newNote(actions: Actions, state: AppState): void {
  const at = current(state);
  const over = [...new Set([lifelineOf(at?.from), lifelineOf(at?.to)])].filter((id) => id !== undefined);
  actions.setEditing(true);
  actions.setDraft({ kind: "note", at: hopBelow(stepsOf(state.diagram), at?.index ?? -1), over });
}
