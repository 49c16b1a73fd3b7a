import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";
import { type Arrow, type Notation, writeNotation } from "./notation.ts";

/** The diagram as mscgen text. */
export function exportMscgen({ flow, variant, diagram }: ExportInput): Exported {
  const exported = writeNotation(diagram, heading(flow, variant), "mscgen", notation);
  // Only in a quoted text do the lines hold a backslash before another one.
  if (!/\\ [n"]/.test(exported.content as string)) return exported;
  const remark = "A backslash before “n” or a quote has a space after it: mscgen reads it as a line break or a quote.";
  return { ...exported, remarks: [...exported.remarks, remark] };
}

const lines: Readonly<Record<Arrow["line"], string>> = { solid: "=>", dashed: ">>", media: "<=>" };

const notation: Notation = {
  begin: (title, lifelines) => [
    // A comment: mscgen has no titles.
    `# ${title.replace(/\s+/g, " ")}`,
    "msc {",
    "  wordwraparcs=on;",
    `  ${lifelines.map(({ id, name }) => `${id} [label="${escaped(name)}"]`).join(",\n  ")};`,
  ],
  end: () => ["}"],
  arrow: ({ from, to, text, line, lost }) => `  ${from} ${lost ? "-x" : lines[line]} ${to} [label="${escaped(text)}"];`,
  note: (over, text) => `  ${over[0]} note ${over.at(-1)} [label="${escaped(text)}"];`,
  divider: (text) => `  --- [label="${escaped(text)}"];`,
  state: (on, text) => `  ${on} rbox ${on} [label="${escaped(text)}"];`,
};

/** Within quotes mscgen knows a quote and a line break behind a backslash, but no backslash behind a backslash. */
function escaped(text: string): string {
  return text
    .replace(/\\(?=[n"]|$)/g, "\\ ")
    .replaceAll('"', '\\"')
    .replace(/\r?\n/g, "\\n")
    .replace(/\p{Cc}/gu, " ");
}
