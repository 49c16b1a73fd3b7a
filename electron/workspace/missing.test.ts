import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { flowSchema } from "../../shared/flow/flow.ts";
import { missingIn } from "./missing.ts";

const read = (name: string) =>
  flowSchema.parse(JSON.parse(readFileSync(new URL(`../../flows/cpm/${name}.flow.json`, import.meta.url), "utf8")));

test("B81 what is written at a step of whoever decides is told, and comes first", () => {
  const flow = read("transfer-server-not-in-path");
  const sentence = "If determined that the transferor is allowed to transfer, the server sends the Accepted response.";
  const prose = [{ at: "pfT>coreT TRANSFER-202#1", text: `The server judges. ${sentence}` }];
  const { branches } = missingIn({ ...flow, prose, variants: flow.variants.slice(0, 1) });
  expect(branches.slice(0, 2).map(({ rule, condition }) => [rule.id, condition])).toEqual([
    ["TS-DENIED", sentence],
    ["TS-UNAVAILABLE", sentence],
  ]);
  expect(branches.slice(2).some(({ condition }) => condition !== undefined)).toBe(false);
  expect(branches.length).toBeGreaterThan(2);
});

test("B83 of a flow that cannot run it says why", () => {
  const flow = read("one-to-one");
  const { branches, cut } = missingIn({ ...flow, scenario: { ...flow.scenario, participants: [] } });
  expect(branches).toEqual([]);
  expect(cut).toMatch(/\.$/);
});
