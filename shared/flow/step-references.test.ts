import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  asTyped,
  type Referable,
  referencesIn,
  renameReferences,
  withNumbers,
  withReferences,
} from "./step-references.ts";

const steps: readonly Referable[] = [
  { number: "7", hops: ["a>b INVITE#1"] },
  { number: "8", hops: ["b>c INVITE#1", "c>d INVITE#1"] },
  { number: "8a", hops: ["c>b RINGING#1"] },
  { number: "", hops: ["b>a hidden#1"] },
  { number: "11", hops: ["d>a OK, fine#1"] },
  { number: "11", hops: ["a>d ACK#1"] },
];
const numberOf = (hop: string) => steps.find(({ hops }) => hops.includes(hop))?.number;

describe("references to steps", () => {
  it("WD10 what is typed as a number of a step refers to it, and is shown as its number", () => {
    const held = withReferences("See step 8 and steps 7 – 11, then step 8a.", steps);
    expect(held).toBe(
      "See step {b>c INVITE#1} and steps {a>b INVITE#1} – {d>a OK, fine#1}, then step {c>b RINGING#1}.",
    );
    expect(withNumbers(held, numberOf)).toBe("See step 8 and steps 7 – 11, then step 8a.");
  });

  it("WD10 other numbers, and steps that there are not, stay as they are", () => {
    const text = "Within 8 seconds of step 99, release 8, stepping 8, {braces}";
    expect(withReferences(text, steps)).toBe(text);
    expect(referencesIn(text)).toEqual([]);
  });

  it("WD11 a step that is not shown or has no number is “?”", () => {
    expect(withNumbers("step {x>y GONE#1}, step {b>a hidden#1}", numberOf)).toBe("step ?, step ?");
  });

  it("WD12 a step keeps the hop by which it was referred to", () => {
    const before = "as in step {c>d INVITE#1}";
    expect(asTyped(before, steps)).toBe("as in step 8");
    expect(withReferences("as in step 8 above", steps, before)).toBe("as in step {c>d INVITE#1} above");
  });

  it("WD12 what has no way back is edited as the document holds it", () => {
    expect(asTyped("like {a>b INVITE#1}", steps)).toBe("like {a>b INVITE#1}");
    expect(asTyped("step {x>y GONE#1}", steps)).toBe("step {x>y GONE#1}");
  });

  it("WD12 finishing without a change changes nothing", () => {
    const hops = [...steps.flatMap((step) => step.hops), "x>y GONE#2"];
    const part = fc.oneof(
      fc.constantFrom("see ", "step ", "Steps ", " and ", ", ", " – ", " to ", "7", "8a", ". "),
      fc.constantFrom(...hops).map((hop) => `{${hop}}`),
    );
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (typed) => {
        const held = withReferences(typed, steps);
        expect(withReferences(asTyped(held, steps), steps, held)).toBe(held);
      }),
    );
  });

  it("WD13 references follow hops to their new names", () => {
    const renamed = new Map([["a>b INVITE#1", "a>x INVITE#1"]]);
    expect(renameReferences("step {a>b INVITE#1}, {b>c INVITE#1}", (hop) => renamed.get(hop))).toBe(
      "step {a>x INVITE#1}, {b>c INVITE#1}",
    );
  });
});
