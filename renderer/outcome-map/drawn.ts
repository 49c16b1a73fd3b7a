import type { Exploration, Outcome } from "../../shared/run/exploration.ts";
import { type DecisiveTurn, folded, type OutcomeMap, type Way } from "../../shared/run/outcome-map.ts";

/** What of a map is drawn: as many decisions and outcomes as can be read. Pure. */

/** An outcome, and what it has to do with requirements. */
export interface MapOutcome {
  readonly outcome: Outcome;
  /** The requirements that some run breaks which ends so. */
  readonly breaks: readonly string[];
}

export interface DrawnMap extends OutcomeMap {
  readonly outcomes: readonly MapOutcome[];
  /** The outcomes that stand together as one node, `rest`, because there are too many. */
  readonly rest: readonly string[];
}

/** The node that stands for the outcomes which are not drawn. */
export const REST = "rest";

/** So many outcomes are drawn each by itself. */
export const mostOutcomes = 60;

/** The outcomes of an exploration; a run that breaks a requirement belongs to the one in which it ends. */
export function mapOutcomes({ outcomes, violations }: Exploration): readonly MapOutcome[] {
  return outcomes.map((outcome) => {
    const broken = violations.filter(({ summary }) => summary === outcome.summary).map((v) => v.requirement);
    return { outcome, breaks: [...new Set([...outcome.breaks, ...broken])] };
  });
}

/** The map with at most `decisions` decisions. Of many outcomes those that break something are drawn first. */
export function drawnMap(map: OutcomeMap, outcomes: readonly MapOutcome[], decisions: number): DrawnMap {
  const few = folded(map, decisions);
  if (outcomes.length <= mostOutcomes) return { ...few, outcomes, rest: [] };
  const sorted = outcomes.toSorted((a, b) => Number(b.breaks.length > 0) - Number(a.breaks.length > 0));
  const shown = new Set(sorted.slice(0, mostOutcomes).map(({ outcome }) => outcome.id));
  const rest = outcomes.filter(({ outcome }) => !shown.has(outcome.id)).map(({ outcome }) => outcome.id);
  const hidden = new Set(rest);
  const ways = new Map<string, Way>();
  for (const way of few.ways) {
    const to = hidden.has(way.to) ? REST : way.to;
    const key = `${way.from} ${to} ${way.goesOn}`;
    const known = ways.get(key);
    ways.set(key, known === undefined ? { ...way, to } : { ...known, turns: joined(known.turns, way.turns) });
  }
  return { ...few, ways: [...ways.values()], outcomes: outcomes.filter((o) => !hidden.has(o.outcome.id)), rest };
}

function joined(a: readonly DecisiveTurn[], b: readonly DecisiveTurn[]): readonly DecisiveTurn[] {
  return [...a, ...b.filter(({ says }) => !a.some((known) => known.says === says))];
}

/** The decisions and outcomes between the start and an outcome, or between a decision and all that is left there. */
export function onTheWay(map: DrawnMap, id: string): ReadonlySet<string> {
  const before = (to: string) => map.ways.filter((way) => way.to === to).map((way) => way.from);
  const after = (from: string) => map.ways.filter((way) => way.from === from).map((way) => way.to);
  const found = new Set([id]);
  const up = new Set([id]);
  for (const at of up) for (const from of before(at)) up.add(from);
  const down = new Set([id]);
  for (const at of down) for (const to of after(at)) down.add(to);
  for (const at of [...up, ...down]) found.add(at);
  return found;
}
