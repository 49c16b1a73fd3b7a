import { useMemo } from "react";
import { useChecked } from "../requirements/use-checked.ts";
import { useApp } from "../store/use-app.ts";
import { type Problem, problemsOf } from "./problems.ts";

const none: readonly Problem[] = [];

/** The problems of what is shown, and whether the run is judged. */
export function useProblems(): { readonly problems: readonly Problem[]; readonly judged: boolean } {
  const flow = useApp((state) => state.open?.flow);
  const diagnostics = useApp((state) => state.open?.diagnostics);
  const checked = useChecked();
  const value = checked.kind === "ready" ? checked.value : undefined;
  const problems = useMemo(
    () => (flow === undefined || diagnostics === undefined ? none : problemsOf(flow, diagnostics, value)),
    [flow, diagnostics, value],
  );
  return { problems, judged: checked.kind !== "loading" };
}
