import { useEffect, useRef, useState } from "react";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Failure, Result } from "../../shared/flow/result.ts";
import type { Run } from "../../shared/run/run.ts";
import { useApp } from "./use-app.ts";

interface Asked<T> {
  readonly promise: Promise<Result<T>>;
  result?: Result<T>;
}

/** Answers about runs, by what was asked. As long as flow and run are the same, nobody is asked twice. */
export type Answers<T> = WeakMap<Flow, WeakMap<Run, Map<string, Asked<T>>>>;

function answersOn<T>(answers: Answers<T>, flow: Flow, run: Run): Map<string, Asked<T>> {
  const ofFlow = answers.get(flow) ?? new WeakMap<Run, Map<string, Asked<T>>>();
  answers.set(flow, ofFlow);
  const ofRun = ofFlow.get(run) ?? new Map<string, Asked<T>>();
  ofFlow.set(run, ofRun);
  return ofRun;
}

export type Answer<T> =
  | { readonly kind: "loading" }
  /** `stale`: the answer to what was asked before, until the new one is there. */
  | { readonly kind: "ready"; readonly value: T; readonly stale: boolean }
  | { readonly kind: "failed"; readonly failure: Failure; readonly again: () => void };

export interface Question<T> {
  readonly answers: Answers<T>;
  /** What is asked about the run shown. */
  readonly key: string;
  readonly ask: () => Promise<Result<T>>;
  /** How long flow, run and question have to stay the same before main is asked, in ms. */
  readonly after: number;
}

/** What main answers about the flow and the run shown. Asked once they stay as they are; the answer before stands meanwhile. */
export function useAnswer<T>({ answers, key, ask, after }: Question<T>): Answer<T> {
  const flow = useApp((state) => state.open?.flow);
  const run = useApp((state) => state.run);
  const [, setArrived] = useState(0);
  const before = useRef<T>(undefined);
  const known = flow === undefined || run === undefined ? undefined : answersOn(answers, flow, run).get(key);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what `ask` asks.
  useEffect(() => {
    if (flow === undefined || run === undefined || known?.result !== undefined) return;
    let wanted = true;
    const wait = async () => {
      const asked = answersOn(answers, flow, run);
      const one: Asked<T> = asked.get(key) ?? { promise: ask() };
      asked.set(key, one);
      one.result = await one.promise;
      if (wanted) setArrived((count) => count + 1);
    };
    const timer = setTimeout(() => void wait(), after);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [flow, run, key, known?.result, after]);

  const result = known?.result;
  if (result === undefined)
    return before.current === undefined ? { kind: "loading" } : { kind: "ready", value: before.current, stale: true };
  if (result.ok) {
    before.current = result.value;
    return { kind: "ready", value: result.value, stale: false };
  }
  const again = () => {
    if (flow !== undefined && run !== undefined) answersOn(answers, flow, run).delete(key);
    setArrived((count) => count + 1);
  };
  return { kind: "failed", failure: result.failure, again };
}
