import type { Diagram, Paragraph, Step } from "../../../shared/diagram/diagram.ts";
import { shownText } from "../../../shared/diagram/shown-text.ts";
import { stepsOf } from "../../../shared/diagram/steps-of.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import type { LayoutUse } from "./deck.ts";
import type { SlideView, Window } from "./slide-view.ts";
import type { Section } from "./write-deck.ts";

/** A variant as it is shown on slides. */
export interface Shown {
  readonly title: string;
  readonly description: string | undefined;
  readonly diagram: Diagram;
  readonly view: SlideView;
}

/** One slide to come. Links name slides by their place in the list. */
export interface Planned {
  readonly layout: LayoutUse;
  readonly title: string;
  readonly body: readonly { readonly text: string; readonly slide?: number; readonly lesser?: boolean }[];
  readonly notes: readonly string[];
  readonly picture?: Picture;
}

export interface Picture {
  readonly shown: Shown;
  readonly window: Window;
  /** The step that the slide is about. */
  readonly step?: number;
  /** Each click shows one more step. */
  readonly animated: boolean;
  /** Under the picture: which steps it shows. */
  readonly caption: string;
}

export type Kinds = "steps" | "animated" | "both";

export interface Contents {
  readonly slides: readonly Planned[];
  readonly sections: readonly Section[];
  /** Place of the overview among the slides. */
  readonly overview: number;
}

/** Which slides there are, in their order: title, overview with links, and for each variant its section. */
export function contentsOf(flow: Flow, variants: readonly Shown[], kinds: Kinds): Contents {
  const several = variants.length > 1;
  const sections = variants.map((shown) => sectionOf(shown, kinds, several));
  const pages = Math.max(1, Math.ceil(variants.length / LINKS));
  const firsts: number[] = [];
  sections.reduce((at, slides) => {
    firsts.push(at);
    return at + slides.length;
  }, 1 + pages);
  const overview = several
    ? variants.map((shown, i) => ({ text: `${shown.title} (${counted(shown.diagram)})`, slide: firsts[i] as number }))
    : windowLinks(variants[0], sections[0] ?? [], firsts[0] ?? 0);
  const front: Planned[] = [
    {
      layout: "title",
      title: flow.title,
      body: [flow.clause, flow.figure]
        .filter((text) => text !== undefined && text !== "")
        .map((text) => ({ text: text as string })),
      notes: frontNotes(flow, variants[0]?.diagram),
    },
    ...Array.from({ length: pages }, (_, i) => ({
      layout: "list" as const,
      title: pages === 1 ? "Overview" : `Overview (${i + 1} of ${pages})`,
      body: several ? overview.slice(i * LINKS, (i + 1) * LINKS) : overview,
      notes: [],
    })),
  ];
  return {
    slides: [...front, ...sections.flat()],
    sections: [
      { name: "Overview", slides: front.length },
      ...variants.map(({ title }, i) => ({ name: title, slides: sections[i]?.length ?? 0 })),
    ],
    overview: 1,
  };
}

/** Links that an overview slide holds in letters that can be read. */
const LINKS = 12;

const counted = ({ items }: Diagram): string => {
  const count = items.filter(({ type }) => type === "step").length;
  return count === 1 ? "1 step" : `${count} steps`;
};

/** A variant's slides. Where there are several variants the first says which it is. */
function sectionOf(shown: Shown, kinds: Kinds, several: boolean): readonly Planned[] {
  const { diagram, view, title, description } = shown;
  const steps = stepsOf(diagram);
  const says = description === undefined ? [] : [shownText(diagram, description)];
  const head: Planned[] = several
    ? [{ layout: "section", title, body: says.map((text) => ({ text })), notes: says }]
    : [];
  const animated = kinds === "steps" ? [] : view.windows.map((window) => animatedSlide(shown, window, steps));
  const one = kinds === "animated" ? [] : steps.map((step) => stepSlide(shown, step, steps));
  const slides = [...animated, ...one];
  const [window] = view.windows;
  if (slides.length > 0 || window === undefined) return [...head, ...slides];
  return [
    ...head,
    { layout: "picture", title, body: [], notes: says, picture: { shown, window, animated: false, caption: "" } },
  ];
}

