import type { Flow } from "../../shared/flow/flow.ts";

/** The flow's title with its clause before it, and after it the title of a variant that is not the main one. */
export function heading(flow: Flow, variantId: string): string {
  const title = flow.clause === undefined ? flow.title : `${flow.clause} ${flow.title}`;
  const index = flow.variants.findIndex((variant) => variant.id === variantId);
  return index <= 0 ? title : `${title} — ${flow.variants[index]?.title}`;
}
