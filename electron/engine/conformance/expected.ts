import type { HopName } from "../../../shared/run/choice.ts";
import type { InFlight } from "../world.ts";
import { findNoted, lookUp } from "./chain.ts";
import { type Drawing, type Drawn, isLeftOut, likeness } from "./drawn.ts";
import { messageAs, nameIn } from "./say.ts";
import type { Position } from "./search.ts";

/** What the rules would have done where a flow departs from them. */
export interface Expected {
  readonly rule?: string;
  readonly says: string;
  /** The message under way that the drawn one may stand for. */
  readonly hop?: InFlight;
}

/** What the rules would do at this place instead of `drawn`. */
export function instead(
  drawing: Drawing,
  drawn: Drawn,
  c: Position & { readonly bound: ReadonlyMap<number, HopName> },
): Expected {
  const { topology } = c.world;
  const waiting = new Set(c.bound.values());
  const open = c.world.flight.filter((hop) => !waiting.has(hop.name)).toReversed();
  const ruleOf = (hop: InFlight) => lookUp(c.origins, hop.name)?.rule;
  const name = (id: string) => nameIn(topology, id);
  const what = `“${drawn.message.message.name}”`;

  const elsewhere = open.find((hop) => hop.from === drawn.from && likeness(hop.message, drawn) !== undefined);
  if (elsewhere !== undefined)
    return {
      rule: ruleOf(elsewhere),
      hop: elsewhere,
      says: `The rules send ${messageAs(elsewhere)} from ${name(elsewhere.from)} to ${name(elsewhere.to)}, not to ${name(drawn.to)}.`,
    };
  const turned = open.find(
    (hop) => hop.from === drawn.to && hop.to === drawn.from && likeness(hop.message, drawn) !== undefined,
  );
  if (turned !== undefined)
    return {
      rule: ruleOf(turned),
      hop: turned,
      says: `The rules send ${messageAs(turned)} the other way round, from ${name(turned.from)} to ${name(turned.to)}.`,
    };
  const onEdge = open.find((hop) => hop.from === drawn.from && hop.to === drawn.to && !isLeftOut(drawing, hop));
  if (onEdge !== undefined)
    return {
      rule: ruleOf(onEdge),
      hop: onEdge,
      says: `The rules send ${messageAs(onEdge)} from ${name(onEdge.from)} to ${name(onEdge.to)}, not ${what}.`,
    };
  const next = open.find((hop) => !isLeftOut(drawing, hop));
  const before = findNoted(
    c.origins,
    ({ hop }) => hop.from === drawn.from && hop.to === drawn.to && likeness(hop.message, drawn) !== undefined,
  );
  if (before !== undefined)
    return {
      rule: before.rule,
      says: `The rules send ${messageAs(before.hop)} from ${name(drawn.from)} to ${name(drawn.to)} once, and it has been sent before.${thenNext(c, next)}`,
    };
  if (next !== undefined)
    return {
      rule: ruleOf(next),
      says: `No rule lets ${name(drawn.from)} send ${what} to ${name(drawn.to)} here; next is ${messageAs(next)} from ${name(next.from)} to ${name(next.to)}.`,
    };
  return {
    ...lastAt(c, drawn),
    says: `No rule lets ${name(drawn.from)} send ${what} to ${name(drawn.to)} here; nothing is under way.`,
  };
}

function thenNext(c: Position, next: InFlight | undefined): string {
  if (next === undefined) return "";
  const { topology } = c.world;
  return ` Next is ${messageAs(next)} from ${nameIn(topology, next.from)} to ${nameIn(topology, next.to)}.`;
}

/** The rule by which the sender acted last, whose state it is in. */
function lastAt(c: Position, { from }: Drawn): Pick<Expected, "rule"> {
  const last = findNoted(c.origins, ({ hop, rule }) => hop.from === from && rule !== undefined);
  return last?.rule === undefined ? {} : { rule: last.rule };
}
