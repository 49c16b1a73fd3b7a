import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";
import { type Arrow, type Notation, writeNotation } from "./notation.ts";

/** The diagram as text of Msc-generator. */
export function exportMscGenerator({ flow, variant, diagram }: ExportInput): Exported {
  return writeNotation(diagram, heading(flow, variant), "Msc-generator", notation);
}

const lines: Readonly<Record<Arrow["line"], string>> = { solid: "->", dashed: ">>", media: "<=>" };

const notation: Notation = {
  begin: (title, lifelines) => [
    "msc {",
    `title: "${escaped(title)}";`,
    "hscale=auto;",
    `${lifelines.map(({ id, name }) => `${id} [label="${escaped(name)}"]`).join(",\n")};`,
  ],
  end: () => ["}"],
  arrow: ({ from, to, text, line, lost }) => `${from}${lines[line]}${lost ? "*" : ""}${to}: "${escaped(text)}";`,
  open: (at, outgoing, { text, line }) =>
    outgoing ? `${at}${lines[line]}: "${escaped(text)}";` : `${lines[line]}${at}: "${escaped(text)}";`,
  // Over all lifelines: Msc-generator has no notes over some of them.
  note: (_over, text) => `box: "${escaped(text)}";`,
  divider: (text) => `---: "${escaped(text)}";`,
  state: (on, text) => `symbol text center at ${on}: "${escaped(text)}";`,
  fragments: {
    start: (operator, guard) => `box: "${escaped(guard === "" ? operator : `${operator} [${guard}]`)}" {`,
    else: (guard) => `};\nbox: "${escaped(guard === "" ? "else" : `else [${guard}]`)}" {`,
    end: () => "};",
  },
};

/** Within quotes a backslash starts a format; before any other character it stands for that character. */
function escaped(text: string): string {
  return text
    .replace(/[\\"{}[\];#]/g, "\\$&")
    .replace(/\r?\n/g, "\\n")
    .replace(/\p{Cc}/gu, " ");
}
