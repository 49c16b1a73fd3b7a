import { z } from "zod";
import { type Flow, flowSchema } from "./flow.ts";
import { type Path, place, pointer, quoted } from "./place.ts";
import type { Diagnostic } from "./result.ts";
import { sayIssue } from "./say-issue.ts";

/** What could be read of a document that does not fit the schema, and what is wrong with the rest. */
export interface Salvaged {
  readonly flow: Flow;
  readonly diagnostics: readonly Diagnostic[];
}

type Part = { readonly fits: true; readonly value: unknown } | { readonly fits: false; readonly why: readonly Wrong[] };

/** What is wrong, as the end of a sentence that starts with the place: "should be text, but is a number". */
interface Wrong {
  readonly path: Path;
  readonly says: string;
}

/**
 * Keeps every part of a parsed document that fits the schema. A part that does not fit is set aside as small as it can
 * be: an element of its list, or an optional field; what is required and has a plain default gets that. Every such
 * change is one diagnostic.
 */
export function salvage(document: unknown, title: string): Salvaged {
  const diagnostics: Diagnostic[] = [];
  const root = salvageObject(flowSchema, document as Record<string, unknown>, [], { title, diagnostics });
  // With its defaults the root always fits: every required field of it has one.
  return { flow: flowSchema.parse(root.fits ? root.value : emptyFlow(title)), diagnostics };
}

interface Salvage {
  readonly title: string;
  readonly diagnostics: Diagnostic[];
}

function emptyFlow(title: string): Flow {
  return {
    format: "callflow",
    version: 1,
    title,
    scenario: { participants: [] },
    variants: [{ id: "main", title: "Main", script: [] }],
  };
}

/** What stands in for a required part that is missing or wrong; undefined where nothing can. */
function standIn(path: Path, parent: Record<string, unknown>, title: string): unknown {
  const at = place(path.map((step) => (typeof step === "number" ? "_" : step)));
  const empty = emptyFlow(title) as unknown as Record<string, unknown>;
  if (path.length === 1) return empty[String(path[0])];
  if (at === "scenario.participants" || at === "variants._.script") return [];
  const named = at === "scenario.participants._.name" || at === "variants._.title";
  return named && typeof parent.id === "string" && parent.id !== "" ? parent.id : undefined;
}

function salvagePart(schema: unknown, value: unknown, path: Path, into: Salvage): Part {
  if (schema instanceof z.ZodOptional) return salvagePart(schema.unwrap(), value, path, into);
  const tried = (schema as z.ZodType).safeParse(value);
  if (tried.success) return { fits: true, value: tried.data };
  if (schema instanceof z.ZodObject && isObject(value)) return salvageObject(schema, value, path, into);
  if (schema instanceof z.ZodArray && Array.isArray(value)) return salvageArray(schema, value, path, into);
  if (schema instanceof z.ZodRecord && isObject(value)) return salvageRecord(schema, value, path, into);
  if (schema instanceof z.ZodDiscriminatedUnion && isObject(value)) {
    const by = schema.def.discriminator;
    const options = schema.options as readonly z.ZodObject[];
    const option = options.find((candidate) => (candidate.shape[by] as z.ZodType).safeParse(value[by]).success);
    if (option !== undefined) return salvageObject(option, value, path, into);
    const tags = options.map((candidate) => quoted((candidate.shape[by] as z.ZodLiteral).value));
    const says = by in value ? `should be one of ${tags.join(", ")}, but is ${quoted(value[by])}` : "is missing";
    return { fits: false, why: [{ path: [...path, by], says }] };
  }
  return { fits: false, why: tried.error.issues.map((issue) => wrong(issue, value, path)) };
}

function salvageObject(schema: z.ZodObject, value: Record<string, unknown>, path: Path, into: Salvage): Part {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(schema.shape, key)) {
      report(into, "unknown-field", [...path, key], "is a field that this Callflow does not know; it is set aside");
    }
  }
  for (const [key, field] of Object.entries(schema.shape)) {
    const at = [...path, key];
    const optional = field instanceof z.ZodOptional;
    if (optional && value[key] === undefined) continue;
    const part: Part =
      value[key] === undefined
        ? { fits: false, why: [{ path: at, says: "is missing" }] }
        : salvagePart(field, value[key], at, into);
    if (part.fits) {
      kept[key] = part.value;
      continue;
    }
    const instead = optional ? undefined : standIn(at, value, into.title);
    if (!optional && instead === undefined) return part;
    const then = optional
      ? "the field is set aside"
      : `${typeof instead === "string" ? quoted(instead) : "an empty one"} stands in for it`;
    for (const { path: where, says } of part.why) report(into, "wrong-value", where, `${says}; ${then}`);
    if (!optional) kept[key] = instead;
  }
  return { fits: true, value: kept };
}

function salvageArray(schema: z.ZodArray, value: readonly unknown[], path: Path, into: Salvage): Part {
  const kept: unknown[] = [];
  for (const [index, element] of value.entries()) {
    const part = salvagePart(schema.element, element, [...path, index], into);
    if (part.fits) kept.push(part.value);
    else {
      const what = `${place([...path, index])} is set aside`;
      for (const { path: at, says } of part.why) {
        report(into, "wrong-value", at, at.length > path.length + 1 ? `${says}; ${what}` : `${says}; it is set aside`);
      }
    }
  }
  return limited(schema, kept, path, into);
}

/** The list within its bounds: what is over the maximum is set aside; fewer than the minimum does not fit. */
function limited(schema: z.ZodArray, list: unknown[], path: Path, into: Salvage): Part {
  const tried = schema.safeParse(list);
  if (tried.success) return { fits: true, value: tried.data };
  const issue = tried.error.issues[0];
  if (issue?.code === "too_big") {
    const most = Number(issue.maximum);
    report(into, "too-many", path, `holds ${list.length} elements; those after the first ${most} are set aside`);
    return { fits: true, value: list.slice(0, most) };
  }
  return { fits: false, why: [{ path, says: "holds nothing that can be read" }] };
}

function salvageRecord(schema: z.ZodRecord, value: Record<string, unknown>, path: Path, into: Salvage): Part {
  const kept: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const tried = schema.safeParse({ [key]: inner });
    if (tried.success && Object.hasOwn(tried.data, key)) kept[key] = inner;
    else {
      const says = tried.success
        ? "cannot be a field's name"
        : wrong(tried.error.issues[0], inner, [...path, key]).says;
      report(into, "wrong-value", [...path, key], `${says}; it is set aside`);
    }
  }
  return { fits: true, value: kept };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function report(into: Salvage, code: string, path: Path, says: string): void {
  const severity = code === "unknown-field" ? "warning" : "error";
  into.diagnostics.push({ severity, code, message: `${place(path)} ${says}.`, at: pointer(path) });
}

/** A zod issue about a single value, in words. */
function wrong(issue: z.core.$ZodIssue | undefined, value: unknown, path: Path): Wrong {
  return { path, says: issue === undefined ? "does not fit" : sayIssue(issue, value) };
}
