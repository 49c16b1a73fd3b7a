import { type Combined, type Combining, combine } from "../../shared/combine/combine.ts";
import { project } from "../../shared/diagram/project.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Run } from "../../shared/run/run.ts";
import { areIndependent, rules } from "../engine/index.ts";

/** Which variants become one flow, and how. */
export interface ToCombine extends Pick<Combining, "view" | "numbering"> {
  readonly variants: readonly string[];
}

/** One flow out of variants of a flow, as `combine` makes it. Fails where a variant is not there or cannot be played. */
export function combined(
  flow: Flow,
  { variants, view, numbering }: ToCombine,
  runOf: (variant: string) => Result<Run>,
): Result<Combined> {
  const known = new Map(rules().map((rule) => [rule.id, rule]));
  const ways = [];
  for (const id of new Set(variants)) {
    const variant = flow.variants.find((one) => one.id === id);
    if (variant === undefined) return fail(`The flow has no variant “${id}”.`);
    const run = runOf(id);
    if (!run.ok) return run;
    const { title, description } = variant;
    const words = { id, title, ...(description !== undefined && { description }) };
    ways.push({ ...words, run: run.value, diagram: project(flow, run.value, view, known) });
  }
  const made = combine(flow, ways, {
    view,
    numbering,
    areIndependent: (a, b) => areIndependent(flow.scenario, a, b),
  });
  return made.ok ? ok(made.value) : made;
}
