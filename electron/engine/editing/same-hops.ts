import type { Choice, HopName } from "../../../shared/run/choice.ts";
import type { Run } from "../../../shared/run/run.ts";

/**
 * Which hop of a run is which of another, where the script was changed in between. A hop is the same when the same
 * choice of the script, or the same arrival, made it: its name may be another one, because it counts the hops on its edge.
 * @param original for a choice of the second script that took the place of one of the first, that one.
 * @returns names in the second run by names in the first, for all hops that are in both. Linear in the runs.
 */
export function sameHops(
  before: { readonly run: Run; readonly script: readonly Choice[] },
  after: { readonly run: Run; readonly script: readonly Choice[] },
  original: ReadonlyMap<Choice, Choice>,
): ReadonlyMap<HopName, HopName> {
  // Numbers stand for long chains of causes, those below zero for drawn messages; both runs number alike.
  const numbers = new Map<string, number>();
  const choices = new Map<Choice, number>();
  const numberOf = (key: string): number => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const choiceNumber = (choice: Choice): number => {
    const first = original.get(choice) ?? choice;
    const known = choices.get(first);
    if (known !== undefined) return known;
    choices.set(first, choices.size);
    return choices.size - 1;
  };
  const old = identities(before.run, before.script, numberOf, choiceNumber);
  const now = identities(after.run, after.script, numberOf, choiceNumber);
  const names = new Map([...now].map(([name, identity]) => [identity, name]));
  const same = new Map<HopName, HopName>();
  for (const [name, identity] of old) {
    const found = names.get(identity);
    if (found !== undefined) same.set(name, found);
  }
  return same;
}

const none: readonly never[] = [];

function identities(
  run: Run,
  script: readonly Choice[],
  numberOf: (key: string) => number,
  choiceNumber: (choice: Choice) => number,
): ReadonlyMap<HopName, number> {
  const found = new Map<HopName, number>();
  const sentIn = new Map<number, Run["hops"][number][]>();
  for (const hop of run.hops) {
    const list = sentIn.get(hop.sent);
    if (list === undefined) sentIn.set(hop.sent, [hop]);
    else list.push(hop);
  }
  const expiries = new Map<string, number>();
  const causeOf = (choice: Choice, scripted: Choice | undefined): (() => string) => {
    if (choice.kind === "deliver" || choice.kind === "lose") return () => `${choice.kind} ${found.get(choice.hop)}`;
    if (scripted !== undefined) return () => `choice ${choiceNumber(scripted)}`;
    const timer = choice.kind === "expire" ? `${choice.participant} ${choice.timer}` : choice.kind;
    const count = (expiries.get(timer) ?? 0) + 1;
    expiries.set(timer, count);
    return () => `${timer} ${count}`;
  };
  let at = 0;
  run.turns.forEach(({ choice, by }, turn) => {
    const scripted = by === "script" ? script[at++] : undefined;
    const sent = sentIn.get(turn) ?? none;
    // What an author drew is the choice itself; of a long drawn flow there is nothing else.
    if (scripted?.kind === "inject" && sent.length === 1 && sent[0] !== undefined) {
      found.set(sent[0].name, -1 - choiceNumber(scripted));
      return;
    }
    const cause = causeOf(choice, scripted);
    if (sent.length === 0) return;
    const onEdge = new Map<string, number>();
    for (const hop of sent) {
      // What one turn sends on one edge by one rule keeps its order. An authored hop may have new ends.
      const edge = hop.rule === undefined ? "" : `${hop.from}>${hop.to} ${hop.rule}`;
      const nth = onEdge.get(edge) ?? 0;
      onEdge.set(edge, nth + 1);
      found.set(hop.name, numberOf(`${cause()} ${edge} ${nth}`));
    }
  });
  return found;
}
