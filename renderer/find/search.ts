import type { Diagram } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { SingleEdit } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { passagesOf, rewrite } from "../../shared/flow/passages.ts";
import type { Path } from "../../shared/flow/place.ts";
import type { HopName } from "../../shared/run/choice.ts";

/** Finding and replacing in everything that a person reads of a flow. Pure. */

export interface Query {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
}

/** Where a hit is: in a text of the document, or in the name of a message or what the engine tells of it. */
export type Place =
  | { readonly kind: "passage"; readonly path: Path; readonly hop?: HopName | undefined }
  | { readonly kind: "label"; readonly step: number; readonly hop: HopName; readonly authored: boolean };

/** One occurrence, with the text in which it stands. */
export interface Hit {
  /** What it stands in: "Paragraph", "Step 7". */
  readonly what: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

interface Searched {
  readonly what: string;
  readonly text: string;
  readonly place: Place;
}

/** What is sought as an expression; undefined while nothing is. */
function expression({ text, matchCase, wholeWord }: Query): RegExp | undefined {
  if (text === "") return undefined;
  const plain = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const whole = wholeWord ? `(?<![\\p{L}\\p{N}_])${plain}(?![\\p{L}\\p{N}_])` : plain;
  return new RegExp(whole, matchCase ? "gu" : "giu");
}

function* searchedIn(flow: Flow, diagram: Diagram | undefined): Generator<Searched> {
  for (const { kind, text, path } of passagesOf(flow)) {
    const [list, index] = path;
    const hop = list === "prose" || list === "notes" ? flow[list]?.[Number(index)]?.at : undefined;
    yield { what: kind, text, place: { kind: "passage", path, hop } };
  }
  const steps = stepsOf(diagram);
  for (const { label, first, text, origin } of diagram?.paragraphs ?? []) {
    const hop = steps[first]?.hops[0];
    // What the author wrote is a passage.
    if (origin === "computed" && hop !== undefined)
      yield { what: `Paragraph ${label}`, text, place: { kind: "label", step: first, hop, authored: false } };
  }
  for (const { index, number, label, hops, origin } of steps) {
    const [hop] = hops;
    if (hop === undefined) continue;
    const what = number === "" ? "Step" : `Step ${number}`;
    yield { what, text: label, place: { kind: "label", step: index, hop, authored: origin === "authored" } };
  }
}

/** Every occurrence, in the order in which the flow is read: what is written, what the engine tells, the names of messages. */
export function hitsOf(flow: Flow, diagram: Diagram | undefined, query: Query): readonly Hit[] {
  const sought = expression(query);
  if (sought === undefined) return [];
  const found: Hit[] = [];
  for (const { what, text, place } of searchedIn(flow, diagram))
    for (const { index, 0: match } of text.matchAll(sought))
      found.push({ what, text, start: index, end: index + match.length, place });
  return found;
}

/** Whether a hit can be replaced: what the rules name is theirs. */
export function isReplaceable({ place }: Hit): boolean {
  return place.kind === "passage" || place.authored;
}

/** What replacing comes to: edits of texts, and other names for messages that the author drew. */
export interface Replacement {
  readonly edits: readonly SingleEdit[];
  readonly labels: readonly { readonly hop: HopName; readonly label: string }[];
}

/** The replacement of some hits, those in one text together. A hit that cannot be replaced, or would empty a name, is left. */
export function replacementOf(flow: Flow, hits: readonly Hit[], by: string): Replacement {
  const texts = new Map<string, { readonly place: Place; readonly text: string; readonly hits: Hit[] }>();
  for (const hit of hits) {
    if (!isReplaceable(hit)) continue;
    const { place, text } = hit;
    const key = place.kind === "label" ? `step ${place.step}` : place.path.join("/");
    const before = texts.get(key);
    if (before === undefined) texts.set(key, { place, text, hits: [hit] });
    else before.hits.push(hit);
  }
  const written: { path: Path; text: string }[] = [];
  const labels: { hop: HopName; label: string }[] = [];
  for (const { place, text, hits: within } of texts.values()) {
    let next = "";
    let from = 0;
    for (const { start, end } of within.toSorted((a, b) => a.start - b.start)) {
      next += text.slice(from, start) + by;
      from = end;
    }
    next += text.slice(from);
    if (next.trim() === "" || next === text) continue;
    if (place.kind === "label") labels.push({ hop: place.hop, label: next });
    else written.push({ path: place.path, text: next });
  }
  return { edits: rewrite(flow, written), labels };
}
