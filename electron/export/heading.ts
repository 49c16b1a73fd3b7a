import type { Flow } from "../../shared/flow/flow.ts";

/** The flow's title with its clause before it, and after it the title of a variant that is not the main one. */
export function heading(flow: Flow, variantId: string): string {
  const title = flow.clause === undefined ? flow.title : `${flow.clause} ${flow.title}`;
  return named(title, flow, variantId);
}

/** What is written under the figure: several variants in one document have different captions. */
export function caption(flow: Flow, variantId: string): string {
  return named(flow.figure ?? flow.title, flow, variantId);
}

function named(title: string, { variants }: Flow, variantId: string): string {
  const index = variants.findIndex((variant) => variant.id === variantId);
  return index <= 0 ? title : `${title} — ${variants[index]?.title}`;
}
