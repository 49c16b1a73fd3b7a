import { untoldTimers } from "../diagram/steps.ts";
import type { Choice } from "../run/choice.ts";
import { choiceInWords } from "../run/choice-words.ts";
import { partingTurn } from "../run/parting.ts";
import type { Turn } from "../run/run.ts";
import type { Segment, Way } from "./ways.ts";

/**
 * What decides for each part that it is gone, in words: what a person, a timer, the network or an author does first after
 * the ways have parted. Where nobody does anything it is gone unless another is; where that does not tell two parts apart, the
 * names of their variants do.
 * @param names of the participants.
 */
export function guardsOf(parts: readonly Segment[], names: ReadonlyMap<string, string>): readonly string[] {
  const firsts = parts.map(({ ways: [way] }) => way);
  const said = firsts.map((way) => {
    const others = firsts.filter((other) => other !== way);
    const choice = way === undefined ? undefined : decisive(way, others);
    return choice === undefined || way === undefined ? "" : inWords(choice, way, names);
  });
  const named = said.filter((words) => words !== "");
  if (new Set(named).size === said.length - 1) {
    const otherwise = named.length === 1 ? `unless ${named[0]}` : "otherwise";
    return said.map((words) => (words === "" ? otherwise : words));
  }
  return said.map((words, i) =>
    words === "" || said.indexOf(words) !== i || said.lastIndexOf(words) !== i ? (firsts[i]?.title ?? "") : words,
  );
}

/** The first turn after the parting that somebody decides on: what arrives follows from what was done before. */
function decisive({ run }: Way, others: readonly (Way | undefined)[]): Choice | undefined {
  const partings = others.map((other) => (other === undefined ? run.turns.length : partingTurn(run, other.run)));
  return run.turns.slice(Math.min(...partings)).find(isDecisive)?.choice;
}

function isDecisive({ choice, by }: Turn): boolean {
  if (choice.kind === "deliver") return by === "script";
  // What a device does by itself decides nothing.
  return choice.kind !== "expire" || !untoldTimers.has(choice.timer.split(" ", 1)[0] ?? "");
}

/** A choice as a condition, without what that need not say: about which invitation, and how soon. */
function inWords(choice: Choice, { run }: Way, names: ReadonlyMap<string, string>): string {
  if (choice.kind === "expire")
    return choiceInWords({ kind: "expire", participant: choice.participant, timer: choice.timer }, names);
  if (choice.kind === "deliver" || choice.kind === "lose") {
    const hop = run.hops.find(({ name }) => name === choice.hop);
    if (hop === undefined) return choiceInWords(choice, names);
    const how = choice.kind === "lose" ? "is lost" : "arrives only then";
    return `the ${hop.message.name} from ${names.get(hop.from) ?? hop.from} to ${names.get(hop.to) ?? hop.to} ${how}`;
  }
  if (choice.kind !== "stimulate") return choiceInWords(choice, names);
  const { kind, participant, stimulus, code } = choice;
  return choiceInWords({ kind, participant, stimulus, ...(code !== undefined && { code }) }, names);
}
