import type { Diagram, Step } from "../../shared/diagram/diagram.ts";
import type { Beside } from "../../shared/flow/beside.ts";
import type { Mark } from "../../shared/flow/drawn.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { HopName } from "../../shared/run/choice.ts";
import { markOf, noteOf } from "./asides.ts";
import type { Aside } from "./editing-state.ts";

/** What goes along when steps are copied, and what is copied by itself. Pure. */

type Notes = NonNullable<Beside["notes"]>;
type Marks = NonNullable<Beside["marks"]>;

/** Whether a step is among those that are chosen, each by its first hop. */
export function isCopied(selected: readonly HopName[]): (step: Step) => boolean {
  const chosen = new Set(selected);
  return ({ hops: [hop], from, to }) =>
    hop !== undefined && chosen.has(hop) && !(from.kind === "nowhere" && to.kind === "nowhere");
}

/** The notes and marks below the chosen steps, the fragments of which all steps are chosen, and how the arrows are drawn. */
export function besideSteps(flow: Flow, { items }: Diagram, isChosen: (step: Step) => boolean): Beside {
  // One step alone is meant without what is around it.
  const several = items.filter((item) => item.type === "step" && isChosen(item)).length > 1;
  const whole = several ? wholeFragments(items, isChosen) : new Set<number>();
  const notes: Notes = [];
  const marks: Marks = [];
  const arrows: NonNullable<Beside["arrows"]> = [];
  const inText = inTextAlone(flow);
  let below = -1;
  /** Whether what comes stands below a step that is copied. */
  let isBelow = false;
  const open: boolean[] = [];
  const put = (index: number | undefined) => {
    const mark = flow.marks?.[index ?? -1];
    if (mark !== undefined) marks.push({ below, mark: plain(mark) });
  };
  for (const [i, item] of items.entries()) {
    switch (item.type) {
      case "step": {
        isBelow = isChosen(item);
        if (!isBelow) break;
        below += 1;
        for (const note of inText) if (item.hops.includes(note.at ?? "")) notes.push({ below, note: unplaced(note) });
        const look = flow.arrows?.find(({ at }) => item.hops.includes(at));
        // A number that its author wrote is that of one step.
        const { at: _, only: __, number: ___, ...rest } = look ?? { at: "" };
        if (Object.keys(rest).length > 0) arrows.push({ of: below, look: rest });
        break;
      }
      case "note": {
        const note = flow.notes?.[item.entry ?? -1];
        if (!isBelow || note === undefined) break;
        notes.push({ below, note: { ...unplaced(note), ...(note.under !== undefined && { under: note.under }) } });
        break;
      }
      case "fragment":
        open.push(whole.has(i));
        if (whole.has(i)) put(item.mark);
        break;
      case "else":
        if (open.at(-1) === true) put(item.mark);
        break;
      case "end":
        if (open.pop() === true) put(item.mark);
        break;
      default:
        if (isBelow && "mark" in item) put(item.mark);
    }
  }
  return {
    ...(notes.length > 0 && { notes }),
    ...(marks.length > 0 && { marks }),
    ...(arrows.length > 0 && { arrows }),
  };
}

/** A note or a mark by itself; nothing for a fragment, which stands around steps, and for its parts. */
export function besideAlone(flow: Flow, aside: Aside): Beside {
  const note = noteOf(flow, aside);
  if (note !== undefined) return { notes: [{ below: -1, note: unplaced(note) }] };
  const mark = markOf(flow, aside);
  return mark === undefined || mark.kind === "fragment" || "of" in mark
    ? {}
    : { marks: [{ below: -1, mark: plain(mark) }] };
}

/** The items that open fragments around steps all of which are chosen. */
function wholeFragments(items: Diagram["items"], isChosen: (step: Step) => boolean): ReadonlySet<number> {
  const found = new Set<number>();
  const open: { readonly at: number; steps: number; isWhole: boolean }[] = [];
  for (const [at, item] of items.entries()) {
    if (item.type === "fragment") open.push({ at, steps: 0, isWhole: true });
    if (item.type === "step")
      for (const one of open) {
        one.steps += 1;
        one.isWhole &&= isChosen(item);
      }
    if (item.type !== "end") continue;
    const closed = open.pop();
    if (closed?.isWhole === true && closed.steps > 0) found.add(closed.at);
  }
  return found;
}

type Note = NonNullable<Flow["notes"]>[number];

/** Notes that the picture does not draw. */
const inTextAlone = ({ notes = [] }: Flow): readonly Note[] => notes.filter(({ over }) => over === undefined);

function unplaced({ at: _, only: __, under: ___, ...rest }: Note): Note {
  return rest;
}

/** Without what is of one document alone: its place, its variants. */
function plain(mark: Mark): Mark {
  const { at: _, only: __, ...rest } = mark;
  if (!("variant" in rest)) return rest as Mark;
  const { variant: ___, ...plainly } = rest;
  return plainly as Mark;
}
