import { withArticle } from "../flow/names.ts";
import type { Choice } from "../run/choice.ts";
import type { Side } from "./compare.ts";
import type { Changed, Comparison, StepRef } from "./comparison.ts";

type Stimulate = Extract<Choice, { kind: "stimulate" }>;

const acts: Readonly<Record<Stimulate["stimulus"], string>> = {
  invite: "invites",
  accept: "answers",
  decline: "declines",
  cancel: "gives up the invitation",
  end: "ends the session",
  send: "sends a message",
  transfer: "transfers the session",
  refuse: "refuses",
};

/** The comparison in sentences, told from `a` to `b`: "From step 13 CPM Client B2 answers." */
export function summary(comparison: Comparison, a: Side, b: Side): readonly string[] {
  const { verdict, first, onlyA, onlyB, changed, moved, renumbered, document } = comparison;
  if (verdict === "same") return ["The two are the same."];
  if (verdict === "reordered")
    return [`The same steps in another order: ${movesText(moved.map(({ a, b }) => [a, b] as const))}.`];
  const said: string[] = [];
  if (first !== undefined) said.push(beginning(first, a, b));
  said.push(...changes(changed, a, b));
  if (onlyA.length > 0) said.push(`Only in the first: ${stepsText(onlyA)}.`);
  if (onlyB.length > 0) said.push(`Only in the second: ${stepsText(onlyB)}.`);
  if (moved.length > 0) said.push(`Moved: ${movesText(moved.map(({ a, b }) => [a, b] as const))}.`);
  const still = new Set(moved);
  const shifted = renumbered.filter((pair) => !still.has(pair));
  if (shifted.length > 0) said.push(`Renumbered: ${movesText(shifted.map(({ a, b }) => [a, b] as const))}.`);
  if (document.length > 0) said.push(`The documents differ in ${document.map(({ at }) => at).join(", ")}.`);
  if (a.run.end !== b.run.end) said.push(`The first ends with ${a.run.end}, the second with ${b.run.end}.`);
  return said;
}

function beginning(first: NonNullable<Comparison["first"]>, a: Side, b: Side): string {
  if (first.b === undefined) return `The second ends before step ${first.a?.number} of the first.`;
  const told = `From step ${first.b.number} ${doing(first.b, b)}`;
  return first.a === undefined ? `${told}; the first has ended there.` : `${told}, where ${doing(first.a, a)}.`;
}

/** What set the step off: what a person did or a timer, else the message itself. */
function doing(step: StepRef, side: Side): string {
  const hop = side.run.hops.find(({ name }) => name === step.hops[0]);
  const choice = hop === undefined ? undefined : side.run.turns[hop.sent]?.choice;
  if (choice?.kind === "stimulate") return `${nameIn(side, choice.participant)} ${acts[choice.stimulus]}`;
  if (choice?.kind === "expire") return `${choice.timer.split(" ")[0]} runs out at ${nameIn(side, choice.participant)}`;
  return `${nameIn(side, step.from)} sends “${step.label}” to ${nameIn(side, step.to)}`;
}

function nameIn({ flow }: Side, id: string | null): string {
  if (id === null) return "nobody";
  return withArticle(flow.scenario.participants.find((one) => one.id === id)?.name ?? id);
}

/** Neighbours that changed in the same way are told together; prose is only counted. */
function changes(changed: readonly Changed[], a: Side, b: Side): readonly string[] {
  const groups = new Map<string, Changed[]>();
  for (const one of changed) {
    const text = changeText(one, a, b);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [one]);
    else group.push(one);
  }
  return [...groups].map(([text, of]) => `${numbers(of.map(({ b }) => b))}: ${text}.`);
}

function changeText({ a, b, what }: Changed, sideA: Side, sideB: Side): string {
  const parts = what.map((one): string => {
    switch (one.aspect) {
      case "from":
        return `now comes from ${nameIn(sideB, b.from)} instead of ${nameIn(sideA, a.from)}`;
      case "to":
        return `now goes to ${nameIn(sideB, b.to)} instead of ${nameIn(sideA, a.to)}`;
      case "lost":
        return one.b === "true" ? "is now lost" : "now arrives";
      case "prose":
        return "is told in other words";
      default:
        return `now is “${one.b}” instead of “${one.a}”`;
    }
  });
  const list = [...new Set(parts)].join(" and ");
  return what.some(({ aspect }) => aspect === "message" || aspect === "text") ? `it ${list}` : `“${b.label}” ${list}`;
}

function numbers(steps: readonly StepRef[]): string {
  return ranges(steps)
    .map(([first, last]) => (first === last ? first?.number : `${first?.number} – ${last?.number}`))
    .join(", ");
}

function stepsText(steps: readonly StepRef[]): string {
  const labels = [...new Set(steps.map(({ label }) => label))];
  const some = labels.length > 4 ? `${labels.slice(0, 3).join(", ")} and ${labels.length - 3} more` : labels.join(", ");
  return `${numbers(steps)} (${some})`;
}

/** Runs of neighbours: first and last of each. */
function ranges(steps: readonly StepRef[]): readonly (readonly [StepRef, StepRef])[] {
  const found: [StepRef, StepRef][] = [];
  for (const step of steps) {
    const last = found.at(-1);
    if (last !== undefined && step.index === last[1].index + 1) last[1] = step;
    else found.push([step, step]);
  }
  return found;
}

function movesText(moves: readonly (readonly [StepRef, StepRef])[]): string {
  const runs: [readonly [StepRef, StepRef], readonly [StepRef, StepRef]][] = [];
  for (const move of moves) {
    const last = runs.at(-1);
    if (last !== undefined && move[0].index === last[1][0].index + 1 && move[1].index === last[1][1].index + 1)
      last[1] = move;
    else runs.push([move, move]);
  }
  return runs
    .map(([first, last]) =>
      first === last
        ? `${first[0].number} is ${first[1].number}`
        : `${first[0].number} – ${last[0].number} are ${first[1].number} – ${last[1].number}`,
    )
    .join(", ");
}
