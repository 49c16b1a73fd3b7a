/**
 * What the preload script needs to know: the two channels on which everything crosses. It stands apart from the contract,
 * so that the preload script, which runs before the page, stays a few lines without the schemas.
 */

export const CALL_CHANNEL = "callflow:call";
export const EVENT_CHANNEL = "callflow:event";

/** The only two functions that the preload script gives the page, as `window.callflow`. */
export interface Exposed {
  /**
   * Sends a call with its request as JSON; gives the answer as JSON, to be checked by `answerSchema` and the call's
   * response schema. With a file of the person's, main is told its path too.
   */
  call(name: string, request: string, file?: File): Promise<string>;
  /** Hears every event, its payload as JSON; returns a function that stops hearing. */
  on(listener: (name: string, payload: string) => void): () => void;
}

/** A file as the page gets it. Only the page's own declarations know more of it. */
type File = object;
