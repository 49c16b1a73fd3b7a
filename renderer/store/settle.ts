import type { Failure, Result } from "../../shared/flow/result.ts";

export function failure(message: string, detail?: unknown): { ok: false; failure: Failure } {
  return { ok: false, failure: { message, ...(detail === undefined ? {} : { detail: String(detail) }) } };
}

/** A call that did not even answer is a failure like any other. */
export async function settle<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call;
  } catch (error) {
    return failure("The app's main process did not answer. Save what you can and start Callflow again.", error);
  }
}
