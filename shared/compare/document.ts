import type { Flow } from "../flow/flow.ts";
import type { DocumentDifference } from "./comparison.ts";

/** Where the documents themselves differ. Elements of a list are told apart by id, else by place and number. */
export function compareDocuments(a: Flow, b: Flow): readonly DocumentDifference[] {
  if (a === b) return [];
  const { scenario: scenarioA, ...restA } = a;
  const { scenario: scenarioB, ...restB } = b;
  return [...compareFields(restA, restB), ...compareFields(scenarioA, scenarioB)];
}

function compareFields(a: object, b: object): readonly DocumentDifference[] {
  const fieldsA = new Map<string, unknown>(Object.entries(a));
  const fieldsB = new Map<string, unknown>(Object.entries(b));
  const fields = [...new Set([...fieldsA.keys(), ...fieldsB.keys()])].sort();
  return fields.flatMap((field) => {
    const [left, right] = [fieldsA.get(field), fieldsB.get(field)];
    if (!isList(left ?? []) || !isList(right ?? [])) return differ(field, left, right);
    const [listA, listB] = [elements(left), elements(right)];
    const keys = [...new Set([...listA.keys(), ...listB.keys()])].sort();
    return keys.flatMap((key) => differ(`${field} ${key}`, listA.get(key), listB.get(key)));
  });
}

const isList = (value: unknown): boolean => Array.isArray(value);

function elements(list: unknown): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const times = new Map<string, number>();
  for (const element of Array.isArray(list) ? list : []) {
    const { id, term, at, domain } = element as Readonly<Record<string, unknown>>;
    const name = String(id ?? term ?? at ?? domain ?? "at the beginning");
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    found.set(count === 1 ? name : `${name} (${count})`, element);
  }
  return found;
}

function differ(at: string, a: unknown, b: unknown): readonly DocumentDifference[] {
  if (stable(a) === stable(b)) return [];
  return [{ at, ...(a === undefined ? undefined : { a }), ...(b === undefined ? undefined : { b }) }];
}

/** The value as text that does not depend on the order of its keys. */
function stable(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  );
}
