import { z } from "zod";
import type { Choice } from "../run/choice.ts";
import { type Flow, flowSchema, scenarioSchema, variantSchema } from "./flow.ts";
import { fail, ok, type Result } from "./result.ts";
import { firstWrong } from "./say-issue.ts";

/**
 * Edits of a document, as values. Each has an inverse that restores the document exactly, so undo needs no copies, and
 * whoever holds a replica can apply the same edit to it.
 */

type Scenario = Flow["scenario"];
type Elements<List> = NonNullable<List> extends readonly (infer Element)[] ? Element : never;

/** The lists of a document by name, and what they hold. `script` is the script of one variant. */
interface Lists {
  participants: Elements<Scenario["participants"]>;
  users: Elements<Scenario["users"]>;
  policies: Elements<Scenario["policies"]>;
  sessions: Elements<Scenario["sessions"]>;
  invitations: Elements<Scenario["invitations"]>;
  transfers: Elements<Scenario["transfers"]>;
  chats: Elements<Scenario["chats"]>;
  variants: Elements<Flow["variants"]>;
  prose: Elements<Flow["prose"]>;
  notes: Elements<Flow["notes"]>;
  definitions: Elements<Flow["definitions"]>;
  requirements: Elements<Flow["requirements"]>;
  arrows: Elements<Flow["arrows"]>;
  marks: Elements<Flow["marks"]>;
  boxes: Elements<Flow["boxes"]>;
  script: Choice;
}

export type ListName = keyof Lists;

/** The values of a document that are replaced as a whole: what stands beside its lists. */
interface Fields {
  title: Flow["title"];
  clause: Flow["clause"];
  figure: Flow["figure"];
  introduction: Flow["introduction"];
  source: Flow["source"];
  changeRequest: Flow["changeRequest"];
  view: Flow["view"];
  options: Scenario["options"];
  timers: Scenario["timers"];
  rules: Scenario["rules"];
}

export type FieldName = keyof Fields;

/** Which list; `variant` is the id of the variant for `script`, and absent for every other. */
type In<Name extends ListName> = Name extends "script"
  ? { readonly list: Name; readonly variant: string }
  : { readonly list: Name; readonly variant?: undefined };

type Insert<Name extends ListName> = In<Name> & {
  readonly kind: "insert";
  /** From 0 to the length of the list. */
  readonly index: number;
  readonly element: Lists[Name];
};
type Replace<Name extends ListName> = In<Name> & {
  readonly kind: "replace";
  readonly index: number;
  readonly element: Lists[Name];
};
type Remove<Name extends ListName> = In<Name> & { readonly kind: "remove"; readonly index: number };
/** Makes an absent list an empty one, or takes an empty one away: a list may be absent, and undo restores that too. */
type Presence<Name extends ListName> = In<Name> & { readonly kind: "list"; readonly present: boolean };

type ListEdit = {
  [Name in ListName]: Insert<Name> | Replace<Name> | Remove<Name> | Presence<Name>;
}[ListName];

/** Sets a field; without `value`, takes it away. */
type SetField = {
  [Name in FieldName]: { readonly kind: "set"; readonly field: Name; readonly value?: Fields[Name] };
}[FieldName];

/** One change of one place. */
export type SingleEdit = ListEdit | SetField;

/** Edits that are one for a person: applied in order, all or none. */
interface EditGroup {
  readonly kind: "group";
  readonly edits: readonly SingleEdit[];
}

export type Edit = SingleEdit | EditGroup;

/** An edit as the single ones that it is made of, in order. */
export function singles(edit: Edit): readonly SingleEdit[] {
  return edit.kind === "group" ? edit.edits : [edit];
}

export const scenarioLists = [
  "participants",
  "users",
  "policies",
  "sessions",
  "invitations",
  "transfers",
  "chats",
] as const;
export const flowLists = [
  "variants",
  "prose",
  "notes",
  "definitions",
  "requirements",
  "arrows",
  "marks",
  "boxes",
] as const;
export const scenarioFields = ["options", "timers", "rules"] as const;
export const flowFields = ["title", "clause", "figure", "introduction", "source", "changeRequest", "view"] as const;

