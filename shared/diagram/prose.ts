import type { Flow } from "../flow/flow.ts";
import { startOfSentence } from "../flow/names.ts";
import { holdsFor } from "../flow/only.ts";
import { withNumbers } from "../flow/step-references.ts";
import type { HopName } from "../run/choice.ts";
import type { Hop, Reaction, Run } from "../run/run.ts";
import type { End, NumberedNote, Paragraph, Step } from "./diagram.ts";
import type { PlacedNotes } from "./notes.ts";
import { type Numbering, rangeLabel } from "./numbering.ts";
import { hopsOf, type Origins } from "./steps.ts";
import type { Visibility } from "./visibility.ts";

/** What the prose is made from. */
export interface Telling {
  readonly flow: Flow;
  readonly run: Run;
  /** The variant whose run it is; what is said of others alone is not told. */
  readonly variant?: string | undefined;
  readonly steps: readonly Step[];
  readonly origins: Origins;
  readonly stepOf: ReadonlyMap<HopName, number>;
  readonly notes: PlacedNotes;
  readonly visibility: Visibility;
  readonly numbering: Numbering;
  /** The number of the step that carries a hop, for references in the text. */
  readonly numberOf: (hop: HopName) => string | undefined;
}

/** The numbered paragraphs: what the author wrote, and between it the sentences of the rules. Every step is in one. */
export function paragraphsOf(telling: Telling): readonly Paragraph[] {
  const { steps, origins } = telling;
  const authored = authoredRanges(telling);
  const told = new Set<Reaction>(origins.told.values());
  const paragraphs: Paragraph[] = [];
  let next = 0;
  for (let first = 0; first < steps.length; ) {
    const range = authored[next];
    if (range?.first === first) {
      next++;
      const text = withNumbers(range.text, telling.numberOf);
      paragraphs.push({ ...paragraph(telling, range, text, "authored"), entries: range.entries });
      first = range.last + 1;
      continue;
    }
    const last = endOfGroup(telling, first, (range?.first ?? steps.length) - 1);
    paragraphs.push(paragraph(telling, { first, last }, computedText(telling, first, last, told), "computed"));
    first = last + 1;
  }
  return paragraphs;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

function paragraph(telling: Telling, { first, last }: Range, text: string, origin: Paragraph["origin"]): Paragraph {
  return {
    label: rangeLabel(telling.numbering, numberAt(telling, first), numberAt(telling, last)),
    first,
    last,
    text,
    origin,
    notes: telling.notes.after.size === 0 ? none : notesWithin(telling, first, last),
  };
}

const numberAt = ({ steps }: Telling, index: number): string => steps[index]?.number ?? "";

const none: readonly NumberedNote[] = [];

function notesWithin(telling: Telling, first: number, last: number): readonly NumberedNote[] {
  const found: NumberedNote[] = [];
  for (let i = first; i <= last; i++) for (const { note } of telling.notes.after.get(i) ?? []) found.push(note);
  return found;
}

type Authored = Range & { readonly text: string; readonly entries: readonly number[] };

/** The author's paragraphs by the steps they cover. Where two meet in one step, as in a view that hides what tells them apart, they are one. */
function authoredRanges({ flow, steps, stepOf, variant }: Telling): readonly Authored[] {
  const ranges: (Authored & { readonly within: number })[] = [];
  for (const [entry, paragraph] of (flow.prose ?? []).entries()) {
    const { at, to, text } = paragraph;
    if (!holdsFor(paragraph, variant)) continue;
    const first = stepOf.get(at);
    if (first === undefined) continue;
    const last = to === undefined ? first : (stepOf.get(to) ?? first);
    const within = steps[first]?.hops.indexOf(at) ?? 0;
    ranges.push({ first: Math.min(first, last), last: Math.max(first, last), text, entries: [entry], within });
  }
  ranges.sort((a, b) => a.first - b.first || a.within - b.within);
  const apart: Authored[] = [];
  for (const { first, last, text, entries } of ranges) {
    const before = apart.at(-1);
    if (before === undefined || first > before.last) apart.push({ first, last, text, entries });
    else
      apart[apart.length - 1] = {
        first: before.first,
        last: Math.max(before.last, last),
        text: `${before.text} ${text}`,
        entries: [...before.entries, ...entries],
      };
  }
  return apart;
}

/** The last step, up to `limit`, that one sentence tells together with the step `first`. */
function endOfGroup(telling: Telling, first: number, limit: number): number {
  let last = first;
  while (last < limit && isToldWith(telling, last, last + 1)) last++;
  return last;
}

/** What one rule sends at once is one paragraph; so is a response all the way back, and a relay that nothing is said about. */
function isToldWith({ run, origins }: Telling, before: number, next: number): boolean {
  const [first] = hopsOf(origins, next);
  if (first === undefined || (first.rule === undefined && first.relays === undefined)) return false;
  const above = hopsOf(origins, before);
  if (above[0] === undefined) return false;
  if (first.rule !== undefined && first.rule === above[0].rule && first.sent === above[0].sent) return true;
  if (first.relays === undefined || first.relays !== above[above.length - 1]?.name) return false;
  return isResponse(first) || (reactionOf(run, first)?.says ?? "") === "";
}

const isResponse = (hop: Hop): boolean => hop.message.kind === "provisional" || hop.message.kind === "final";

/** The firing of the rule that sent a hop; a rule fires once in a turn. */
function reactionOf(run: Run, hop: Hop): Reaction | undefined {
  if (hop.rule === undefined) return undefined;
  return run.turns[hop.sent]?.reactions.find((reaction) => reaction.rule === hop.rule);
}

function computedText(telling: Telling, first: number, last: number, told: Set<Reaction>): string {
  const { run, steps, origins } = telling;
  const start = steps[first];
  const end = steps[last];
  if (start === undefined || end === undefined) return "";
  const [hop] = hopsOf(origins, first);
  if (hop === undefined) return sentence(origins.told.get(first)?.says || start.label);
  const reaction = reactionOf(run, hop);
  let text =
    reaction === undefined || reaction.says === "" || told.has(reaction)
      ? plainSentence(telling, start, hop)
      : sentence(reaction.says);
  if (reaction !== undefined) told.add(reaction);
  const [onward] = hopsOf(origins, last);
  const isSameOnward = onward?.relays !== undefined && onward.sent !== hop.sent && end.name === start.name;
  if (last > first && isSameOnward) {
    const to = endName(end.to, telling.visibility, "called");
    const path = hop.message.kind === "media" ? "media" : "signalling";
    text += ` ${sentence(`${messageName(telling, end)} is routed to ${to} through the ${path} path`)}`;
  }
  for (let i = first; i <= last; i++) text += receiptText(telling, i, told);
  return text;
}

/** What is to be told of a receipt that led to no message: that it is absorbed, that a session is established, that it is lost. */
function receiptText(telling: Telling, index: number, told: Set<Reaction>): string {
  const step = telling.steps[index];
  const last = hopsOf(telling.origins, index).at(-1);
  if (step === undefined || last === undefined) return "";
  if (last.lost !== undefined) return ` ${sentence(`${messageName(telling, step)} is lost`)}`;
  const turn = last.received === undefined ? undefined : telling.run.turns[last.received];
  if (turn === undefined) return "";
  let text = "";
  for (const reaction of turn.reactions) {
    if (reaction.sends.length > 0 || reaction.says === "" || told.has(reaction)) continue;
    told.add(reaction);
    text += ` ${sentence(reaction.says)}`;
  }
  return turn.unexpected === undefined ? text : `${text} ${sentence(turn.unexpected)}`;
}

/** A sentence for a message of which no rule tells, or of which its rule has told before. */
function plainSentence(telling: Telling, step: Step, hop: Hop): string {
  const from = endName(step.from, telling.visibility, "Called");
  const to = endName(step.to, telling.visibility, "called");
  const what = messageName(telling, step);
  // What comes from outside of the figure, or goes there, is told by the end that is in it.
  if (step.from.kind === "nowhere") return sentence(`${what} reaches ${to} from outside`);
  if (step.to.kind === "nowhere") return `${from} sends ${what} to the outside.`;
  if (isToItself(step)) return `${from} sends ${what} to itself.`;
  if (hop.origin === "authored") return `${from} sends ${what} to ${to}.`;
  if (hop.relays !== undefined) return `${from} passes ${what} on to ${to}.`;
  return isResponse(hop) ? `${from} responds with ${what}.` : `${from} sends ${what} to ${to}.`;
}

const isToItself = ({ from, to }: Step): boolean =>
  from.kind !== "nowhere" && to.kind !== "nowhere" && from.id === to.id;

/** What a sentence calls a message; at SIP level with its SIP start, which is what stands over the arrow. */
function messageName({ visibility }: Telling, step: Step): string {
  if (step.origin === "authored") return step.label;
  const both = visibility.level === "sip" && step.sip !== step.name;
  return both ? `the ${step.name} (${step.sip})` : `the ${step.name}`;
}

function endName(end: End, visibility: Visibility, form: "called" | "Called"): string {
  if (end.kind === "nowhere") return "nowhere";
  return visibility.known.get(end.id)?.[form] ?? end.id;
}

/** A complete sentence: with the article before a name that starts it, a capital and a full stop. */
function sentence(text: string): string {
  const start = startOfSentence(text.trim());
  return /[.!?:]$/.test(start) ? start : `${start}.`;
}
