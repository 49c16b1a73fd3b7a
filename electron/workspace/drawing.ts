import { putBeside } from "../../shared/flow/beside.ts";
import type { Mark } from "../../shared/flow/drawn.ts";
import { apply, type Edit, singles } from "../../shared/flow/edit.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { renameHops } from "../../shared/flow/rename-hops.ts";
import { ok, type Result } from "../../shared/flow/result.ts";
import type { Choice, HopName } from "../../shared/run/choice.ts";
import type { Gesture } from "../../shared/run/gesture.ts";
import { partingTurn } from "../../shared/run/parting.ts";
import type { Run } from "../../shared/run/run.ts";
import { type IsAbove, type Splice, spliceScript } from "../../shared/run/splice.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { computeRun, intervene, sameHops } from "../engine/index.ts";
import { leftBehind } from "./left-behind.ts";

type SingleEdit = Exclude<Edit, { kind: "group" }>;

/** An edit as the list of what can be undone calls it, and the hops that it draws. */
interface Drawing {
  readonly label: string;
  readonly edit: Edit;
  readonly drawn: readonly HopName[];
  /** What the hops that are there before and after are called after it, by their names before. */
  readonly same: ReadonlyMap<HopName, HopName>;
  /** The variant's run after it. */
  readonly run: Run;
}

/**
 * The edit of the document that a gesture on the picture of a variant means: its script, wherever the variant has that
 * part of it from, and the new names of hops wherever something is written about them.
 * @param run the variant's run as the document stands.
 * @param runOf the same of the other variants.
 * @param isSaid what stands beside the messages is said elsewhere: marks and notes only follow the names of their hops.
 */
export function drawingEdit(
  flow: Flow,
  variant: string,
  run: Run,
  gesture: Gesture,
  runOf: RunOf = computing(flow),
  isSaid = false,
): Result<Drawing> {
  const script = wholeScript(flow, variant);
  if (!script.ok) return script;
  const coming =
    gesture.kind === "draw" ? (gesture.participants ?? []).map((one) => ({ ...one, role: "other" as const })) : [];
  const scenario = { ...flow.scenario, participants: [...flow.scenario.participants, ...coming] };
  const intervened = intervene(scenario, script.value, run, gesture);
  if (!intervened.ok) return intervened;
  const { script: next, original } = intervened.value;
  const before = { run, script: script.value };
  const after = { run: computeRun(scenario, next), script: next };
  const turn = partingTurn(run, after.run);
  const isLater = (other: Run | undefined) => other !== undefined && partingTurn(run, other) > turn;
  const isAbove: IsAbove = (id) => id === variant || isLater(runOf(id));
  const spliced = spliceScript(flow, variant, splicesBetween(script.value, next), isAbove);
  if (!spliced.ok) return spliced;
  const first = flow.scenario.participants.length;
  const inserts = coming.map(
    (element, i) => ({ kind: "insert", list: "participants", index: first + i, element }) as const,
  );
  const same = sameHops(before, after, original);
  const known = new Set(same.values());
  const drawn = after.run.hops.filter((hop) => hop.rule === undefined && !known.has(hop.name)).map(({ name }) => name);
  const renamed = [...renameHops(flow, same), ...reattached(flow, run, same)];
  const edits = [...inserts, ...spliced.value, ...renamed, ...besideDrawn(flow, gesture, drawn, same)];
  const standing = isSaid
    ? []
    : gesture.kind === "erase"
      ? leftBehind(flow, variant, run, same, spliced.value)
      : standingMarks(flow, run, gesture, drawn, same);
  return ok({
    label: labelOf(gesture, run),
    edit: { kind: "group", edits: [...edits, ...standing] },
    drawn,
    same,
    run: after.run,
  });
}

/** The run of a variant as the document stands; undefined where it has none. */
export type RunOf = (variant: string) => Run | undefined;

const computing =
  (flow: Flow): RunOf =>
  (id) => {
    const script = wholeScript(flow, id);
    return script.ok ? computeRun(flow.scenario, script.value) : undefined;
  };

/** As `drawingEdit`, after another edit that changes no run; both are one edit with that one's name. */
export function drawingWith(
  flow: Flow,
  variant: string,
  run: Run,
  gesture: Gesture,
  along: { readonly label: string; readonly edit: Edit } | undefined,
  runOf?: RunOf,
): Result<Drawing> {
  if (along === undefined) return drawingEdit(flow, variant, run, gesture, runOf);
  const changed = apply(flow, along.edit);
  if (!changed.ok) return changed;
  const drawing = drawingEdit(changed.value, variant, run, gesture, runOf);
  if (!drawing.ok) return drawing;
  const edits = [...singles(along.edit), ...singles(drawing.value.edit)];
  return ok({ ...drawing.value, label: along.label, edit: { kind: "group", edits } });
}

/** What stands beside the drawn messages. That they come from outside the picture or go there is a matter of their arrows. */
function besideDrawn(
  flow: Flow,
  gesture: Gesture,
  drawn: readonly HopName[],
  same: ReadonlyMap<HopName, HopName>,
): readonly SingleEdit[] {
  if (gesture.kind !== "draw") return [];
  const { messages, beside, after } = gesture;
  const open = messages.flatMap(({ ends }, of) => (ends === undefined ? [] : [{ of, look: { ends } }]));
  const above = after === null ? null : (same.get(after) ?? after);
  return putBeside(flow, { ...beside, arrows: [...open, ...(beside?.arrows ?? [])] }, drawn, above);
}

