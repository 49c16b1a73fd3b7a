import type { Exported, ExportInput } from "./formats.ts";
import { heading } from "./heading.ts";
import { type Arrow, type Notation, writeNotation } from "./notation.ts";

/** The diagram as PlantUML text. */
export function exportPlantUml({ flow, variant, diagram }: ExportInput): Exported {
  return writeNotation(diagram, heading(flow, variant), "PlantUML", notation);
}

const lines: Readonly<Record<Arrow["line"], string>> = { solid: "->", dashed: "-->", media: "<->" };

const arrowHead = ({ line, lost }: Pick<Arrow, "line" | "lost">): string => (lost ? `${lines[line]}x` : lines[line]);

const notation: Notation = {
  begin: (title, lifelines) => [
    "@startuml",
    `title ${escaped(title)}`,
    ...lifelines.map(({ id, name }) => `participant "${escaped(name)}" as ${id}`),
  ],
  end: () => ["@enduml"],
  arrow: (arrow) => `${arrow.from} ${arrowHead(arrow)} ${arrow.to} : ${escaped(arrow.text)}`,
  open: (at, outgoing, arrow) =>
    outgoing
      ? `${at} ${arrowHead(arrow)}] : ${escaped(arrow.text)}`
      : `[${arrowHead(arrow)} ${at} : ${escaped(arrow.text)}`,
  note: (over, text) => `note over ${[...new Set([over[0], over.at(-1)])].join(", ")} : ${escaped(text)}`,
  divider: (text) => `== ${escaped(text)} ==`,
  state: (on, text) => `hnote over ${on} : ${escaped(text)}`,
  fragments: {
    start: (operator, guard) => `${operator === "ref" ? "group ref" : operator} ${escaped(guard)}`.trimEnd(),
    else: (guard) => `else ${escaped(guard)}`.trimEnd(),
    end: () => "end",
  },
};

/**
 * One line. Whatever PlantUML might read as its own (Creole marks, colours, variables, links, quotes) goes as a character
 * reference, which it prints as the character.
 */
function escaped(text: string): string {
  return text
    .replace(/[\\"'<>~%[\]{}|*_/#^=!:&;`$@-]/g, (char, at: number) => (isMark(text, at) ? reference(char) : char))
    .replace(/\s*\r?\n\s*/g, "\\n")
    .replace(/[\p{Cc}\p{Cs}]/gu, " ");
}

/** A hyphen, a slash and the like are marks only where they are doubled or at the ends. */
function isMark(text: string, at: number): boolean {
  const char = text[at] ?? "";
  if (!/[*_/=!:;^#@-]/.test(char)) return true;
  return text[at - 1] === char || text[at + 1] === char || at === 0 || at === text.length - 1;
}

function reference(char: string): string {
  return `<U+${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0").toUpperCase()}>`;
}
