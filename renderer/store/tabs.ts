import type { View } from "../../shared/flow/flow.ts";
import type { AppState, OpenFlow } from "./state.ts";

/** One of the open flows, as the row of tabs shows it. */
export interface Tab {
  readonly handle: string;
  readonly name: string;
  readonly unsaved: boolean;
}

/** Where a person was in a flow that is not shown at the moment. */
export interface Place {
  readonly variant: string;
  readonly view: View;
  readonly position: number;
}

/** How a flow that was closed can be opened again. */
export type Closed = { readonly path: string } | { readonly bundledId: string };

/** What is in no file goes by its title, which may change. */
export function tabOf({ handle, name, path, flow, unsaved }: OpenFlow): Tab {
  return { handle, name: path === undefined ? flow.title : name, unsaved };
}

export function placeOf({ variant, view, playback }: AppState): Place {
  return { variant, view, position: playback.position };
}

export function closedOf({ path, bundledId }: OpenFlow): Closed | undefined {
  if (path !== undefined) return { path };
  return bundledId === undefined ? undefined : { bundledId };
}

/** The tabs with what is known of one flow; a new one stands last. The same tabs again when nothing is new. */
export function withTab(tabs: readonly Tab[], tab: Tab): readonly Tab[] {
  const at = tabs.findIndex(({ handle }) => handle === tab.handle);
  const before = tabs[at];
  if (before === undefined) return [...tabs, tab];
  return before.name === tab.name && before.unsaved === tab.unsaved ? tabs : tabs.with(at, tab);
}

/** The tab that is shown once the one of `handle` is gone: the next one, at the end the one before. */
export function neighbour(tabs: readonly Tab[], handle: string): Tab | undefined {
  const at = tabs.findIndex((tab) => tab.handle === handle);
  return tabs[at + 1] ?? tabs[at - 1];
}

/** A bundled flow to which nothing was done: another may take its place. */
export function isUntouched({ bundledId, revision }: OpenFlow): boolean {
  return bundledId !== undefined && revision === 0;
}
