/** What a command has of the world besides the files it is told to read and write. */
export interface Terminal {
  /** Standard output: results and nothing else. */
  readonly out: (text: string | Uint8Array) => void;
  /** Standard error: findings about the input, and why there is no result. */
  readonly error: (text: string) => void;
  /** The program's own folder, with `flows/` and `package.json`. */
  readonly home: URL;
}

/** 0: fine; 1: done, with findings; 2: unusable input or arguments, nothing was written. */
export type ExitCode = 0 | 1 | 2;
