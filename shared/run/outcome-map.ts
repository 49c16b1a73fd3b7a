import { z } from "zod";
import { type Choice, choiceSchema } from "./choice.ts";

/**
 * The outcomes of an exploration as a picture. Worlds from which the same outcomes can still be reached are one node; so
 * a way from one node to another is a turn after which fewer outcomes are left. Plain JSON, computed by the engine.
 */
export interface OutcomeMap {
  /**
   * Whether every turn is in it. Otherwise the exploration was stopped: what is in it is true, but more may lead from a
   * decision, and to more outcomes.
   */
  readonly complete: boolean;
  /** Where several outcomes are left, the start first; none where there is nothing to decide. */
  readonly decisions: readonly Decision[];
  readonly ways: readonly Way[];
  /** So many decisions were folded into the ways that led to them. */
  readonly folded: number;
}

/** A place at which more than one outcome is left. */
export interface Decision {
  readonly id: string;
  /** The outcomes that are left, by id. */
  readonly outcomes: readonly string[];
}

/** Turns that lead from a decision to another one, or to an outcome. */
export interface Way {
  readonly from: string;
  /** A decision, or the outcome that alone is left. */
  readonly to: string;
  /** The turns each of which leads there, in a person's words, people's own first. */
  readonly turns: readonly DecisiveTurn[];
  /** There are so many more of them. */
  readonly more: number;
  /** After them comes more that decides, which was folded. */
  readonly goesOn: boolean;
}

export interface DecisiveTurn {
  readonly says: string;
  /** Absent where it is that nothing more happens. */
  readonly choice?: Choice;
}

/** So many decisions a map has at most. */
export const mostDecisions = 500;
/** So many turns are named of one way. */
export const mostTurns = 12;

const idSchema = z.string().min(1).max(40);

/** The shape of a map that comes from elsewhere: every way begins and ends at something that there is. */
export const outcomeMapSchema: z.ZodType<OutcomeMap> = z.object({
  complete: z.boolean(),
  decisions: z.array(z.object({ id: idSchema, outcomes: z.array(idSchema).min(2).readonly() })).readonly(),
  ways: z
    .array(
      z.object({
        from: idSchema,
        to: idSchema,
        turns: z
          .array(z.object({ says: z.string().min(1), choice: choiceSchema.optional() }))
          .max(mostTurns)
          .readonly(),
        more: z.int().min(0),
        goesOn: z.boolean(),
      }),
    )
    .readonly(),
  folded: z.int().min(0),
});

/**
 * A map with at most `most` decisions: those that are reached by the fewest others stay. A way to one that is folded goes
 * on to every outcome that was left there, and says that more decides.
 */
export function folded(map: OutcomeMap, most: number): OutcomeMap {
  if (map.decisions.length <= most) return map;
  const kept = new Set(nearest(map).slice(0, Math.max(1, most)));
  const left = new Map(map.decisions.map(({ id, outcomes }) => [id, outcomes]));
  const ways = new Map<string, Way>();
  for (const way of map.ways) {
    if (!kept.has(way.from)) continue;
    const outcomes = kept.has(way.to) ? undefined : left.get(way.to);
    for (const to of outcomes ?? [way.to]) {
      const goesOn = outcomes !== undefined || way.goesOn;
      const key = `${way.from} ${to} ${goesOn}`;
      const known = ways.get(key);
      ways.set(key, known === undefined ? { ...way, to, goesOn } : both(known, way));
    }
  }
  const decisions = map.decisions.filter(({ id }) => kept.has(id));
  return { ...map, decisions, ways: [...ways.values()], folded: map.folded + map.decisions.length - decisions.length };
}

/** Decisions by how many others come before them; as listed where that is the same. */
function nearest({ decisions, ways }: OutcomeMap): string[] {
  const next = new Map(decisions.map(({ id }) => [id, [] as string[]]));
  for (const { from, to } of ways) if (next.has(to)) next.get(from)?.push(to);
  const found = new Set(decisions.slice(0, 1).map(({ id }) => id));
  for (const id of found) for (const to of next.get(id) ?? []) found.add(to);
  return [...found];
}

function both(a: Way, b: Way): Way {
  const known = new Set(a.turns.map(({ says }) => says));
  const turns = [...a.turns, ...b.turns.filter(({ says }) => !known.has(says))];
  return { ...a, turns: turns.slice(0, mostTurns), more: a.more + b.more + Math.max(0, turns.length - mostTurns) };
}
