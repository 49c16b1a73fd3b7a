import type { Diagram, End } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { HopName } from "../../shared/run/choice.ts";

/** What the player says about a step. Pure. */
export interface Caption {
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** The rest of it in words: lost, drawn by hand. */
  readonly remark: string;
  readonly lost: boolean;
}

/** The indices of the steps that carry one of these hops, in order; what is not drawn is in none. */
export function stepsWith(diagram: Diagram, hops: readonly HopName[]): readonly number[] {
  if (hops.length === 0) return [];
  const wanted = new Set(hops);
  return stepsOf(diagram).flatMap((step) => (step.hops.some((hop) => wanted.has(hop)) ? [step.index] : []));
}

const mixed = new WeakMap<Diagram, boolean>();

/** Whether some steps are computed; where all is drawn by hand, that is nothing to remark. */
function isMixed(diagram: Diagram): boolean {
  let known = mixed.get(diagram);
  if (known === undefined) {
    known = stepsOf(diagram).some((step) => step.origin === "computed");
    mixed.set(diagram, known);
  }
  return known;
}

function endName(end: End, diagram: Diagram): string {
  if (end.kind === "hidden") return end.name;
  if (end.kind === "nowhere") return "";
  return diagram.lifelines.find((lifeline) => lifeline.id === end.id)?.name ?? end.id;
}

export function captionOf(diagram: Diagram, index: number): Caption | undefined {
  const step = stepsOf(diagram)[index];
  if (step === undefined) return undefined;
  return {
    number: step.number,
    from: endName(step.from, diagram),
    to: step.state === true ? "" : endName(step.to, diagram),
    label: step.label,
    remark: step.lost ? "lost on the way" : step.origin === "authored" && isMixed(diagram) ? "drawn by hand" : "",
    lost: step.lost,
  };
}

/** "Step 12 of 19", or where one is before the first step. */
export function positionText(index: number, count: number): string {
  if (count === 0) return "No steps";
  return index < 0 ? `Start of ${count} ${count === 1 ? "step" : "steps"}` : `Step ${index + 1} of ${count}`;
}

/** The caption as one sentence, for a screen reader: "Step 12 of 19: CPM Client B2 to CPM Client A: ALERTING response". */
export function spokenCaption(diagram: Diagram, index: number): string {
  const caption = captionOf(diagram, index);
  const position = positionText(index, stepsOf(diagram).length);
  if (caption === undefined) return position;
  const { from, to, label, remark } = caption;
  const who = from !== "" && to !== "" ? `${from} to ${to}` : from !== "" ? from : to !== "" ? `to ${to}` : "";
  const text = [position, who, label].filter(Boolean).join(": ");
  return remark === "" ? text : `${text}, ${remark}`;
}
