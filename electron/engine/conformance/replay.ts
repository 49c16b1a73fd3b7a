import type { HopName } from "../../../shared/run/choice.ts";
import { initial } from "../compute.ts";
import type { Transaction } from "../requirements/trace.ts";
import type { InFlight } from "../world.ts";
import { type Chain, lookUp, noted } from "./chain.ts";
import type { JudgedStep } from "./conformance.ts";
import { type Drawing, type Drawn, drawnLater, isLeftOut, likeness } from "./drawn.ts";
import { instead } from "./expected.ts";
import { permissionFor } from "./permitted.ts";
import type { Reading } from "./readings.ts";
import { clauseOf, orderSentence, saysOf, unfinished } from "./say.ts";
import { advance, type Budget, costs, type Position, type Quest, type Way, waysTo } from "./search.ts";

/** One way to read the flow so far: the world it leads to, and what was said of each step. */
interface Candidate extends Position {
  readonly reading: Reading;
  readonly cost: number;
  /** Hops that stand for arrows under way, by the arrow's place. */
  readonly bound: ReadonlyMap<number, HopName>;
  /** The arrow that each hop stands for. */
  readonly arrows: Chain<HopName, HopName> | undefined;
  /** Hops that had to arrive before the flow shows them. */
  readonly early: readonly InFlight[];
  /** Transactions whose request no rule sends, each with that request. */
  readonly beyond: Chain<Transaction | undefined, string> | undefined;
  readonly said: Said | undefined;
}

/** What was said of the steps, the last first: candidates share what they have in common. */
interface Said {
  readonly step: JudgedStep;
  readonly before: Said | undefined;
}

/** What a replay found: the verdicts in the order of the flow, under the reading that explains most. */
export interface Replayed {
  readonly reading: Reading;
  readonly cost: number;
  readonly steps: readonly JudgedStep[];
}

/** So many readings are followed side by side, and so much dearer than the best one may be. */
const WIDTH = 10;
const SLACK = 150;

/** Why the rules have nothing to say of a message; undefined where they have. */
type Excuse = (drawn: Drawn) => string | undefined;

/** Follows the drawing through the worlds that its readings lead to, and returns the cheapest. */
export function replay(drawing: Drawing, readings: readonly Reading[], excuse: Excuse, budget: Budget): Replayed {
  const found = follow(drawing, readings, excuse, budget, () => true);
  if (found === undefined) throw new Error("a flow is read in at least one way");
  return found;
}

/** Follows the drawing by one reading as long as that explains all of it; undefined where it does not. */
export function explainedBy(drawing: Drawing, reading: Reading, excuse: Excuse, budget: Budget): Replayed | undefined {
  const isPlain = ({ verdict }: JudgedStep) => verdict === "explained" || verdict === "cannot judge";
  const isWorthIt = ({ said }: Candidate) => said === undefined || isPlain(said.step);
  const found = follow(drawing, [reading], excuse, budget, isWorthIt);
  return found?.steps.every(isPlain) === true ? found : undefined;
}

function follow(
  drawing: Drawing,
  readings: readonly Reading[],
  excuse: Excuse,
  budget: Budget,
  isWorthIt: (best: Candidate) => boolean,
): Replayed | undefined {
  let candidates = readings.map(
    (reading): Candidate => ({
      reading,
      world: initial(reading.scenario),
      origins: undefined,
      cost: reading.cost,
      bound: new Map(),
      arrows: undefined,
      early: [],
      beyond: undefined,
      said: undefined,
    }),
  );
  for (const { of, kind } of drawing.events) {
    const [first] = candidates;
    const next = candidates.flatMap((c) =>
      kind === "sent"
        ? sending({ drawing, drawn: of, budget, isBest: c === first }, c, excuse(of))
        : [arriving(of, c, budget)],
    );
    candidates = best(next);
    if (candidates[0] === undefined || !isWorthIt(candidates[0])) return undefined;
  }
  const [first] = best(candidates.map((c) => atTheEnd(drawing, c)));
  return first && { reading: first.reading, cost: first.cost, steps: inOrder(first.said) };
}

