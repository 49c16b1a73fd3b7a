import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";
import { type Arrow, type Notation, writeNotation } from "./notation.ts";

/** The diagram as text of WebSequenceDiagrams. */
export function exportWsd({ flow, variant, diagram }: ExportInput): Exported {
  const exported = writeNotation(diagram, heading(flow, variant), "WebSequenceDiagrams", notation);
  const quotes = diagram.lifelines.some(({ name }) => name.includes('"'));
  const remark = "Double quotes in the names of participants became single ones: WebSequenceDiagrams cannot hold them.";
  return quotes ? { ...exported, remarks: [...exported.remarks, remark] } : exported;
}

const lines: Readonly<Record<Arrow["line"], string>> = { solid: "->", dashed: "-->", media: "<->" };

const notation: Notation = {
  begin: (title, lifelines) => [
    `title ${inLine(title)}`,
    ...lifelines.map(({ id, name }) => `participant "${inLine(name).replaceAll('"', "'")}" as ${id}`),
  ],
  end: () => [],
  arrow: ({ from, to, text, line, lost }) => `${from}${lines[line]}${to}: ${inLine(lost ? `${text} (lost)` : text)}`,
  note: (over, text) => `note over ${[...new Set([over[0], over.at(-1)])].join(",")}: ${inLine(text)}`,
  divider: (text, all) => `note over ${[...new Set([all[0], all.at(-1)])].join(",")}: ${inLine(text)}`,
  state: (on, text) => `state over ${on}: ${inLine(text)}`,
  fragments: {
    start: (operator, guard) => `${operator === "ref" ? "opt ref" : operator} ${inLine(guard)}`.trimEnd(),
    else: (guard) => `else ${inLine(guard)}`.trimEnd(),
    end: () => "end",
  },
};

/** One line; a backslash before n is a line break and stands for nothing else. */
function inLine(text: string): string {
  return text.replace(/\s*\r?\n\s*/g, "\\n").replace(/\p{Cc}/gu, " ");
}
