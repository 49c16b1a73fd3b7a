// What the benchmark of variants times: the workspace's runs of one flow, bundled as the product is.
import { computeRun, computeRuns, enabled, initial, step } from "../../electron/engine/index.ts";
import { createRuns } from "../../electron/workspace/runs.ts";
import type { Flow, Variant } from "../../shared/flow/flow.ts";
import { type Choice, choiceKey } from "../../shared/run/choice.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { group } from "./scale-work.ts";

/** Numbers below `bound`, the same ones every time. */
function numbers(): (bound: number) => number {
  let seed = 7;
  return (bound) => {
    seed = (seed * 48271) % 2147483647;
    return seed % bound;
  };
}

const scriptOf = (flow: Flow, id: string): readonly Choice[] => {
  const script = wholeScript(flow, id);
  return script.ok ? script.value : [];
};

/**
 * A group session with `count` variants of about 200 turns: each leaves one before it at some turn with something else that
 * is possible there, and goes on as that one does.
 */
export function tree(count: number): Flow {
  const { scenario, script } = group(5);
  const below = numbers();
  const variants: Variant[] = [{ id: "v0", title: "0", script: [...script] }];
  const flow = (): Flow => ({ format: "callflow", version: 1, title: "Tree", scenario, variants });
  while (variants.length < count) {
    const parent = `v${below(variants.length)}`;
    const own = scriptOf(flow(), parent);
    const run = computeRun(scenario, own);
    const at = below(run.turns.length);
    const turns = run.turns.slice(0, at);
    const keep = turns.filter(({ by }) => by === "script").length;
    let world = initial(scenario);
    for (const { choice } of turns) world = step(world, choice)?.world ?? world;
    const taken = run.turns[at]?.choice;
    const others = enabled(world).filter(
      (choice) => choice.kind !== "lose" && taken !== undefined && choiceKey(choice) !== choiceKey(taken),
    );
    const choice = others[below(Math.max(1, others.length))];
    if (choice === undefined) continue;
    const now = choice.kind === "stimulate" || choice.kind === "expire" ? { ...choice, now: true as const } : choice;
    const whole = [...own.slice(0, keep), now, ...own.slice(keep)];
    const { end, turns: all } = computeRun(scenario, whole);
    if (end !== "rest" || all.length < 170 || all.length > 230) continue;
    const id = `v${variants.length}`;
    variants.push({ id, title: id, branch: { from: parent, keep }, script: whole.slice(keep) });
  }
  return flow();
}

/** The flow after an edit above every fork: the first choice of all is another one, though it leads to the same. */
export function editedAbove(flow: Flow): Flow {
  const [main, ...others] = flow.variants;
  const [first, ...rest] = main?.script ?? [];
  if (main === undefined || first?.kind !== "stimulate") throw new Error("there is nothing to edit");
  return { ...flow, variants: [{ ...main, script: [{ ...first, now: true }, ...rest] }, ...others] };
}

/** Computes the runs of a flow, then again after an edit above its forks; gives the ways to be timed. */
export function recompute(flow: Flow) {
  const ids = flow.variants.map(({ id }) => id);
  const runs = createRuns();
  runs.ofAll(flow, ids);
  const edited = editedAbove(flow);
  return {
    unacquainted: () =>
      computeRuns(
        edited.scenario,
        ids.map((id) => scriptOf(edited, id)),
      ),
    together: () => runs.ofAll(edited, ids).flatMap((run) => (run.ok ? [run.value] : [])),
    alone: () => ids.map((id) => computeRun(edited.scenario, scriptOf(edited, id))),
  };
}
