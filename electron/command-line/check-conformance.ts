import type { Flow } from "../../shared/flow/flow.ts";
import type { Run } from "../../shared/run/run.ts";
import { type Conformance, conform, type JudgedStep } from "../engine/index.ts";
import { placeText, type StepNumbers } from "./step-numbers.ts";

/** How far one variant of a file is what the rules of its roles would do. */
export interface FlowConformance extends Conformance {
  readonly file: string;
  readonly variant: string;
}

/** The conformance of a variant with interventions; none where everything was computed, which needs no judging. */
export function conformanceOf(flow: Flow, run: Run, file: string, variant: string): readonly FlowConformance[] {
  const isAuthored =
    run.hops.some(({ origin }) => origin === "authored") || run.turns.some(({ choice }) => choice.kind === "withhold");
  return isAuthored ? [{ ...conform(flow, run), file, variant }] : [];
}

/** One variant's conformance for other programs: the steps with their places, and the first departure. */
export function asConformanceJson({ file, variant, says, assumes, steps, firstDeviation }: FlowConformance) {
  return { file, variant, says, assumes, steps, ...(firstDeviation !== undefined && { firstDeviation }) };
}

/** Lines for a person: the whole in one sentence, what was taken for granted, and what departs; all of it if asked. */
export function asConformanceText(
  { variant, says, assumes, steps }: FlowConformance,
  all: boolean,
  numbers: StepNumbers,
): readonly string[] {
  const lines = [`  Conformance of variant ${variant}: ${says}`];
  if (assumes.length > 0) lines.push(`    It is read with these options: ${assumes.join("; ")}.`);
  const shown = steps.filter(({ verdict }) => all || verdict === "deviation");
  return [...lines, ...shown.map((step) => lineOf(step, numbers))];
}

function lineOf({ at, verdict, rule, clause, says }: JudgedStep, numbers: StepNumbers): string {
  const by = [rule, clause].filter((text) => text !== undefined && text !== "").join(", ");
  return `    ${verdict}: ${says}${by === "" ? "" : ` (${by})`}${placeText([at], numbers)}`;
}
