import { readFileSync } from "node:fs";
import { flowSchema, type Scenario } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";

/** One transition of a participant, and a run that takes it. */
export interface Row {
  /** State, event, guard: as the table has them. */
  readonly title: string;
  readonly scenario: Scenario;
  readonly script: readonly Choice[];
  /** The turn is the first whose choice reads so. */
  readonly turn: string;
  readonly at: string;
  /** What is so at `at` before the turn, among other things. */
  readonly before: readonly string[];
  /** What the turn sends, in order: `OK to coreB`. */
  readonly sends: readonly string[];
  /** What is so afterwards; `no …` is so no longer. */
  readonly after: readonly string[];
}

export const read = (path: string): Scenario =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../../flows/${path}.flow.json`, import.meta.url), "utf8")))
    .scenario;

type Act = Extract<Choice, { kind: "stimulate" }>;
export const act = (participant: string, stimulus: Act["stimulus"], more: Partial<Act> = {}): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
  ...more,
});
export const deliver = (hop: string): Choice => ({ kind: "deliver", hop });
export const late = (hop: string): Choice => ({ kind: "deliver", hop, late: true });
export const lose = (hop: string): Choice => ({ kind: "lose", hop });
export const expire = (participant: string, timer: string, more: { now?: true } = {}): Choice => ({
  kind: "expire",
  participant,
  timer,
  ...more,
});

/** The hop lost as often as it is sent: its sender gives up. */
export const never = (hop: string): Choice[] =>
  Array.from({ length: 7 }, (_, i) => {
    const again = i === 0 ? [] : [expire(hop.slice(0, hop.indexOf(">")), "Timer_A")];
    return [...again, lose(`${hop}#${i + 1}`)];
  }).flat();

type Client = Extract<Scenario["participants"][number], { role: "client" }>;
export const withClient = (scenario: Scenario, id: string, change: Partial<Client>): Scenario => ({
  ...scenario,
  participants: scenario.participants.map((p) => (p.role === "client" && p.id === id ? { ...p, ...change } : p)),
});
export const withOptions = (scenario: Scenario, options: Scenario["options"]): Scenario => ({
  ...scenario,
  options: { ...scenario.options, ...options },
});
