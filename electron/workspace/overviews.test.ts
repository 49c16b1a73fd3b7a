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

  it("B24 says at how many places a variant departs from the rules, and judges combined variants as ways", () => {
    const flow = read("group-invitation.flow.json");
    const own = { kind: "inject", from: "clientB1", to: "clientB2", message: { label: "More" } } as const;
    const [main] = flow.variants;
    const drawn: Flow = { ...flow, variants: [{ ...main!, script: [...(main?.script ?? []), own] }] };
    const departs = (of: Flow) => createOverviews(createRuns()).of(of, [main!.id])[0]?.departs;
    expect(departs(flow)).toBe(0);
    expect(departs(drawn)).toBe(1);
    const accepted: Flow = {
      ...flow,
      variants: [{ ...main!, script: [...(main?.script ?? []), { ...own, accepted: true }] }],
    };
    expect(departs(accepted)).toBe(0);
    const overviews = createOverviews(createRuns());
    const broken: Flow = { ...flow, scenario: { ...flow.scenario, rules: { off: ["PF-CANCEL-OTHERS"] } } };
    const [before] = overviews.of(broken, [main!.id]);
    expect(before?.broken).toBeGreaterThan(0);
    const all = ["MLD-007", "CAN-1", "CAN-2", "CAN-3", "SES-1", "FIN-1", "FIN-2", "ACK-1", "ACK-2"];
    const left: Flow = { ...broken, variants: [{ ...main!, untold: all }] };
    expect(overviews.of(left, [main!.id])[0]?.broken).toBeLessThan(before?.broken ?? 0);
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
