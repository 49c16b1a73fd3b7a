import { withArticle } from "../flow/names.ts";
import { stimulusWords } from "../run/stimulus-words.ts";
import type { Side } from "./compare.ts";
import type { Changed, Comparison, Difference, StepRef } from "./comparison.ts";
import { documentInWords } from "./document-words.ts";
import { movesText, stepNumbers, stepsText } from "./step-words.ts";

/** The comparison in sentences, told from `a` to `b`: "From step 13 the CPM Client B2 accepts instead of the CPM Client B1." */
export function summary(comparison: Comparison, a: Side, b: Side): readonly string[] {
  const { verdict, first, onlyA, onlyB, changed, moved, renumbered, document } = comparison;
  if (verdict === "same") return ["The two are the same."];
  const moves = moved.map(({ a, b }) => [a, b] as const);
  if (verdict === "reordered") return [`The same steps in another order: ${movesText(moves)}.`];
  const said: string[] = [];
  if (first !== undefined) said.push(beginning(first, a, b));
  said.push(...changes(told(changed, first, a, b), a, b));
  if (onlyA.length > 0) said.push(`Only in the first: ${stepsText(onlyA)}.`);
  if (onlyB.length > 0) said.push(`Only in the second: ${stepsText(onlyB)}.`);
  if (moved.length > 0) said.push(`Moved: ${movesText(moves)}.`);
  const still = new Set(moved.map(({ a }) => a.index));
  const shifted = renumbered.filter((pair) => !still.has(pair.a.index));
  if (shifted.length > 0) said.push(`Renumbered: ${movesText(shifted.map(({ a, b }) => [a, b] as const))}.`);
  const reworded = changed.filter(({ what }) => what.some(({ aspect }) => aspect === "prose"));
  if (reworded.length > 0) said.push(`Told in other words: ${stepNumbers(reworded.map(({ b }) => b))}.`);
  said.push(...documentInWords(document));
  if (a.run.end !== b.run.end) said.push(`The first ${ends[a.run.end]}, the second ${ends[b.run.end]}.`);
  return said;
}

const ends: Readonly<Record<Side["run"]["end"], string>> = {
  rest: "comes to rest",
  limit: "is stopped at its limit of turns",
  diverged: "cannot go on as its script says",
};

interface Doing {
  readonly who: string;
  readonly does: string;
  /** Whither it goes, where it is a message; `does` then says only what it is. */
  readonly to?: string;
}

function beginning(first: NonNullable<Comparison["first"]>, a: Side, b: Side): string {
  const [was, is] = [first.a && doing(first.a, a), first.b && doing(first.b, b)];
  if (is === undefined) return `The second ends before step ${numberOf(first.a)} of the first.`;
  const from = `From step ${numberOf(first.b)}`;
  const told = `${from} ${inWords(is)}`;
  if (was === undefined) return `${told}; the first has ended there.`;
  const same = { who: was.who === is.who, does: was.does === is.does, to: was.to === is.to };
  if (!same.who && same.does && same.to) return `${told} instead of ${was.who}.`;
  if (same.who && same.to && !same.does && is.to !== undefined)
    return `${from} ${is.who} sends ${is.does} instead of ${was.does} to ${is.to}.`;
  return same.who && same.does && same.to ? `${from} the two differ.` : `${told}, where ${inWords(was)}.`;
}

const inWords = ({ who, does, to }: Doing): string =>
  to === undefined ? `${who} ${does}` : `${who} sends ${does} to ${to}`;

/** What set the step off: what a person did or a timer, else the message itself. */
function doing(step: StepRef, side: Side): Doing {
  const hop = side.run.hops.find(({ name }) => name === step.hops[0]);
  const choice = hop === undefined ? undefined : side.run.turns[hop.sent]?.choice;
  if (choice?.kind === "stimulate")
    return { who: nameIn(side, choice.participant), does: stimulusWords[choice.stimulus] };
  if (choice?.kind === "expire")
    return { who: choice.timer.split(" ")[0] ?? "", does: `runs out at ${nameIn(side, choice.participant)}` };
  return { who: nameIn(side, step.from), does: `“${step.label}”`, to: nameIn(side, step.to) };
}

const numberOf = (step: StepRef | undefined): string =>
  step === undefined ? "" : step.number || `(${step.index + 1})`;

