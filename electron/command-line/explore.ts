import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { type Choice, choiceKey } from "../../shared/run/choice.ts";
import { choiceInWords } from "../../shared/run/choice-words.ts";
import { type Exploration, type Freedom, freedomText } from "../../shared/run/exploration.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import {
  type Exploring,
  explore as exploreScenario,
  prefixLength,
  readFreedoms,
  usualFreedoms,
  violatedBy,
} from "../engine/index.ts";
import { type Arguments, type OptionInfo, optionValue } from "./arguments.ts";
import { openProjected, viewOptions } from "./projected.ts";
import { type ExitCode, printable, type Terminal } from "./terminal.ts";

export const options: readonly OptionInfo[] = [
  ...viewOptions.filter(({ name }) => name === "variant" || name === "option"),
  {
    name: "free",
    value: "LIST",
    says: "what may vary: KIND[=NUMBER][:WHERE+WHERE…],… of answers, accept, decline, silent, invite, cancel, end, send, transfer, refuse, timers, loss, order, overtake; answers,order when absent",
  },
  { name: "max-states", value: "N", says: "stop after so many different worlds; 500000 when absent" },
  { name: "max-depth", value: "N", says: "follow no run further than so many turns; 5000 when absent" },
  { name: "json", says: "print JSON for other programs" },
];

/** `callflow explore FILE`: all that may come of a flow. 1 when a requirement can be broken or the search is not complete. */
export async function explore(file: string, args: Arguments, terminal: Terminal): Promise<ExitCode> {
  const opened = await openProjected(file, args, terminal);
  if (!opened.ok) return unusable(opened.failure.message, terminal);
  const { flow, variant } = opened.value;
  const free = optionValue(args, "free");
  const freedoms = free === undefined ? ok(usualFreedoms) : readFreedoms(free, flow.scenario);
  if (!freedoms.ok) return unusable(freedoms.failure.message, terminal);
  const bounds = readBounds(args);
  if (!bounds.ok) return unusable(bounds.failure.message, terminal);
  const script = wholeScript(flow, variant);
  if (!script.ok) return unusable(script.failure.message, terminal);
  const kept = script.value.slice(0, prefixLength(script.value, freedoms.value));
  const exploring: Exploring = {
    freedoms: freedoms.value,
    bounds: bounds.value,
    violated: violatedBy(flow),
    map: args.options.has("json"),
  };
  const started = performance.now();
  const explored = exploreScenario(flow.scenario, kept, exploring);
  if (!explored.ok) return unusable(explored.failure.message, terminal);
  const seconds = (performance.now() - started) / 1000;
  const names = new Map(flow.scenario.participants.map(({ id, name }) => [id, name]));
  const dropped = script.value.slice(kept.length);
  terminal.out(
    args.options.has("json")
      ? asJson(explored.value, seconds)
      : printable(asText(explored.value, { kept, dropped, freedoms: freedoms.value, seconds, names })),
  );
  return explored.value.violations.length === 0 && explored.value.complete ? 0 : 1;
}

function unusable(message: string, terminal: Terminal): ExitCode {
  terminal.error(`${message}\n`);
  return 2;
}

function readBounds(args: Arguments): Result<Exploring["bounds"]> {
  const found: { states?: number; depth?: number } = {};
  for (const [option, key] of [
    ["max-states", "states"],
    ["max-depth", "depth"],
  ] as const) {
    const text = optionValue(args, option);
    if (text === undefined) continue;
    if (!/^[1-9]\d{0,8}$/.test(text))
      return fail(`--${option} takes a whole number from 1 to 999999999, not “${text}”.`);
    found[key] = Number(text);
  }
  return ok(found);
}

function asJson(exploration: Exploration, seconds: number): string {
  return `${JSON.stringify({ ...exploration, seconds: Math.round(seconds * 1000) / 1000 }, null, 2)}\n`;
}

interface About {
  readonly kept: readonly Choice[];
  readonly dropped: readonly Choice[];
  readonly freedoms: readonly Freedom[];
  readonly seconds: number;
  readonly names: ReadonlyMap<string, string>;
}

function asText(exploration: Exploration, { kept, dropped, freedoms, seconds, names }: About): string {
  const { states, transitions, outcomes, violations, judged, complete, stoppedBecause } = exploration;
  const tail = (witness: readonly Choice[]) => witness.slice(startsWith(witness, kept) ? kept.length : 0);
  const steps = (witness: readonly Choice[]) => {
    const words = tail(witness).map((choice) => choiceInWords(choice, names));
    return words.length === 0 ? ["    nothing more is done"] : words.map((word, index) => `    ${index + 1}. ${word}`);
  };
  const orders = outcomes.reduce((sum, { runs }) => sum + runs, 0);
  const many = outcomes.some(({ atLeast }) => atLeast) ? "at least " : "";
  const lines = [
    `${many}${counted(orders, "order")} → ${counted(outcomes.length, "outcome")}; ${counted(states, "world")}, ${counted(transitions, "transition")}, ${seconds.toFixed(1)} s`,
    `Free: ${freedoms.map(freedomText).join(", ")}.${kept.length === 0 ? "" : ` After: ${kept.map((choice) => choiceInWords(choice, names)).join("; ")}.`}`,
    ...(dropped.length === 0
      ? []
      : [`What the script does from “${choiceInWords(dropped[0] as Choice, names)}” on is left free.`]),
    ...(complete ? [] : [stopSentence(stoppedBecause)]),
  ];
  for (const { id, summary, runs, atLeast, witness } of outcomes)
    lines.push("", `${id} ${summary} (${atLeast ? "at least " : ""}${counted(runs, "order")})`, ...steps(witness));
  for (const { requirement, summary, witness } of violations)
    lines.push("", `${requirement} can be broken: ${summary}`, ...steps(witness));
  if (judged.runs > 0)
    lines.push("", judged.all ? "Requirements were judged on every order." : judgedSentence(judged.runs));
  return `${lines.join("\n")}\n`;
}

const judgedSentence = (runs: number): string =>
  `Requirements were judged on ${counted(runs, "run")}, chosen so that they take as many different transitions as possible; not on every order.`;

function startsWith(witness: readonly Choice[], kept: readonly Choice[]): boolean {
  return kept.every((choice, index) => witness[index] !== undefined && choiceKey(witness[index]) === choiceKey(choice));
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function stopSentence(because: Exploration["stoppedBecause"]): string {
  if (because === "states")
    return "Stopped early: there are more worlds than --max-states allows. More may happen than is listed.";
  if (because === "depth")
    return "Stopped early: runs are longer than --max-depth allows. More may happen than is listed.";
  return "Stopped early. More may happen than is listed.";
}
