/** A stretch of text; one that is kept stands on one line. */
export interface Stretch {
  readonly text: string;
  readonly keep: boolean;
}

/**
 * What typesetters do not break: "1-1" and "1-N", a number or a single letter after its word ("step 12", "Network B",
 * "CPM Client B1"), a clause after its sign. The text itself stays as it is.
 */
const KEPT = /\d+-(?:\d+|[A-Z]\b)|§ ?[\d.]+|\b\p{L}+ (?:\d{1,3}|[A-Z]\d{0,2})(?![\p{L}\d-])/gu;

/** Cuts a text into stretches that may be broken into lines and such that may not. Joined they are the text. */
export function stretches(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(KEPT)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), keep: false });
    found.push({ text: match[0], keep: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), keep: false });
  return found;
}
