/**
 * How things that may go wrong are told. A `Failure` is for a user: nothing came of what was asked, and why. A
 * `Diagnostic` says what is wrong in a document, and where; it never stops the document from being opened.
 * All are plain JSON, so that they cross between processes unchanged.
 */

/** Either what was asked for, or why there is none. Functions that return it do not throw for anything a user may do. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

export interface Failure {
  /** One sentence a person can act on. */
  readonly message: string;
  /** For the log and the curious: the underlying error's own words. */
  readonly detail?: string;
}

export type Severity = "error" | "warning" | "info";

export interface Diagnostic {
  readonly severity: Severity;
  /** Stable and short, e.g. `unknown-participant`; tests and filters use it. */
  readonly code: string;
  /** One sentence, which names its place. */
  readonly message: string;
  /** Where in the document, as a JSON pointer (RFC 6901); empty for the whole of it. */
  readonly at: string;
}

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(message: string, detail?: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: detail === undefined ? { message } : { message, detail } };
}
