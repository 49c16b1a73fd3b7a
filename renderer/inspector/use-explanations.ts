import { useEffect, useState } from "react";
import type { Failure, Result } from "../../shared/flow/result.ts";
import type { Explanation, Run } from "../../shared/run/run.ts";
import { useActions, useApp } from "../store/use-app.ts";

/** How long a step has to stay the current one, while the flow plays by itself, before main is asked about it. */
const SETTLE_MS = 220;
/** Explanations kept for a run: going back a few hundred steps asks nobody. */
const KEPT = 300;

const kept = new WeakMap<Run, Map<number, Explanation>>();

function keptOf(run: Run): Map<number, Explanation> {
  let explanations = kept.get(run);
  if (explanations === undefined) {
    explanations = new Map();
    kept.set(run, explanations);
  }
  return explanations;
}

function keep(run: Run, explanation: Explanation): void {
  const explanations = keptOf(run);
  explanations.set(explanation.turn, explanation);
  const oldest = explanations.keys().next();
  if (explanations.size > KEPT && !oldest.done) explanations.delete(oldest.value);
}

export type Explained =
  | { readonly kind: "ready"; readonly explanations: readonly Explanation[] }
  | { readonly kind: "loading" }
  | { readonly kind: "failed"; readonly failure: Failure; readonly again: () => void };

/** What main knows about some turns of a run. Kept for each turn; asked for late while the flow plays fast. */
export function useExplanations(run: Run, turns: readonly number[]): Explained {
  const { explain } = useActions();
  const playing = useApp((state) => state.playback.playing);
  const [failed, setFailed] = useState<{ readonly key: string; readonly failure: Failure }>();
  const [, setArrived] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const key = turns.join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `turns`; `attempt` asks again.
  useEffect(() => {
    const missing = turns.filter((turn) => !keptOf(run).has(turn));
    if (missing.length === 0) return;
    let wanted = true;
    const ask = async () => {
      const results: readonly Result<Explanation>[] = await Promise.all(missing.map((turn) => explain(turn)));
      if (!wanted) return;
      for (const result of results) {
        if (result.ok) keep(run, result.value);
        else setFailed({ key, failure: result.failure });
      }
      setArrived((count) => count + 1);
    };
    const timer = setTimeout(() => void ask(), playing ? SETTLE_MS : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [run, key, explain, attempt]);

  const explanations = turns.flatMap((turn) => keptOf(run).get(turn) ?? []);
  if (explanations.length === turns.length) return { kind: "ready", explanations };
  if (failed?.key !== key) return { kind: "loading" };
  const again = () => {
    setFailed(undefined);
    setAttempt(attempt + 1);
  };
  return { kind: "failed", failure: failed.failure, again };
}
