import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Flow, flowSchema } from "../../shared/flow/flow.ts";
import { createOverviews } from "./overviews.ts";
import { createRuns } from "./runs.ts";

const folder = new URL("../../flows/cpm/", import.meta.url);
const read = (name: string): Flow => flowSchema.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
const ids = (flow: Flow) => flow.variants.map(({ id }) => id);

describe("B24 what is computed about variants", () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith(".flow.json")))("of %s: an end for each", (name) => {
    const flow = read(name);
    const infos = createOverviews(createRuns()).of(flow, ids(flow));
    expect(infos.map(({ id }) => id)).toEqual(ids(flow));
    for (const [at, { steps, outcome, fork, trouble }] of infos.entries()) {
      expect([trouble, steps > 0, typeof outcome]).toEqual([undefined, true, "string"]);
      expect(fork === undefined).toBe(flow.variants[at]?.branch === undefined);
    }
  });

  it("is the same again as long as scripts and scenario are; one that does not fit any more says so", () => {
    const flow = read("group-invitation.flow.json");
    const overviews = createOverviews(createRuns());
    const before = overviews.of(flow, ids(flow));
    const renamed = { ...flow, variants: flow.variants.map((variant) => ({ ...variant, title: "Other" })) };
    for (const [at, info] of overviews.of(renamed, ids(flow)).entries()) expect(info).toBe(before[at]);
    const [main] = flow.variants;
    const wrong: Flow = {
      ...flow,
      variants: [{ ...main!, script: [{ kind: "deliver", hop: "a>b NOTHING#1" }, ...(main?.script ?? [])] }],
    };
    expect(overviews.of(wrong, [main!.id])[0]?.trouble).toContain("is not possible");
    expect(overviews.of(flow, ["gone"])[0]?.trouble).toContain("no variant");
  });
});
