import type { Choice, HopName, ParticipantId } from "../../../shared/run/choice.ts";
import { step } from "../compute.ts";
import { enabled } from "../enabled.ts";
import { personTakes } from "../rules/timers.ts";
import type { TurnResult } from "../turn.ts";
import { findTimer, type InFlight, type World } from "../world.ts";
import { type Chain, findNoted, lookUp, noted } from "./chain.ts";
import { type Drawing, type Drawn, drawnLater, isLeftOut, likeness } from "./drawn.ts";

/** Where a computed hop comes from: the rule that sent it, what that rule says, and the hop that it passes on. */
export interface Origin {
  readonly hop: InFlight;
  readonly rule?: string;
  readonly says: string;
  readonly relays?: HopName;
  /** The hop whose arrival made the rule send it. */
  readonly cause?: HopName;
}

/** A world that the flow may be in, and what is known of every hop sent so far. */
export interface Position {
  readonly world: World;
  readonly origins: Origins;
}

export type Origins = Chain<HopName, Origin> | undefined;

/** A shortest way to a world in which the drawn message is under way. */
export interface Way extends Position {
  readonly hop: InFlight;
  /** The answer to the same message on the hops before, where every hop is answered by itself. */
  readonly companions: readonly InFlight[];
  readonly cost: number;
  readonly like: "same" | "other code";
  /** Messages that had to be sent on the way although the flow does not show them. */
  readonly skipped: readonly InFlight[];
  /** Messages that had to arrive on the way although the flow shows them later. */
  readonly early: readonly InFlight[];
  /** What people did and which timers fired on the way. */
  readonly acts: readonly Choice[];
  /** ALERTING responses that were left out here and are shown elsewhere. */
  readonly quiet: readonly InFlight[];
}

/** How many turns a replay may still take, counted in what copying their worlds costs. */
export interface Budget {
  left: number;
}

export const costs = {
  hidden: 1,
  device: 1,
  likelyAct: 3,
  quiet: 6,
  timer: 7,
  act: 9,
  relay: 25,
  skipped: 40,
  early: 45,
  lost: 100,
} as const;
/** A way may leave out one message, or change the order of two, and no more. */
const DEAREST = 95;
/** So many worlds are looked at for one step; fewer by readings that are dearer than the best. */
const NODES = 120;
const NODES_OF_OTHERS = 40;

interface Node extends Position {
  readonly cost: number;
  readonly turns: Turns;
  readonly skipped: readonly InFlight[];
  readonly early: readonly InFlight[];
  readonly quiet: readonly InFlight[];
  readonly acts: readonly Choice[];
}

/** Takes one turn and notes where its messages come from. */
export function advance({ world, origins }: Position, choice: Choice, budget: Budget) {
  budget.left -= world.memories.size + world.flight.length + 20;
  const taken = step(world, choice);
  if (taken === undefined) return undefined;
  return { world: taken.world, origins: withOrigins(origins, taken.result), result: taken.result };
}

function withOrigins(origins: Origins, { sent, reactions }: TurnResult): Origins {
  let more = origins;
  for (const { hop, rule, relays, cause } of sent) {
    const says = reactions.find((r) => r.sends.includes(hop.name))?.says ?? "";
    more = noted(more, hop.name, { hop, rule, says, relays, cause });
  }
  return more;
}

/** Whether the hop ends where the drawn arrow does and began, itself or before it was passed on, where that begins. */
export function joins(origins: Origins, hop: InFlight, from: ParticipantId): boolean {
  if (hop.from === from) return true;
  let origin = lookUp(origins, hop.name);
  for (let i = 0; i < 8 && origin?.relays !== undefined; i++) {
    origin = lookUp(origins, origin.relays);
    if (origin?.hop.from === from) return true;
  }
  return false;
}

/** What a search is about: which drawn message, which hops stand for others, and what is left to spend. */
export interface Quest {
  readonly drawing: Drawing;
  readonly drawn: Drawn;
  /** Hops that stand for arrows drawn before and still under way. */
  readonly bound: ReadonlySet<HopName>;
  readonly budget: Budget;
  /** It goes on from the reading that explains most so far. */
  readonly isBest: boolean;
}

/**
 * The shortest ways from `start` to a world in which `drawn` is under way; none within bounds when it is not what the
 * rules would do. What carries the drawn message on is tried before everything else that may happen.
 */
export function waysTo(quest: Quest, start: Position): readonly Way[] {
  const root: Node = { ...start, cost: 0, turns: [], skipped: [], early: [], acts: [], quiet: [] };
  const carries = ({ hop }: Move) => hop !== undefined && likeness(hop.message, quest.drawn) !== undefined;
  const carried = cheapest(quest, root, carries);
  return (carried[0]?.cost ?? DEAREST) <= costs.hidden ? carried : cheapest(quest, root, () => true, carried);
}

/** So many ways that are equally short are told apart by what comes later, and so many more worlds looked at for them. */
const WAYS = 3;
const MORE_NODES = 12;

