import type { ParticipantShape } from "../../flow/drawn.ts";
import { shapes } from "../../flow/drawn.ts";
import { fail, ok, type Result } from "../../flow/result.ts";
import { type ArrowKind, arrowAt } from "./arrow-kinds.ts";
import { decoded, encoded, plainText } from "./entities.ts";

/** One statement of a Mermaid sequence diagram, with its line from 1. Names and texts are as a reader sees them. */
export type Statement = { readonly line: number } & (
  | { kind: "participant"; id: string; label?: string; shape?: ParticipantShape; create: boolean }
  | { kind: "destroy"; id: string }
  | { kind: "box"; label: string; colour?: string }
  | { kind: "message"; from: string; to: string; text: string; arrow: ArrowKind; dots?: "from" | "to" | "both" }
  | { kind: "activation"; id: string; event: "start" | "end" }
  | { kind: "note"; over: readonly string[]; side?: "left" | "right"; text: string }
  | { kind: "fragment"; operator: FragmentWord; label: string }
  | { kind: "else"; label: string }
  | { kind: "end" }
  | { kind: "autonumber"; shown: boolean; start?: number; step?: number }
  | { kind: "title"; text: string }
  /** Something that Mermaid knows and a flow does not. */
  | { kind: "beside"; says: string }
);

export type FragmentWord = "alt" | "opt" | "loop" | "par" | "par_over" | "critical" | "break" | "rect";

interface Open {
  readonly word: FragmentWord | "box";
  readonly line: number;
}

interface Reading {
  readonly statements: Statement[];
  readonly open: Open[];
  line: number;
}

/** Nothing that a flow can hold needs more, and no line can keep the reader busy for long. */
const LONGEST_LINE = 10_000;

/**
 * Reads Mermaid `sequenceDiagram` text. Fails with a sentence that names the line: no sequence diagram, a line that is too long, a
 * statement that Mermaid does not have, a part or an end without its fragment, a fragment without an end.
 */
