import type { Result } from "../../shared/flow/result.ts";

/** What the workspace needs from outside. The app gives it Node's files; tests give it what they like. */

export interface Disk {
  /** The bytes of a file of at most `limit` bytes, or a sentence. */
  read(path: string, limit: number): Promise<Result<Uint8Array>>;
  /** Writes a file whole or not at all. */
  write(path: string, content: string | Uint8Array): Promise<Result<void>>;
}

/** The flows that come with the app, by id such as `cpm/one-to-one`. */
export interface Bundle {
  ids(): Promise<readonly string[]>;
  read(id: string): Promise<Result<Uint8Array>>;
}
