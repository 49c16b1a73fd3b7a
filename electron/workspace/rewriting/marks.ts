import type { Mark } from "../../../shared/flow/drawn.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import type { HopName } from "../../../shared/run/choice.ts";
import type { Run } from "../../../shared/run/run.ts";
import type { Statement } from "../../../shared/text/mermaid/read.ts";
import type { Alignment } from "./align.ts";
import type { Drawing } from "./rewrite.ts";

/** Marks that Mermaid can say. */
const sayable = new Set<Mark["kind"]>(["fragment", "else", "end", "activation", "destroy"]);
const isSayable = (mark: Mark): boolean => sayable.has(mark.kind);
const saysMark = ({ kind }: Statement): boolean =>
  kind === "fragment" || kind === "else" || kind === "end" || kind === "activation" || kind === "destroy";

export interface Marked {
  readonly flow: Flow;
  /** Ids of the marks that are written, by line. */
  readonly ids: ReadonlyMap<number, string>;
}

/**
 * The flow with fragments, activations and destructions as they are written. Those that are written as before stay the same
 * with all that Mermaid cannot say of them; marks of other kinds stay where they were.
 */
export function marksOf(
  flow: Flow,
  { old, now, run }: Drawing,
  { before }: Alignment,
  idOf: (alias: string) => string,
): Marked {
  const marks = flow.marks ?? [];
  const held = marks.filter(isSayable);
  const written = old.flatMap(({ statement }, i) => (saysMark(statement) ? [i] : []));
  const wanted = now.flatMap(({ statement }, j) => (saysMark(statement) ? [j] : []));
  const same =
    wanted.length === written.length &&
    wanted.every((j, n) => before[j] === written[n] && sameLine(old[before[j] ?? -1]?.statement, now[j]?.statement));
  if (same) return { flow: reattached(flow, run), ids: new Map(wanted.flatMap((j, n) => pairOf(j, held[n]?.id))) };
  const markOf = new Map(written.map((i, n) => [i, held.length === written.length ? held[n] : undefined]));
  const ids = new Set(marks.flatMap(({ id }) => id ?? []));
  const fresh = () => {
    let n = 1;
    while (ids.has(`mark${n}`)) n++;
    ids.add(`mark${n}`);
    return `mark${n}`;
  };
  const made: Mark[] = [];
  const byLine = new Map<number, string>();
  const open: string[] = [];
  let at: HopName | undefined;
  for (const [j, { statement, hops }] of now.entries()) {
    at = hops.at(-1) ?? at;
    if (!saysMark(statement)) continue;
    const i = before[j];
    const known = i === undefined ? undefined : markOf.get(i);
    const place = at === undefined ? {} : { at };
    const id = known?.id ?? fresh();
    byLine.set(j, id);
    switch (statement.kind) {
      case "fragment": {
        open.push(id);
        made.push({ ...fragment(statement, known), ...place, id });
        break;
      }
      case "else":
        made.push({ kind: "else", id, ...place, of: open.at(-1) ?? "", ...guard(statement.label) });
        break;
      case "end":
        made.push({ kind: "end", id, ...place, of: open.pop() ?? "" });
        break;
      case "activation":
        made.push({ kind: "activation", id, ...place, on: idOf(statement.id), event: statement.event });
        break;
      case "destroy":
        made.push({ kind: "destroy", id, ...place, on: idOf(statement.id) });
        break;
      default:
    }
  }
  return { flow: { ...flow, marks: merged(marks, made) }, ids: byLine };
}

type Fragment = Extract<Mark, { kind: "fragment" }>;

function fragment(statement: Extract<Statement, { kind: "fragment" }>, known: Mark | undefined): Omit<Fragment, "id"> {
  const { operator, label } = statement;
  const isRef = known?.kind === "fragment" && known.operator === "ref" && operator === "opt" && label.startsWith("ref");
  const kept = known?.kind === "fragment" ? known : undefined;
  const { guard: _, ...rest } = kept ?? { kind: "fragment" as const, operator: "alt" as const };
  return {
    ...rest,
    kind: "fragment",
    operator: isRef ? "ref" : operator === "par_over" ? "par" : operator,
    ...(operator === "par_over" && { overlap: true }),
    ...(operator === "rect" ? undefined : guard(isRef ? label.replace(/^ref\s*/, "") : label)),
  };
}

const pairOf = (line: number, id: string | undefined): readonly (readonly [number, string])[] =>
  id === undefined ? [] : [[line, id]];

const guard = (label: string) => (label === "" ? undefined : { guard: label.slice(0, 2000) });

function sameLine(a: Statement | undefined, b: Statement | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) return false;
  const [{ line: _, ...left }, { line: __, ...right }] = [a, b];
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The new marks, and those of other kinds after what they came after. */
function merged(before: readonly Mark[], made: readonly Mark[]): Mark[] {
  const after = new Map<string | undefined, Mark[]>();
  let above: string | undefined;
  for (const mark of before) {
    if (isSayable(mark)) above = mark.id;
    else after.set(above, [...(after.get(above) ?? []), mark]);
  }
  const all = [...(after.get(undefined) ?? [])];
  for (const mark of made) {
    all.push(mark, ...(after.get(mark.id) ?? []));
    after.delete(mark.id);
  }
  after.delete(undefined);
  return [...all, ...[...after.values()].flat()];
}

/** Marks at messages that are gone come after the message that stands before them now. */
function reattached(flow: Flow, run: Run): Flow {
  const there = new Set(run.hops.map(({ name }) => name));
  const lost = flow.marks?.some(({ at }) => at !== undefined && !there.has(at)) ?? false;
  if (!lost) return flow;
  let at: HopName | undefined;
  const marks = (flow.marks ?? []).map((mark) => {
    if (mark.at === undefined || there.has(mark.at)) {
      at = mark.at;
      return mark;
    }
    const { at: _, ...rest } = mark;
    return (at === undefined ? rest : { ...rest, at }) as Mark;
  });
  return { ...flow, marks };
}
