import type { Flow } from "../flow/flow.ts";
import type { Side } from "./compare.ts";
import type { DocumentDifference } from "./comparison.ts";

type Compared = Pick<Side, "flow" | "variant">;

/**
 * Where the documents themselves differ, but for the script whose runs are compared. Elements of a list are told apart by
 * id, else by place and number.
 */
export function compareDocuments(a: Compared, b: Compared): readonly DocumentDifference[] {
  if (a.flow === b.flow) return [];
  const same = a.variant === b.variant ? a.variant : undefined;
  const { scenario: scenarioA, ...restA } = withoutScript(a.flow, same);
  const { scenario: scenarioB, ...restB } = withoutScript(b.flow, same);
  return [...compareFields(restA, restB), ...compareFields(scenarioA, scenarioB)];
}

/** The flow without the script of a variant: its run says what comes of it. */
function withoutScript(flow: Flow, id: string | undefined): Flow {
  return {
    ...flow,
    variants: flow.variants.map((variant) => {
      if (variant.id !== id) return variant;
      const { branch: _, ...rest } = variant;
      return { ...rest, script: [] };
    }),
  };
}

function compareFields(a: object, b: object): readonly DocumentDifference[] {
  const fieldsA = new Map<string, unknown>(Object.entries(a));
  const fieldsB = new Map<string, unknown>(Object.entries(b));
  const fields = [...new Set([...fieldsA.keys(), ...fieldsB.keys()])].sort();
  return fields.flatMap((field) => {
    const [left, right] = [fieldsA.get(field), fieldsB.get(field)];
    if (!Array.isArray(left ?? []) || !Array.isArray(right ?? [])) return differ(field, left, right);
    const [listA, listB] = [elements(left), elements(right)];
    const keys = [...new Set([...listA.keys(), ...listB.keys()])].sort();
    return [
      ...keys.flatMap((key) => differ(`${field} ${key}`, listA.get(key), listB.get(key))),
      ...differ(`order of ${field}`, common(listA, listB), common(listB, listA)),
    ];
  });
}

/** The elements that the other list has too, in their order. */
function common(of: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...of.keys()].filter((key) => other.has(key));
}

function elements(list: unknown): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const times = new Map<string, number>();
  for (const element of Array.isArray(list) ? list : []) {
    const { id, term, at, under, domain } = element as Readonly<Record<string, unknown>>;
    const name = String(id ?? term ?? at ?? under ?? domain ?? "at the beginning");
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
