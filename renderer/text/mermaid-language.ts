import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { HighlightStyle, StreamLanguage, type StreamParser, syntaxHighlighting } from "@codemirror/language";
import type { Text } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { knownNames } from "../../shared/flow/messages.ts";

const words = [
  "sequenceDiagram",
  "participant",
  "actor",
  "as",
  "autonumber",
  "activate",
  "deactivate",
  "Note",
  "over",
  "left",
  "right",
  "of",
  "loop",
  "alt",
  "else",
  "opt",
  "par",
  "and",
  "critical",
  "option",
  "break",
  "rect",
  "box",
  "end",
  "create",
  "destroy",
];
const isWord = new Set(words.map((word) => word.toLowerCase()));

/** Colours a line by what it is; whether it is right the reader of `shared/text/mermaid` says. */
const parser: StreamParser<{ text: boolean }> = {
  startState: () => ({ text: false }),
  token(stream, state) {
    if (stream.sol()) state.text = false;
    if (stream.eatSpace()) return null;
    if (stream.match(/^%%.*/)) return "comment";
    if (state.text) {
      stream.skipToEnd();
      return "string";
    }
    if (stream.match(/^(?:<<)?[-~]{1,2}(?:>>|>|x|\)|[|\\/]+)|^(?:\(\))/)) return "operator";
    if (stream.eat(":")) {
      state.text = true;
      return "punctuation";
    }
    const word = stream.match(/^[^\s:,>)(-]+/);
    if (word === null || typeof word === "boolean") {
      stream.next();
      return null;
    }
    return isWord.has(word[0].toLowerCase()) ? "keyword" : "variableName";
  },
};

export const mermaid = StreamLanguage.define(parser);

/** Colours of the window's own, so that light and dark need nothing more. */
export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
    { tag: tags.operator, color: "var(--text-muted)" },
    { tag: tags.string, color: "var(--text)" },
    { tag: tags.comment, color: "var(--text-muted)", fontStyle: "italic" },
    { tag: tags.variableName, color: "var(--success)" },
  ]),
);

interface Declared {
  readonly id: string;
  readonly name: string;
}

/** By part of a text, for a changed text shares all its parts but those that changed with the text before. */
const declared = new WeakMap<Text, readonly Declared[]>();

/** The participants that a text declares. A part of a text begins and ends with a line. */
function declaredIn(part: Text): readonly Declared[] {
  const known = declared.get(part);
  if (known !== undefined) return known;
  const found =
    part.children?.flatMap(declaredIn) ??
    [...part.toString().matchAll(/^\s*(?:participant|actor)\s+(\S+)(?:\s+as\s+(.*))?$/gm)].map(
      ([, id = "", name = ""]) => ({ id, name }),
    );
  declared.set(part, found);
  return found;
}

/** Completes keywords and participants at the beginning, names of messages behind the colon. */
export function complete(context: CompletionContext): CompletionResult | null {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const label = /:\s*([^:]*)$/.exec(before);
  if (label !== null) {
    const from = context.pos - (label[1]?.length ?? 0);
    return {
      from,
      options: knownNames().map(({ name, kind }) => ({ label: name, detail: kind })),
      validFor: /^[^:]*$/,
    };
  }
  const word = /[A-Za-z][\w-]*$/.exec(before);
  if (word === null && !context.explicit) return null;
  return {
    from: context.pos - (word?.[0].length ?? 0),
    options: [
      ...declaredIn(context.state.doc).map(({ id, name }) => ({ label: id, detail: name, boost: 1 })),
      ...words.map((keyword) => ({ label: keyword, type: "keyword" })),
    ],
    validFor: /^[\w-]*$/,
  };
}
