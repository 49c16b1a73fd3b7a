import { escapeXml } from "../../../shared/diagram/xml.ts";
import { XML_HEAD } from "../ooxml/package.ts";
import { tagsOf } from "../ooxml/xml-tags.ts";
import type { StyleId } from "./blocks.ts";

export const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

interface Style {
  /** What Word calls it: of its own styles the name that stands for it in every language. */
  readonly name: string;
  readonly basedOn?: StyleId;
  readonly next?: StyleId;
  readonly paragraph?: string;
  readonly run?: string;
  readonly builtIn?: boolean;
}

/** Twips; the room for "107 – 111." before the text of a step. */
const LABEL = 1021;
const hanging = `<w:tabs><w:tab w:val="left" w:pos="${LABEL}"/></w:tabs><w:spacing w:after="120"/><w:ind w:left="${LABEL}" w:hanging="${LABEL}"/>`;
const HEAD_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>';

const heading = (level: 1 | 2 | 3 | 4 | 5 | 6, halfPoints: number): Style => ({
  name: `heading ${level}`,
  builtIn: true,
  basedOn: "Normal",
  next: "Normal",
  paragraph: `<w:keepNext/><w:keepLines/><w:spacing w:before="${level === 1 ? 360 : 240}" w:after="120"/><w:outlineLvl w:val="${level - 1}"/>`,
  run: `${HEAD_FONT}<w:b/><w:bCs/><w:sz w:val="${halfPoints}"/><w:szCs w:val="${halfPoints}"/>`,
});

/** Every style that our paragraphs have, with what a document gets that does not have it yet. */
const styles: Readonly<Record<StyleId, Style>> = {
  Normal: { name: "Normal", builtIn: true, paragraph: '<w:spacing w:after="120"/>' },
  Heading1: heading(1, 32),
  Heading2: heading(2, 28),
  Heading3: heading(3, 26),
  Heading4: heading(4, 24),
  Heading5: heading(5, 22),
  Heading6: heading(6, 20),
  Caption: {
    name: "caption",
    builtIn: true,
    basedOn: "Normal",
    next: "Normal",
    paragraph: '<w:spacing w:before="60" w:after="240"/><w:jc w:val="center"/>',
    run: `${HEAD_FONT}<w:b/><w:bCs/><w:sz w:val="18"/><w:szCs w:val="18"/>`,
  },
  FlowFigure: {
    name: "Flow Figure",
    basedOn: "Normal",
    next: "Caption",
    paragraph: '<w:keepNext/><w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/>',
  },
  FlowStep: { name: "Flow Step", basedOn: "Normal", paragraph: hanging },
  FlowStepContinued: {
    name: "Flow Step Continued",
    basedOn: "Normal",
    paragraph: `<w:spacing w:after="120"/><w:ind w:left="${LABEL}"/>`,
  },
  FlowNote: {
    name: "Flow Note",
    basedOn: "Normal",
    paragraph: `<w:tabs><w:tab w:val="left" w:pos="${2 * LABEL}"/></w:tabs><w:spacing w:after="120"/><w:ind w:left="${2 * LABEL}" w:hanging="${LABEL}"/>`,
  },
  ChangeItem: {
    name: "Change Item",
    basedOn: "Normal",
    next: "Normal",
    paragraph: '<w:keepNext/><w:spacing w:before="240" w:after="120"/>',
    run: `${HEAD_FONT}<w:b/><w:bCs/><w:sz w:val="22"/><w:szCs w:val="22"/>`,
  },
  ReasonPoint: {
    name: "Reason Point",
    basedOn: "Normal",
    next: "Normal",
    paragraph: '<w:keepNext/><w:spacing w:before="120" w:after="60"/>',
    run: "<w:b/><w:bCs/>",
  },
  TableText: { name: "Flow Table Text", basedOn: "Normal", paragraph: '<w:spacing w:before="40" w:after="40"/>' },
};

const styleIds = Object.keys(styles) as readonly StyleId[];

/** How a document calls our styles. */
export interface KnownStyles {
  readonly idOf: (style: StyleId) => string;
  /** Its paragraphs are numbered by the style. */
  readonly isNumbered: (style: StyleId) => boolean;
}

/**
 * Finds our styles in a document's by their names, and adds those that it does not have.
 * @returns the document's styles with ours, and what ours are called there
 */
export function withStyles(xml: string): { readonly xml: string; readonly known: KnownStyles } {
  const found = stylesIn(xml);
  const taken = new Set([...found.values()].map(({ id }) => id.toLowerCase()));
  const ids = new Map<StyleId, string>();
  const missing: StyleId[] = [];
  for (const style of styleIds) {
    const there = found.get(styles[style].name.toLowerCase());
    if (there === undefined) missing.push(style);
    ids.set(style, there?.id ?? (taken.has(style.toLowerCase()) ? `Callflow${style}` : style));
  }
  const idOf = (style: StyleId) => ids.get(style) ?? style;
  const end = xml.lastIndexOf("</w:styles>");
  const added = missing.map((style) => styleXml(style, idOf)).join("");
  const numbered = new Set([...found].filter(([, { isNumbered }]) => isNumbered).map(([name]) => name));
  return {
    xml: end < 0 ? xml : xml.slice(0, end) + added + xml.slice(end),
    known: { idOf, isNumbered: (style) => numbered.has(styles[style].name.toLowerCase()) },
  };
}

interface FoundStyle {
  readonly id: string;
  readonly isNumbered: boolean;
}

/** The paragraph styles of a document by their names in lower case. */
function stylesIn(xml: string): ReadonlyMap<string, FoundStyle> {
  const found = new Map<string, FoundStyle>();
  let [id, name, isNumbered] = ["", "", false];
  for (const tag of tagsOf(xml)) {
    if (tag.name === "style" && tag.kind === "start") {
      id = tag.attributes.get("w:type") === "paragraph" ? (tag.attributes.get("w:styleId") ?? "") : "";
      [name, isNumbered] = ["", false];
    } else if (tag.name === "style" && tag.kind === "end" && id !== "")
      found.set(name.toLowerCase(), { id, isNumbered });
    else if (tag.name === "name" && name === "") name = tag.attributes.get("w:val") ?? "";
    else if (tag.name === "numPr" && tag.kind !== "end") isNumbered = true;
    // The list 0 is none: it takes away what the style would inherit.
    else if (tag.name === "numId" && tag.attributes.get("w:val") === "0") isNumbered = false;
  }
  return found;
}

function styleXml(style: StyleId, idOf: (style: StyleId) => string): string {
  const { name, basedOn, next, paragraph, run, builtIn } = styles[style];
  const kind = builtIn === true ? (style === "Normal" ? ' w:default="1"' : "") : ' w:customStyle="1"';
  const refers = (element: string, to: StyleId | undefined) =>
    to === undefined ? "" : `<w:${element} w:val="${escapeXml(idOf(to))}"/>`;
  return `<w:style w:type="paragraph"${kind} w:styleId="${idOf(style)}"><w:name w:val="${name}"/>${refers("basedOn", basedOn)}${refers("next", next)}<w:qFormat/>${paragraph === undefined ? "" : `<w:pPr>${paragraph}</w:pPr>`}${run === undefined ? "" : `<w:rPr>${run}</w:rPr>`}</w:style>`;
}

/** The styles of a document without a template, before ours are added. */
export const plainStyles = `${XML_HEAD}<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="18"/></w:rPr></w:style></w:styles>`;
