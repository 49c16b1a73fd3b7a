import type { Failure } from "../../shared/flow/result.ts";
import type { EventPayload, Request } from "../../shared/ipc/contract.ts";
import type { Explored } from "../../shared/run/exploration.ts";
import type { Get, Put } from "./app-store.ts";
import type { Ports } from "./ports.ts";
import { settle } from "./settle.ts";
import type { Actions } from "./state.ts";

/** What is asked of an exploration, but which document: that is the one shown. */
export type ToExplore = Pick<Request<"explore.start">, "from" | "freedoms" | "states" | "seconds">;

export type Progress = EventPayload<"explore.progress">;

/** The exploration of one flow: what was asked, and how far it is. */
export type Exploring =
  | { readonly kind: "going"; readonly asked: ToExplore; readonly progress?: Progress; readonly stopping?: boolean }
  | {
      readonly kind: "done";
      readonly asked: ToExplore;
      readonly explored: Explored;
      /** What of the document it rests on: it is of an older one when this is another. */
      readonly scenario: string;
    }
  | { readonly kind: "failed"; readonly asked: ToExplore; readonly failure: Failure };

/** Explorations by the handle of their flow: the last one of each. */
export type Explorations = Readonly<Record<string, Exploring>>;

/** The actions that explore the flow shown. */
export function exploreActions(
  ports: Ports,
  set: Put,
  get: Get,
  settled: () => Promise<void>,
): Pick<Actions, "explore" | "stopExploring" | "exploreProgress"> {
  const put = (handle: string, exploring: Exploring) =>
    set({ explorations: { ...get().explorations, [handle]: exploring } });
  return {
    async explore(asked) {
      await settled();
      const { open, variant, explorations } = get();
      if (open === undefined || Object.values(explorations).some(({ kind }) => kind === "going")) return;
      const { handle, revision, flow } = open;
      put(handle, { kind: "going", asked });
      const found = await settle(ports.explore({ handle, base: revision, variant, ...asked }));
      // The flow may have been closed meanwhile.
      if (get().explorations[handle]?.kind !== "going") return;
      put(
        handle,
        found.ok
          ? { kind: "done", asked, explored: found.value, scenario: JSON.stringify(flow.scenario) }
          : { kind: "failed", asked, failure: found.failure },
      );
    },
    async stopExploring() {
      const going = Object.entries(get().explorations).find(([, { kind }]) => kind === "going");
      if (going === undefined) return;
      put(going[0], { ...going[1], stopping: true } as Exploring);
      await settle(ports.stopExploring());
    },
    exploreProgress(progress) {
      const known = get().explorations[progress.handle];
      if (known?.kind === "going") put(progress.handle, { ...known, progress });
    },
  };
}
