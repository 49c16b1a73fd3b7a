import type { Flow } from "../flow/flow.ts";
import type { SideNames } from "./common-names.ts";
import type { Side } from "./compare.ts";
import type { DocumentDifference } from "./comparison.ts";

type Compared = Pick<Side, "flow" | "variant">;

/** The names of one side's participants that both sides know. */
type Names = ReadonlyMap<string, string>;

/**
 * Where the documents themselves differ, but for the script whose runs are compared, and for the ids of participants that
 * both have. Elements of a list are told apart by id, else by place and number.
 */
export function compareDocuments(a: Compared, b: Compared, names: SideNames): readonly DocumentDifference[] {
  if (a.flow === b.flow) return [];
  const same = a.variant === b.variant ? a.variant : undefined;
  const { scenario: scenarioA, ...restA } = withoutScript(a.flow, same);
  const { scenario: scenarioB, ...restB } = withoutScript(b.flow, same);
  return [...compareFields(restA, restB, names), ...compareFields(scenarioA, scenarioB, names)];
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

function compareFields(a: object, b: object, names: SideNames): readonly DocumentDifference[] {
  const fieldsA = new Map<string, unknown>(Object.entries(a));
  const fieldsB = new Map<string, unknown>(Object.entries(b));
  const fields = [...new Set([...fieldsA.keys(), ...fieldsB.keys()])].sort();
  const differ = (at: string, left: unknown, right: unknown): readonly DocumentDifference[] => {
    if (stable(left, names[0]) === stable(right, names[1])) return [];
    return [
      { at, ...(left === undefined ? undefined : { a: left }), ...(right === undefined ? undefined : { b: right }) },
    ];
  };
  return fields.flatMap((field) => {
    const [left, right] = [fieldsA.get(field), fieldsB.get(field)];
    if (!Array.isArray(left ?? []) || !Array.isArray(right ?? [])) return differ(field, left, right);
    const [listA, listB] = [elements(left, names[0]), elements(right, names[1])];
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

function elements(list: unknown, names: Names): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const times = new Map<string, number>();
  for (const element of Array.isArray(list) ? list : []) {
    const { id, term, at, under, domain } = element as Readonly<Record<string, unknown>>;
    const name = commonly(String(id ?? term ?? at ?? under ?? domain ?? "at the beginning"), names);
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    found.set(count === 1 ? name : `${name} (${count})`, element);
  }
  return found;
}

/** A participant's id, or a hop's name, as both sides know it; other text as it is. */
function commonly(text: string, names: Names): string {
  if (names.size === 0) return text;
  const edge = /^([^> ]+)>([^> ]+)(?= )/.exec(text);
  if (edge === null) return names.get(text) ?? text;
  const [whole, from = "", to = ""] = edge;
  return `${names.get(from) ?? from}>${names.get(to) ?? to}${text.slice(whole.length)}`;
}

/** The value as text that does not depend on the order of its keys, nor on how participants are called that both have. */
function stable(value: unknown, names: Names): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "string") return commonly(part, names);
    return typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part;
  });
}
