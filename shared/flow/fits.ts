import { z } from "zod";

/** Whether a value is what a schema accepts. */
export type Predicate = (value: unknown) => boolean;

/**
 * A schema as a predicate: true exactly for what it accepts, several times as fast as parsing, and made without compiling
 * code. For documents of tens of thousands of choices. It follows the schema by itself; kinds of schema and checks that it
 * does not know are left to the schema. It says only yes or no: what is wrong is for the schema to say.
 */
export function predicateOf(schema: unknown): Predicate {
  if (schema instanceof z.ZodOptional) {
    const inner = predicateOf(schema.unwrap());
    return (value) => value === undefined || inner(value);
  }
  if (schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodNever) return objectPredicate(schema);
  if (schema instanceof z.ZodDiscriminatedUnion) return unionPredicate(schema);
  if (schema instanceof z.ZodArray) return arrayPredicate(schema);
  if (schema instanceof z.ZodEnum) {
    const options: ReadonlySet<unknown> = new Set(schema.options);
    return (value) => options.has(value);
  }
  if (schema instanceof z.ZodString) return stringPredicate(schema);
  if (schema instanceof z.ZodLiteral) {
    const { values } = schema;
    return (value) => values.has(value as z.core.util.Literal);
  }
  return parsed(schema as z.ZodType);
}

function parsed(schema: z.ZodType): Predicate {
  return (value) => schema.safeParse(value).success;
}

function objectPredicate(schema: z.ZodObject): Predicate {
  const fields = new Map<string, { readonly fits: Predicate; readonly isRequired: boolean }>();
  let required = 0;
  for (const [key, field] of Object.entries(schema.shape)) {
    const isRequired = !(field instanceof z.ZodOptional);
    fields.set(key, { fits: predicateOf(field), isRequired });
    if (isRequired) required++;
  }
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const held = value as Record<string, unknown>;
    let missing = required;
    for (const key in held) {
      const field = fields.get(key);
      const inner = held[key];
      if (field === undefined || !field.fits(inner)) return false;
      if (field.isRequired && inner !== undefined) missing--;
    }
    return missing === 0;
  };
}

function unionPredicate(schema: z.ZodDiscriminatedUnion): Predicate {
  const by = schema.def.discriminator;
  const options = new Map<unknown, Predicate>();
  for (const option of schema.options) {
    const tag = option instanceof z.ZodObject ? option.shape[by] : undefined;
    if (!(tag instanceof z.ZodLiteral)) return parsed(schema);
    options.set(tag.value, predicateOf(option));
  }
  return (value) => {
    if (typeof value !== "object" || value === null) return false;
    return options.get((value as Record<string, unknown>)[by])?.(value) ?? false;
  };
}

function arrayPredicate(schema: z.ZodArray): Predicate {
  const bounds = boundsOf(schema);
  if (bounds === undefined) return parsed(schema);
  const element = predicateOf(schema.element);
  return (value) =>
    Array.isArray(value) && value.length >= bounds.least && value.length <= bounds.most && value.every(element);
}

function stringPredicate(schema: z.ZodString): Predicate {
  const bounds = boundsOf(schema);
  if (bounds === undefined) return parsed(schema);
  const { least, most, patterns } = bounds;
  const isWithin = (value: unknown): value is string =>
    typeof value === "string" && value.length >= least && value.length <= most;
  if (patterns.length === 0) return isWithin;
  return (value) => isWithin(value) && patterns.every((pattern) => pattern.test(value));
}

interface Bounds {
  least: number;
  most: number;
  readonly patterns: RegExp[];
}

/** Bounds of length and patterns of a schema; undefined when it checks anything else. */
function boundsOf(schema: z.ZodString | z.ZodArray): Bounds | undefined {
  const bounds: Bounds = { least: 0, most: Number.POSITIVE_INFINITY, patterns: [] };
  for (const check of schema.def.checks ?? []) {
    const def = check._zod.def as z.core.$ZodCheckDef & { minimum?: number; maximum?: number; pattern?: RegExp };
    if (def.check === "min_length" && def.minimum !== undefined) bounds.least = Math.max(bounds.least, def.minimum);
    else if (def.check === "max_length" && def.maximum !== undefined) bounds.most = Math.min(bounds.most, def.maximum);
    else if (def.check === "string_format" && def.pattern !== undefined && !/[gy]/.test(def.pattern.flags)) {
      bounds.patterns.push(def.pattern);
    } else return undefined;
  }
  return bounds;
}
