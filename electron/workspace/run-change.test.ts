import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowSchema } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";
import { changedRun, runChange } from "../../shared/run/run-change.ts";
import { computeRun } from "../engine/index.ts";

const { scenario, variants } = flowSchema.parse(
  JSON.parse(readFileSync(new URL("../../flows/cpm/group-invitation.flow.json", import.meta.url), "utf8")),
);
const main = variants[0]?.script ?? [];

const sent = (label: string): Choice => ({ kind: "inject", from: "cfX", to: "coreX", message: { label } });
const anyDrawn = fc.array(fc.constantFrom("a", "b", "c").map(sent), { maxLength: 12 });
/** The main script with messages drawn among its choices, or messages alone. */
const anyScript = fc
  .tuple(anyDrawn, fc.boolean(), fc.nat())
  .map(([drawn, isComputed, at]) => (isComputed ? main.toSpliced(at % (main.length + 1), 0, ...drawn) : drawn));
/** As a value that went from main to the page. */
const crossed = <T>(value: T): T => JSON.parse(JSON.stringify(value));

describe("ED7 what an edit changed of a run", () => {
  it("makes of the run before the run after", () => {
    fc.assert(
      fc.property(anyScript, anyScript, (one, other) => {
        const [before, after] = [computeRun(scenario, one), computeRun(scenario, other)];
        expect(crossed(changedRun(crossed(before), crossed(runChange(before, after))))).toEqual(crossed(after));
      }),
    );
  });

  it("is one message where one of many got another name, or came in among them", () => {
    const drawn = Array.from({ length: 30 }, (_, i) => sent(`m${i}`));
    const before = computeRun(scenario, drawn);
    for (const [removed, most] of [
      [1, 1],
      [0, 2],
    ] as const) {
      const { turns, hops } = runChange(before, computeRun(scenario, drawn.toSpliced(3, removed, sent("new"))));
      expect([turns.length <= 2 * most, hops.length]).toEqual([true, 1]);
    }
  });

  it("is the same run again where nothing changed", () => {
    const before = computeRun(scenario, main);
    expect(changedRun(before, runChange(before, computeRun(scenario, main)))).toBe(before);
  });
});
