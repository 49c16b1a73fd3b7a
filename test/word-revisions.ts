import { tagsOf, unescapeXml } from "../electron/export/ooxml/xml-tags.ts";

/** Accepts or rejects every revision of a Word document's body, on its XML, as Word does. */

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

function treeOf(xml: string): Element {
  const root: Element = { name: "", attributes: new Map(), children: [] };
  const open: Element[] = [root];
  let at = 0;
  for (const { prefix, name, kind, start, end, attributes } of tagsOf(xml)) {
    const parent = open.at(-1) as Element;
    if (start > at) parent.children.push(unescapeXml(xml.slice(at, start)));
    at = end;
    const element: Element = { name: `${prefix}:${name}`, attributes, children: [] };
    if (kind === "end") open.pop();
    else parent.children.push(element);
    if (kind === "start") open.push(element);
  }
  return root;
}

const isElement = (one: Element | string): one is Element => typeof one !== "string";
const child = (of: Element | undefined, name: string): Element | undefined =>
  of?.children.filter(isElement).find((one) => one.name === name);

export type Decision = "accept" | "reject";

const gone: Readonly<Record<Decision, readonly string[]>> = {
  accept: ["w:del", "w:moveFrom"],
  reject: ["w:ins", "w:moveTo"],
};

/**
 * The body after the decision, one line a paragraph or row: style, list, and text with its fields and pictures. What a
 * picture's relation leads to is said by `pictureOf`.
 */
export function decided(
  xml: string,
  decision: Decision,
  pictureOf: (relation: string) => string = (relation) => relation,
): readonly string[] {
  const root = treeOf(xml);
  const document = child(root, "w:document");
  return linesOf(child(document, "w:body") ?? root, decision, pictureOf);
}

function linesOf(holder: Element, decision: Decision, pictureOf: (relation: string) => string): readonly string[] {
  const lines: string[] = [];
  let kept = "";
  for (const one of holder.children.filter(isElement)) {
    if (one.name === "w:tbl") {
      for (const row of one.children.filter(isElement).filter(({ name }) => name === "w:tr")) {
        const marks = child(row, "w:trPr");
        if (gone[decision].some((name) => child(marks, name) !== undefined)) continue;
        const cells = row.children.filter(isElement).filter(({ name }) => name === "w:tc");
        lines.push(`row ${cells.map((cell) => linesOf(cell, decision, pictureOf).join(" / ")).join(" | ")}`);
      }
    }
    if (one.name !== "w:p") continue;
    const now = child(one, "w:pPr");
    const before = child(child(now, "w:pPrChange"), "w:pPr");
    const properties = decision === "reject" && before !== undefined ? before : now;
    const text = kept + one.children.map((part) => textOf(part, decision, pictureOf)).join("");
    const mark = child(now, "w:rPr");
    if (gone[decision].some((name) => child(mark, name) !== undefined)) {
      // Without its end a paragraph goes on in the next one.
      kept = text;
      continue;
    }
    kept = "";
    const style = child(properties, "w:pStyle")?.attributes.get("w:val") ?? "Normal";
    const list = child(child(properties, "w:numPr"), "w:numId")?.attributes.get("w:val") ?? "";
    lines.push(`${style} ${list}: ${text}`);
  }
  if (kept !== "") lines.push(`left over: ${kept}`);
  return lines;
}

function textOf(one: Element | string, decision: Decision, pictureOf: (relation: string) => string): string {
  if (!isElement(one)) return "";
  if (gone[decision].includes(one.name) || one.name === "w:pPr") return "";
  switch (one.name) {
    case "w:t":
    case "w:delText":
      return one.children.join("");
    case "w:instrText":
    case "w:delInstrText":
      return `{${one.children.join("").trim().split(" ", 1)[0]}}`;
    case "w:tab":
      return "\t";
    case "w:br":
      return "\n";
    case "a:blip":
      return `[${pictureOf(one.attributes.get("r:embed") ?? "")}]`;
    default:
      return one.children.map((part) => textOf(part, decision, pictureOf)).join("");
  }
}
