import type { ArrowLook, Box, Mark } from "../../flow/drawn.ts";
import type { Flow, Participant } from "../../flow/flow.ts";
import { type Diagnostic, fail, ok, type Result } from "../../flow/result.ts";
import type { Choice, HopName } from "../../run/choice.ts";
import { readMermaid, type Statement } from "./read.ts";

/** What a Mermaid text says as a flow, and a sentence for everything in it that a flow cannot hold. */
export interface MermaidFlow {
  readonly flow: Flow;
  readonly diagnostics: readonly Diagnostic[];
}

interface Making {
  readonly participants: Map<string, Participant>;
  readonly taken: Set<string>;
  readonly script: Choice[];
  readonly arrows: ArrowLook[];
  readonly marks: Mark[];
  readonly notes: NonNullable<Flow["notes"]>;
  readonly boxes: Box[];
  readonly counts: Map<string, number>;
  readonly active: Map<string, number>;
  readonly beside: Map<string, number>;
  /** Ids of open fragments; undefined for a box. */
  readonly open: (string | undefined)[];
  box: { readonly id: string; readonly name: string; readonly colour?: string; readonly ids: string[] } | undefined;
  /** Participants whose creating or destroying message is still to come. */
  readonly awaited: { readonly id: string; readonly what: "create" | "destroy"; readonly line: number }[];
  /** Where the next mark or note stands. */
  at: HopName | undefined;
  under: string | undefined;
  title: string | undefined;
}

/**
 * Makes a flow of Mermaid text: participants without a role, a message authored for each arrow, and marks for what stands
 * between them. Fails with a sentence that names the line where Mermaid itself would refuse the text.
 */
export function flowOfMermaid(content: string, title: string): Result<MermaidFlow> {
  const read = readMermaid(content);
  if (!read.ok) return read;
  const making: Making = {
    participants: new Map(),
    taken: new Set(),
    script: [],
    arrows: [],
    marks: [],
    notes: [],
    boxes: [],
    counts: new Map(),
    active: new Map(),
    beside: new Map(),
    open: [],
    box: undefined,
    awaited: [],
    at: undefined,
    under: undefined,
    title: undefined,
  };
  const numbered = read.value.find(({ kind }) => kind === "autonumber" || kind === "message");
  if (numbered?.kind !== "autonumber") mark(making, { kind: "numbering", shown: false });
  for (const statement of read.value) {
    const wrong = add(statement, making);
    if (wrong !== undefined) return fail(`Line ${statement.line}: ${wrong}`);
  }
  const [left] = making.awaited;
  if (left !== undefined)
    return fail(`Line ${left.line}: no message ${left.what === "create" ? "creates" : "destroys"} “${left.id}”.`);
  return ok({ flow: flowOf(making, title), diagnostics: diagnosticsOf(making) });
}

function flowOf(making: Making, title: string): Flow {
  const { arrows, marks, notes, boxes } = making;
  return {
    format: "callflow",
    version: 1,
    title: (making.title ?? title).slice(0, 500) || "Untitled",
    scenario: { participants: [...making.participants.values()] },
    variants: [{ id: "main", title: "As written", script: making.script }],
    ...(notes.length > 0 && { notes }),
    ...(arrows.length > 0 && { arrows }),
    ...(marks.length > 0 && { marks }),
    ...(boxes.length > 0 && { boxes }),
    view: { level: "sip", relays: "each" },
  };
}

function diagnosticsOf({ beside }: Making): readonly Diagnostic[] {
  return [...beside].map(([what, line]) => {
    const message = `Line ${line}: ${what} is left out; a flow has no place for it.`;
    return { severity: "warning", code: "not-held", message, at: "" };
  });
}

const told = (making: Making, what: string, line: number): void => {
  if (!making.beside.has(what)) making.beside.set(what, line);
};

/** A text as far as a flow holds it; what is cut is told. */
function held(making: Making, text: string, most: number, what: string, line: number): string {
  if (text.length > most) told(making, `${what} after ${String(most).replace(/000$/, ",000")} characters`, line);
  return text.slice(0, most);
}

/** The participant's id in the flow; one that is not declared begins where it is used. */
function participant(making: Making, name: string): string {
  const known = making.participants.get(name);
  if (known !== undefined) return known.id;
  const id = freeId(name, making.taken);
  making.participants.set(name, { id, name: name.slice(0, 500), role: "other" });
  return id;
}

function freeId(name: string, taken: Set<string>): string {
  const plain = /^[A-Za-z][A-Za-z0-9_-]{0,79}$/.test(name);
  const short = name.replace(/[^A-Za-z0-9_-]+/g, "").slice(0, 70);
  const wanted = plain ? name : /^[A-Za-z]/.test(short) ? short : `p${short}`;
  let free = wanted;
  for (let n = 2; taken.has(free); n++) free = `${wanted.slice(0, 70)}_${n}`;
  taken.add(free);
  return free;
}

type MarkBody = Mark extends infer One ? (One extends Mark ? Omit<One, "id" | "at"> : never) : never;

function mark(making: Making, body: MarkBody): string {
  const id = `mark${making.marks.length + 1}`;
  making.marks.push({ ...body, id, ...(making.at !== undefined && { at: making.at }) } as Mark);
  making.under = id;
  return id;
}

