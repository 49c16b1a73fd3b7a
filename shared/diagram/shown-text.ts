import { referencesIn, withNumbers } from "../flow/step-references.ts";
import type { Diagram } from "./diagram.ts";

/** A text of the document beside the paragraphs and notes of a diagram, with the numbers of the steps it refers to. */
export function shownText(diagram: Diagram, text: string): string {
  const wanted = new Set(referencesIn(text));
  if (wanted.size === 0) return text;
  const numbers = new Map<string, string>();
  for (const item of diagram.items)
    if (item.type === "step") for (const hop of item.hops) if (wanted.has(hop)) numbers.set(hop, item.number);
  return withNumbers(text, (hop) => numbers.get(hop));
}
