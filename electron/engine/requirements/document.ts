import { holdsWays } from "../../../shared/combine/parts.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import type { HopName } from "../../../shared/run/choice.ts";
import type { Run } from "../../../shared/run/run.ts";
import type { Judgement } from "../../../shared/run/verdict.ts";
import { judgement, type Say } from "./requirement.ts";

/**
 * Judges what people wrote about a flow: its notes, prose and own requirement rows. `runs` are those of its variants; a
 * step counts where it happens in any of them.
 */
export function checkDocument(flow: Flow, runs: readonly Run[]): readonly Judgement[] {
  return [...checkText(flow, runs), ...checkRows(flow, runs)];
}

const hopsOf = (runs: readonly Run[]): ReadonlySet<HopName> => {
  const hops = new Set<HopName>();
  for (const run of runs) for (const { name } of run.hops) hops.add(name);
  return hops;
};

/** Judges the notes, names, citations, conditions and prose of a flow, as `checkDocument` does. */
export function checkText(flow: Flow, runs: readonly Run[]): readonly Judgement[] {
  const hops = hopsOf(runs);
  const texts = textsOf(flow);
  const style = { level: "house style" } as const;
  return [
    judgement(
      { ...style, id: "ED-2", source: "notes", sentence: "Notes are numbered once, in order and in one style." },
      (say) => judgeNotes(flow, texts, say),
    ),
    judgement(
      {
        ...style,
        id: "ED-5",
        source: "names",
        sentence: "Every entity that the text names is a lifeline, spelled alike.",
      },
      (say) => judgeNames(flow, texts, say),
    ),
    judgement(
      {
        ...style,
        id: "ED-6",
        source: "requirements",
        sentence: "Every cited requirement is exercised by a step, and every SHALL sentence belongs to one.",
      },
      (say) => judgeCitations(flow, texts, hops, say),
    ),
    judgement(
      {
        ...style,
        id: "ED-7",
        source: "conditions",
        sentence: "Every condition in the text says what happens otherwise, or a variant shows it.",
      },
      (say) => judgeConditions(flow, texts, say),
    ),
    judgement({ ...style, id: "ED-8", source: "prose", sentence: "The prose is free of the usual slips." }, (say) =>
      judgeProse(texts, say),
    ),
  ];
}

/** One text of the document and the steps it belongs to; none for text that stands apart from the steps. */
interface Text {
  readonly text: string;
  readonly at: readonly HopName[];
}

function textsOf(flow: Flow): readonly Text[] {
  const apart = (text: string | undefined): readonly Text[] => (text === undefined ? [] : [{ text, at: [] }]);
  return [
    ...apart(flow.introduction),
    ...(flow.definitions ?? []).flatMap(({ text }) => apart(text)),
    ...(flow.prose ?? []).map(({ text, at }) => ({ text, at: [at] })),
    ...(flow.notes ?? []).map(({ text, at }) => ({ text, at: at === undefined ? [] : [at] })),
  ];
}

/** Numbers are made when the flow is shown; what can go wrong is a number that somebody typed. */
function judgeNotes(flow: Flow, texts: readonly Text[], say: Say): void {
  const seen = new Set<string>();
  let isKept = true;
  for (const { text, at } of texts)
    for (const [whole, space = "", number = ""] of text.matchAll(/\bNOTE( ?)(\d+)/g)) {
      const [wrong] = [
        ...(seen.has(number) ? [`“${whole}” stands twice.`] : []),
        ...(space === "" ? [`“${whole}” is written without a space.`] : []),
      ];
      if (wrong !== undefined) {
        isKept = false;
        say.broken(at, wrong);
      }
      seen.add(number);
    }
  if (isKept && (flow.notes?.length ?? 0) > 0) say.kept();
}

const entity =
  /\b(?:CPM )?(?:Client|Conversation Server|Controlling Function) [A-Z]\d*\b|SIP\/IP Core [A-Z]\b|\bCPM Conversation(?! Server| Function)(?= [a-zA-Z])/g;

