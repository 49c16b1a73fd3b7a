import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFlow, writeFlow } from "../file.ts";
import { makeFlow, templates } from "./templates.ts";

const arbitraryAsked = fc.constantFrom(...templates).chain((template) =>
  fc.record({
    template: fc.constant(template.id),
    networks: fc.uniqueArray(fc.constantFrom("A", "B", "X", "north"), { minLength: 2, maxLength: 2 }),
    count: fc.integer({ min: template.count?.min ?? 1, max: Math.min(template.count?.max ?? 1, 12) }),
  }),
);

describe("new flows", () => {
  it("SC1 of every template, with any numbers and networks, nothing is wrong and writing it loses nothing", () => {
    fc.assert(
      fc.property(arbitraryAsked, (asked) => {
        const made = makeFlow("A new flow", asked);
        if (!made.ok) throw new Error(made.failure.message);
        const read = readFlow(writeFlow(made.value), "new");
        if (!read.ok) throw new Error(read.failure.message);
        expect(read.value.diagnostics).toEqual([]);
        expect(read.value.flow).toEqual(made.value);
      }),
    );
  });

  it("SC2 a number out of range and two networks of one name are refused with a sentence", () => {
    expect(makeFlow("T", { template: "sipProxies", count: 3 })).toMatchObject({
      failure: { message: "Proxies: choose a number from 1 to 2." },
    });
    expect(makeFlow("T", { template: "cpmGroup", networks: ["B"] })).toMatchObject({
      failure: { message: "Give the networks different names." },
    });
  });
});
