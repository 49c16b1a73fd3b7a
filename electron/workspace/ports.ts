import type { Content } from "../../shared/content.ts";
import type { Edit } from "../../shared/flow/edit.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";

/** What the workspace needs from outside. The app gives it Node's files; tests give it what they like. */

export interface Disk {
  /** The bytes of a file of at most `limit` bytes, or a sentence. */
  read(path: string, limit: number): Promise<Result<Uint8Array>>;
  /** Writes a file whole or not at all. */
  write(path: string, content: Content): Promise<Result<void>>;
}

/** Files beside a document. */
export interface Nearby {
  /** A file in the folder of `document` or below it: its whole path and bytes. Fails for any other, whatever leads to it. */
  read(
    document: string,
    path: string,
    limit: number,
  ): Promise<Result<{ readonly path: string; readonly bytes: Uint8Array }>>;
}

/** The flows that come with the app, by id such as `cpm/one-to-one`. */
export interface Bundle {
  ids(): Promise<readonly string[]>;
  read(id: string): Promise<Result<Uint8Array>>;
}

/** A document as a journal has to know it. */
export interface Journalled {
  readonly handle: string;
  readonly name: string;
  readonly path?: string;
  readonly flow: Flow;
}

/** Where edits that are not saved are kept, in case the app ends without warning. */
export interface Journal {
  /** A document that is in no file as it is. `seen`: its file's bytes as they were last seen. */
  start(open: Journalled, seen?: Uint8Array): void;
  /** `open` was changed by the edit; `after` is the document now. */
  record(open: Journalled, edit: Edit, after: Flow, seen?: Uint8Array): void;
  /** Nothing of the document would be lost any more. */
  forget(handle: string): void;
}

/** What a picture or a document carries of the flow that it was made of. */
export interface Carried {
  /** The document's text, as in a file of its own. */
  readonly document: string;
  readonly variant: string;
  readonly view?: View;
  /** A sentence where the figure was changed since. */
  readonly remark?: string;
}

/** Looks for a flow in the bytes of a file; undefined where they are of no kind that carries one. */
export type FindCarried = (bytes: Uint8Array, name: string) => Promise<Result<Carried> | undefined>;
