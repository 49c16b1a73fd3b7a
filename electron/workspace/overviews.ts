import { project } from "../../shared/diagram/project.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow, Variant } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import { choiceInWords } from "../../shared/run/choice-words.ts";
import { departuresOf } from "../../shared/run/departures.ts";
import { partingTurn } from "../../shared/run/parting.ts";
import type { Run } from "../../shared/run/run.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import { outcomeOf, rules, violatedIn } from "../engine/index.ts";
import type { Runs } from "./runs.ts";

/** What is computed about variants, each once for as long as what it rests on stays the same. */
export interface Overviews {
  of(flow: Flow, ids: readonly string[]): readonly VariantInfo[];
}

interface Known {
  readonly flow: Flow;
  readonly script: readonly Choice[];
  readonly parent: readonly Choice[];
  readonly untold: Variant["untold"];
  readonly info: VariantInfo;
}

const known = () => new Map(rules().map((rule) => [rule.id, rule]));

/** The overviews of one open flow's variants, from its runs. */
export function createOverviews(runs: Runs): Overviews {
  const kept = new Map<string, Known>();

  const of = (flow: Flow, id: string): VariantInfo => {
    const script = wholeScript(flow, id);
    if (!script.ok) return { id, steps: 0, broken: 0, departs: 0, trouble: script.failure.message };
    const own = flow.variants.find((variant) => variant.id === id);
    const from = own?.branch?.from;
    const above = from === undefined ? undefined : wholeScript(flow, from);
    const parent = above?.ok === true ? above.value : [];
    const before = kept.get(id);
    if (
      before !== undefined &&
      before.flow.scenario === flow.scenario &&
      before.flow.view === flow.view &&
      before.flow.marks === flow.marks &&
      before.untold === own?.untold &&
      isSame(before.script, script.value) &&
      isSame(before.parent, parent)
    )
      return before.info;
    const info = infoOf(flow, id, from, runs);
    kept.set(id, { flow, script: script.value, parent, untold: own?.untold, info });
    return info;
  };

  return {
    of: (flow, ids) => {
      for (const id of kept.keys()) if (!flow.variants.some((variant) => variant.id === id)) kept.delete(id);
      // An edit above a fork changes all that lies below it: together they take far less than one by one.
      runs.ofAll(
        flow,
        flow.variants.map(({ id }) => id),
      );
      return ids.map((id) => of(flow, id));
    },
  };
}

function infoOf(flow: Flow, id: string, from: string | undefined, runs: Runs): VariantInfo {
  const run = runs.of(flow, id);
  if (!run.ok) return { id, steps: 0, broken: 0, departs: 0, trouble: run.failure.message };
  const { divergence } = run.value;
  const above = from === undefined ? undefined : runs.of(flow, from);
  const outcome = outcomeOf(flow.scenario, run.value);
  return {
    id,
    steps: stepsIn(flow, id, run.value).length,
    broken: violatedIn(flow, id, run.value).length,
    departs: departuresOf(run.value).filter(({ accepted }) => !accepted).length,
    ...(outcome === undefined ? undefined : { outcome }),
    ...(above?.ok === true ? { fork: forkOf(flow, from ?? "", above.value, run.value) } : undefined),
    ...(divergence === undefined
      ? undefined
      : { trouble: `Its turn ${divergence.at + 1}, “${saying(flow, divergence.choice)}”, is not possible any more.` }),
  };
}

const saying = ({ scenario }: Flow, choice: Choice): string =>
  choiceInWords(choice, new Map(scenario.participants.map(({ id, name }) => [id, name])));

const stepsIn = (flow: Flow, id: string, run: Run) => stepsOf(project(flow, run, flow.view ?? {}, known(), id));

/** The number of the parent's first step that is not complete where the two part. */
function forkOf(flow: Flow, from: string, parent: Run, run: Run): string {
  const turn = partingTurn(parent, run);
  const step = stepsIn(flow, from, parent).find(({ received }) => received >= turn);
  return step === undefined ? "" : step.number === "" ? String(step.index + 1) : step.number;
}

/** Whether two scripts are the same: what an edit did not touch are the same objects. */
function isSame(a: readonly Choice[], b: readonly Choice[]): boolean {
  return a.length === b.length && a.every((choice, at) => choice === b[at]);
}