const index = z.int().min(0);
const inList = { list: z.enum([...scenarioLists, ...flowLists, "script"]), variant: z.string().optional() };
const singleEditSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("insert"), ...inList, index, element: z.unknown() }),
  z.strictObject({ kind: z.literal("replace"), ...inList, index, element: z.unknown() }),
  z.strictObject({ kind: z.literal("remove"), ...inList, index }),
  z.strictObject({ kind: z.literal("list"), ...inList, present: z.boolean() }),
  z.strictObject({
    kind: z.literal("set"),
    field: z.enum([...scenarioFields, ...flowFields]),
    value: z.unknown().optional(),
  }),
]);

/** The shape of an edit that comes from elsewhere. What it puts into the document is checked when it is applied. */
export const editSchema = z.union([
  singleEditSchema,
  z.strictObject({ kind: z.literal("group"), edits: z.array(singleEditSchema).max(100_000) }),
]) as unknown as z.ZodType<Edit>;

/**
 * The document after the edit; the one before is unchanged and shares what did not change. Fails with a sentence when the
 * edit does not fit the document: no such element, variant or list, or a value that the schema refuses. Names that lead
 * nowhere are let through, as in a file: they are findings, not failures.
 */
export function apply(flow: Flow, edit: Edit): Result<Flow> {
  if (edit.kind === "group") return applyAll(flow, edit.edits);
  if (edit.kind === "set") return applySet(flow, edit);
  const held = listIn(flow, edit);
  if (!held.ok) return held;
  const list = changed(held.value, edit);
  return list.ok ? ok(withList(flow, edit, list.value)) : list;
}

/** The edit that takes `edit` back: applied to the document after it, it gives exactly `before`. Fails as `apply` does. */
export function invert(before: Flow, edit: Edit): Result<Edit> {
  if (edit.kind !== "group") {
    const inverse = invertSingle(before, edit);
    return inverse.ok && inverse.value.length === 1 && inverse.value[0] !== undefined
      ? ok(inverse.value[0])
      : inverse.ok
        ? ok({ kind: "group", edits: inverse.value })
        : inverse;
  }
  let flow = before;
  const inverses: (readonly SingleEdit[])[] = [];
  for (const single of edit.edits) {
    const inverse = invertSingle(flow, single);
    if (!inverse.ok) return inverse;
    const next = apply(flow, single);
    if (!next.ok) return next;
    inverses.push(inverse.value);
    flow = next.value;
  }
  return ok({ kind: "group", edits: inverses.reverse().flat() });
}

function applyAll(flow: Flow, edits: readonly SingleEdit[]): Result<Flow> {
  let result = ok(flow);
  for (const edit of edits) {
    if (!result.ok) break;
    result = apply(result.value, edit);
  }
  return result;
}

function invertSingle(before: Flow, edit: SingleEdit): Result<readonly SingleEdit[]> {
  if (edit.kind === "set") {
    const value = holderOf(before, edit.field)[edit.field];
    return ok([(value === undefined ? { kind: "set", field: edit.field } : { ...edit, value }) as SetField]);
  }
  const held = listIn(before, edit);
  if (!held.ok) return held;
  const { list, variant } = edit;
  const where = variant === undefined ? { list } : { list, variant };
  const single = (inverse: object): SingleEdit => ({ ...inverse, ...where }) as ListEdit;
  const element = "index" in edit ? held.value.list?.[edit.index] : undefined;
  switch (edit.kind) {
    case "insert": {
      const remove = single({ kind: "remove", index: edit.index });
      return ok(held.value.list === undefined ? [remove, single({ kind: "list", present: false })] : [remove]);
    }
    case "replace":
      return ok([single({ kind: "replace", index: edit.index, element })]);
    case "remove":
      return ok([single({ kind: "insert", index: edit.index, element })]);
    case "list":
      return ok([single({ kind: "list", present: !edit.present })]);
  }
}

interface Held {
  /** The list as it is; undefined while it is absent. */
  readonly list: readonly unknown[] | undefined;
  readonly schema: z.ZodArray;
  /** Whether it may be absent. */
  readonly optional: boolean;
  readonly name: string;
}

