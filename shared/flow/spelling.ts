import type { Flow } from "./flow.ts";
import { isTold, type Passage, passagesOf } from "./passages.ts";
import { pointer } from "./place.ts";
import type { Diagnostic } from "./result.ts";

/** A name in a passage that is almost that of a participant. */
export interface Misspelling {
  readonly passage: Passage;
  /** Where it stands in the passage. */
  readonly start: number;
  readonly wrong: string;
  readonly right: string;
}

interface Name {
  readonly text: string;
  readonly words: readonly string[];
}

interface Word {
  readonly text: string;
  readonly start: number;
}

/**
 * Names in the told text that are those of participants but for their capitals or a slip in one word: "CPM client B1",
 * "CPM Conversation Sever B". A name's last word, which says which of several it is, must be right; names of one word are
 * too near to ordinary ones.
 */
export function misspellings(flow: Flow): readonly Misspelling[] {
  const byLast = new Map<string, Name[]>();
  const exact = new Set<string>();
  for (const { name } of flow.scenario.participants) {
    const text = name.replace(/ \([^)]*\)$/, "");
    const words = wordsOf(text).map((word) => word.text);
    if (words.length < 2 || exact.has(text)) continue;
    exact.add(text);
    const last = words.at(-1)?.toLowerCase() ?? "";
    const list = byLast.get(last);
    if (list === undefined) byLast.set(last, [{ text, words }]);
    else list.push({ text, words });
  }
  if (byLast.size === 0) return [];
  return passagesOf(flow)
    .filter(isTold)
    .flatMap((passage) => misspelledIn(passage, byLast, exact));
}

function misspelledIn(
  passage: Passage,
  byLast: ReadonlyMap<string, readonly Name[]>,
  exact: ReadonlySet<string>,
): readonly Misspelling[] {
  const { text } = passage;
  const words = wordsOf(text.replace(/\{[^{}\n]*\}/g, (hop) => "\0".repeat(hop.length)));
  const found: Misspelling[] = [];
  words.forEach((last, at) => {
    for (const name of byLast.get(last.text.toLowerCase()) ?? []) {
      const stretch = words.slice(Math.max(0, at - name.words.length + 1), at + 1);
      const start = stretch[0]?.start ?? 0;
      const wrong = text.slice(start, last.start + last.text.length);
      if (stretch.length < name.words.length || exact.has(wrong)) continue;
      if (!isAlmost(stretch, name) || !isUnbroken(text, stretch)) continue;
      found.push({ passage, start, wrong, right: name.text });
      return;
    }
  });
  return found;
}

function isUnbroken(text: string, words: readonly Word[]): boolean {
  return words.every((word, i) => {
    const next = words[i + 1];
    return next === undefined || /^\s+$/.test(text.slice(word.start + word.text.length, next.start));
  });
}

/** Alike but for capitals, and at most one word a slip away from the right one. */
function isAlmost(stretch: readonly Word[], { words }: Name): boolean {
  let slips = 0;
  for (const [i, { text }] of stretch.entries()) {
    const [said, meant] = [text.toLowerCase(), (words[i] ?? "").toLowerCase()];
    if (said === meant) continue;
    // Several of a kind: "CPM Clients B1 and B2".
    if (said === `${meant}s` || i === words.length - 1 || meant.length < 4) return false;
    if (!isSlip(said, meant) || ++slips > 1) return false;
  }
  return slips > 0 || !stretch.every(({ text }, i) => text === words[i]);
}

/** One letter wrong, missing, too many, or two changed places. */
function isSlip(said: string, meant: string): boolean {
  if (Math.abs(said.length - meant.length) > 1) return false;
  let from = 0;
  while (from < said.length && said[from] === meant[from]) from++;
  const rest = [said.slice(from), meant.slice(from)] as const;
  const [s, m] = rest;
  return (
    s.slice(1) === m.slice(1) ||
    s.slice(1) === m ||
    s === m.slice(1) ||
    (s[0] === m[1] && s[1] === m[0] && s.slice(2) === m.slice(2))
  );
}

function wordsOf(text: string): readonly Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}/-]*/gu), ({ 0: word, index }) => ({
    text: word,
    start: index,
  }));
}

/** Each misspelled name as a warning at its passage. */
export function spellingDiagnostics(flow: Flow): readonly Diagnostic[] {
  return misspellings(flow).map(({ passage, wrong, right }) => ({
    severity: "warning",
    code: "entity-spelling",
    message: `“${wrong}” is written “${right}” on its lifeline.`,
    at: pointer(passage.path),
  }));
}
