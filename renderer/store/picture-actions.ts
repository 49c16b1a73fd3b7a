import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { removeAside } from "../editor/aside-edits.ts";
import { nameOfAside } from "../editor/asides.ts";
import type { Begun } from "../editor/editing-state.ts";
import type { Get, Put } from "./app-store.ts";
import { seek } from "./playback.ts";
import type { Actions } from "./state.ts";

/** What a person chooses and writes while working on the picture. */
export function pictureActions(
  set: Put,
  get: Get,
): Pick<Actions, "setEditing" | "select" | "choose" | "setDraft" | "eraseSelected"> {
  let begun = 0;
  return {
    setEditing: (editing) =>
      set({ editing, ...(editing ? undefined : { selected: [], aside: undefined, draft: undefined }) }),
    select: (selected) => set({ selected, aside: undefined }),
    choose: (aside) => set(aside === undefined ? { aside } : { aside, selected: [] }),
    setDraft: (draft: Begun | undefined) => {
      begun += 1;
      if (draft === undefined) return set({ draft });
      const { playback, scene } = get();
      // What is written about stands still meanwhile; a message under way has arrived.
      const arrived = seek(playback, Math.ceil(playback.position), scene?.stepRows.length ?? 0);
      set({ draft: { id: begun, ...draft }, ...(playback.running && { playback: arrived }) });
    },
    async eraseSelected() {
      const { selected, aside, diagram, step, actions, open } = get();
      if (aside !== undefined) {
        const edit = open === undefined ? undefined : removeAside(open.flow, aside);
        set({ aside: undefined });
        if (edit !== undefined) await actions.edit(`Delete ${nameOfAside(open?.flow, diagram, aside)}`, edit);
        return;
      }
      // A relayed message is one step: without its first hop there are no others.
      const firsts = stepsOf(diagram).flatMap(({ hops: [first] }) => first ?? []);
      const wanted = new Set(selected);
      const chosen = firsts.filter((hop) => wanted.has(hop));
      const current = stepsOf(diagram)[step]?.hops[0];
      const hops = chosen.length > 0 || current === undefined ? chosen : [current];
      if (hops.length === 0) return;
      const done = await actions.gesture({ kind: "erase", hops });
      if (done.ok) set({ selected: [] });
    },
  };
}
