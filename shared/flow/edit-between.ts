import { type Edit, flowFields, flowLists, scenarioFields, scenarioLists } from "./edit.ts";
import type { Flow } from "./flow.ts";

type SingleEdit = Exclude<Edit, { kind: "group" }>;
type Plain = Readonly<Record<string, unknown>>;

/** With more edits than these a script is replaced with its variant: each copies the list. */
const MOST_OF_SCRIPT = 100;

/**
 * The edit that makes one document of another: exactly `after`, whatever `before` was. Of a list the beginning and the end
 * that both share stay untouched, and of a script likewise. An empty group where the two are equal.
 */
export function editBetween(before: Flow, after: Flow): Edit {
  const edits: SingleEdit[] = [];
  const [a, b] = [before, after] as unknown as readonly [Plain, Plain];
  const [inA, inB] = [before.scenario, after.scenario] as unknown as readonly [Plain, Plain];
  for (const list of scenarioLists) edits.push(...ofList(list, inA[list], inB[list]));
  for (const list of flowLists) edits.push(...ofList(list, a[list], b[list]));
  for (const field of scenarioFields) edits.push(...ofField(field, inA[field], inB[field]));
  for (const field of flowFields) edits.push(...ofField(field, a[field], b[field]));
  return { kind: "group", edits };
}

function ofField(field: string, before: unknown, after: unknown): readonly SingleEdit[] {
  if (isEqual(before, after)) return [];
  return [{ kind: "set", field, ...(after === undefined ? undefined : { value: after }) } as SingleEdit];
}

function ofList(list: string, before: unknown, after: unknown): readonly SingleEdit[] {
  const [a, b] = [before, after].map((list) => (list ?? []) as readonly unknown[]) as [
    readonly unknown[],
    readonly unknown[],
  ];
  const edits: object[] = [];
  let start = 0;
  while (start < a.length && start < b.length && isEqual(a[start], b[start])) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && isEqual(a.at(-1 - end), b.at(-1 - end))) end++;
  const replaced = Math.min(a.length, b.length) - start - end;
  for (let i = start; i < start + replaced; i++)
    if (!isEqual(a[i], b[i]))
      edits.push(...(ofScript(list, i, a, b) ?? [{ list, kind: "replace", index: i, element: b[i] }]));
  const rest = start + replaced;
  // Insertions first: a list that may not be empty never is.
  for (let i = rest; i < b.length - end; i++) edits.push({ kind: "insert", index: i, element: b[i] });
  for (let i = a.length - end; i > rest; i--) edits.push({ kind: "remove", index: rest });
  if (before === undefined && after !== undefined && b.length === 0) edits.push({ kind: "list", present: true });
  if (before !== undefined && after === undefined) edits.push({ kind: "list", present: false });
  return edits.map((edit) => ({ list, ...edit }) as SingleEdit);
}

/** The edits of the script alone, where nothing else about a variant differs and its id says which one is meant. */
function ofScript(
  list: string,
  at: number,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly object[] | undefined {
  if (list !== "variants") return undefined;
  const [{ script: old, ...a }, { script: now, ...b }] = [before[at] as Plain, after[at] as Plain];
  if (old === undefined || now === undefined || !isEqual(a, b)) return undefined;
  const isAlone = (variants: readonly unknown[]) => variants.filter((one) => (one as Plain).id === a.id).length === 1;
  if (!isAlone(before) || !isAlone(after)) return undefined;
  const edits = ofList("script", old, now);
  return edits.length > MOST_OF_SCRIPT ? undefined : edits.map((edit) => ({ ...edit, variant: a.id }));
}

/** Whether two plain values are equal, whatever the order of their keys. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Plain, b as Plain];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => isEqual(left[key], right[key]));
}
