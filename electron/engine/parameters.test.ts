import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema, type Options } from "../../shared/flow/flow.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun } from "./compute.ts";
import { allReaders, optionsRead } from "./parameters.ts";
import type { Context, Rule } from "./rule.ts";
import { allRules } from "./rulebook.ts";

const folder = new URL("../../flows/", import.meta.url);
const flows: readonly Flow[] = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".flow.json"))
  .map((name) => flowSchema.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8"))));

/** Every way to set the options that rules read; those that contradict one another are seen as well. */
const settings: readonly Partial<Options>[] = [
  {},
  { forking: "serverForks" },
  { forking: "coreForksCoreCancels", participatingFunction: "proxy", transferMediaPath: "serverNotInPath" },
  { release: "hopByHop", trying: true, focusKeeps: "manyDevices" },
];

type Seen = Map<string, Set<string>>;

/** Lets every rule note which options it reads, in its guard, its actions and its sentence. Gives what puts it back. */
function spyOn(seen: Seen): () => void {
  const originals = allRules.map((rule) => ({ rule, ...rule }));
  for (const { rule, when, act, says } of originals) {
    const spied = (c: Context): Context => {
      const options = new Proxy(c.options, {
        get: (target, key: string) => {
          const noted = seen.get(rule.id) ?? new Set();
          seen.set(rule.id, noted.add(key));
          return target[key as keyof Options];
        },
      });
      return Object.create(c, { options: { value: options } });
    };
    const spies: Partial<Rule> = {
      when: when.map((one) => ({
        ...one,
        test: (c) => one.test(spied(c)),
        value: one.value === undefined ? undefined : (c) => one.value?.(spied(c)) ?? "",
      })),
      act: (c) => act(spied(c)),
      says: (c) => says(spied(c)),
    };
    Object.assign(rule, spies);
  }
  return () => {
    for (const { rule, when, act, says } of originals) Object.assign(rule, { when, act, says });
  };
}

describe("what a rule reads of the scenario", () => {
  it("W93 the options named for each rule are those that it reads", () => {
    const seen: Seen = new Map();
    const restore = spyOn(seen);
    try {
      for (const flow of flows)
        for (const { id } of flow.variants)
          for (const options of settings) {
            const script = wholeScript(flow, id);
            if (script.ok)
              computeRun({ ...flow.scenario, options: { ...flow.scenario.options, ...options } }, script.value);
          }
    } finally {
      restore();
    }
    const unnamed = [...seen].flatMap(([id, options]) =>
      [...options].filter((option) => !optionsRead(id).includes(option as keyof Options)).map((one) => `${id}: ${one}`),
    );
    expect(seen.size).toBeGreaterThan(10);
    expect(unnamed).toEqual([]);
  });

  it("W93 names rules that there are", () => {
    const ids = new Set(allRules.map(({ id }) => id));
    expect(allReaders.filter((id) => !ids.has(id))).toEqual([]);
  });
});
