import type { HopName } from "../run/choice.ts";

/**
 * References to steps in what people write. In the document a reference is the step's hop in braces,
 * `see step {clientB1>coreB ALERTING#1}`; it is shown as that step's number, whatever the number is by then. A hop whose
 * message has braces or line breaks in its name cannot be referred to.
 */
const reference = /\{([A-Za-z][A-Za-z0-9_-]*>[A-Za-z][A-Za-z0-9_-]* [^{}\n]*#\d+)\}/g;

/** A step as far as references go. */
export interface Referable {
  readonly number: string;
  readonly hops: readonly HopName[];
}

/** The hops that a text refers to, in its order. */
export function referencesIn(text: string): readonly HopName[] {
  return text.includes("{") ? [...text.matchAll(reference)].map(([, hop = ""]) => hop) : [];
}

/** The text with other references; where `renamed` gives none for a hop, its reference stays. */
export function renameReferences(text: string, renamed: (hop: HopName) => HopName | undefined): string {
  if (!text.includes("{")) return text;
  return text.replace(reference, (whole, hop: HopName) => {
    const name = renamed(hop);
    return name === undefined ? whole : `{${name}}`;
  });
}

/** The text as it is read: with numbers for references, "?" for a step that is not shown or has no number. */
export function withNumbers(text: string, numberOf: (hop: HopName) => string | undefined): string {
  return text.includes("{") ? text.replace(reference, (_, hop: HopName) => numberOf(hop) || "?") : text;
}

const number = String.raw`\d+(?:\.\d+)*[a-z]{0,2}(?![\p{L}\p{N}])`;
const between = String.raw`\s*(?:,\s*(?:and\s+|or\s+)?|–|-|\band\b|\bor\b|\bto\b)\s*`;
const typed = new RegExp(String.raw`\b[Ss]teps?\s+${number}(?:${between}${number})*`, "gu");
const singleNumber = new RegExp(number, "gu");

/**
 * The text as the document holds it: "step 9" and "steps 7 – 11" refer to the steps of these numbers, other numbers stay.
 * @param before what the text was: a step keeps the hop by which it was referred to.
 */
export function withReferences(text: string, steps: readonly Referable[], before = ""): string {
  if (!/[Ss]tep/.test(text)) return text;
  const hops = new Map<string, HopName>();
  const kept = new Set(referencesIn(before));
  for (const { number: printed, hops: carried } of steps) {
    const hop = carried.find((one) => kept.has(one)) ?? carried.find(isReferable);
    if (printed !== "" && hop !== undefined && (!hops.has(printed) || kept.has(hop))) hops.set(printed, hop);
  }
  return text.replace(typed, (phrase) =>
    phrase.replace(singleNumber, (printed) => {
      const hop = hops.get(printed);
      return hop === undefined ? printed : `{${hop}}`;
    }),
  );
}

function isReferable(hop: HopName): boolean {
  return referencesIn(`{${hop}}`).length === 1;
}

/**
 * The text as it is edited: with numbers where `withReferences` finds the way back, as the document holds it where not.
 */
export function asTyped(text: string, steps: readonly Referable[]): string {
  const referred = new Set(referencesIn(text));
  if (referred.size === 0) return text;
  const numbers = new Map<HopName, string>();
  for (const { number: printed, hops } of steps)
    for (const hop of hops) if (referred.has(hop)) numbers.set(hop, printed);
  const shown = text.replace(reference, (whole, hop: HopName) => numbers.get(hop) || whole);
  return withReferences(shown, steps, text) === text ? shown : text;
}
