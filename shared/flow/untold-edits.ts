import type { Edit } from "./edit.ts";
import { editBetween } from "./edit-between.ts";
import type { Flow } from "./flow.ts";
import { holdsFor } from "./only.ts";

/** Whether a variant, or one of the ways through its fragments, names a requirement as one of which its steps do not tell. */
export function isUntold({ variants, marks = [] }: Flow, id: string, requirement: string): boolean {
  const own = variants.find((variant) => variant.id === id)?.untold ?? [];
  return (
    own.includes(requirement) ||
    marks.some(
      (mark) => "variant" in mark && holdsFor(mark, id) && mark.variant?.untold?.includes(requirement) === true,
    )
  );
}

/** Names a requirement as one of which the steps of a variant do not tell enough; see R53. */
export function leaveUntold(flow: Flow, id: string, requirement: string): Edit {
  const variants = flow.variants.map((variant) =>
    variant.id === id ? { ...variant, untold: [...new Set([...(variant.untold ?? []), requirement])] } : variant,
  );
  return editBetween(flow, { ...flow, variants });
}

/** Lets a requirement be judged again in a variant and on all ways through its fragments. */
export function judgeAgain(flow: Flow, id: string, requirement: string): Edit {
  const variants = flow.variants.map((variant) => (variant.id === id ? without(variant, requirement) : variant));
  const marks = flow.marks?.map((mark) =>
    "variant" in mark && mark.variant !== undefined && holdsFor(mark, id)
      ? { ...mark, variant: without(mark.variant, requirement) }
      : mark,
  );
  return editBetween(flow, { ...flow, variants, ...(marks !== undefined && { marks }) });
}

function without<T extends { readonly untold?: readonly string[] | undefined }>(of: T, requirement: string): T {
  const { untold, ...rest } = of;
  if (untold?.includes(requirement) !== true) return of;
  const left = untold.filter((one) => one !== requirement);
  return (left.length === 0 ? rest : { ...rest, untold: left }) as T;
}
