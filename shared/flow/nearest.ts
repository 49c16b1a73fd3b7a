import { distance } from "fastest-levenshtein";

/** The longest word that is compared: nobody mistypes a longer one by a letter alone. */
const LONGEST = 80;

/** Which of `known` a mistyped `word` is likely to mean: one that is a slip or two away, or differs in capitals only. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length < 3 || word.length > LONGEST) return undefined;
  const said = word.toLowerCase();
  let best: string | undefined;
  let least = Math.min(2, Math.floor((word.length + 1) / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const far = distance(said, candidate.toLowerCase());
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** The end of a sentence that says which is meant; empty where nothing is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const found = nearest(word, known);
  return found === undefined ? "" : ` Did you mean ${found}?`;
}
