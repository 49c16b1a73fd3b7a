import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";

/** What a flow was, or that it was not there. */
export interface Compared<Drawn> {
  readonly base?: Drawn;
  readonly isNew?: true;
}

/**
 * Which of several flows each flow of a document was: the one of the same title, else of the same clause; a single one is
 * that of a single flow whatever it is called. What is not found is new. Fails where none of them is found.
 * @param name what the bases are in, as it is called in the sentence
 */
export function compared<Drawn extends { readonly flow: Flow }>(
  flows: readonly Flow[],
  bases: readonly Drawn[],
  name: string,
): Result<readonly Compared<Drawn>[]> {
  if (flows.length === 1 && bases.length === 1) return ok([{ base: bases[0] as Drawn }]);
  const free = new Set(bases);
  const found = new Map<Flow, Drawn>();
  const pairBy = (isSame: (flow: Flow, base: Flow) => boolean) => {
    for (const flow of flows) {
      const base = found.has(flow) ? undefined : [...free].find((one) => isSame(flow, one.flow));
      if (base === undefined) continue;
      found.set(flow, base);
      free.delete(base);
    }
  };
  pairBy((flow, base) => flow.title === base.title && flow.clause === base.clause);
  pairBy((flow, base) => flow.title === base.title);
  pairBy((flow, base) => flow.clause !== undefined && flow.clause === base.clause);
  if (found.size === 0) {
    const titles = flows.map(({ title }) => `“${title}”`).join(", ");
    return fail(`“${name}” holds nothing of which ${titles} could be another version.`);
  }
  return ok(flows.map((flow) => (found.has(flow) ? { base: found.get(flow) as Drawn } : { isNew: true })));
}

/** The sentence for a flow that has not the variant with which it is to be compared. */
export const noSuchBase = ({ title }: Flow, variant: string) =>
  fail(`“${title}” has no variant “${variant}” with which it could be compared.`);
