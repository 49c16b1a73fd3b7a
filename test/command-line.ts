import { runCommandLine } from "../electron/command-line/commands.ts";
import { whole } from "../shared/content.ts";

const home = new URL("../", import.meta.url);

/** What a command printed, and its exit code. */
export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line on the words after `callflow`. */
export function callflow(...words: string[]): Promise<Printed> {
  return callflowGiven(undefined, ...words);
}

/** The same with pieces of standard input. */
export async function callflowGiven(
  given: readonly (string | Uint8Array)[] | undefined,
  ...words: string[]
): Promise<Printed> {
  let out = "";
  let error = "";
  async function* stream() {
    yield* given ?? [];
  }
  const code = await runCommandLine(words, {
    out: (content) => {
      out += Buffer.from(whole(content)).toString("utf8");
    },
    error: (text) => {
      error += text;
    },
    home,
    ...(given !== undefined && { input: stream() }),
  });
  return { code, out, error };
}
