import type { HopName } from "../run/choice.ts";
import type { ArrowLook } from "./drawn.ts";
import type { Edit, SingleEdit } from "./edit.ts";
import type { Flow, View } from "./flow.ts";
import { asOne } from "./passages.ts";

/** How one step is numbered: as its turn comes, under the step before, below its number, not at all, or as written. */
export type StepNumbering =
  | { readonly kind: "automatic" | "same" | "sub" | "none" }
  | { readonly kind: "written"; readonly number: string };

/** How a step is numbered that carries these hops. */
export function stepNumbering(flow: Flow, hops: readonly HopName[]): StepNumbering {
  const look = flow.arrows?.find(({ at }) => hops.includes(at));
  if (look?.number !== undefined) return { kind: "written", number: look.number };
  return { kind: look?.numbered ?? "automatic" };
}

/** The edit by which a step is numbered otherwise; undefined where it is numbered so. */
export function numberStep(flow: Flow, hops: readonly HopName[], numbering: StepNumbering): Edit | undefined {
  const [first] = hops;
  if (first === undefined) return undefined;
  const index = flow.arrows?.findIndex(({ at }) => hops.includes(at)) ?? -1;
  const before = flow.arrows?.[index];
  const { number: _, numbered: __, ...rest } = before ?? { at: first };
  const element: ArrowLook =
    numbering.kind === "written"
      ? { ...rest, number: numbering.number }
      : numbering.kind === "automatic"
        ? rest
        : { ...rest, numbered: numbering.kind };
  const isPlain = Object.keys(element).length === 1;
  if (before === undefined)
    return isPlain ? undefined : { kind: "insert", list: "arrows", index: flow.arrows?.length ?? 0, element };
  if (before.number === element.number && before.numbered === element.numbered) return undefined;
  if (!isPlain) return { kind: "replace", list: "arrows", index, element };
  const remove: SingleEdit = { kind: "remove", list: "arrows", index };
  return flow.arrows?.length === 1
    ? { kind: "group", edits: [remove, { kind: "list", list: "arrows", present: false }] }
    : remove;
}

/** The edit that numbers the whole flow otherwise; what is as without saying is not said. */
export function numberFlow(flow: Flow, patch: Partial<NonNullable<View["numbering"]>>): Edit {
  const { start = 1, range = "n – m.", sub = "7.1" } = { ...flow.view?.numbering, ...patch };
  const numbering = {
    ...(start !== 1 && { start }),
    ...(range !== "n – m." && { range }),
    ...(sub !== "7.1" && { sub }),
  };
  const { numbering: _, ...rest } = flow.view ?? {};
  const view = Object.keys(numbering).length === 0 ? rest : { ...rest, numbering };
  return Object.keys(view).length === 0 ? { kind: "set", field: "view" } : { kind: "set", field: "view", value: view };
}

/** Whether the steps in every fragment count from 1; undefined where there is none or they differ. */
export function restartsInFragments({ marks = [] }: Flow): boolean | undefined {
  const restarts = new Set(marks.flatMap((mark) => (mark.kind === "fragment" ? [mark.restart === true] : [])));
  return restarts.size === 1 ? [...restarts][0] : undefined;
}

/** The edit by which steps inside fragments count from 1, or go on counting; undefined without change. */
export function restartInFragments({ marks = [] }: Flow, restart: boolean): Edit | undefined {
  return asOne(
    marks.flatMap((mark, index): SingleEdit[] => {
      if (mark.kind !== "fragment" || (mark.restart === true) === restart) return [];
      const { restart: _, ...rest } = mark;
      return [{ kind: "replace", list: "marks", index, element: restart ? { ...rest, restart } : rest }];
    }),
  );
}