function best(candidates: readonly Candidate[]): Candidate[] {
  const sorted = candidates.toSorted((a, b) => a.cost - b.cost);
  const limit = (sorted[0]?.cost ?? 0) + SLACK;
  return sorted.filter(({ cost }) => cost <= limit).slice(0, WIDTH);
}

function inOrder(said: Said | undefined): readonly JudgedStep[] {
  const steps: JudgedStep[] = [];
  for (let at = said; at !== undefined; at = at.before) steps.push(at.step);
  return steps.reverse();
}

const say = (c: Candidate, step: JudgedStep): Said => ({ step, before: c.said });

function sending(quest: Omit<Quest, "bound">, c: Candidate, excuse: string | undefined): readonly Candidate[] {
  const { drawing, drawn, budget } = quest;
  const judged = (verdict: JudgedStep["verdict"], says: string): JudgedStep => ({ at: drawn.name, verdict, says });
  if (excuse !== undefined) return [{ ...c, said: say(c, judged("cannot judge", excuse)) }];
  if (budget.left <= 0) {
    const says = "The flow is too long to be replayed to here.";
    return [{ ...c, said: say(c, judged("cannot judge", says)) }];
  }
  const ways = waysTo({ ...quest, bound: new Set(c.bound.values()) }, c);
  const explained = ways.map((way) => taken(drawing, drawn, c, way, budget));
  if ((ways[0]?.cost ?? costs.relay) < costs.relay) return explained;
  return [...explained, ...without(drawing, drawn, c, budget)];
}

/** The candidate after a way that explains the drawn message. */
function taken(drawing: Drawing, drawn: Drawn, c: Candidate, way: Way, budget: Budget): Candidate {
  const { world, origins } = arrivals(way, way.companions, budget);
  const origin = lookUp(way.origins, way.hop.name);
  const rule = origin?.rule;
  const step: JudgedStep = {
    at: drawn.name,
    ...(rule === undefined ? undefined : { rule, clause: clauseOf(rule) }),
    ...verdictOn(drawing, drawn, c, way),
  };
  return {
    ...c,
    world,
    origins,
    cost: c.cost + way.cost,
    bound: new Map([...c.bound, [drawn.index, way.hop.name]]),
    arrows: noted(c.arrows, way.hop.name, drawn.name),
    early: [...c.early, ...way.early],
    said: say(c, step),
  };
}

/** The position after the hops have arrived. */
function arrivals(from: Position, hops: readonly InFlight[], budget: Budget): Position {
  let position = from;
  for (const { name } of hops) position = advance(position, { kind: "deliver", hop: name }, budget) ?? position;
  return position;
}

function verdictOn(
  drawing: Drawing,
  drawn: Drawn,
  c: Candidate,
  way: Way,
): Pick<JudgedStep, "verdict" | "says"> & Partial<JudgedStep> {
  const [missing] = [...way.skipped, ...way.early];
  if (missing !== undefined)
    return unfinished(c.world.topology, lookUp(way.origins, missing.name), missing, way.early.includes(missing));
  const says = saysOf(c.world.topology, way, drawn);
  if (way.like === "other code")
    return { verdict: "legal alternative", says: `Another code: the rules send ${way.hop.message.status}. ${says}` };
  const [left] = way.quiet;
  if (left !== undefined)
    return { verdict: "legal alternative", says: orderSentence(c.world.topology, left, "unsent") };
  const usual = usualNext(drawing, drawn, c);
  if (usual !== undefined && usual.name !== way.hop.name && !isOnWay(way, usual))
    return { verdict: "legal alternative", says: orderSentence(c.world.topology, usual, "later") };
  return { verdict: "explained", says };
}

const isOnWay = (way: Way, hop: InFlight): boolean => !way.world.flight.some(({ name }) => name === hop.name);

/** What would be next by itself: the newest message under way that the flow shows. */
function usualNext(drawing: Drawing, drawn: Drawn, { world, bound }: Candidate): InFlight | undefined {
  const waiting = new Set(bound.values());
  return world.flight.findLast(
    (hop) => !waiting.has(hop.name) && drawnLater(drawing, drawn.index - 1, hop) !== undefined,
  );
}

