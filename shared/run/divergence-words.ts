import type { Choice } from "./choice.ts";
import { choiceInWords } from "./choice-words.ts";
import type { Run } from "./run.ts";

/** How many of the choices that were possible a sentence names. */
const NAMED = 5;

/**
 * Where, why and instead of what a run stopped whose script's next choice was not possible, in words for people.
 * `names` by participant. Undefined for a run that did not stop so.
 */
export function divergenceInWords(run: Run, names: ReadonlyMap<string, string>) {
  const { divergence } = run;
  if (divergence === undefined) return undefined;
  const { at, choice, enabled } = divergence;
  const unlisted = enabled.length - NAMED;
  const possible = enabled.slice(0, NAMED).map((one) => choiceInWords(one, names));
  return {
    /** Counted from 1, as people do. */
    number: at + 1,
    choice: choiceInWords(choice, names).replace(/ only now$/, ""),
    why: whyNot(run, choice, enabled),
    possible: `${possible.join("; ")}${unlisted > 0 ? `; and ${unlisted} more` : ""}`,
  };
}

/** Why the choice was not possible, where that can be told; what people do has its reasons in the rules. */
function whyNot({ hops }: Run, choice: Choice, enabled: readonly Choice[]): string | undefined {
  if ("hop" in choice) {
    const hop = hops.find(({ name }) => name === choice.hop);
    if (hop === undefined) return "no such message has been sent by then";
    return hop.lost ? "that message has been lost by then" : "that message has arrived by then";
  }
  if (choice.kind === "expire") return "no such timer is running then";
  if (choice.kind !== "stimulate" || choice.what !== undefined) return undefined;
  const meant = enabled.flatMap((one) =>
    one.kind === "stimulate" && one.participant === choice.participant && one.stimulus === choice.stimulus
      ? (one.what ?? [])
      : [],
  );
  return meant.length < 2 ? undefined : `it may be about ${[...new Set(meant)].join(" or ")}: say which, with “what”`;
}
