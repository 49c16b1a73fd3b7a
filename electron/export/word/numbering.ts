import { XML_HEAD } from "../ooxml/package.ts";
import { tagsOf } from "../ooxml/xml-tags.ts";
import type { ListId } from "./blocks.ts";
import { W } from "./styles.ts";

const lists: Readonly<Record<ListId, { readonly format: string; readonly text: string; readonly indent: number }>> = {
  sections: { format: "decimal", text: "%1", indent: 567 },
  points: { format: "lowerLetter", text: "%1)", indent: 425 },
  changes: { format: "decimal", text: "Change %1:", indent: 0 },
};
const listIds = Object.keys(lists) as readonly ListId[];

/**
 * Adds our lists to a document's.
 * @returns the document's numbering with ours, and the number of each of our lists there
 */
export function withNumbering(xml: string): { readonly xml: string; readonly numberOf: (list: ListId) => number } {
  const tags = tagsOf(xml);
  const highest = (name: string, id: string) =>
    Math.max(0, ...tags.filter((tag) => tag.name === name).map(({ attributes }) => Number(attributes.get(id) ?? 0)));
  const firstAbstract = highest("abstractNum", "w:abstractNumId") + 1;
  const firstNumber = highest("num", "w:numId") + 1;
  const abstracts = listIds.map((list, i) => abstractXml(list, firstAbstract + i)).join("");
  const numbers = listIds
    .map((_, i) => `<w:num w:numId="${firstNumber + i}"><w:abstractNumId w:val="${firstAbstract + i}"/></w:num>`)
    .join("");
  const end = tags.findLast(({ name }) => name === "numIdMacAtCleanup")?.start ?? xml.lastIndexOf("</w:numbering>");
  const first = tags.find(({ name, kind }) => name === "num" && kind === "start")?.start ?? end;
  return {
    xml: xml.slice(0, first) + abstracts + xml.slice(first, end) + numbers + xml.slice(end),
    numberOf: (list) => firstNumber + listIds.indexOf(list),
  };
}

function abstractXml(list: ListId, id: number): string {
  const { format, text, indent } = lists[list];
  const after = indent === 0 ? '<w:suff w:val="space"/>' : "";
  return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${after}<w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${indent}" w:hanging="${indent}"/></w:pPr></w:lvl></w:abstractNum>`;
}

/** The numbering of a document that has none, before our lists are added. */
export const plainNumbering = `${XML_HEAD}<w:numbering xmlns:w="${W}"></w:numbering>`;