/** The candidates after a message that no rule would send: as if it had not been there, or as if it stood for what the rules send. */
function without(drawing: Drawing, drawn: Drawn, c: Candidate, budget: Budget): readonly Candidate[] {
  const late = c.early.find((hop) => hop.to === drawn.to && hop.from === drawn.from && likeness(hop.message, drawn));
  if (late !== undefined) {
    const early = c.early.filter((hop) => hop !== late);
    const { rule } = lookUp(c.origins, late.name) ?? {};
    const says = `${orderSentence(c.world.topology, late, "late")}`;
    const step: JudgedStep = {
      at: drawn.name,
      verdict: "deviation",
      ...(rule && { rule, clause: clauseOf(rule) }),
      says,
    };
    return [{ ...c, early, cost: c.cost + costs.hidden, said: say(c, step) }];
  }
  const permission = permissionFor(drawing, drawn);
  if (permission !== undefined) {
    const step: JudgedStep = { at: drawn.name, verdict: "legal alternative", ...permission };
    return [{ ...beyond(c, drawn), cost: c.cost + costs.timer, said: say(c, step) }];
  }
  const because = lookUp(c.beyond, sourceOf(drawn));
  if (because !== undefined) {
    const step: JudgedStep = {
      at: drawn.name,
      verdict: "cannot judge",
      says: `It belongs to “${because}”, which no rule sends.`,
    };
    return [{ ...beyond(c, drawn, because), cost: c.cost + costs.skipped, said: say(c, step) }];
  }
  const expected = instead(drawing, drawn, c);
  const { rule } = expected;
  const step: JudgedStep = {
    at: drawn.name,
    verdict: "deviation",
    ...(rule === undefined ? undefined : { rule, clause: clauseOf(rule) }),
    says: expected.says,
  };
  const ignored: Candidate = { ...beyond(c, drawn), cost: c.cost + costs.lost, said: say(c, step) };
  const standIn = expected.hop;
  if (standIn === undefined) return [ignored];
  const after = advance(c, { kind: "deliver", hop: standIn.name }, budget);
  if (after === undefined) return [ignored];
  return [
    ignored,
    { ...ignored, beyond: c.beyond, world: after.world, origins: after.origins, cost: ignored.cost + 1 },
  ];
}

/** The transaction by whose request a message comes to be: its own, or of a request that is passed on the one before. */
function sourceOf({ transaction, status, method }: Drawn): Transaction | undefined {
  return status === undefined && method !== "ACK" ? transaction?.parent : transaction;
}

/** The candidate that remembers what follows from a request that no rule sends. */
function beyond(c: Candidate, { transaction, status, name }: Drawn, because = name): Candidate {
  if (status !== undefined || transaction === undefined) return c;
  return { ...c, beyond: noted(c.beyond, transaction, because) };
}

function arriving(drawn: Drawn, c: Candidate, budget: Budget): Candidate {
  const hop = c.bound.get(drawn.index);
  if (hop === undefined) return c;
  const bound = new Map(c.bound);
  bound.delete(drawn.index);
  const after = advance(c, { kind: drawn.lost ? "lose" : "deliver", hop }, budget);
  return after === undefined ? { ...c, bound } : { ...c, world: after.world, origins: after.origins, bound };
}

/** What the rules would still have sent, where the flow stops. */
function atTheEnd(drawing: Drawing, c: Candidate): Candidate {
  const open = c.world.flight.findLast((hop) => !isLeftOut(drawing, hop) && hop.message.kind !== "provisional");
  const last = drawing.messages.at(-1);
  if (open === undefined || last === undefined) return c;
  const origin = lookUp(c.origins, open.name);
  const step: JudgedStep = {
    at: lookUp(c.arrows, origin?.cause ?? "") ?? last.name,
    ...unfinished(c.world.topology, origin, open, false, true),
  };
  return { ...c, cost: c.cost + costs.skipped, said: say(c, step) };
}
