import type { Flow } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import type { Exploration, Explored, Outcome } from "../../shared/run/exploration.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import type { NewVariant } from "../store/keep-variant.ts";

/** What an exploration found, in a person's words, and as variants. Pure. */

/** The longest title that a variant may have. */
const LONGEST = 500;

/** "2,362 orders → 7 outcomes". */
export function headlineOf({ outcomes }: Exploration): string {
  const orders = outcomes.reduce((sum, { runs }) => sum + runs, 0);
  const many = outcomes.some(({ atLeast }) => atLeast) ? "at least " : "";
  const text = `${many}${counted(orders, "order")} → ${counted(outcomes.length, "outcome")}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function counted(count: number, what: string): string {
  const number = count >= Number.MAX_SAFE_INTEGER ? "countless" : count.toLocaleString("en");
  return `${number} ${what}${count === 1 ? "" : "s"}`;
}

/** How far the shortest script to an outcome is from where the exploration began: "by 2 choices". */
export function lengthText({ kept }: Pick<Explored, "kept">, { witness }: Pick<Outcome, "witness">): string {
  const length = Math.max(0, witness.length - kept.length);
  return length === 0 ? "by nothing more" : `by ${counted(length, "choice")}`;
}

/** Why an exploration is not complete, and what that means; nothing of one that is. */
export function incompleteness({ endedBy }: Explored): string | undefined {
  if (endedBy === undefined) return undefined;
  const why = {
    states: "There are more worlds than were allowed.",
    depth: "Some runs are longer than can be followed.",
    time: "The time was over.",
    person: "You cancelled it.",
  }[endedBy];
  return `Stopped early. ${why} What is listed is true, but more may happen.`;
}

/** On how much the requirements were judged. */
export function judgedText({ judged }: Exploration): string {
  if (judged.runs === 0) return "No requirement was judged.";
  if (judged.all) return "Every order was judged by the requirements.";
  return `${counted(judged.runs, "run")} were judged by the requirements, chosen to be as different as possible; not every order.`;
}

/** Whether what was explored is the document as it is: the scenario, and what was kept of the variant's script. */
export function isCurrent(flow: Flow, scenario: string, { variant, kept }: Explored): boolean {
  const script = wholeScript(flow, variant);
  if (!script.ok || JSON.stringify(script.value.slice(0, kept.length)) !== JSON.stringify(kept)) return false;
  return JSON.stringify(flow.scenario) === scenario;
}

/** A variant that goes the way of a witness, from the variant that was explored as long as they go together. */
export function variantFor(
  flow: Flow,
  from: string,
  witness: readonly Choice[],
  summary: string,
  about?: string,
): NewVariant {
  const says = summary.charAt(0).toUpperCase() + summary.slice(1);
  const title = (says === "" ? "Another outcome" : says).slice(0, LONGEST);
  const description = about === undefined ? undefined : { description: about };
  const script = wholeScript(flow, from);
  if (!script.ok) return { title, ...description, script: [...witness] };
  const keep = common(script.value, witness);
  return { title, ...description, branch: { from, keep }, script: witness.slice(keep) };
}

/** How many choices two scripts have in common from their start. */
function common(a: readonly Choice[], b: readonly Choice[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (JSON.stringify(a[at]) !== JSON.stringify(b[at])) return at;
  return length;
}
