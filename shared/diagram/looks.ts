import type { ArrowLook, Mark } from "../flow/drawn.ts";
import type { HopName } from "../run/choice.ts";
import type { Look, Step } from "./diagram.ts";
import { type Numbering, numberText, subNumber } from "./numbering.ts";
import type { PlacedMark } from "./placed-marks.ts";

/** The steps as their author wants them drawn and numbered. The same list when nothing is wanted. */
export function drawnAsWanted(
  steps: readonly Step[],
  arrows: readonly ArrowLook[],
  marks: readonly PlacedMark[],
  stepOf: ReadonlyMap<HopName, number>,
  numbering: Numbering,
): readonly Step[] {
  const looks = new Map<number, ArrowLook>();
  for (const look of arrows) {
    const index = stepOf.get(look.at);
    if (index !== undefined && !looks.has(index)) looks.set(index, look);
  }
  const counted = marks.some(({ mark }) => mark.kind === "numbering" || (mark.kind === "fragment" && mark.restart));
  if (looks.size === 0 && !counted) return steps;
  const counter = counterFrom(numbering);
  let next = 0;
  return steps.map((step, index) => {
    for (let mark = marks[next]; mark !== undefined && mark.at < index; mark = marks[++next]) counter.pass(mark.mark);
    const look = looks.get(index);
    const { number, shown } = counter.count(look);
    if (look === undefined && number === step.number && shown) return step;
    const unnumbered = shown ? undefined : { unnumbered: true };
    return { ...(look === undefined ? step : looking(step, look, index)), number, ...unnumbered };
  });
}

function looking(step: Step, look: ArrowLook, index: number): Step {
  const { line, ends, slanted, state } = look;
  const wanted = lookOf(look);
  return {
    ...step,
    ...(line !== undefined && { line }),
    ...(ends === "found" && { from: { kind: "nowhere" } as const }),
    ...(ends === "lost" && { to: { kind: "nowhere" } as const }),
    ...(state === true && isToItself(step) && { state: true }),
    ...(slanted === true && step.sentBefore === undefined && { sentBefore: index }),
    ...(wanted !== undefined && { look: wanted }),
  };
}

const isToItself = ({ from, to }: Step): boolean =>
  from.kind === "lifeline" && to.kind === "lifeline" && from.id === to.id;

function lookOf({ head, tail, dots, colour }: ArrowLook): Look | undefined {
  if (head === undefined && tail === undefined && dots === undefined && colour === undefined) return undefined;
  return {
    ...(head !== undefined && { head }),
    ...(tail !== undefined && { tail }),
    ...(dots !== undefined && { dots }),
    ...(colour !== undefined && { colour }),
  };
}

interface Count {
  readonly next: number;
  readonly step: number;
}

interface Counter {
  /** Goes past a mark. */
  readonly pass: (mark: Mark) => void;
  /** The number of the next step, and whether the figure shows it. */
  readonly count: (look: ArrowLook | undefined) => { readonly number: string; readonly shown: boolean };
}

/** Counts steps from top to bottom. */
function counterFrom(numbering: Numbering): Counter {
  let count: Count = { next: numbering.start, step: 1 };
  let shown = true;
  let last = "";
  let sub = 0;
  /** What is counted on with after each open fragment; undefined where it does not restart. */
  const outer: (Count | undefined)[] = [];
  const next = (): string => {
    last = numberText(count.next);
    sub = 0;
    count = { next: count.next + count.step, step: count.step };
    return last;
  };
  return {
    pass: (mark) => {
      if (mark.kind === "fragment") {
        outer.push(mark.restart === true ? count : undefined);
        if (mark.restart === true) count = { next: 1, step: 1 };
      } else if (mark.kind === "end") count = outer.pop() ?? count;
      else if (mark.kind === "numbering") {
        count = { next: mark.start ?? count.next, step: mark.step ?? count.step };
        shown = mark.shown ?? shown;
      }
    },
    count: (look) => {
      if (look?.number !== undefined) {
        next();
        last = look.number;
        return { number: look.number, shown };
      }
      if (look?.numbered === "none") return { number: "", shown };
      if (look?.numbered === "same" && last !== "") return { number: last, shown };
      if (look?.numbered === "sub" && last !== "") return { number: subNumber(numbering, last, ++sub), shown };
      return { number: next(), shown };
    },
  };
}
