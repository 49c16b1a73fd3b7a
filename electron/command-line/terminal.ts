import type { Content } from "../../shared/content.ts";

/** What a command has of the world besides the files it is told to read and write. */
export interface Terminal {
  /** Standard output: results and nothing else. */
  readonly out: (content: Content) => void;
  /** Standard error: findings about the input, and why there is no result. */
  readonly error: (text: string) => void;
  /** Standard input, for a file that is called “-”; absent where there is none. */
  readonly input?: AsyncIterable<Uint8Array | string>;
  /** The program's own folder, with `flows/` and `package.json`. */
  readonly home: URL;
}

/** Text for a person, in which nothing can move the cursor, colour what follows, or turn its order round. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (sign) =>
    sign === "\n" || sign === "\t" ? sign : "\ufffd",
  );
}

/** 0: fine; 1: done, with findings; 2: unusable input or arguments, nothing was written. */
export type ExitCode = 0 | 1 | 2;
