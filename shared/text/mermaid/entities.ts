/**
 * Mermaid writes a character that would end a statement as `#59;` or by its name, `#lt;`. While lines are read they are
 * held apart by private characters, which no statement ends with.
 */
const OPEN = "\uE000";
const CLOSE = "\uE001";

const names: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", "\u00A0"],
  ["infin", "∞"],
  ["hearts", "♥"],
  ["colon", ":"],
  ["semi", ";"],
  ["num", "#"],
]);

export const encoded = (text: string): string => text.replace(/#(\w+);/g, `${OPEN}$1${CLOSE}`);

/** The characters that references stand for; a name that is not known stays as it was written. */
export function decoded(text: string): string {
  return text.replace(/\uE000(\w+)\uE001/g, (_, name: string) => {
    if (!/^\d+$/.test(name)) return names.get(name) ?? `#${name};`;
    const code = Number(name);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000)
      ? String.fromCodePoint(code)
      : `#${name};`;
  });
}

/** Text as it is read: references as their characters, `<br>` as a line break. */
export const plainText = (text: string): string => {
  const lines = text.split(/<br\s{0,9}\/?>/i).map((line) => line.trim());
  return decoded(lines.join("\n").trim());
};

/** The other way: text that Mermaid reads as itself, in one line. */
export function escaped(text: string): string {
  return text
    .replace(/\p{Cs}|\0/gu, "\uFFFD")
    .replace(/[#;%{}<>:\\`$]|^(?:no)?wrap|(?![\n\t])\p{Cc}|[\uE000\uE001]/gu, (found) =>
      [...found].map((char) => `#${char.codePointAt(0)};`).join(""),
    )
    .replace(/^\s+|\s+$|[ \t]+(?=\n)|(?<=\n)[ \t]+|\t/g, (space) =>
      [...space].map((char) => `#${char.codePointAt(0)};`).join(""),
    )
    .replace(/\n/g, "<br/>");
}
