import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema } from "../../../shared/flow/flow.ts";
import { choiceKey } from "../../../shared/run/choice.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { branchTo, whatIfGroups } from "../../../shared/run/what-if.ts";
import { computeRun, whatIf } from "../index.ts";

const flows = new URL("../../../flows/", import.meta.url);
const bundled = ["cpm", "sip"].flatMap((folder) =>
  readdirSync(new URL(folder, flows))
    .filter((file) => file.endsWith(".flow.json"))
    .map((file) => `${folder}/${file}`),
);
const read = (path: string): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(path, flows), "utf8")));

function scriptOf(flow: Flow, variant: string) {
  const script = wholeScript(flow, variant);
  if (!script.ok) throw new Error(script.failure.message);
  return script.value;
}

describe.each(bundled)("what-if in %s", (path) => {
  const flow = read(path);
  it.each(flow.variants.map(({ id }) => id))("E60 E61 every entry of %s goes its way at its place", (variant) => {
    const script = scriptOf(flow, variant);
    const run = computeRun(flow.scenario, script);
    const keys = run.turns.map(({ choice }) => choiceKey(choice));
    for (let turn = 0; turn <= run.turns.length; turn++) {
      const entries = whatIf(flow.scenario, script, run, turn);
      expect(entries.filter(({ taken }) => taken).length).toBe(turn < run.turns.length ? 1 : 0);
      const order = entries.map(({ group }) => whatIfGroups.indexOf(group));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      for (const entry of entries) {
        const own = computeRun(flow.scenario, entry.script);
        const what = `${turn}: ${choiceKey(entry.choice)} by ${entry.script.map(choiceKey).join("; ")}`;
        expect(own.end, what).toBe("rest");
        const ownKeys = own.turns.map(({ choice }) => choiceKey(choice));
        expect(ownKeys.slice(0, turn), what).toEqual(keys.slice(0, turn));
        if (entry.taken) expect(ownKeys, what).toEqual(keys);
        else expect(ownKeys[turn], what).not.toBe(keys[turn]);
        const isLate = entry.choice.kind === "deliver" && entry.choice.late === true;
        if (isLate) expect(ownKeys.slice(turn), what).toContain(choiceKey(entry.choice));
        else expect(ownKeys[turn], what).toBe(choiceKey(entry.choice));
        const { branch, script: tail } = branchTo(entry, variant);
        expect([...script.slice(0, branch.keep), ...tail]).toEqual(entry.script);
        expect(entry.leads, what).toMatch(/\S/);
      }
    }
  });
});