function colourOf(text: string | undefined, line: number, making: Making): string | undefined {
  const colour = text?.replace(/\s+/g, "");
  if (colour === undefined || colour === "") return undefined;
  if (/^[A-Za-z0-9#_(),.%-]{1,60}$/.test(colour)) return colour;
  told(making, `the colour “${text?.slice(0, 60)}”`, line);
  return undefined;
}

/** Takes a statement over; what Mermaid would refuse about it comes back as a sentence. */
function add(statement: Statement, making: Making): string | undefined {
  switch (statement.kind) {
    case "participant":
      return declare(statement, making);
    case "destroy":
      making.awaited.push({ id: statement.id, what: "destroy", line: statement.line });
      mark(making, { kind: "destroy", on: participant(making, statement.id) });
      return undefined;
    case "box": {
      if (making.box !== undefined) return "a box stands in a box.";
      const colour = colourOf(statement.colour, statement.line, making);
      making.box = {
        id: `box${making.boxes.length + 1}`,
        name: statement.label,
        ids: [],
        ...(colour !== undefined && { colour }),
      };
      making.open.push(undefined);
      return undefined;
    }
    case "message":
      return message(statement, making);
    case "activation": {
      const count = (making.active.get(statement.id) ?? 0) + (statement.event === "start" ? 1 : -1);
      if (count < 0) return `“${statement.id}” is not active and cannot end being so.`;
      making.active.set(statement.id, count);
      mark(making, { kind: "activation", on: participant(making, statement.id), event: statement.event });
      return undefined;
    }
    case "note": {
      const over = [...new Set(statement.over.map((id) => participant(making, id)))];
      const { side, text } = statement;
      const place =
        making.under !== undefined ? { under: making.under } : making.at !== undefined ? { at: making.at } : {};
      making.notes.push({ ...place, over, ...(side !== undefined && { side }), numbered: false, text });
      return undefined;
    }
    case "fragment": {
      const { operator, label } = statement;
      const colour = operator === "rect" ? colourOf(label, statement.line, making) : undefined;
      const id = mark(making, {
        kind: "fragment",
        operator: operator === "par_over" ? "par" : operator,
        ...(operator === "par_over" && { overlap: true }),
        ...(operator !== "rect" &&
          label !== "" && {
            guard: held(making, label, 2000, "what a guard says", statement.line),
          }),
        ...(colour !== undefined && { colour }),
      } as MarkBody);
      making.open.push(id);
      return undefined;
    }
    case "else":
      mark(making, {
        kind: "else",
        of: making.open.at(-1) ?? "",
        ...(statement.label !== "" && {
          guard: held(making, statement.label, 2000, "what a guard says", statement.line),
        }),
      });
      return undefined;
    case "end":
      return close(making);
    case "autonumber": {
      const { shown, start, step } = statement;
      mark(making, {
        kind: "numbering",
        ...(start !== undefined && { start }),
        ...(step !== undefined && { step }),
        shown,
      });
      return undefined;
    }
    case "title":
      making.title = held(making, statement.text, 500, "the title", statement.line);
      return undefined;
    case "beside":
      told(making, statement.says, statement.line);
      return undefined;
  }
}

function close(making: Making): undefined {
  const id = making.open.pop();
  if (id !== undefined) mark(making, { kind: "end", of: id });
  else if (making.box !== undefined) {
    const { ids, name, ...box } = making.box;
    making.boxes.push({ ...box, ...(name !== "" && { name }), participants: ids });
    making.box = undefined;
  }
  return undefined;
}

function declare(statement: Extract<Statement, { kind: "participant" }>, making: Making): string | undefined {
  const { create, label, shape } = statement;
  if (create && making.participants.has(statement.id)) return `“${statement.id}” is there already.`;
  const id = participant(making, statement.id);
  const known = making.participants.get(statement.id);
  if (known !== undefined)
    making.participants.set(statement.id, {
      ...known,
      ...(label !== undefined && {
        name: held(making, label, 500, "a participant’s name", statement.line) || " ",
      }),
      ...(shape !== undefined && { shape }),
    });
  if (making.box !== undefined && !making.box.ids.includes(id)) making.box.ids.push(id);
  if (!create) return undefined;
  making.awaited.push({ id: statement.id, what: "create", line: statement.line });
  mark(making, { kind: "create", on: id });
  return undefined;
}

function message(statement: Extract<Statement, { kind: "message" }>, making: Making): string | undefined {
  const { arrow, dots, line } = statement;
  const from = participant(making, statement.from);
  const to = participant(making, statement.to);
  const awaited = making.awaited.splice(0);
  for (const { id, what } of awaited)
    if (statement.to !== id && (what === "create" || statement.from !== id))
      return `the message after “${what} ${id}” must be ${what === "create" ? "to" : "from or to"} it.`;
  const label = held(making, statement.text, 2000, "what a message says", line);
  const isMedia = arrow.written === "<<->>";
  const kind = isMedia ? "media" : arrow.line === "dashed" ? "response" : "request";
  making.script.push({ kind: "inject", from, to, message: { label, kind } });
  const edge = `${from}>${to} ${label}`;
  const count = (making.counts.get(edge) ?? 0) + 1;
  making.counts.set(edge, count);
  const at = `${edge}#${count}`;
  making.at = at;
  making.under = undefined;
  const look: ArrowLook = {
    at,
    ...(arrow.head !== "filled" && { head: arrow.head }),
    ...(arrow.tail !== "none" && !isMedia && { tail: arrow.tail }),
    ...(dots !== undefined && { dots }),
  };
  if (Object.keys(look).length > 1) making.arrows.push(look);
  return undefined;
}
