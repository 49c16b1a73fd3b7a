import { type Gone, goThrough, placesOf } from "../../../shared/combine/go-through.ts";
import { holdsWays, type Through, type VariantName, waysThroughAll } from "../../../shared/combine/parts.ts";
import { placeMarks } from "../../../shared/diagram/placed-marks.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import type { Choice, HopName } from "../../../shared/run/choice.ts";
import type { Run, Turn } from "../../../shared/run/run.ts";
import { computeRun } from "../compute.ts";

/** One way through the fragments of a run: what happens if it is gone, under the names that its messages have in the whole run. */
interface RunOfWay {
  /** “In …” or “Where …”, as a sentence about the way begins. */
  readonly name: string;
  /** The variant that goes this way, where the fragment says so. */
  readonly variant?: VariantName;
  readonly run: Run;
}

/** So many ways are gone through one by one; more where every one of them is a variant that somebody has named. */
const MOST_WAYS = 32;
const MOST_NAMED = 500;

/**
 * The ways through the alternatives that are drawn in the run of the variant `id`. None where nothing is drawn to choose
 * from, or where rules send what is in a fragment: such a run is one way itself. "too many" where they are not to be counted.
 */
export function runsOfWays(flow: Flow, id: string, run: Run): readonly RunOfWay[] | "too many" {
  if (run.end !== "rest" || !(flow.marks ?? []).some(holdsWays)) return [];
  const places = new Map(run.hops.map(({ name }, i) => [name, i]));
  const placed = placeMarks(flow.marks ?? [], (hop) => (hop === undefined ? -1 : places.get(hop)), id);
  const through = waysThroughAll(placed, MOST_NAMED);
  if (through.length < 2) return [];
  const areNamed = through.every(({ variant }) => variant !== undefined);
  const script = run.turns.flatMap(({ by, choice }) => (by === "script" ? [choice] : []));
  const choices = placesOf(script, run, places);
  const compute = (own: readonly Choice[]) => computeRun(flow.scenario, own);
  const found: RunOfWay[] = [];
  for (const [i, way] of through.slice(0, areNamed ? MOST_NAMED : MOST_WAYS).entries()) {
    const gone = goThrough(run, choices, { before: -1, stretches: way.stretches }, compute);
    if (!gone.ok) return [];
    const { variant } = way;
    found.push({
      name: nameOf(way, i, through),
      ...(variant !== undefined && { variant }),
      run: underOldNames(gone.value),
    });
  }
  return found.length < through.length ? "too many" : found;
}

function nameOf({ variant, guards }: Through, i: number, through: readonly Through[]): string {
  if (variant !== undefined) return `In “${variant.title}”`;
  const conditions = guards.filter((guard) => guard !== "");
  if (conditions.length > 0) return `Where ${conditions.map((guard) => `“${guard}”`).join(" and ")}`;
  const isOnlyOne = through.filter((way) => way.guards.every((guard) => guard === "")).length === 1;
  return isOnlyOne ? "Where no condition holds" : `On way ${i + 1} of ${through.length}`;
}

/** The run of a way with the names that its messages have where all ways stand together. */
function underOldNames({ run, way }: Gone): Run {
  const old = new Map([...way.names].map(([before, now]) => [now, before]));
  const named = (hop: HopName): HopName => old.get(hop) ?? hop;
  const ofChoice = (choice: Choice): Choice => ("hop" in choice ? { ...choice, hop: named(choice.hop) } : choice);
  const ofTurn = (turn: Turn): Turn => ({ ...turn, choice: ofChoice(turn.choice) });
  return { ...run, turns: run.turns.map(ofTurn), hops: run.hops.map((hop) => ({ ...hop, name: named(hop.name) })) };
}