const structural: ReadonlySet<Mark["kind"]> = new Set(["fragment", "else", "end", "divider"]);

/**
 * The marks below which a message comes to stand, or which it leaves: what frames messages stays where it is, whoever
 * goes in or out.
 */
function standingMarks(
  flow: Flow,
  before: Run,
  gesture: Gesture,
  drawn: readonly HopName[],
  same: ReadonlyMap<HopName, HopName>,
): readonly SingleEdit[] {
  if (gesture.kind !== "draw" && gesture.kind !== "move") return [];
  const message = gesture.kind === "move" ? gesture.hop : undefined;
  const now = message === undefined ? drawn.at(-1) : same.get(message);
  const carried = new Set(gesture.carries);
  const left = message === undefined ? undefined : hopBefore(before, message, same);
  return (flow.marks ?? []).flatMap((mark, index) => {
    const isLeft = message !== undefined && mark.at === message && structural.has(mark.kind);
    if (!carried.has(index) && !isLeft) return [];
    const at = carried.has(index) ? now : left;
    const { at: _, ...rest } = mark;
    return [{ kind: "replace", list: "marks", index, element: { ...rest, ...(at && { at }) } as Mark } as const];
  });
}

/** The last hop that is there before another one, by its name now. */
function hopBefore(run: Run, name: HopName, same: ReadonlyMap<HopName, HopName>): HopName | undefined {
  let last: HopName | undefined;
  for (const hop of run.hops) {
    if (hop.name === name) return last;
    last = same.get(hop.name) ?? last;
  }
  return last;
}

/** Marks at messages that are gone stand after the message before them that is left: fragments keep their frames. */
function reattached(flow: Flow, before: Run, same: ReadonlyMap<HopName, HopName>): readonly SingleEdit[] {
  const marks = flow.marks ?? [];
  if (marks.every(({ at }) => at === undefined || same.has(at))) return [];
  const left = new Map<HopName, HopName | undefined>();
  let last: HopName | undefined;
  for (const { name } of before.hops) {
    last = same.get(name) ?? last;
    left.set(name, last);
  }
  return marks.flatMap((mark, index) => {
    const { at, ...rest } = mark;
    // What was at no message before is not made worse.
    if (at === undefined || same.has(at) || !left.has(at)) return [];
    const place = left.get(at);
    const element = (place === undefined ? rest : { ...rest, at: place }) as Mark;
    return [{ kind: "replace", list: "marks", index, element } as const];
  });
}

/** The places at which two scripts differ; what stands in both is the same object in both. */
export function splicesBetween(before: readonly Choice[], after: readonly Choice[]): readonly Splice[] {
  const isNew = new Set(after);
  const isOld = new Set(before);
  const moved = new Set<Choice>();
  const splices: { at: number; remove: number; insert: Choice[] }[] = [];
  const at = (position: number) => {
    const last = splices.at(-1);
    if (last !== undefined && last.at + last.remove === position) return last;
    const splice = { at: position, remove: 0, insert: [] };
    splices.push(splice);
    return splice;
  };
  let i = 0;
  for (const choice of after) {
    // What is gone, and what comes further down in the new script, is taken out where it was.
    while (i < before.length && before[i] !== choice && isOld.has(choice) && !moved.has(choice)) {
      const old = before[i];
      if (old !== undefined && isNew.has(old)) moved.add(old);
      at(i).remove++;
      i++;
    }
    if (before[i] === choice) i++;
    else at(i).insert.push(choice);
  }
  if (i < before.length) at(i).remove += before.length - i;
  return splices;
}

function labelOf(gesture: Gesture, run: Run): string {
  const named = (hop: HopName) => {
    const label = [...run.hops, ...(run.withheld ?? [])].find(({ name }) => name === hop)?.message.name;
    return label === undefined ? "Message" : `“${label.length > 40 ? `${label.slice(0, 39)}…` : label}”`;
  };
  switch (gesture.kind) {
    case "draw":
      return gesture.messages.length === 1 ? "Draw Message" : `Draw ${gesture.messages.length} Messages`;
    case "erase":
      return gesture.hops.length === 1
        ? `Delete ${named(gesture.hops[0] ?? "")}`
        : `Delete ${gesture.hops.length} Messages`;
    case "relabel":
      return `Change ${named(gesture.hop)}`;
    case "rename":
      return gesture.changes.length === 1
        ? `Change ${named(gesture.changes[0]?.hop ?? "")}`
        : `Change ${gesture.changes.length} Names`;
    case "reroute":
      return `Re-route ${named(gesture.hop)}`;
    case "move":
      return `Move ${named(gesture.hop)}`;
    case "delay":
      return `Delay ${named(gesture.hop)}`;
    case "lose":
      return `Lose ${named(gesture.hop)}`;
    case "accept":
      return `Accept ${named(gesture.hop)}`;
    case "revert":
      return `Revert ${named(gesture.hop)}`;
  }
}
