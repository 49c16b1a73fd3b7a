import { createContext, useContext, useMemo } from "react";
import type { Diagnostic } from "../../shared/flow/result.ts";
import { useApp } from "../store/use-app.ts";

/** What is wrong in the document, by place: a place has what is wrong at it and below it. */
export type Problems = ReadonlyMap<string, readonly Diagnostic[]>;

/** Diagnostics by the JSON pointers of what they are in. */
export function problemsByPlace(diagnostics: readonly Diagnostic[]): Problems {
  const found = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    for (let at = diagnostic.at; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const there = found.get(at);
      if (there === undefined) found.set(at, [diagnostic]);
      else there.push(diagnostic);
    }
  }
  return found;
}

const noProblems: readonly Diagnostic[] = [];
export const ProblemsContext = createContext<Problems>(new Map());

/** All that is wrong in the document that is shown, by place. */
export function useProblems(): Problems {
  const diagnostics = useApp((state) => state.open?.diagnostics) ?? noProblems;
  return useMemo(() => problemsByPlace(diagnostics), [diagnostics]);
}

/** What is wrong at a place and below it. */
export function useProblemsAt(at: string): readonly Diagnostic[] {
  return useContext(ProblemsContext).get(at) ?? noProblems;
}
