import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { fail, type Result } from "../../shared/flow/result.ts";
import { type CallName, calls, type Handlers, isCall } from "../../shared/ipc/contract.ts";

export interface Served<Event> {
  readonly handlers: Handlers;
  /** Whether the sender is the app's own page. */
  readonly isTrusted: (event: Event) => boolean;
  readonly log: (message: string) => void;
}

/** The longest request, in characters of JSON: a document of the largest size, were half of it escaped. */
const LONGEST_REQUEST = SIZE_LIMIT * 2;

/** Answers a call of the page: its name, its request as JSON, and the path of a file that a person gave with it. */
export type Answering<Event> = (event: Event, name: unknown, request: unknown, path: unknown) => Promise<string>;

/**
 * Serves the calls of the contract. Everything that comes in is checked: who sent it, which call it is, whether the
 * request fits; so is the outline of what goes out. What a handler throws is a mistake of ours: logged, and answered with
 * a sentence.
 */
export function serve<Event>({ handlers, isTrusted, log }: Served<Event>): Answering<Event> {
  return async (event, name, request, path) => {
    if (!isTrusted(event)) {
      log("Refused a call that did not come from the app's own page.");
      return JSON.stringify(fail("Only Callflow's own page may ask for this."));
    }
    if (typeof name !== "string" || !isCall(name)) {
      log(`Refused a call that does not exist: ${String(name).slice(0, 80)}`);
      return JSON.stringify(fail("There is no such call."));
    }
    const parsed = checked(name, request);
    if (!parsed.ok) {
      log(`Refused a request for ${name}: ${parsed.failure.detail}`);
      return JSON.stringify(parsed);
    }
    return answer(handlers, name, parsed.value, typeof path === "string" ? path : "", log);
  };
}

function checked(name: CallName, text: unknown): Result<unknown> {
  const sentence = `The request for ${name} is not of the agreed form.`;
  if (typeof text !== "string") return fail(sentence, "not text");
  if (text.length > LONGEST_REQUEST) return fail(`The request for ${name} is too large.`, `${text.length} characters`);
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch (error) {
    return fail(sentence, String(error));
  }
  const parsed = calls[name].request.safeParse(request);
  return parsed.success ? { ok: true, value: parsed.data } : fail(sentence, parsed.error.message);
}

async function answer(
  handlers: Handlers,
  name: CallName,
  request: unknown,
  path: string,
  log: (message: string) => void,
): Promise<string> {
  try {
    // The table pairs each name with its own request type; TypeScript cannot see that through the union.
    const handler = handlers[name] as (request: unknown, path: string) => Promise<Result<unknown>>;
    const result = await handler(request, path);
    if (result.ok) calls[name].response.parse(result.value);
    return JSON.stringify(result);
  } catch (error) {
    log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const sentence = "Something went wrong inside Callflow; the log says what. Your files are unchanged.";
    return JSON.stringify(fail(sentence, String(error)));
  }
}