function animatedSlide(shown: Shown, window: Window, steps: readonly Step[]): Planned {
  const { diagram, title, view } = shown;
  const inside = steps.filter(
    ({ index }) => (view.scene.stepRows[index] ?? -1) >= window.fresh && (view.scene.stepRows[index] ?? -1) < window.to,
  );
  const [first, last] = [inside[0]?.index ?? 0, inside.at(-1)?.index ?? 0];
  const told = diagram.paragraphs.filter((paragraph) => paragraph.last >= first && paragraph.first <= last);
  return {
    layout: "picture",
    title: view.windows.length === 1 ? title : `${title}: ${rangeOf(inside)}`,
    body: [],
    notes: told.flatMap(toldBy),
    picture: { shown, window, animated: true, caption: captionOf(inside, steps) },
  };
}

function stepSlide(shown: Shown, step: Step, steps: readonly Step[]): Planned {
  const { diagram, view } = shown;
  const window = view.windows[view.windowOf[step.index] ?? 0] as Window;
  const name = step.label.replace(/\s+/g, " ").trim() || step.name;
  const told = diagram.paragraphs.filter(({ first, last }) => first <= step.index && step.index <= last);
  return {
    layout: "picture",
    title: step.number === "" ? name : `${step.number}. ${name}`,
    body: [],
    notes: told.flatMap(toldBy),
    picture: { shown, window, step: step.index, animated: false, caption: captionOf([step], steps) },
  };
}

function toldBy({ label, text, notes }: Paragraph): readonly string[] {
  return [
    label === "" ? text : `${label} ${text}`,
    ...notes.map(({ number, text: says }) => (number === "" ? says : `${number}: ${says}`)),
  ];
}

/** "Step 3", "Steps 3 – 9". */
function rangeOf(steps: readonly Step[]): string {
  const numbered = (step: Step | undefined) => (step === undefined ? "" : step.number || String(step.index + 1));
  const [first, last] = [numbered(steps[0]), numbered(steps.at(-1))];
  return first === last ? `Step ${first}` : `Steps ${first} – ${last}`;
}

function captionOf(inside: readonly Step[], steps: readonly Step[]): string {
  const last = steps.at(-1);
  return inside.length === 0 || last === undefined ? "" : `${rangeOf(inside)} of ${last.number || steps.length}`;
}

/** Of a flow with one variant the overview leads to its windows. */
function windowLinks(
  shown: Shown | undefined,
  slides: readonly Planned[],
  first: number,
): readonly { readonly text: string; readonly slide: number }[] {
  if (shown === undefined) return [];
  const steps = stepsOf(shown.diagram);
  const { windows, scene } = shown.view;
  const links = windows.map((window) => {
    const inside = steps.filter(({ index }) => {
      const row = scene.stepRows[index] ?? -1;
      return row >= window.fresh && row < window.to;
    });
    const at = slides.findIndex(({ picture }) => picture?.window === window);
    return { inside, at };
  });
  const listed = links.filter(({ inside, at }) => inside.length > 0 && at >= 0);
  // Where there are too many, one link leads to several windows that follow each other.
  const each = Math.ceil(listed.length / LINKS);
  return listed
    .filter((_, i) => i % each === 0)
    .map(({ inside, at }, i) => ({
      text: `${rangeOf(listed.slice(i * each, (i + 1) * each).flatMap((one) => one.inside))}: ${(inside[0]?.label ?? "").replace(/\s+/g, " ")}`,
      slide: first + at,
    }));
}

/** What stands before the figure in a document: the speaker says it at the start. */
function frontNotes(flow: Flow, diagram: Diagram | undefined): readonly string[] {
  const shown = (text: string) => (diagram === undefined ? text : shownText(diagram, text));
  return [
    ...(flow.introduction === undefined ? [] : [shown(flow.introduction)]),
    ...(flow.definitions ?? []).map(({ term, text }) => `${term}: ${shown(text)}`),
    ...(diagram?.introNotes ?? []).map(({ number, text }) => (number === "" ? text : `${number}: ${text}`)),
  ];
}
