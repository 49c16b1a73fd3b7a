import type { Diagram } from "../../../shared/diagram/diagram.ts";
import type { Flow } from "../../../shared/flow/flow.ts";
import { ok, type Result } from "../../../shared/flow/result.ts";
import type { HopName } from "../../../shared/run/choice.ts";
import type { Gesture } from "../../../shared/run/gesture.ts";
import type { Run } from "../../../shared/run/run.ts";
import { wholeScript } from "../../../shared/run/tree.ts";
import { readMermaid, type Statement } from "../../../shared/text/mermaid/read.ts";
import { writeMermaid } from "../../../shared/text/mermaid/write.ts";
import { computeRun } from "../../engine/index.ts";
import { drawingEdit } from "../drawing.ts";
import { atOnce, type InTurns } from "../in-turns.ts";
import { type Alignment, align, type Line } from "./align.ts";
import { marksOf } from "./marks.ts";
import { notesOf } from "./notes.ts";
import { applied, castOf } from "./participants.ts";

/** A statement between the arrows, with the hops of the step that it is, if it is one. */
export interface Written {
  readonly statement: Statement;
  hops: readonly HopName[];
}

/**
 * The flow after its picture was written as another Mermaid text. What the text says as before stays as it is, with
 * everything that Mermaid cannot say; a changed line changes its step, note or mark, whatever it is called. Fails with a
 * sentence that names the line, as `readMermaid` does, or that says why a message cannot stand where it was put.
 * @param diagram the picture of the variant, of which the text before was written.
 */
export function rewritten(flow: Flow, variant: string, run: Run, diagram: Diagram, text: string): Result<Flow> {
  return atOnce(rewriting(flow, variant, run, diagram, text));
}

/**
 * As `rewritten`, bit by bit: between them somebody else may have a turn.
 * @param reader reads as `readMermaid` does.
 */
export function* rewriting(
  flow: Flow,
  variant: string,
  run: Run,
  diagram: Diagram,
  text: string,
  reader = readMermaid,
): InTurns<Result<Flow>> {
  const own = writeMermaid(diagram);
  yield;
  const before = reader(own.text);
  yield;
  const read = reader(text);
  if (!read.ok) return read;
  if (!before.ok) return before;
  yield;
  const aliases = new Map(diagram.lifelines.map(({ id }, i) => [`p${i + 1}`, id]));
  const cast = castOf(flow, aliases, read.value);
  const idOf = (alias: string) => aliases.get(alias) ?? alias;
  const old = bodyOf(before.value).map((statement): Written => {
    const item = diagram.items[own.itemOf[statement.line - 1] ?? -1];
    return { statement, hops: item?.type === "step" && statement.kind === "message" ? item.hops : [] };
  });
  const now = bodyOf(read.value).map((statement): Written => ({ statement, hops: [] }));
  yield;
  const linesBefore = old.map(({ statement }) => lineOf(statement, idOf));
  yield;
  const alignment = align(
    linesBefore,
    now.map(({ statement }) => lineOf(statement, cast.idOf)),
  );
  yield;
  const runNow = cast.flow === flow ? run : runOf(cast.flow, variant, run);
  const drawing: Drawing = { flow: cast.flow, run: runNow, variant, old, now };
  const drawn = yield* messages(drawing, alignment, cast.idOf, idOf);
  if (!drawn.ok) return drawn;
  yield;
  const marked = marksOf(drawing.flow, drawing, alignment, cast.idOf);
  return ok(notesOf({ ...marked, diagram, itemOf: own.itemOf }, drawing, alignment, cast.idOf));
}

/**
 * Reads texts, and knows what the last one said: when the person goes on typing, the picture says that text. Each reader
 * keeps what it has read.
 */
export function rememberingReader(): typeof readMermaid {
  let last: { readonly text: string; readonly said: ReturnType<typeof readMermaid> } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, said: readMermaid(text) };
    return last.said;
  };
}

/** What is being drawn: the flow and run change with every gesture, and so do the names of the hops. */
export interface Drawing {
  flow: Flow;
  run: Run;
  readonly variant: string;
  readonly old: readonly Written[];
  readonly now: readonly Written[];
}

/** The statements that have a place among the arrows; boxes stand around lifelines. */
function bodyOf(statements: readonly Statement[]): readonly Statement[] {
  const open: ("box" | "fragment")[] = [];
  return statements.filter(({ kind }) => {
    if (kind === "box" || kind === "fragment") open.push(kind);
    if (kind === "end") return open.pop() === "fragment";
    return kind !== "box" && kind !== "participant" && kind !== "autonumber" && kind !== "title" && kind !== "beside";
  });
}

function lineOf(statement: Statement, idOf: (alias: string) => string): Line {
  return { key: JSON.stringify(named({ ...statement, line: 0 }, idOf)), kind: statement.kind };
}