/** Looks at worlds in the order of what it costs to come there, and goes no dearer than the `known` ways. */
function cheapest(
  quest: Quest,
  root: Node,
  isTried: (move: Move) => boolean,
  known: readonly Way[] = [],
): readonly Way[] {
  const open = queue();
  open.put({ cost: root.cost, node: () => root });
  const isNew = firstTime();
  let found = [...known];
  let most = quest.isBest ? NODES : NODES_OF_OTHERS;
  const limit = () => found[0]?.cost ?? DEAREST;
  for (let looked = 0; looked < most && quest.budget.left > 0; looked++) {
    const ahead = open.take();
    if (ahead === undefined || ahead.cost > limit()) break;
    const node = ahead.node();
    if (node === undefined) continue;
    const way = arrivedAt(quest, node);
    if (way !== undefined && way.cost <= limit()) {
      found = way.cost < limit() ? [way] : [...found, way].slice(0, WAYS);
      most = Math.min(most, looked + MORE_NODES);
      continue;
    }
    for (const move of movesFrom(quest, node)) {
      if (!isTried(move) || node.cost + move.cost > limit()) continue;
      const turns = isNew(node.turns, move.key);
      if (turns === undefined) continue;
      open.put({
        cost: node.cost + move.cost,
        node: () => {
          const after = advance(node, move.choice, quest.budget);
          return after === undefined ? undefined : nodeAfter(node, move, turns, after);
        },
      });
    }
  }
  return found;
}

/** The turns that led to a world, as numbers in order: turns in another order lead to the same world, but for what they number. */
type Turns = readonly number[];

/** Gives the turns with one more, or undefined where the same turns were there before in whatever order. */
function firstTime(): (turns: Turns, key: string) => Turns | undefined {
  const numbers = new Map<string, number>();
  const seen = new Set<string>();
  return (turns, key) => {
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    const at = turns.findIndex((other) => other > number);
    const more = at < 0 ? [...turns, number] : turns.toSpliced(at, 0, number);
    const all = String.fromCharCode(...more);
    if (seen.has(all)) return undefined;
    seen.add(all);
    return more;
  };
}

/** A turn that is taken once nothing cheaper is left: most never are. */
interface Ahead {
  readonly cost: number;
  readonly node: () => Node | undefined;
}

/** The cheapest comes first, of equal ones the first that was put in. */
function queue(): { put(ahead: Ahead): void; take(): Ahead | undefined } {
  const byCost: Ahead[][] = [];
  const taken: number[] = [];
  let cheapest = 0;
  return {
    put: (ahead) => {
      const list = byCost[ahead.cost];
      if (list === undefined) byCost[ahead.cost] = [ahead];
      else list.push(ahead);
    },
    // What is put in later is dearer than what was taken before.
    take: () => {
      for (; cheapest < byCost.length; cheapest++) {
        const next = byCost[cheapest]?.[taken[cheapest] ?? 0];
        if (next === undefined) continue;
        taken[cheapest] = (taken[cheapest] ?? 0) + 1;
        return next;
      }
      return undefined;
    },
  };
}

function nodeAfter(node: Node, move: Move, turns: Turns, { world, origins }: Position): Node {
  const put = (list: readonly InFlight[], as: Move["as"]) =>
    move.as === as && move.hop !== undefined ? [...list, move.hop] : list;
  return {
    world,
    origins,
    turns,
    cost: node.cost + move.cost,
    skipped: put(node.skipped, "skipped"),
    early: put(node.early, "early"),
    quiet: put(node.quiet, "quiet"),
    acts: move.as === "act" ? [...node.acts, move.choice] : node.acts,
  };
}

function arrivedAt({ drawing, drawn, bound }: Quest, node: Node): Way | undefined {
  const { flight } = node.world;
  for (let i = flight.length - 1; i >= 0; i--) {
    const hop = flight[i];
    if (hop === undefined || bound.has(hop.name)) continue;
    const like = likeness(hop.message, drawn);
    if (like === undefined) continue;
    const companions =
      hop.to === drawn.to && joins(node.origins, hop, drawn.from) ? [] : answersOnTheWay(drawn, node, hop);
    if (companions === undefined) continue;
    // An arrow does not stand for a path whose last part the flow shows by itself.
    const isPath = hop.from !== drawn.from || hop.to !== drawn.to;
    if (isPath && drawnLater(drawing, drawn.index, hop) !== undefined) continue;
    const through = new Set(chain(node.origins, hop, drawn.from));
    const apart = (list: readonly InFlight[]) => list.filter(({ name }) => !through.has(name));
    const { world, origins, acts } = node;
    const cost = node.cost + (like === "same" ? 0 : costs.likelyAct);
    const rest = { skipped: apart(node.skipped), early: apart(node.early), quiet: apart(node.quiet) };
    return { world, origins, acts, cost, hop, companions, like, ...rest };
  }
  return undefined;
}