export function readMermaid(content: string): Result<readonly Statement[]> {
  const reading: Reading = { statements: [], open: [], line: 0 };
  const lines = encoded(quotesSwapped(content.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"))).split("\n");
  let begun = false;
  let at = frontMatter(lines, reading);
  for (; at < lines.length; at++) {
    reading.line = at + 1;
    const raw = lines[at] ?? "";
    if (raw.length > LONGEST_LINE) return fail(`Line ${reading.line} is longer than 10,000 characters.`);
    if (/^\s*%%/.test(raw)) {
      if (/^\s*%%\{/.test(raw)) {
        beside(reading, "a directive");
        while (!(lines[at] ?? "").includes("}%%") && at < lines.length - 1) at++;
      } else beside(reading, "a comment");
      continue;
    }
    const block = /^\s*accDescr\s*\{/.test(raw);
    if (block) {
      while (!(lines[at] ?? "").includes("}") && at < lines.length - 1) at++;
      beside(reading, "a description for screen readers");
      continue;
    }
    for (const [i, part] of raw.replace(/#.*$/, "").split(";").entries()) {
      const text = part.trim();
      if (text === "") {
        if (!begun && i === 0 && raw.includes(";") && raw.trim() !== "") return wrong(reading, "");
        continue;
      }
      if (!begun) {
        if (!/^sequenceDiagram(?:\s|$)/i.test(text)) return wrong(reading, text, "no sequenceDiagram");
        begun = true;
        const rest = text.replace(/^sequenceDiagram\s*/i, "");
        if (rest === "") continue;
        const read = statement(rest, reading);
        if (!read.ok) return read;
        continue;
      }
      const read = statement(text, reading);
      if (!read.ok) return read;
    }
  }
  if (!begun) return fail("There is no sequenceDiagram in the text.");
  const open = reading.open.at(-1);
  if (open !== undefined) return fail(`Line ${open.line}: “${open.word}” has no “end”.`);
  return ok(reading.statements);
}

/** Mermaid changes the quotes of attributes before it parses. */
function quotesSwapped(text: string): string {
  return text.replace(/<\w[^<>]*>/g, (tag) => tag.replace(/="([^"]*)"/g, "='$1'"));
}

function frontMatter(lines: readonly string[], reading: Reading): number {
  const first = lines.findIndex((line) => line.trim() !== "");
  if (first < 0 || lines[first]?.trim() !== "---") return 0;
  const last = lines.findIndex((line, i) => i > first && line.trim() === "---");
  if (last < 0) return 0;
  for (let i = first + 1; i < last; i++) {
    reading.line = i + 1;
    const title = /^title:\s*(.*)$/.exec(lines[i] ?? "")?.[1];
    if (title !== undefined) put(reading, { kind: "title", text: plainText(title.replace(/^(["'])(.*)\1$/, "$2")) });
    else if ((lines[i] ?? "").trim() !== "") beside(reading, "a setting");
  }
  return last + 1;
}

type Said = Statement extends infer One ? (One extends Statement ? Omit<One, "line"> : never) : never;

function put(reading: Reading, said: Said): Result<void> {
  reading.statements.push({ ...said, line: reading.line } as Statement);
  return ok(undefined);
}

function beside(reading: Reading, says: string): Result<void> {
  return put(reading, { kind: "beside", says });
}

function wrong(reading: Reading, text: string, what = "not a statement of a Mermaid sequence diagram"): Result<never> {
  const shown = decoded(text).slice(0, 60);
  return fail(`Line ${reading.line}: “${shown}” is ${what}.`);
}

const fragmentWords = /^(alt|opt|loop|par_over|par|critical|break|rect)(?:\s+(.*))?$/i;
const parts: Readonly<Record<string, readonly (FragmentWord | "box")[]>> = {
  else: ["alt"],
  and: ["par", "par_over"],
  option: ["critical"],
};

function statement(text: string, reading: Reading): Result<void> {
  const word = (/^[A-Za-z_]+/.exec(text)?.[0] ?? "").toLowerCase();
  const message = /^(?:note\s|title|acc|links?\s|properties|details)/i.test(text) ? undefined : messageIn(text);
  if (message !== undefined) return putMessage(message, reading);
  const rest = text.slice(word.length).trim();
  switch (word) {
    case "participant":
    case "actor":
      return participant(word, rest, false, reading);
    case "create": {
      const kind = /^(participant|actor)\s+(.+)$/i.exec(rest);
      return kind === null
        ? wrong(reading, text)
        : participant(kind[1] === "actor" ? "actor" : "participant", kind[2] ?? "", true, reading);
    }
    case "destroy":
      return rest === "" ? wrong(reading, text) : put(reading, { kind: "destroy", id: decoded(rest) });
    case "activate":
    case "deactivate":
      if (rest === "") return wrong(reading, text);
      return put(reading, { kind: "activation", id: decoded(rest), event: word === "activate" ? "start" : "end" });
    case "box":
      reading.open.push({ word: "box", line: reading.line });
      return box(rest, reading);
    case "note":
      return note(rest, text, reading);
    case "autonumber":
      return autonumber(rest, text, reading);
    case "title":
      return put(reading, { kind: "title", text: plainText(rest.replace(/^:\s*/, "")) });
    case "acctitle":
    case "accdescr":
      return beside(reading, "a title or description for screen readers");
    case "link":
    case "links":
    case "properties":
    case "details":
      return beside(reading, `“${word}” of a participant`);
    case "end": {
      if (rest !== "") return wrong(reading, text);
      const open = reading.open.pop();
      if (open === undefined) return wrong(reading, text, "an end of nothing");
      return put(reading, { kind: "end" });
    }
    case "else":
    case "and":
    case "option": {
      const open = reading.open.at(-1)?.word;
      if (open === undefined || !(parts[word] ?? []).includes(open)) return wrong(reading, text, "part of no fragment");
      return put(reading, { kind: "else", label: label(rest) });
    }
  }
  const fragment = fragmentWords.exec(text);
  if (fragment === null) return wrong(reading, text);
  const operator = (fragment[1] ?? "").toLowerCase() as FragmentWord;
  reading.open.push({ word: operator, line: reading.line });
  return put(reading, { kind: "fragment", operator, label: label(fragment[2] ?? "") });
}

const label = (text: string): string => plainText(text.replace(/^:?(?:no)?wrap:/, ""));

function participant(word: string, rest: string, create: boolean, reading: Reading): Result<void> {
  const found = /^(.+?)(?:@\{(.*)\})?(?:\s+as\s+(.*))?$/i.exec(rest);
  const id = found?.[1]?.trim() ?? "";
  if (id === "" || /[<>:,]|@\{/.test(id) || /\sas\s*$/i.test(rest)) return wrong(reading, rest, "not a participant");
  const config = configOf(found?.[2]);
  if (config === undefined) return wrong(reading, rest, "not a participant");
  const shape = shapes.find((one) => one === (config.type ?? word));
  const name = found?.[3] ?? config.alias;
  return put(reading, {
    kind: "participant",
    id: decoded(id),
    create,
    ...(name !== undefined && { label: plainText(name.replace(/^:?(?:no)?wrap:/, "")) }),
    ...(shape !== undefined && { shape }),
  });
}

/** What stands in `@{ "type": "database" }`; undefined where that is none. */
function configOf(text: string | undefined): { readonly type?: string; readonly alias?: string } | undefined {
  if (text === undefined || text.trim() === "") return {};
  const config: Record<string, string> = {};
  for (const pair of text.split(",")) {
    const found = /^\s*(["']?)(\w+)\1\s*:\s*(?:"([^"]*)"|'([^']*)'|([^"']*?))\s*$/.exec(pair);
    if (found === null) return undefined;
    config[found[2] ?? ""] = found[3] ?? found[4] ?? found[5] ?? "";
  }
  return config;
}

const colourNames =
  /^(transparent|aqua|black|blue|fuchsia|gr[ae]y|green|lime|maroon|navy|olive|orange|purple|red|silver|teal|white|yellow|(?:light|dark|medium|pale|deep|alice|antique|aqua|corn|coral|cyan|crimson|gold|hot|indian|ivory|khaki|lavender|lemon|linen|magenta|midnight|mint|misty|moccasin|navajo|old|orchid|papaya|peach|peru|pink|plum|powder|rebecca|rosy|royal|saddle|salmon|sandy|sea|sienna|sky|slate|snow|spring|steel|tan|thistle|tomato|turquoise|violet|wheat|yellow|brown|beige|bisque|azure|chocolate)[a-z]*)$/i;

function box(rest: string, reading: Reading): Result<void> {
  const found = /^((?:rgba?|hsla?)\s*\([^)]*\)|[A-Za-z]+)?\s*(.*)$/i.exec(rest);
  const colour = found?.[1];
  const isColour = colour !== undefined && (colour.includes("(") || colourNames.test(colour));
  if (!isColour) return put(reading, { kind: "box", label: label(rest) });
  return put(reading, { kind: "box", label: label(found?.[2] ?? ""), colour });
}

function note(rest: string, text: string, reading: Reading): Result<void> {
  const found = /^(left of|right of|over)\s+([^:]+?)\s*:(.*)$/i.exec(rest);
  if (found === null) return wrong(reading, text);
  const place = (found[1] ?? "").toLowerCase();
  const over = (found[2] ?? "").split(",").map((id) => decoded(id.trim()));
  if (over.length > (place === "over" ? 2 : 1) || over.includes("")) return wrong(reading, text);
  const side = place === "over" ? {} : { side: place === "left of" ? ("left" as const) : ("right" as const) };
  return put(reading, { kind: "note", over, text: label(found[3] ?? ""), ...side });
}

function autonumber(rest: string, text: string, reading: Reading): Result<void> {
  if (rest === "") return put(reading, { kind: "autonumber", shown: true });
  if (rest === "off") return put(reading, { kind: "autonumber", shown: false });
  const found = /^(\d+(?:\.\d{1,2})?)(?:\s+(\d*\.?\d{1,2}|\d+))?$/.exec(rest);
  if (found === null) return wrong(reading, text);
  return put(reading, { kind: "autonumber", shown: true, start: Number(found[1]), step: Number(found[2] ?? 1) });
}

interface Message {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly arrow: ArrowKind;
  readonly sign: string;
  readonly dots?: "from" | "to" | "both";
}

function messageIn(text: string): Message | undefined {
  const found = arrowAt(text);
  if (found === undefined) return undefined;
  const after = text.slice(found.at + found.length);
  const colon = after.indexOf(":");
  if (colon < 0) return undefined;
  const before = text.slice(0, found.at).trim();
  const a = before.endsWith("()");
  const from = a ? before.slice(0, -2).trim() : before;
  // A dot stands before or behind the sign of an activation.
  const [to, dotted, sign] = undotted(after.slice(0, colon).trim());
  if (from === "" || to === "" || /[:+<>,]/.test(from) || /[+<>,]/.test(to)) return undefined;
  const dots = a && dotted ? "both" : a ? "from" : dotted ? "to" : undefined;
  return {
    from: decoded(from),
    to: decoded(to),
    text: label(after.slice(colon + 1)),
    arrow: found.kind,
    sign,
    ...(dots !== undefined && { dots }),
  };
}

/** Whom a message goes to, whether a dot is before that name, and the sign of an activation before it. */
function undotted(text: string): readonly [name: string, dotted: boolean, sign: string] {
  const early = text.startsWith("()");
  const signed = early ? text.slice(2).trim() : text;
  const sign = /^[+-]/.exec(signed)?.[0] ?? "";
  const rest = signed.slice(sign.length).trim();
  const late = rest.startsWith("()");
  return [late ? rest.slice(2).trim() : rest, early || late, sign];
}

function putMessage({ sign, ...message }: Message, reading: Reading): Result<void> {
  put(reading, { kind: "message", ...message });
  if (sign === "+") put(reading, { kind: "activation", id: message.to, event: "start" });
  if (sign === "-") put(reading, { kind: "activation", id: message.from, event: "end" });
  return ok(undefined);
}
