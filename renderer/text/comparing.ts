import { sameSaid } from "./same-said.ts";

/** From so many characters on, a text is not read where the person is typing. */
export const LONG = 20_000;

/** Compares what texts say without holding up the page. */
export interface Comparing {
  /** As `sameSaid`; of long texts the answer comes from a thread. False, if that fails. */
  readonly same: (a: string, b: string) => Promise<boolean>;
  readonly end: () => void;
}

/** @param start starts the thread; called when the first long texts are compared. */
export function comparing(start: () => Worker = startThread): Comparing {
  const asked: ((same: boolean) => void)[] = [];
  let thread: Worker | undefined;
  const giveUp = () => {
    thread?.terminate();
    thread = undefined;
    for (const answer of asked.splice(0)) answer(false);
  };
  return {
    same(a, b) {
      if (a === b) return Promise.resolve(true);
      if (a.length < LONG && b.length < LONG) return Promise.resolve(sameSaid(a, b));
      if (thread === undefined) {
        thread = start();
        // It answers in the order in which it was asked.
        thread.onmessage = ({ data }: MessageEvent<boolean>) => asked.shift()?.(data);
        thread.onerror = giveUp;
      }
      thread.postMessage([a, b]);
      return new Promise((answer) => asked.push(answer));
    },
    end: giveUp,
  };
}

function startThread(): Worker {
  return new Worker(new URL("./same-said.worker.ts", import.meta.url), { type: "module" });
}
