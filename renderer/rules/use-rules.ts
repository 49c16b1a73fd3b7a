import { ok } from "../../shared/flow/result.ts";
import type { RuleInfo } from "../../shared/run/run.ts";
import { type Answer, type Answers, useAnswer } from "../store/use-answer.ts";
import { useActions } from "../store/use-app.ts";

const answers: Answers<readonly RuleInfo[]> = new WeakMap();
/** The rules are the same for every flow and run. */
let all: readonly RuleInfo[] | undefined;

/** The rules of the engine. */
export function useRules(): Answer<readonly RuleInfo[]> {
  const { rules } = useActions();
  const ask = async () => {
    if (all !== undefined) return ok(all);
    const answer = await rules();
    if (answer.ok) all = answer.value;
    return answer;
  };
  return useAnswer({ answers, key: "", ask, after: 0 });
}
