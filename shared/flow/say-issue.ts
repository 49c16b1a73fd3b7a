import type { z } from "zod";
import { type Path, place, quoted } from "./place.ts";

/** The first thing that is wrong with a value, with its place, as a sentence without its full stop; undefined when it fits. */
export function firstWrong(schema: z.ZodType, value: unknown, path: Path): string | undefined {
  const tried = schema.safeParse(value);
  const issue = tried.success ? undefined : tried.error.issues[0];
  if (issue === undefined) return undefined;
  const inner = issue.path.filter((step) => typeof step !== "symbol");
  return `${place([...path, ...inner])} ${sayIssue(issue, valueAt(value, inner))}`;
}

function valueAt(value: unknown, path: Path): unknown {
  let inner = value;
  for (const step of path) inner = (inner as Record<string | number, unknown> | null | undefined)?.[step];
  return inner;
}

/** What a zod issue says about the value at its place, as the end of a sentence that starts with the place. */
export function sayIssue(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined) return "is missing";
      return `should be ${typeName(issue.expected)}, but is ${kindOf(value)}`;
    case "invalid_value": {
      const values = issue.values.map(quoted).join(", ");
      return `should be ${issue.values.length > 1 ? `one of ${values}` : values}, but is ${quoted(value)}`;
    }
    case "too_big":
      return issue.origin === "string"
        ? `should have at most ${issue.maximum} characters, but has ${String(value).length}`
        : `should be at most ${issue.maximum}, but is ${quoted(value)}`;
    case "too_small":
      return issue.origin === "string"
        ? `should ${Number(issue.minimum) > 1 ? `have at least ${issue.minimum} characters` : "not be empty"}`
        : `should be at least ${issue.minimum}, but is ${quoted(value)}`;
    case "unrecognized_keys":
      return `has what this Callflow does not know: ${issue.keys.map(quoted).join(", ")}`;
    case "invalid_union":
      return `is ${quoted(value)}, which is none of those that there are`;
    default:
      return `is ${quoted(value)}, but ${issue.message}`;
  }
}

function typeName(expected: string): string {
  const names: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    record: "an object",
  };
  return names[expected] ?? expected;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? `the text ${quoted(value)}` : quoted(value);
}