/** A statement that says which participants it means, not by which aliases. */
function named(statement: Statement, idOf: (alias: string) => string): Statement {
  switch (statement.kind) {
    case "message":
      return { ...statement, from: idOf(statement.from), to: idOf(statement.to) };
    case "note":
      return { ...statement, over: statement.over.map(idOf) };
    case "participant":
    case "destroy":
    case "activation":
      return { ...statement, id: idOf(statement.id) };
    default:
      return statement;
  }
}

function runOf(flow: Flow, variant: string, run: Run): Run {
  const script = wholeScript(flow, variant);
  return script.ok ? computeRun(flow.scenario, script.value) : run;
}

/** Makes one gesture after the other of what was written about messages. */
function* messages(
  drawing: Drawing,
  alignment: Alignment,
  idOf: (alias: string) => string,
  before: (alias: string) => string,
): InTurns<Result<void>> {
  const gone = alignment.gone.flatMap((i) => drawing.old[i]?.hops[0] ?? []);
  if (gone.length > 0) {
    const erased = yield* gesture(drawing, { kind: "erase", hops: gone });
    if (!erased.ok) return erased;
  }
  let after: HopName | null = null;
  let last = -1;
  for (const [j, written] of drawing.now.entries()) {
    const { statement } = written;
    if (statement.kind !== "message") continue;
    const i = alignment.before[j];
    const was = i === undefined ? undefined : drawing.old[i];
    const made: Result<void> =
      was === undefined || i === undefined
        ? yield* insert(drawing, written, statement, after, idOf)
        : yield* change(drawing, was, statement, i < last ? after : undefined, idOf, before);
    if (!made.ok) return made;
    if (was !== undefined && i !== undefined) {
      written.hops = was.hops;
      last = Math.max(last, i);
    }
    after = written.hops.at(-1) ?? after;
  }
  return ok(undefined);
}

type Message = Extract<Statement, { kind: "message" }>;

const kindOf = ({ arrow }: Message): "request" | "response" | "media" =>
  arrow.written === "<<->>" ? "media" : arrow.line === "dashed" ? "response" : "request";

function* insert(
  drawing: Drawing,
  written: Written,
  statement: Message,
  after: HopName | null,
  idOf: (alias: string) => string,
): InTurns<Result<void>> {
  const label = statement.text.slice(0, 2000);
  const message = { from: idOf(statement.from), to: idOf(statement.to), message: { label, kind: kindOf(statement) } };
  const drawn = yield* gesture(drawing, { kind: "draw", after, messages: [message] });
  if (!drawn.ok) return drawn;
  written.hops = drawn.value.slice(0, 1);
  return ok(undefined);
}

/** @param moved after which message it stands now; undefined where it stayed in its order, null for the beginning. */
function* change(
  drawing: Drawing,
  was: Written,
  statement: Message,
  moved: HopName | null | undefined,
  idOf: (alias: string) => string,
  before: (alias: string) => string,
): InTurns<Result<void>> {
  const old = was.statement;
  const hop = () => was.hops[0] ?? "";
  if (old.kind !== "message" || was.hops.length === 0) return ok(undefined);
  const [from, to] = [idOf(statement.from), idOf(statement.to)];
  if (from !== before(old.from) || to !== before(old.to)) {
    const rerouted = yield* gesture(drawing, { kind: "reroute", hop: hop(), from, to });
    if (!rerouted.ok) return rerouted;
    if (was.hops.length === 0) was.hops = rerouted.value.slice(0, 1);
  }
  if (statement.text !== old.text || kindOf(statement) !== kindOf(old)) {
    const message = { label: statement.text.slice(0, 2000), kind: kindOf(statement) };
    const relabelled = yield* gesture(drawing, { kind: "relabel", hop: hop(), message });
    if (!relabelled.ok) return relabelled;
  }
  if (moved === undefined) return ok(undefined);
  const done = yield* gesture(drawing, { kind: "move", hop: hop(), after: moved });
  return done.ok ? ok(undefined) : done;
}

/** Does a gesture; gives the hops that it drew. Every written line follows its hops to their new names. */
function* gesture(drawing: Drawing, asked: Gesture): InTurns<Result<readonly HopName[]>> {
  yield;
  const made = drawingEdit(drawing.flow, drawing.variant, drawing.run, asked, undefined, true);
  if (!made.ok) return made;
  const { edit, same, run, drawn } = made.value;
  drawing.flow = applied(drawing.flow, edit);
  drawing.run = run;
  for (const written of [...drawing.old, ...drawing.now])
    if (written.hops.length > 0) written.hops = written.hops.flatMap((hop) => same.get(hop) ?? []);
  return ok(drawn);
}
