import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Run } from "../../shared/run/run.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { cannotRun, computeRun } from "../engine/index.ts";

/** A flow with the run of one of its variants. */
export interface Played {
  readonly flow: Flow;
  readonly variant: string;
  readonly run: Run;
}

/** So many hops can be compared: what crosses to the page and is drawn there twice has to end somewhere. */
export const MOST_COMPARED = 20_000;

/** Computes the variant of a flow that is not open; one that it does not have is its main one. Fails where it cannot be played. */
export function played(flow: Flow, variant: string | undefined): Result<Played> {
  const id = flow.variants.some((one) => one.id === variant) ? variant : flow.variants[0]?.id;
  const script = wholeScript(flow, id ?? "");
  if (!script.ok) return script;
  const refused = cannotRun(flow.scenario);
  if (refused !== undefined) return { ok: false, failure: refused };
  return ok({ flow, variant: id ?? "", run: computeRun(flow.scenario, script.value) });
}

/** Refuses what is too long to be compared. */
export function comparable(name: string, side: Played): Result<Played> {
  const { length } = side.run.hops;
  if (length <= MOST_COMPARED) return ok(side);
  const count = `${length.toLocaleString("en")} messages; at most ${MOST_COMPARED.toLocaleString("en")} can be compared`;
  return fail(`“${name}” has ${count}.`);
}
