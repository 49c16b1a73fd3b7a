import { startOfSentence, withArticle } from "../../../shared/flow/names.ts";
import { allRules } from "../rulebook.ts";
import type { Topology } from "../topology.ts";
import { inWords } from "../words.ts";
import type { InFlight } from "../world.ts";
import { lookUp } from "./chain.ts";
import type { JudgedStep } from "./conformance.ts";
import type { Drawn } from "./drawn.ts";
import type { Origin, Way } from "./search.ts";

/** The sentences of conformance. */

const rules = new Map(allRules.map((rule) => [rule.id, rule]));

export function clauseOf(rule: string): string | undefined {
  return rules.get(rule)?.clause;
}

export function nameIn(topology: Topology, id: string): string {
  return withArticle(topology.participants.get(id)?.name ?? id);
}

/** `the OK response`, `INVITE`. */
export function messageAs({ message }: InFlight): string {
  return /^[A-Z]{3,}$|^\d/.test(message.name) ? message.name : `the ${message.name}`;
}

/** What the rule that sends the message says, and over which elements the arrow goes that it does not show. */
export function saysOf(topology: Topology, way: Way, drawn: Drawn): string {
  const origin = lookUp(way.origins, way.hop.name);
  const rule = origin?.rule === undefined ? undefined : rules.get(origin.rule);
  const says = origin?.says || rule?.summary || "";
  const acts = way.acts.flatMap((choice) =>
    choice.kind === "expire" && !choice.timer.startsWith("t_alert")
      ? [`${choice.timer.split(" ")[0]} fires at ${nameIn(topology, choice.participant)}. `]
      : [],
  );
  const through =
    way.hop.from === drawn.from ? "" : ` The arrow stands for the path through ${nameIn(topology, way.hop.from)}.`;
  return `${acts.join("")}${startOfSentence(says)}${through}`;
}

/** Of a message that the flow lacks before this step, or at its end. */
export function unfinished(
  topology: Topology,
  origin: Origin | undefined,
  missing: InFlight,
  isShownLater: boolean,
  isEnd = false,
): Omit<JudgedStep, "at"> {
  const rule = origin?.rule;
  const sends = `the rules send ${messageAs(missing)} from ${nameIn(topology, missing.from)} to ${nameIn(topology, missing.to)}`;
  const when = isEnd ? "after this step" : "before this step";
  const what = isShownLater ? "the flow shows it later" : "the flow does not show it";
  return {
    verdict: "deviation",
    ...(rule === undefined ? undefined : { rule, clause: clauseOf(rule) }),
    says: `${when[0]?.toUpperCase()}${when.slice(1)} ${sends}; ${what}.`,
  };
}

/** Of a step that comes in another order than by default. */
export function orderSentence(topology: Topology, hop: InFlight, how: "later" | "late" | "unsent"): string {
  const what = `${messageAs(hop)} from ${nameIn(topology, hop.from)} to ${nameIn(topology, hop.to)}`;
  if (how === "late") return `The rules send ${what} earlier: a step before this one needs it.`;
  if (how === "unsent") return `The rules also send ${what} before, which need not be sent.`;
  return `Another order: ${what} would usually come first, and nothing makes it wait or hurry.`;
}

/** Options in words, as `forking: the core forks and cancels`. */
export function optionInWords(name: string, value: unknown): string {
  const titles: Readonly<Record<string, string>> = {
    forking: "forking",
    participatingFunction: "participating function",
    release: "release",
    focusKeeps: "the focus keeps",
    transferMediaPath: "media path of a transfer",
  };
  const values: Readonly<Record<string, string>> = {
    b2bua: "back to back",
    oneDevice: "one device",
    manyDevices: "many devices",
  };
  const text = String(value);
  return `${titles[name] ?? name}: ${values[text] ?? inWords(text)}`;
}
