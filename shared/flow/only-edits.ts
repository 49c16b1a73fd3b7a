import type { Flow } from "./flow.ts";
import type { OfSome } from "./only.ts";

/** What of a document may hold for some variants only. */
type Written = Pick<Flow, "prose" | "notes" | "arrows" | "marks">;

function changed(flow: Flow, change: <T extends OfSome>(entry: T) => readonly T[]): Flow {
  const of = <T extends OfSome>(list: readonly T[] | undefined) => list?.flatMap((entry) => change(entry));
  const { prose, notes, arrows, marks } = flow;
  const next = { prose: of(prose), notes: of(notes), arrows: of(arrows), marks: of(marks) } as Written;
  const known = Object.fromEntries(Object.entries(next).filter(([, list]) => list !== undefined)) as Written;
  return { ...flow, ...known };
}

/** What is written without what holds for these variants alone: they are gone. */
export function withoutVariants(flow: Flow, gone: ReadonlySet<string>): Flow {
  return changed(flow, (entry) => {
    if (entry.only?.some((id) => gone.has(id)) !== true) return [entry];
    const only = entry.only.filter((id) => !gone.has(id));
    return only.length === 0 ? [] : [{ ...entry, only }];
  });
}

/** What is written for one variant holds for another as well. */
export function alsoFor(flow: Flow, variant: string, other: string): Flow {
  return changed(flow, (entry) =>
    entry.only?.includes(variant) === true ? [{ ...entry, only: [...entry.only, other] }] : [entry],
  );
}
