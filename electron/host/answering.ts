import type { Aside, Question } from "../workspace/aside.ts";
import { createThread } from "./thread.ts";

/** What a thread that answers questions is asked. */
export interface AsideJob {
  readonly handle: string;
  readonly question: Question;
}

/**
 * A thread that answers what may take long about open flows.
 * @param worker the built `answer.worker.cjs`
 */
export function createAside(worker: URL): Aside {
  const ask = createThread<AsideJob, never>(worker);
  return (handle, question) => ask({ handle, question });
}
