/** A tag of an XML text, and where it stands in it. */
export interface Tag {
  /** Without the prefix of its namespace. */
  readonly name: string;
  readonly prefix: string;
  readonly kind: "start" | "end" | "empty";
  readonly start: number;
  readonly end: number;
  /** Values by the names as they are written, "r:id"; entities resolved. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** A comment or section without an end takes the rest; so no text makes it look for the end again and again. */
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<(\/?)(?:([\w.-]+):)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * The tags of an XML text in order, for reading a few values out of a foreign document and for writing between them what
 * leaves the rest as it is. Text is not looked at; a text that is not well-formed gives what can be found in it.
 */
export function tagsOf(xml: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (const token of xml.matchAll(TOKEN)) {
    const [all, slash, prefix = "", name, written = "", empty] = token;
    if (name === undefined) continue;
    tags.push({
      name,
      prefix,
      kind: slash === "/" ? "end" : empty === "/" ? "empty" : "start",
      start: token.index,
      end: token.index + all.length,
      attributes: attributesOf(written),
    });
  }
  return tags;
}

function attributesOf(written: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", double, single] of written.matchAll(ATTRIBUTE)) {
    attributes.set(name, unescapeXml(double ?? single ?? ""));
  }
  return attributes;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** What a text of an XML document says, with its entities resolved. */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES.get(name) ?? all;
    const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
