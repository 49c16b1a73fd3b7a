import type { Checked } from "../../shared/run/verdict.ts";
import { type Answer, type Answers, useAnswer } from "../store/use-answer.ts";
import { useActions } from "../store/use-app.ts";

/** How long the flow has to stay as it is before it is judged, in ms: an edit seldom comes alone. */
const SETTLE_MS = 250;

const answers: Answers<Checked> = new WeakMap();

/** The verdicts on the run shown and its document. */
export function useChecked(): Answer<Checked> {
  const { check } = useActions();
  return useAnswer({ answers, key: "", ask: check, after: SETTLE_MS });
}