function judgeNames(flow: Flow, texts: readonly Text[], say: Say): void {
  const names = flow.scenario.participants.slice(0, 2000).map(({ name }) => name);
  const known = new Set(names.flatMap((name) => [name, name.replace(/ \([^)]*\)$/, "")]));
  for (const { text, at } of texts)
    for (const [named] of text.matchAll(entity)) {
      if (known.has(named)) say.kept(...at);
      else if (names.some((name) => name.endsWith(named)))
        say.broken(at, `“${named}” is spelled otherwise on its lifeline.`);
      else say.broken(at, `“${named}” is named, but is no lifeline.`);
    }
}

function judgeCitations(flow: Flow, texts: readonly Text[], hops: ReadonlySet<HopName>, say: Say): void {
  for (const { id, steps = [] } of flow.requirements ?? []) {
    const missing = steps.filter((step) => !hops.has(step));
    if (steps.length === 0) say.broken([], `${id} is cited, but no step exercises it.`);
    else if (missing.length > 0)
      say.broken(missing, `${id} is linked to ${missing.join(" and ")}, which no variant of the flow shows.`);
    else say.kept(...steps);
  }
  for (const { text, at } of texts) {
    const shall = sentencesOf(text).find((sentence) => /\bSHALL\b/.test(sentence));
    if (shall === undefined) continue;
    if (at.length > 0 && at.every((hop) => hops.has(hop))) say.kept(...at);
    else say.broken(at, `“${shortened(shall)}” belongs to no step.`);
  }
}

/** The first sentence of a text that makes what follows depend on a condition. */
function conditionIn(text: string): string | undefined {
  return sentencesOf(text).find((sentence) => /^If\b|\b[Ii]f (?:it is )?determined\b/.test(sentence));
}

/** The conditions in what is written at the steps of a flow. */
export function conditionsOf(flow: Flow): readonly { readonly sentence: string; readonly at: HopName }[] {
  return textsOf(flow).flatMap(({ text, at: [at] }) => {
    const sentence = at === undefined ? undefined : conditionIn(text);
    return at === undefined || sentence === undefined ? [] : [{ sentence, at }];
  });
}

function judgeConditions(flow: Flow, texts: readonly Text[], say: Say): void {
  for (const { text, at } of texts) {
    const condition = conditionIn(text);
    if (condition === undefined) continue;
    const other = /\b[Oo]therwise\b|\belse\b|\bout of scope\b|\b[Ii]f not\b|\bunless\b/.test(text);
    if (other || flow.variants.length > 1 || (flow.marks ?? []).some(holdsWays)) say.kept(...at);
    else say.broken(at, `“${shortened(condition)}” does not say what happens otherwise.`);
  }
}

const slips: readonly (readonly [RegExp, string])[] = [
  [/\bWhen the receiving\b/, "“When the receiving” lacks its subject."],
  [
    /\b(?:SHALL|SHOULD|MAY|MUST)(?: NOT)? (?!process|pass|address|access|discuss|express|always|thus)[a-z]+[^s\W]s\b/,
    "A verb after SHALL, SHOULD, MAY or MUST takes no s.",
  ],
  [/^\d+ ?[-–] ?\d+ (?![-–])|\n\d+ ?[-–] ?\d+ (?![-–])/, "A full stop is missing after the number."],
  [/\b(the|a|an|of|to|is) \1\b/i, "A word stands twice."],
];

function judgeProse(texts: readonly Text[], say: Say): void {
  for (const { text, at } of texts) {
    const found = slips.flatMap(([pattern, says]) => {
      const slip = pattern.exec(text)?.[0];
      return slip === undefined ? [] : [`${says} (“${slip.trim()}”)`];
    });
    for (const says of found) say.broken(at, says);
    if (found.length === 0) say.kept(...at);
  }
}

const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.;:!?])\s+/);
const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text);

/** Judges the rows that people added, in their order: a person says what they demand, the runs whether their steps happen. */
export function checkRows(flow: Flow, runs: readonly Run[]): readonly Judgement[] {
  const hops = hopsOf(runs);
  return (flow.requirements ?? []).map(({ id, level, text, release, steps = [] }) =>
    judgement({ id, level, source: release ?? "this flow", sentence: text }, (say) => {
      const shown = steps.filter((step) => hops.has(step));
      if (steps.length === 0) say.unknown([], "No step is linked to it.");
      else if (shown.length < steps.length) say.unknown(shown, "Not every step that is linked to it happens.");
      else say.kept(...shown);
    }),
  );
}
