import { holdsWays } from "../../shared/combine/parts.ts";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Actions, AppState } from "../store/state.ts";

/** A fragment that can be taken apart: the mark that opens it, what it is called, and whether others stand in it. */
export interface Takeable {
  readonly mark: number;
  readonly name: string;
  readonly holdsOthers: boolean;
}

interface Entry {
  readonly text: string;
  readonly act: () => unknown;
  readonly more?: readonly Entry[];
}

/** The fragments that can be taken apart, each with the first and the last of its items in the picture. */
function takeables(flow: Flow | undefined, diagram: Diagram | undefined) {
  const found: { mark: number; name: string; holdsOthers: boolean; from: number; to: number }[] = [];
  const open: ((typeof found)[number] | undefined)[] = [];
  for (const [i, item] of (diagram?.items ?? []).entries()) {
    if (item.type === "end") {
      const ended = open.pop();
      if (ended !== undefined) ended.to = i;
    }
    if (item.type !== "fragment") continue;
    const { mark, operator, guard } = item;
    if (mark === undefined || !holdsWays(flow?.marks?.[mark])) {
      open.push(undefined);
      continue;
    }
    for (const outer of open) if (outer !== undefined) outer.holdsOthers = true;
    const name = guard === "" ? operator : `${operator} [${guard}]`;
    const one = { mark, name, holdsOthers: false, from: i, to: Number.POSITIVE_INFINITY };
    open.push(one);
    found.push(one);
  }
  return found;
}

/** The fragments around a step that can be taken apart, from without. */
export function takeableAround(
  flow: Flow | undefined,
  diagram: Diagram | undefined,
  step: number,
): readonly Takeable[] {
  const at = diagram?.items.findIndex((item) => item.type === "step" && item.index === step) ?? -1;
  return at < 0 ? [] : takeables(flow, diagram).filter(({ from, to }) => from < at && at < to);
}

/** The fragment that a mark opens, or a part of which it begins, where that can be taken apart. */
export function takeableOf(flow: Flow | undefined, diagram: Diagram | undefined, index: number): Takeable | undefined {
  const mark = flow?.marks?.[index];
  const head = mark?.kind === "else" ? flow?.marks?.findIndex((one) => one.id === mark.of) : index;
  return takeables(flow, diagram).find((one) => one.mark === head);
}

/** What can be done with one fragment: with all that stands in it, or alone. */
export function apartEntriesOf({ mark, holdsOthers }: Takeable, actions: Actions): readonly Entry[] {
  const all = { text: "Take Fragment Apart", act: () => actions.takeApart(mark) };
  if (!holdsOthers) return [all];
  const alone = { text: "Take Apart without Those Within", act: () => actions.takeApart(mark, true) };
  return [{ ...all, text: "Take Apart with Those Within" }, alone];
}

/** The same in the menu of a step, where several may stand around it. */
export function apartEntries({ open, diagram, actions }: AppState, step: number): readonly Entry[] {
  const around = takeableAround(open?.flow, diagram, step);
  const [one] = around;
  if (one === undefined) return [];
  if (around.length === 1 && !one.holdsOthers) return apartEntriesOf(one, actions);
  const more = around.map((each, i): Entry => {
    const entries = apartEntriesOf(each, actions);
    const isTwice = around.some(({ name }, other) => name === each.name && other !== i);
    const text = isTwice ? `${each.name} (${i + 1})` : each.name;
    return entries.length === 1
      ? { text, act: () => actions.takeApart(each.mark) }
      : { text, act: () => undefined, more: entries };
  });
  return [{ text: "Take Fragment Apart", act: () => undefined, more }];
}
