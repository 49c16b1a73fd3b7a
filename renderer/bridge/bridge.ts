import { SIZE_LIMIT, tooLarge } from "../../shared/flow/decode.ts";
import type { Failure, Result } from "../../shared/flow/result.ts";
import type { Exposed } from "../../shared/ipc/channels.ts";
import {
  answerSchema,
  type CallName,
  calls,
  type EventName,
  type EventPayload,
  events,
  isEvent,
  type Request,
  type Response,
} from "../../shared/ipc/contract.ts";
import type { OpenFlow } from "../../shared/ipc/shapes.ts";

declare global {
  interface Window {
    /** Given by the preload script; absent where the page is shown outside the app. */
    readonly callflow?: Exposed;
  }
}

const notUnderstood: Failure = {
  message: "The app answered something that this window does not understand; please start it again.",
};

/**
 * Calls main. Never rejects: what goes wrong on the way is a failure like any other.
 * @param file a file that the person gave the page, for the calls that read one; see `openFile`.
 */
export async function call<Name extends CallName>(
  name: Name,
  request: Request<Name>,
  file?: File,
): Promise<Result<Response<Name>>> {
  const exposed = window.callflow;
  if (exposed === undefined)
    return { ok: false, failure: { message: "This page works inside the Callflow app only." } };
  try {
    const answer = answerSchema.safeParse(JSON.parse(await exposed.call(name, JSON.stringify(request), file)));
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
      const parsed = events[name].safeParse(JSON.parse(payload));
      const listener = listeners[name] as ((payload: unknown) => void) | undefined;
      if (parsed.success) listener?.(parsed.data);
    }) ?? (() => {})
  );
}

/**
 * Opens a file that was dropped on the page: by its path, so that it is remembered among the recent files, or by its text
 * where it has no path.
 */
export async function openFile(file: File): Promise<Result<OpenFlow>> {
  const byPath = await call("flow.openFile", {}, file);
  if (!byPath.ok) return byPath;
  if (byPath.value !== null) return { ok: true, value: byPath.value };
  if (file.size > SIZE_LIMIT) return { ok: false, failure: { message: tooLarge(file.name, file.size) } };
  try {
    return await call("flow.openText", { name: file.name.slice(0, 255), text: await file.text() });
  } catch (error) {
    return { ok: false, failure: { message: `“${file.name}” cannot be read.`, detail: String(error) } };
  }
}
