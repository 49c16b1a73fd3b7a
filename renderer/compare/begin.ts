import type { AppStore } from "../store/app-store.ts";
import type { AppState } from "../store/state.ts";

/**
 * Compares what a person most likely means: the variant shown with the main one; that with the first other; of a flow
 * that has only one variant, with what was saved. What else there is can be chosen then.
 */
export function beginComparison(app: AppStore): Promise<void> | undefined {
  const state = app.getState();
  const { open, variant, comparing, actions } = state;
  if (open === undefined || comparing !== undefined) return undefined;
  const main = open.flow.variants[0]?.id ?? "";
  const other = variant === main ? open.flow.variants[1]?.id : variant;
  const shown = { from: "open", handle: open.handle, variant } as const;
  if (other !== undefined) return actions.compare({ ...shown, variant: main }, { ...shown, variant: other });
  return actions.compare(hasSaved(state) ? { ...shown, from: "saved" } : shown, shown);
}

/** Whether there is a file, or a bundled flow, with which the document can be compared. */
export function hasSaved({ open }: Pick<AppState, "open">): boolean {
  return open?.path !== undefined || open?.bundledId !== undefined;
}
