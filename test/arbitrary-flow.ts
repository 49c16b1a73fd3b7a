import fc from "fast-check";
import { z } from "zod";
import { type Flow, flowSchema } from "../shared/flow/flow.ts";

/**
 * Values of a zod schema for property tests, made from the schema itself, so that a new field is tested from the day it
 * exists. Knows the kinds of schema that documents are made of; throws for any other.
 */
export function arbitraryOf(schema: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodOptional) return arbitraryOf(schema.unwrap());
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape);
    const requiredKeys = fields.filter(([, field]) => !(field instanceof z.ZodOptional)).map(([key]) => key);
    return fc.record(Object.fromEntries(fields.map(([key, field]) => [key, arbitraryOf(field)])), {
      requiredKeys,
      noNullPrototype: true,
    });
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return fc.oneof(...schema.options.map(arbitraryOf));
  if (schema instanceof z.ZodArray) {
    const minLength = schema.safeParse([]).success ? 0 : 1;
    return fc.array(arbitraryOf(schema.element), { minLength, maxLength: 4 });
  }
  if (schema instanceof z.ZodRecord) {
    const key = arbitraryOf(schema.keyType).filter((name) => name !== "__proto__") as fc.Arbitrary<string>;
    return fc.dictionary(key, arbitraryOf(schema.valueType), { maxKeys: 4, noNullPrototype: true });
  }
  if (schema instanceof z.ZodLiteral) return fc.constant(schema.value);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return arbitraryNumber(schema);
  if (schema instanceof z.ZodString) return arbitraryText(schema);
  throw new Error(`no arbitrary for ${String(schema)}`);
}

function arbitraryNumber(schema: z.ZodNumber): fc.Arbitrary<number> {
  const min = schema.minValue ?? 0;
  const max = schema.maxValue ?? 1000;
  if (schema.format === "safeint") return fc.integer({ min, max: Math.min(max, 1_000_000) });
  // JSON has no negative zero that survives being written.
  return fc.double({ min, max, noNaN: true }).map((value) => (Object.is(value, -0) ? 0 : value));
}

function arbitraryText(schema: z.ZodString): fc.Arbitrary<string> {
  if (!schema.safeParse("a b").success) return fc.constantFrom("a", "b", "clientA", "clientB1", "x-1", "Z_9");
  const minLength = schema.minLength ?? 0;
  return fc.oneof(
    fc.string({ minLength, maxLength: Math.min(schema.maxLength ?? 40, 40), unit: "binary" }),
    fc.constantFrom("clientA>coreA OK#1", "two\nlines", "“quoted”", "  spaced  ", "x".repeat(70)),
  );
}

export const arbitraryFlow = arbitraryOf(flowSchema) as fc.Arbitrary<Flow>;