/** A CANCEL is answered hop by hop (RFC 3261 §9.2): an arrow past an element stands for the answers on both its sides. */
function answersOnTheWay(drawn: Drawn, { origins, world }: Node, hop: InFlight): readonly InFlight[] | undefined {
  if (hop.from !== drawn.from || hop.message.method !== "CANCEL") return undefined;
  const further = findNoted(
    origins,
    (o) => o.hop.from === hop.to && o.hop.to === drawn.to && likeness(o.hop.message, drawn) !== undefined,
  );
  return further && world.flight.filter(({ name }) => name === further.hop.name);
}

/** The hop and those that it passes on, back to where the drawn arrow begins. */
function* chain(origins: Origins, hop: InFlight, from: ParticipantId): Generator<HopName> {
  let name: HopName | undefined = hop.name;
  for (let i = 0; i < 8 && name !== undefined; i++) {
    yield name;
    const origin: Origin | undefined = lookUp(origins, name);
    if (origin?.hop.from === from) return;
    name = origin?.relays;
  }
}

interface Move {
  readonly choice: Choice;
  readonly key: string;
  readonly cost: number;
  readonly as: "hidden" | "skipped" | "early" | "quiet" | "act";
  readonly hop?: InFlight;
}

/** Of what the scenario lets one person do of a kind so many are tried: things are drawn in about the scenario's order. */
const ALIKE = 3;

/** Whether so many alike have been asked about before. */
function counting(): (choice: Extract<Choice, { kind: "stimulate" }>) => boolean {
  const counts = new Map<string, number>();
  return ({ participant, stimulus }) => {
    if (stimulus !== "invite" && stimulus !== "send" && stimulus !== "refuse") return false;
    const key = `${participant} ${stimulus}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count > ALIKE;
  };
}

function* movesFrom({ drawing, drawn, bound }: Quest, node: Node): Generator<Move> {
  const { world, origins } = node;
  const isTooMany = counting();
  for (const choice of enabled(world)) {
    if (choice.kind === "deliver") {
      const hop = world.flight.find(({ name }) => name === choice.hop);
      if (hop === undefined || bound.has(hop.name)) continue;
      yield { choice, hop, key: choice.hop, ...priceOf(drawing, drawn, origins, hop) };
    } else if (choice.kind === "stimulate") {
      if (!isTooMany(choice)) yield* acts(choice, drawn);
    } else if (choice.kind === "expire") {
      const isDevices = (findTimer(world, choice.participant, choice.timer)?.duration ?? 99) < personTakes;
      yield {
        choice,
        key: `${choice.participant} ${choice.timer}`,
        cost: isDevices ? costs.device : costs.timer,
        as: "act",
      };
    }
  }
}

function priceOf(drawing: Drawing, drawn: Drawn, origins: Origins, hop: InFlight): Pick<Move, "cost" | "as"> {
  // A drawn arrow may stand for a path: what is on it is no step of its own.
  const onPath = likeness(hop.message, drawn) !== undefined && joins(origins, hop, drawn.from) && hop.to !== drawn.to;
  if (drawnLater(drawing, drawn.index, hop) !== undefined) return { cost: costs.early, as: "early" };
  if (onPath || isLeftOut(drawing, hop)) return { cost: costs.hidden, as: "hidden" };
  const { status } = hop.message;
  const isNew = lookUp(origins, hop.name)?.relays === undefined;
  if (status !== undefined && status < 200 && isNew) return { cost: costs.quiet, as: "quiet" };
  return { cost: likeness(hop.message, drawn) === undefined ? costs.skipped : costs.relay, as: "skipped" };
}

/** What a person does, with the code that the drawn refusal has. */
function* acts(choice: Extract<Choice, { kind: "stimulate" }>, { from, method, status }: Drawn): Generator<Move> {
  const { participant, stimulus } = choice;
  const isRefusal = method === "INVITE" && status !== undefined && status >= 400;
  if (stimulus === "decline" && choice.code !== undefined) return;
  const coded = stimulus === "decline" && isRefusal && participant === from ? { ...choice, code: status } : choice;
  const cost = participant === from && leadsTo(stimulus, method, status) ? costs.likelyAct : costs.act;
  yield { choice: coded, key: `${participant} ${stimulus} ${choice.what} ${coded.code ?? ""}`, cost, as: "act" };
}

function leadsTo(stimulus: string, method?: string, status?: number): boolean {
  switch (stimulus) {
    case "invite":
      return method === "INVITE" && status === undefined;
    case "accept":
      return method === "INVITE" && status !== undefined && status >= 200 && status < 300;
    case "decline":
      return method === "INVITE" && status !== undefined && status >= 400;
    case "cancel":
      return method === "CANCEL";
    case "end":
      return method === "BYE";
    case "transfer":
      return method === "REFER";
    default:
      return method === "SEND" || method === undefined;
  }
}
