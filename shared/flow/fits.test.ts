import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { arbitraryFlow, arbitraryOf } from "../../test/arbitrary-flow.ts";
import { choiceSchema } from "../run/choice.ts";
import { predicateOf } from "./fits.ts";
import { flowSchema } from "./flow.ts";

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, 0, -1, 399, 400, 699, 700, 500.5, true, "", "a", "ab", "9", "accept", [], {}),
  fc.constantFrom(80, 81, 240, 241, 500, 501, 2000, 2001).map((length) => "x".repeat(length)),
  fc.constantFrom({ label: "" }, { label: "", kind: "media" }, { label: "", kind: "x" }, { label: "", extra: 1 }),
);
const keys = fc.constantFrom(
  "kind",
  "hop",
  "what",
  "code",
  "from",
  "message",
  "id",
  "text",
  "extra",
  "toString",
  "__proto__",
);

/** The value with some things in it replaced, added or taken away, as it may come out of a file. */
function damaged(value: unknown, changes: Iterator<readonly [number, string, unknown]>): unknown {
  const [dice, key, other] = changes.next().value ?? [1, "", null];
  if (dice === 0) return other;
  if (Array.isArray(value)) return value.map((inner) => damaged(inner, changes));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, damaged(inner, changes)]);
  if (dice === 1) entries.pop();
  if (dice === 2) entries.push([key, other]);
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)));
}

const changes = (most: number) => fc.infiniteStream(fc.tuple(fc.nat({ max: most }), keys, junk));

describe("D19: the fast check of documents", () => {
  it.each([
    ["choices", choiceSchema, arbitraryOf(choiceSchema), 8, 3000],
    ["flows", flowSchema, arbitraryFlow, 300, 600],
  ] as const)("accepts exactly the %s that the schema accepts", (_, schema, arbitrary, rarity, numRuns) => {
    const fits = predicateOf(schema);
    const verdicts = { yes: 0, no: 0 };
    fc.assert(
      fc.property(arbitrary, changes(rarity), (whole, stream) => {
        const value = damaged(whole, stream);
        const { success } = schema.safeParse(value);
        verdicts[success ? "yes" : "no"]++;
        expect(fits(value)).toBe(success);
      }),
      { numRuns },
    );
    expect(Math.min(verdicts.yes, verdicts.no)).toBeGreaterThan(numRuns / 20);
  });

  it("leaves to the schema what it does not know", () => {
    const odd = z.strictObject({
      even: z.number().refine((n) => n % 2 === 0),
      lower: z.string().lowercase(),
      either: z.union([z.string(), z.null()]),
      some: z.array(z.string()).refine((list) => list.length !== 1),
    });
    const fits = predicateOf(odd);
    const right = { even: 2, lower: "a", either: null, some: [] };
    expect(fits(right)).toBe(true);
    for (const wrong of [{ even: 1 }, { lower: "A" }, { either: 1 }, { some: ["a"] }]) {
      expect(fits({ ...right, ...wrong })).toBe(false);
    }
    expect(predicateOf(z.object({ a: z.string() }))({ a: "x", b: 1 })).toBe(true);
  });

  it("takes no key of the prototype for a field", () => {
    const fits = predicateOf(choiceSchema);
    expect(fits(JSON.parse('{"kind":"deliver","hop":"a>b x#1","__proto__":{}}'))).toBe(false);
    expect(fits({ kind: "deliver", hop: "a>b x#1", toString: 1 })).toBe(false);
  });
});
