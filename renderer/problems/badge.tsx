import { countProblems } from "./problems.ts";
import { useProblems } from "./use-problems.ts";

/** How many problems ask for something to be done; nothing without any. */
export function ProblemsBadge() {
  const count = countProblems(useProblems().problems);
  if (count === 0) return null;
  return (
    <span className="rail-badge">
      {count > 99 ? "99+" : count}
      <span className="visually-hidden"> {count === 1 ? "problem" : "problems"}</span>
    </span>
  );
}
