import type { Flow } from "./flow.ts";

type Request = NonNullable<Flow["changeRequest"]>;

/** What a change request says besides how it is made; a change's title and text are two levels down. */
export const requestTexts = [
  "justification",
  "clauses",
  "summary",
  "consequence",
  "revision",
  "compatibility",
  "otherSpecifications",
  "recommendation",
] as const satisfies readonly (keyof Request)[];

/** The change request with each of its texts made another one. The same one where none of them changes. */
export function withTexts<R extends Partial<Request>>(request: R, made: (text: string) => string): R {
  let next: R = request;
  for (const key of requestTexts) {
    const text = request[key];
    if (text !== undefined && made(text) !== text) next = { ...next, [key]: made(text) };
  }
  const changes = request.changes?.map((change) => {
    const title = made(change.title);
    const text = change.text === undefined ? undefined : made(change.text);
    return title === change.title && text === change.text
      ? change
      : { ...change, title, ...(text !== undefined && { text }) };
  });
  return changes === undefined || changes.every((change, i) => change === request.changes?.[i])
    ? next
    : { ...next, changes };
}
