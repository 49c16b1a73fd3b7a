import type { Failure } from "../../shared/flow/result.ts";
import type { Compared, ComparedSide } from "../../shared/ipc/shapes.ts";
import type { Get, Put } from "./app-store.ts";
import type { Ports } from "./ports.ts";
import { settle } from "./settle.ts";
import type { Actions } from "./state.ts";

/** The comparison that stands in the place of the flow. */
export interface Comparing {
  /** What was asked for. */
  readonly a: Compared;
  readonly b: Compared;
  /** What main gave; while other sides are asked for, those before. */
  readonly sides?: { readonly a: ComparedSide; readonly b: ComparedSide } | undefined;
  readonly failure?: Failure | undefined;
}

/** The actions that compare, and leave off comparing. */
export function compareActions(
  ports: Ports,
  set: Put,
  get: Get,
  settled: () => Promise<void>,
): Pick<Actions, "compare" | "endComparison"> {
  // Later questions win over earlier ones that are still under way.
  let latest = 0;
  return {
    async compare(a, b) {
      const turn = ++latest;
      get().actions.pause();
      // What was edited here has to be known there first.
      await settled();
      const before = get().comparing;
      if (turn !== latest) return;
      set({ comparing: { a, b, sides: before?.sides } });
      const answer = await settle(ports.compare({ a, b }));
      if (turn !== latest || get().comparing === undefined) return;
      if (!answer.ok) set({ comparing: { a, b, sides: before?.sides, failure: answer.failure } });
      else if (answer.value === null) set({ comparing: before });
      else set({ comparing: { a: answer.value.a.compared, b: answer.value.b.compared, sides: answer.value } });
    },
    endComparison() {
      latest++;
      set({ comparing: undefined });
    },
  };
}