function listIn(flow: Flow, { list, variant }: ListEdit): Result<Held> {
  if (list === "script") {
    const found = flow.variants.find(({ id }) => id === variant);
    if (found === undefined) return fail(`The flow has no variant “${variant}”.`);
    return ok({
      list: found.script,
      schema: variantSchema.shape.script,
      optional: false,
      name: `script of ${variant}`,
    });
  }
  const field = fieldSchema(list);
  const optional = field instanceof z.ZodOptional;
  const schema = (optional ? field.unwrap() : field) as z.ZodArray;
  return ok({ list: holderOf(flow, list)[list] as readonly unknown[] | undefined, schema, optional, name: list });
}

function changed({ list, schema, optional, name }: Held, edit: ListEdit): Result<readonly unknown[] | undefined> {
  const length = list?.length ?? 0;
  if (edit.kind === "list") {
    if (edit.present) return list === undefined ? ok([]) : fail(`The list “${name}” is there already.`);
    if (list === undefined || length > 0) return fail(`The list “${name}” is not an empty one to take away.`);
    return optional ? ok(undefined) : fail(`A flow cannot be without the list “${name}”.`);
  }
  const last = edit.kind === "insert" ? length : length - 1;
  if (!Number.isInteger(edit.index) || edit.index < 0 || edit.index > last) {
    return fail(`The list “${name}” has ${length} elements, none of them at ${edit.index}.`);
  }
  if (edit.kind === "remove") {
    if (length === 1 && !schema.safeParse([]).success) return fail(`The list “${name}” must keep one element.`);
    return ok((list ?? []).toSpliced(edit.index, 1));
  }
  const element: unknown = edit.element;
  const wrong = firstWrong(schema.element as z.ZodType, element, [name, edit.index]);
  if (wrong !== undefined) return fail(`${wrong}.`);
  if (edit.kind === "replace") return ok((list ?? []).with(edit.index, element));
  if (length >= mostOf(schema)) return fail(`The list “${name}” is full: it has ${length} elements.`);
  return ok((list ?? []).toSpliced(edit.index, 0, element));
}

/** The schema's own maximum, without parsing a whole list for it. */
function mostOf(schema: z.ZodArray): number {
  for (const check of schema.def.checks ?? []) {
    const { def } = check._zod;
    if (def.check === "max_length") return (def as z.core.$ZodCheckMaxLengthDef).maximum;
  }
  return Number.POSITIVE_INFINITY;
}

function applySet(flow: Flow, { field, value }: SetField): Result<Flow> {
  const schema = fieldSchema(field);
  if (value === undefined && !(schema instanceof z.ZodOptional)) return fail(`A flow cannot be without ${field}.`);
  const wrong = firstWrong(schema, value, [field]);
  return wrong === undefined ? ok(withField(flow, field, value)) : fail(`${wrong}.`);
}

function withList(flow: Flow, edit: ListEdit, list: readonly unknown[] | undefined): Flow {
  if (edit.list !== "script") return withField(flow, edit.list, list);
  const at = flow.variants.findIndex(({ id }) => id === edit.variant);
  const variants = flow.variants.map((one, i) => (i === at ? { ...one, script: list as Choice[] } : one));
  return { ...flow, variants };
}

type Key = Exclude<ListName, "script"> | FieldName;

function isOfScenario(key: Key): boolean {
  return ([...scenarioLists, ...scenarioFields] as string[]).includes(key);
}

function holderOf(flow: Flow, key: Key): Readonly<Record<string, unknown>> {
  return isOfScenario(key) ? flow.scenario : flow;
}

function fieldSchema(key: Key): z.ZodType {
  const shape: Readonly<Record<string, z.ZodType>> = isOfScenario(key) ? scenarioSchema.shape : flowSchema.shape;
  const schema = shape[key];
  if (schema === undefined) throw new Error(`the schema has no ${key}`);
  return schema;
}

/** The document with the field set, or without it; an absent field is absent, not undefined. */
function withField(flow: Flow, key: Key, value: unknown): Flow {
  const { [key]: _, ...rest } = holderOf(flow, key);
  const holder = value === undefined ? rest : { ...rest, [key]: value };
  return isOfScenario(key) ? { ...flow, scenario: holder as Scenario } : (holder as Flow);
}
