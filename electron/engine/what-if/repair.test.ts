import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apply } from "../../../shared/flow/edit.ts";
import { type Flow, flowSchema } from "../../../shared/flow/flow.ts";
import type { Choice } from "../../../shared/run/choice.ts";
import { spliceScript } from "../../../shared/run/splice.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { computeRun, enabled, initial, repairs, step } from "../index.ts";

const read = (path: string): Flow =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../../../flows/${path}.flow.json`, import.meta.url), "utf8")));
const act = (participant: string, stimulus: "invite" | "accept" | "decline" | "send" | "end"): Choice => ({
  kind: "stimulate",
  participant,
  stimulus,
});
const found = (flow: Flow, script: readonly Choice[]) =>
  repairs(flow.scenario, script, computeRun(flow.scenario, script));

/** The script after a repair, made by edits of the document as the window makes them. */
function repaired(flow: Flow, script: readonly Choice[], splices: Parameters<typeof spliceScript>[2]): Choice[] {
  const own = { ...flow, variants: [{ id: "main", title: "Main", script: [...script] }] };
  const edits = spliceScript(own, "main", splices);
  if (!edits.ok) throw new Error(edits.failure.message);
  const after = apply(own, { kind: "group", edits: edits.value });
  if (!after.ok) throw new Error(after.failure.message);
  const whole = wholeScript(after.value, "main");
  if (!whole.ok) throw new Error(whole.failure.message);
  return whole.value;
}

describe("repairs of a script that cannot go on", () => {
  const flow = read("cpm/one-to-one");
  const script = [act("clientA", "invite"), act("clientA", "send"), act("clientB", "accept"), act("clientA", "end")];

  it("B10 puts in what is missing, puts off what comes too early, or leaves it out, in words", () => {
    expect(found(flow, script).map(({ says, leavesOut }) => [says, leavesOut])).toEqual(
      expect.arrayContaining([
        ["Leave out: CPM Client A sends a message", []],
        ["Later, once CPM Client B accepts: CPM Client A sends a message", []],
        ["First CPM Client B accepts", ["CPM Client B accepts"]],
      ]),
    );
  });

  it("B11 names what further on goes as well, and those that keep most come first", () => {
    const offers = found(flow, [act("clientA", "invite"), act("clientA", "send"), act("clientA", "end")]);
    expect(offers.find(({ says }) => says.startsWith("Leave out"))?.leavesOut).toEqual([
      "CPM Client A ends the session",
    ]);
    expect(offers[0]?.says).toBe("First CPM Client B accepts");
    const lost = offers.map(({ leavesOut }) => leavesOut.length);
    expect(lost).toEqual(lost.toSorted((a, b) => a - b));
  });

  it("B10 has nothing to say of a script that comes to its end", () => {
    expect(found(flow, [act("clientA", "invite")])).toEqual([]);
  });

  it("B10 B11 every repair of any script comes to its end with all the rest of it but what it names", () => {
    for (const path of ["cpm/one-to-one", "cpm/group-invitation"]) {
      const flow = read(path);
      const world = initial(flow.scenario);
      const acts: Choice[] = flow.scenario.participants.flatMap(({ id }) =>
        (["invite", "accept", "decline", "send", "end"] as const).map((stimulus) => act(id, stimulus)),
      );
      const begin = enabled(world).find((one) => one.kind === "stimulate" && step(world, one) !== undefined);
      if (begin === undefined) throw new Error("somebody may begin");
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...acts), { minLength: 1, maxLength: 5 }), (rest) => {
          const script = [begin, ...rest];
          const offers = found(flow, script);
          expect(offers.length > 0).toBe(computeRun(flow.scenario, script).end === "diverged");
          for (const { splices, leavesOut } of offers) {
            const after = repaired(flow, script, splices);
            expect(computeRun(flow.scenario, after).end).toBe("rest");
            const added = splices.reduce((sum, { remove, insert }) => sum + insert.length - remove, 0);
            expect(after.length).toBe(script.length + added);
            expect(splices.filter(({ remove, insert }) => remove > insert.length).length).toBeGreaterThanOrEqual(
              leavesOut.length,
            );
          }
        }),
        { numRuns: 40 },
      );
    }
  });
});
