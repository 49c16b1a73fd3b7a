import type { Flow } from "../../../shared/flow/flow.ts";
import type { Choice, HopName } from "../../../shared/run/choice.ts";
import type { Hop, Run } from "../../../shared/run/run.ts";
import { initial } from "../compute.ts";
import { traceOf } from "../requirements/read.ts";
import { ruleInfos } from "../rulebook.ts";
import { lookUp } from "./chain.ts";
import type { JudgedStep } from "./conformance.ts";
import { type Drawing, type Drawn, drawingOf, likeness } from "./drawn.ts";
import { instead } from "./expected.ts";
import { clauseOf, messageAs, nameIn, saysOf } from "./say.ts";
import { advance, type Position, waysTo } from "./search.ts";

type On<K extends Choice["kind"]> = Extract<Choice, { readonly kind: K }>;

/** What the budget allows the search around all interventions of one run. */
const BUDGET = 6_000_000;

/** Judges a computed run: what the rules sent they explain, and each intervention of its author is judged by the rule it departs from. */
export function judgeInterventions(flow: Flow, run: Run): readonly JudgedStep[] {
  const drawing = drawingOf(traceOf(flow, run));
  const said = new Map<HopName, JudgedStep>();
  const withheld: JudgedStep[] = [];
  const budget = { left: BUDGET };
  let position: Position = { world: initial(flow.scenario), origins: undefined };
  const isTouched = run.turns.some(({ choice }) => isIntervention(choice));
  if (isTouched)
    for (const [turn, { choice }] of run.turns.entries()) {
      if (choice.kind === "inject") {
        const drawn = drawing.messages.find(
          ({ message }) => message.hop.sent === turn && message.hop.origin === "authored",
        );
        if (drawn !== undefined) said.set(drawn.name, injected(drawing, drawn, position, budget));
      } else if (choice.kind === "alter") said.set(choice.hop, altered(drawing, choice, position));
      else if (choice.kind === "withhold") withheld.push(kept(choice, position));
      const after = advance(position, choice, { left: 0 });
      if (after !== undefined) position = after;
    }
  const order = [...run.hops].sort((a, b) => a.sent - b.sent);
  const steps = order.map((hop) => said.get(hop.name) ?? computed(hop, run));
  return [...steps, ...withheld.filter(({ at }) => !order.some(({ name }) => name === at))];
}

const isIntervention = ({ kind }: Choice): boolean => kind === "inject" || kind === "alter" || kind === "withhold";

const summaries = new Map(ruleInfos().map((rule) => [rule.id, rule]));

function computed(hop: Hop, run: Run): JudgedStep {
  const { rule, name } = hop;
  if (rule === undefined) return { at: name, verdict: "cannot judge", says: "Nothing tells what this is." };
  const says =
    run.turns[hop.sent]?.reactions.find((r) => r.sends.includes(name))?.says || (summaries.get(rule)?.says ?? "");
  return { at: name, verdict: "explained", rule, clause: clauseOf(rule), says };
}

function kept({ hop }: On<"withhold">, { world, origins }: Position): JudgedStep {
  const origin = lookUp(origins, hop);
  const rule = origin?.rule;
  const { topology } = world;
  const says =
    origin === undefined
      ? "What was drawn here is withheld again."
      : `The rules send ${messageAs(origin.hop)} from ${nameIn(topology, origin.hop.from)} to ${nameIn(topology, origin.hop.to)}; it is withheld.`;
  return { at: hop, verdict: "deviation", ...(rule && { rule, clause: clauseOf(rule) }), says };
}

function altered(drawing: Drawing, { hop, message }: On<"alter">, { origins }: Position): JudgedStep {
  const origin = lookUp(origins, hop);
  const drawn = drawing.messages.find(({ name }) => name === hop);
  const rule = origin?.rule;
  const by = rule === undefined ? undefined : { rule, clause: clauseOf(rule) };
  const like = origin === undefined || drawn === undefined ? undefined : likeness(origin.hop.message, drawn);
  if (like !== undefined && origin !== undefined) {
    const says =
      like === "same"
        ? "The same message in other words."
        : `Another code: the rules send ${origin.hop.message.status}.`;
    return { at: hop, verdict: like === "same" ? "explained" : "legal alternative", ...by, says };
  }
  const isCode =
    origin !== undefined && isOwnRefusal(origin.hop.message.status, drawn?.status) && origin.relays === undefined;
  if (isCode) {
    const says = `Another code: the rules send ${origin.hop.message.status}; the choice of a refusal's code is the sender's.`;
    return { at: hop, verdict: "legal alternative", ...by, says };
  }
  const what = origin === undefined ? "something else" : messageAs(origin.hop);
  return { at: hop, verdict: "deviation", ...by, says: `The rules send ${what}, not “${message.label}”.` };
}

const isOwnRefusal = (a: number | undefined, b: number | undefined): boolean =>
  (a ?? 0) >= 400 && (b ?? 0) >= 400 && a !== 487;

function injected(drawing: Drawing, drawn: Drawn, position: Position, budget: { left: number }): JudgedStep {
  const { topology } = position.world;
  const at = drawn.name;
  if (drawn.message.kind === "unknown" || drawn.message.kind === "state")
    return { at, verdict: "cannot judge", says: `“${drawn.message.message.name}” is no message that the rules know.` };
  // What the run itself sends later stands in the drawing; only messages that it does not send may be missed here.
  const [way] = waysTo({ drawing, drawn, bound: new Set(), budget, isBest: true }, position);
  if (way !== undefined) {
    const rule = lookUp(way.origins, way.hop.name)?.rule;
    const by = rule === undefined ? undefined : { rule, clause: clauseOf(rule) };
    const acts = way.acts.some(({ kind }) => kind === "stimulate");
    const says = acts
      ? `A person may bring this about: ${saysOf(topology, way, drawn)}`
      : `The rules send this themselves: ${saysOf(topology, way, drawn)}`;
    return { at, verdict: "legal alternative", ...by, says };
  }
  const expected = instead(drawing, drawn, { ...position, bound: new Map() });
  const { rule, says } = expected;
  return { at, verdict: "deviation", ...(rule && { rule, clause: clauseOf(rule) }), says };
}
