import { parentPort } from "node:worker_threads";
import type { AsideJob } from "./host/answering.ts";
import type { Answered, Numbered } from "./host/thread.ts";
import { type AnswerTo, createAnswering, type Question } from "./workspace/aside.ts";

// Answers what may take long about open flows, in a thread of its own, one question after the other.

const answer = createAnswering();

parentPort?.on("message", ({ id, job: { handle, question } }: Numbered<AsideJob>) => {
  const answered: Answered<AnswerTo[Question["kind"]]> = { id, answer: answer(handle, question) };
  parentPort?.postMessage(answered);
});
