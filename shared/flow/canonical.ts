import { z } from "zod";
import { choiceSchema } from "../run/choice.ts";

/** A value that fits in so many columns, its indentation and comma included, stays on one line. */
const LINE_WIDTH = 120;

/** How values of a schema are written: which keys in which order. */
export type Form =
  | { readonly kind: "object"; readonly fields: readonly (readonly [key: string, form: Form])[] }
  | { readonly kind: "union"; readonly by: string; readonly forms: ReadonlyMap<unknown, Form>; readonly line: boolean }
  | { readonly kind: "array"; readonly element: Form }
  | { readonly kind: "record"; readonly value: Form }
  | { readonly kind: "scalar" };

const SCALAR: Form = { kind: "scalar" };

/** The form of a schema made of objects, optional fields, lists, records and unions told apart by one field. */
export function formOf(schema: unknown): Form {
  if (schema instanceof z.ZodOptional) return formOf(schema.unwrap());
  if (schema instanceof z.ZodObject) {
    return { kind: "object", fields: Object.entries(schema.shape).map(([key, field]) => [key, formOf(field)]) };
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const by = schema.def.discriminator;
    const options = schema.options as readonly z.ZodObject[];
    const forms = options.map((option): [unknown, Form] => {
      const tag = option.shape[by];
      return [tag instanceof z.ZodLiteral ? tag.value : undefined, formOf(option)];
    });
    return { kind: "union", by, forms: new Map(forms), line: schema === choiceSchema };
  }
  if (schema instanceof z.ZodArray) return { kind: "array", element: formOf(schema.element) };
  if (schema instanceof z.ZodRecord) return { kind: "record", value: formOf(schema.valueType) };
  return SCALAR;
}

/**
 * The value as canonical text: keys in the order of the form, two spaces, a final newline. From the second level on, a
 * value stays on one line where it fits; a choice always does, so that a script reads as one line a choice. Equal values
 * give equal text.
 */
export function canonicalText(value: object, form: Form): string {
  return `${broken(value, form, 0)}\n`;
}

type Entries = readonly (readonly [key: string, value: unknown, form: Form])[];

function entriesOf(value: object, form: Form): Entries {
  if (form.kind === "union") {
    const chosen = form.forms.get((value as Record<string, unknown>)[form.by]);
    return chosen === undefined ? [] : entriesOf(value, chosen);
  }
  const held = value as Record<string, unknown>;
  if (form.kind === "object") {
    const entries: [string, unknown, Form][] = [];
    for (const [key, field] of form.fields) {
      const inner = held[key];
      if (inner !== undefined) entries.push([key, inner, field]);
    }
    return entries;
  }
  const field = form.kind === "record" ? form.value : SCALAR;
  return Object.keys(held)
    .sort()
    .map((key) => [key, held[key], field]);
}

const elementOf = (form: Form): Form => (form.kind === "array" ? form.element : SCALAR);

function oneLine(value: unknown, form: Form): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const element = elementOf(form);
    return `[${value.map((inner) => oneLine(inner, element)).join(", ")}]`;
  }
  const parts: string[] = [];
  for (const [key, inner, field] of entriesOf(value, form))
    parts.push(`${JSON.stringify(key)}: ${oneLine(inner, field)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** The value at this depth after `used` columns of its first line; on one line where it may and does fit. */
function written(value: unknown, form: Form, depth: number, used: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (form.kind === "union" && form.line) return oneLine(value, form);
  if (depth < 2 && !isEmpty(value)) return broken(value, form, depth);
  const room = LINE_WIDTH - used - 1;
  if (leastWidth(value, room) <= room) {
    const line = oneLine(value, form);
    if (line.length <= room) return line;
  }
  return broken(value, form, depth);
}

function isEmpty(value: object): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** A lower bound of the width on one line, found without writing it; stops once it is over `room`. */
function leastWidth(value: unknown, room: number): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 1;
  let width = 2;
  for (const inner of Object.values(value)) {
    if (width > room) break;
    if (inner !== undefined) width += leastWidth(inner, room - width);
  }
  return width;
}

function broken(value: object, form: Form, depth: number): string {
  const margin = "  ".repeat(depth + 1);
  const lines: string[] = [];
  if (Array.isArray(value)) {
    const element = elementOf(form);
    for (const inner of value) lines.push(margin + written(inner, element, depth + 1, margin.length));
  } else {
    for (const [key, inner, field] of entriesOf(value, form)) {
      const head = `${margin}${JSON.stringify(key)}: `;
      lines.push(head + written(inner, field, depth + 1, head.length));
    }
  }
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return lines.length === 0 ? open + close : `${open}\n${lines.join(",\n")}\n${margin.slice(2)}${close}`;
}
