import type { Step } from "../diagram/diagram.ts";
import type { ArrowLook, Mark } from "../flow/drawn.ts";
import type { Choice, HopName } from "../run/choice.ts";
import type { Run } from "../run/run.ts";

/** A page on which steps are drawn by hand, one under the other, so that they look as they did where they come from. */

/** A step on the page. Its hop is named when all are there: how often a name was sent before is known only then. */
export interface Placed {
  readonly step: Step;
  readonly from: string;
  readonly to: string;
  readonly look: ArrowLook | undefined;
}

/** Where something stands: after a step, or before the first. */
export type Anchor = Placed | undefined;

type Event = { readonly kind: "send" | "arrive"; readonly of: Placed };
/** A mark, wherever it stands. */
export type Unplaced<One extends Mark = Mark> = One extends Mark ? Omit<One, "at"> : never;

export interface Sheet {
  readonly steps: Placed[];
  readonly events: Event[];
  readonly marks: { readonly mark: Unplaced; readonly at: Anchor }[];
  /** The number that the next step gets by itself, and whether it is drawn. */
  count: { next: number; shown: boolean };
}

/** An empty page whose steps count from `start`. */
export const blankSheet = (start: number): Sheet => ({
  steps: [],
  events: [],
  marks: [],
  count: { next: start, shown: true },
});

/** Puts a mark under the last step. */
export function putMark(sheet: Sheet, mark: Unplaced): void {
  sheet.marks.push({ mark, at: sheet.steps.at(-1) });
}

/**
 * Draws a step under the last one. What was sent earlier than it arrives is sent there again, as far up as `mates` go:
 * the steps that may stand beside it.
 * @param shift by how much its number is greater here than where it comes from.
 */
export function drawStep(
  sheet: Sheet,
  step: Step,
  source: { readonly run: Run; readonly looks: readonly ArrowLook[] },
  shift: number,
  mates: readonly Placed[],
): Placed {
  const look = source.looks.find(({ at }) => step.hops.includes(at));
  const participant = (end: Step["from"], hop: HopName | undefined, side: "from" | "to") =>
    end.kind === "nowhere" ? (source.run.hops.find(({ name }) => name === hop)?.[side] ?? "") : end.id;
  const from = participant(step.from, step.hops[0], "from");
  const placed = { step, from, to: participant(step.to, step.hops.at(-1), "to"), look };
  renumber(sheet, step, look, shift);
  const late = step.sentBefore === undefined ? undefined : sentAbove(step.sentBefore, mates);
  if (late === undefined) {
    sheet.events.push({ kind: "send", of: placed });
    if (step.lost) sheet.events.push({ kind: "arrive", of: placed });
  } else {
    // Of two under way the one sent first is to arrive first: that passes the other over.
    let at = sheet.events.findIndex(({ kind, of }) => of === late && kind === "arrive");
    if (at < 0) {
      at = sheet.events.findIndex(({ of }) => of === late) + 1;
      sheet.events.splice(at, 0, { kind: "arrive", of: late });
    }
    sheet.events.splice(at, 0, { kind: "send", of: placed });
    const above = sheet.events.at(-1);
    // A loss does not wait until what was sent before has arrived.
    if (step.lost && above?.kind === "send") sheet.events.push({ kind: "arrive", of: above.of });
    sheet.events.push({ kind: "arrive", of: placed });
  }
  sheet.steps.push(placed);
  return placed;
}

const sentAbove = (index: number, mates: readonly Placed[]): Placed | undefined =>
  mates.find(({ step }) => step.index >= index);

/** The number that a step counts by; undefined for one that says its number itself or has none. */
export function countedNumber({ number }: Step, look: ArrowLook | undefined): number | undefined {
  if (look?.number !== undefined || look?.numbered !== undefined || number === "") return undefined;
  const counted = Number(number);
  return Number.isFinite(counted) ? counted : undefined;
}

/** Says from here on how steps are counted, where they would not get their numbers by themselves. */
function renumber(sheet: Sheet, step: Step, look: ArrowLook | undefined, shift: number): void {
  const { count } = sheet;
  const counted = countedNumber(step, look);
  const wanted = counted === undefined ? count.next : counted + shift;
  const shown = step.unnumbered !== true;
  if (wanted !== count.next || shown !== count.shown)
    putMark(sheet, {
      kind: "numbering",
      ...(wanted !== count.next && { start: wanted }),
      ...(shown !== count.shown && { shown }),
    });
  const takesOne = counted !== undefined || look?.number !== undefined;
  sheet.count = { next: wanted + (takesOne ? 1 : 0), shown };
}

/** The script that draws the page, and what the hop of each step is called in it. */
export function scriptOf(sheet: Sheet): { readonly script: Choice[]; readonly names: ReadonlyMap<Placed, HopName> } {
  const names = new Map<Placed, HopName>();
  const counts = new Map<string, number>();
  const script = sheet.events.map(({ kind, of }): Choice => {
    const { from, to, step } = of;
    if (kind === "arrive") {
      const hop = names.get(of) ?? "";
      return step.lost ? { kind: "lose", hop } : { kind: "deliver", hop, late: true };
    }
    const edge = `${from}>${to} ${step.label}`;
    const count = (counts.get(edge) ?? 0) + 1;
    counts.set(edge, count);
    names.set(of, `${edge}#${count}`);
    return { kind: "inject", from, to, message: messageOf(step) };
  });
  return { script, names };
}

function messageOf({ label, line }: Step) {
  if (line === "media") return { label, kind: "media" as const };
  return line === "dashed" ? { label, kind: "response" as const } : { label };
}

/** How the arrows of the page are drawn, by the names of their hops. */
export function looksOf(sheet: Sheet, names: ReadonlyMap<Placed, HopName>): ArrowLook[] {
  return sheet.steps.flatMap((placed) => {
    const { step, look } = placed;
    const { only: _, ...plain } = look ?? {};
    const own = {
      ...plain,
      ...(step.state === true && { state: true }),
      ...(step.sentBefore !== undefined && { slanted: true }),
    };
    return Object.keys(own).length === 0 ? [] : [{ ...own, at: names.get(placed) ?? "" }];
  });
}
