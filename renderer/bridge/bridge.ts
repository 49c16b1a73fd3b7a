import type { Failure, Result } from "../../shared/flow/result.ts";
import {
  answerSchema,
  type CallName,
  calls,
  type EventName,
  type EventPayload,
  type Exposed,
  events,
  isEvent,
  type Request,
  type Response,
} from "../../shared/ipc/contract.ts";

declare global {
  interface Window {
    /** Given by the preload script; absent where the page is shown outside the app. */
    readonly callflow?: Exposed;
  }
}

const notUnderstood: Failure = {
  message: "The app answered something that this window does not understand; please start it again.",
};

/** Calls main. Never rejects: what goes wrong on the way is a failure like any other. */
export async function call<Name extends CallName>(name: Name, request: Request<Name>): Promise<Result<Response<Name>>> {
  const exposed = window.callflow;
  if (exposed === undefined)
    return { ok: false, failure: { message: "This page works inside the Callflow app only." } };
  try {
    const answer = answerSchema.safeParse(await exposed.call(name, request));
    if (!answer.success) return { ok: false, failure: { ...notUnderstood, detail: answer.error.message } };
    if (!answer.data.ok) return { ok: false, failure: withoutUndefined(answer.data.failure) };
    const value = calls[name].response.safeParse(answer.data.value);
    return value.success
      ? { ok: true, value: value.data as Response<Name> }
      : { ok: false, failure: { ...notUnderstood, detail: value.error.message } };
  } catch (error) {
    return { ok: false, failure: { ...notUnderstood, detail: String(error) } };
  }
}

function withoutUndefined({ message, detail }: { message: string; detail?: string | undefined }): Failure {
  return detail === undefined ? { message } : { message, detail };
}

export type Listeners = { readonly [Name in EventName]?: (payload: EventPayload<Name>) => void };

/** Hears main's events; what does not fit its schema is dropped. Returns a function that stops hearing. */
export function listen(listeners: Listeners): () => void {
  return (
    window.callflow?.on((name, payload) => {
      if (!isEvent(name)) return;
      const parsed = events[name].safeParse(payload);
      const listener = listeners[name] as ((payload: unknown) => void) | undefined;
      if (parsed.success) listener?.(parsed.data);
    }) ?? (() => {})
  );
}