function nameIn({ flow }: Side, id: string | null): string {
  if (id === null) return "nobody";
  return withArticle(flow.scenario.participants.find((one) => one.id === id)?.name ?? id);
}

const isEnd = ({ aspect }: Difference): boolean => aspect === "from" || aspect === "to";

/** The changes that the first sentence does not tell already: that another does it, or that it is another message. */
function told(changed: readonly Changed[], first: Comparison["first"], a: Side, b: Side): readonly Changed[] {
  return changed.filter((one) => {
    if (one.a.index !== first?.a?.index || one.b.index !== first.b?.index) return true;
    const [was, is] = [doing(one.a, a), doing(one.b, b)];
    const aspects = one.what.map(({ aspect }) => aspect).filter((aspect) => aspect !== "prose");
    const another = was.who !== is.who && was.does === is.does && was.to === is.to;
    if (another) return !aspects.every((aspect) => aspect === "from" || aspect === "to");
    const message = is.to !== undefined && was.who === is.who && was.to === is.to && was.does !== is.does;
    return !message || aspects.some((aspect) => aspect === "lost");
  });
}

/** Neighbours that changed in the same way are told together; prose is told by itself. */
function changes(changed: readonly Changed[], a: Side, b: Side): readonly string[] {
  const groups = new Map<string, Changed[]>();
  for (const one of changed) {
    if (one.what.every(({ aspect }) => aspect === "prose")) continue;
    const text = swapOf(one, a, b) ?? changeText(one, a, b);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [one]);
    else group.push(one);
  }
  const said = [...groups].map(([text, of]) => {
    const numbers = stepNumbers(of.map(({ b }) => b));
    const [first] = of;
    if (first === undefined || swapOf(first, a, b) === undefined) return `${numbers}: ${text}.`;
    if (isCancelOfClient(first, b)) return `${numbers} now ${of.length > 1 ? "cancel" : "cancels"} ${text}.`;
    return of.length > 1 ? `${numbers} now are with ${text}.` : `${numbers}: ${changeText(first, a, b)}.`;
  });
  if (said.length <= MOST_CHANGES) return said;
  return [...said.slice(0, MOST_CHANGES - 1), `And ${said.length - MOST_CHANGES + 1} more kinds of change.`];
}

/** So many kinds of change are told; all of them stand in the list. */
const MOST_CHANGES = 8;

/** Whether a step that now goes elsewhere cancels the invitation of one of several devices. */
function isCancelOfClient({ b: { hops, to } }: Changed, { flow, run }: Side): boolean {
  const message = run.hops.find(({ name }) => name === hops[0])?.message;
  return message?.method === "CANCEL" && flow.scenario.participants.find(({ id }) => id === to)?.role === "client";
}

/** Of a step in which only one participant stands for another: "the CPM Client B1 instead of the CPM Client B2". */
function swapOf(one: Changed | undefined, a: Side, b: Side): string | undefined {
  const what = one?.what.filter(({ aspect }) => aspect !== "prose") ?? [];
  const [only] = what;
  if (one === undefined || only === undefined || what.length !== 1 || !isEnd(only)) return undefined;
  const end = only.aspect === "from" ? "from" : "to";
  return `${nameIn(b, one.b[end])} instead of ${nameIn(a, one.a[end])}`;
}

function changeText({ a, b, what: all }: Changed, sideA: Side, sideB: Side): string {
  const what = all.filter(({ aspect }) => aspect !== "prose");
  const names = what.some(({ aspect }) => aspect === "message" || aspect === "text");
  // The code says again what the name does.
  const parts = what.flatMap((one): readonly string[] => {
    switch (one.aspect) {
      case "from":
        return [`now comes from ${nameIn(sideB, b.from)} instead of ${nameIn(sideA, a.from)}`];
      case "to":
        return [`now goes to ${nameIn(sideB, b.to)} instead of ${nameIn(sideA, a.to)}`];
      case "lost":
        return [one.b === "true" ? "is now lost" : "now arrives"];
      case "code":
        return names && one.b.length > 0 && one.a.length > 0 ? [] : [`now is “${one.b}” instead of “${one.a}”`];
      default:
        return [`now is “${one.b}” instead of “${one.a}”`];
    }
  });
  const list = [...new Set(parts)].join(" and ");
  return names ? list : `“${b.label}” ${list}`;
}
