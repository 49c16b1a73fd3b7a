import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema } from "../../shared/flow/flow.ts";
import { type Choice, choiceKey } from "../../shared/run/choice.ts";
import { worldAfter } from "./compute.ts";
import { computeRun, computeRuns, createReactions, enabled } from "./index.ts";

const read = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../../flows/${path}.flow.json`, import.meta.url), "utf8")));

const [invite] = read("cpm/group-invitation").variants[0]?.script ?? [];
const impossible: Choice = { kind: "lose", hop: "nothing" };

/** What may be said of a choice: that it comes at once, late, or not at all, or that an author does something to it. */
function saidOf(choice: Choice): readonly Choice[] {
  if (choice.kind === "stimulate" || choice.kind === "expire") return [choice, { ...choice, now: true }];
  if (choice.kind !== "deliver") return [choice];
  const { hop } = choice;
  return [
    choice,
    { ...choice, late: true },
    { kind: "lose", hop },
    { kind: "withhold", hop },
    { kind: "alter", hop, message: { label: "OK" } },
  ];
}

/** Where a script leaves another, and for what; whether it goes on as the other does. */
const anyBranch = fc.record({ from: fc.nat(), turn: fc.nat(), what: fc.nat(), said: fc.nat(), goesOn: fc.boolean() });
type Branch = typeof anyBranch extends fc.Arbitrary<infer Value> ? Value : never;

/** Scripts each of which leaves one before it at a turn of that one's run. */
function scriptsOf({ scenario, variants }: Flow, branches: readonly Branch[]): readonly (readonly Choice[])[] {
  const scripts: (readonly Choice[])[] = [variants[0]?.script ?? []];
  for (const { from, turn, what, said, goesOn } of branches) {
    const parent = scripts[from % scripts.length] ?? [];
    const run = computeRun(scenario, parent);
    const at = turn % (run.turns.length + 1);
    const keep = run.turns.slice(0, at).filter(({ by }) => by === "script").length;
    const possible = enabled(worldAfter(scenario, run, at)).flatMap(saidOf);
    const taken = [...possible, impossible][(what + said) % (possible.length + 1)] ?? impossible;
    scripts.push([...parent.slice(0, keep), taken, ...(goesOn ? parent.slice(keep) : [])]);
  }
  return scripts;
}

describe("E57 runs of many scripts", () => {
  it.each(["cpm/group-invitation", "cpm/transfer-server-in-path", "sip/no-answer"])(
    "of %s are each as computed alone",
    (path) => {
      const flow = read(path);
      // What was come to in one case is there in the next, as it is after an edit.
      const reactions = createReactions();
      fc.assert(
        fc.property(fc.array(anyBranch, { minLength: 1, maxLength: 12 }), (branches) => {
          const scripts = scriptsOf(flow, branches);
          expect(computeRuns(flow.scenario, scripts, reactions)).toEqual(
            scripts.map((script) => computeRun(flow.scenario, script)),
          );
        }),
        { numRuns: 60 },
      );
    },
  );

  it("stop at the limit of turns, each as alone", () => {
    const { scenario } = read("cpm/group-invitation");
    const scripts = [[invite!], [invite!], [invite!, impossible]];
    for (const turns of [0, 1, 7])
      expect(computeRuns(scenario, scripts, createReactions(), { turns })).toEqual(
        scripts.map((script) => computeRun(scenario, script, { turns })),
      );
  });

  it("take a turn once that several begin with", () => {
    const { scenario } = read("cpm/group-invitation");
    const [one, other] = computeRuns(scenario, [[invite!], [invite!, impossible]]);
    const shared = one?.turns.filter((turn, i) => turn === other?.turns[i]) ?? [];
    expect(shared.length).toBeGreaterThan(5);
    expect(shared.map(({ choice }) => choiceKey(choice))).toEqual(
      one?.turns.slice(0, shared.length).map(({ choice }) => choiceKey(choice)),
    );
  });

  it("share what participants do on the same occasion, in whichever order it came", () => {
    const { scenario, variants } = read("cpm/group-invitation");
    const script = variants[0]?.script ?? [];
    const arrivals = computeRun(scenario, script).turns.filter(({ choice }) => choice.kind === "deliver");
    const late = arrivals.flatMap(({ choice }) =>
      choice.kind === "deliver" ? [{ ...choice, late: true } as const] : [],
    );
    const reactions = createReactions();
    const [run] = computeRuns(scenario, [script], reactions);
    const [again] = computeRuns(scenario, [[...script]], reactions);
    expect(again?.hops.every(({ message }, i) => message === run?.hops[i]?.message)).toBe(true);
    const [delayed] = computeRuns(scenario, [[...script, ...late.slice(-3, -2)]], reactions);
    const messages = new Set(run?.hops.map(({ message }) => message));
    expect(delayed?.hops.filter(({ message }) => messages.has(message)).length).toBeGreaterThan(20);
  });

  it("know no reaction where the participant remembers something else", () => {
    const { scenario, variants } = read("cpm/group-invitation");
    const script = variants[0]?.script ?? [];
    const reactions = createReactions();
    for (let keep = script.length; keep >= 1; keep--)
      for (const said of saidOf(script[keep - 1]!)) {
        const other = [...script.slice(0, keep - 1), said, ...script.slice(keep)];
        expect(computeRuns(scenario, [other], reactions)).toEqual([computeRun(scenario, other)]);
      }
  });
});
