import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Get, Put } from "./app-store.ts";
import type { Actions } from "./state.ts";

/** What a person chooses and writes while working on the picture. */
export function pictureActions(
  set: Put,
  get: Get,
): Pick<Actions, "setEditing" | "select" | "setDraft" | "eraseSelected"> {
  return {
    setEditing: (editing) => set({ editing, ...(editing ? undefined : { selected: [], draft: undefined }) }),
    select: (selected) => set({ selected }),
    setDraft: (draft) => set({ draft }),
    async eraseSelected() {
      const { selected, diagram, step, actions } = get();
      const current = stepsOf(diagram)[step]?.hops[0];
      const chosen = selected.length > 0 ? new Set(selected) : new Set(current === undefined ? [] : [current]);
      // A relayed message is one step: without its first hop there are no others.
      const hops = stepsOf(diagram).flatMap(({ hops: [first] }) =>
        first !== undefined && chosen.has(first) ? [first] : [],
      );
      if (hops.length === 0) return;
      const done = await actions.gesture({ kind: "erase", hops });
      if (done.ok) set({ selected: [] });
    },
  };
}
