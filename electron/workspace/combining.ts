import { takeApart } from "../../shared/combine/apart.ts";
import { type Combined, type Combining, combine } from "../../shared/combine/combine.ts";
import type { Way } from "../../shared/combine/ways.ts";
import { project } from "../../shared/diagram/project.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import { editBetween } from "../../shared/flow/edit-between.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Run } from "../../shared/run/run.ts";
import { areIndependent, brokenBy, brokenOnWays, checkRun, computeRun, rules } from "../engine/index.ts";

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
    ways.push({ ...words, run: run.value, diagram: project(flow, run.value, view, known, id) });
  }
  const made = combine(flow, ways, {
    view,
    numbering,
    areIndependent: (a, b) => areIndependent(flow.scenario, a, b),
  });
  if (!made.ok) return made;
  return ok({ ...made.value, flow: withUntold(flow, made.value.flow, ways) });
}

/**
 * The drawn flow with what its figure does not tell of each way: a requirement that the variant keeps and that its steps as
 * they are drawn seem to break, as where the view leaves acknowledgements out.
 */
function withUntold(flow: Flow, drawn: Flow, ways: readonly Pick<Way, "id" | "run">[]): Flow {
  const [variant] = drawn.variants;
  if (variant === undefined) return drawn;
  const broken = brokenOnWays(drawn, variant.id, computeRun(drawn.scenario, variant.script));
  const untold = new Map<string, string[]>();
  for (const { id, run } of ways) {
    const own = new Set(brokenBy(checkRun(flow, run)));
    untold.set(
      id,
      (broken.get(id) ?? []).filter((requirement) => !own.has(requirement)),
    );
  }
  const marks = drawn.marks?.map((mark) => {
    if (!("variant" in mark) || mark.variant === undefined) return mark;
    const ids = untold.get(mark.variant.id) ?? [];
    return ids.length === 0 ? mark : { ...mark, variant: { ...mark.variant, untold: ids } };
  });
  return { ...drawn, ...(marks !== undefined && { marks }) };
}

/** The fragment that a mark opens, by its index; alone, without those within it. */
export interface ToTakeApart {
  readonly mark: number;
  readonly alone?: true | undefined;
}

/** The edit that takes a fragment apart, as `takeApart` does. */
export function apartEdit(flow: Flow, variant: string, { mark, alone }: ToTakeApart, run: Result<Run>): Result<Edit> {
  if (!run.ok) return run;
  const next = takeApart(flow, variant, run.value, mark, (script) => computeRun(flow.scenario, script), alone);
  return next.ok ? ok(editBetween(flow, next.value)) : next;
}
