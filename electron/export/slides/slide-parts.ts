import { escapeXml } from "../../../shared/diagram/xml.ts";
import { type Part, type Relation, XML_HEAD } from "../ooxml/package.ts";
import { notesType, SPACES, slideType, TREE_HEAD } from "./blank-deck.ts";
import type { Layout, Placeholder } from "./deck.ts";
import type { Box } from "./drawing.ts";

/** One slide as it is written: texts for the placeholders of its layout, a picture, notes of the speaker. */
export interface Slide {
  readonly layout: Layout;
  readonly title: string;
  readonly body: readonly Line[];
  readonly notes: readonly string[];
  /** Shapes besides the placeholders; their ids start at `FIRST_FREE_ID`. */
  readonly shapes: string;
  /** What clicks do on it. */
  readonly timing: string;
  /** Slides that `shapes` link to, by the id of the relation. */
  readonly links: ReadonlyMap<string, string>;
}

export interface Line {
  readonly text: string;
  /** Name of the slide's part that a click leads to. */
  readonly target?: string;
  /** Belongs to the line above. */
  readonly lesser?: boolean;
}

/** Ids below this are taken by the placeholders. */
export const FIRST_FREE_ID = 4;

export interface Names {
  readonly slide: string;
  readonly notes: string;
  readonly notesMaster: string;
}

/** The parts of a slide: itself, and the page of its notes. */
export function slideParts(slide: Slide, { slide: name, notes, notesMaster }: Names): readonly Part[] {
  const relations: Relation[] = [
    { id: "rId1", type: "slideLayout", target: slide.layout.part },
    { id: "rId2", type: "notesSlide", target: notes },
  ];
  for (const [id, target] of slide.links) relations.push({ id, type: "slide", target });
  const linkTo = (target: string): string => {
    const known = relations.find((relation) => relation.type === "slide" && relation.target === target);
    if (known !== undefined) return known.id;
    const id = `rId${relations.length + 1}`;
    relations.push({ id, type: "slide", target });
    return id;
  };
  const { title, body } = slide.layout;
  const shapes =
    placeholderXml(2, "Title", title ?? { type: "title", index: undefined, box: undefined }, titleXml(slide), title) +
    (slide.body.length === 0 ? "" : bodyXml(slide, body, linkTo));
  const content = `${XML_HEAD}<p:sld ${SPACES}><p:cSld><p:spTree>${TREE_HEAD}${shapes}${slide.shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>${slide.timing}</p:sld>`;
  return [
    { name, type: slideType, content, relations },
    {
      name: notes,
      type: notesType,
      content: notesXml(slide.notes),
      relations: [
        { id: "rId1", type: "notesMaster", target: notesMaster },
        { id: "rId2", type: "slide", target: name },
      ],
    },
  ];
}

/** A title that is longer than a line is set smaller: over a picture there is room for two lines of the smaller size. */
function titleXml({ title, layout, shapes }: Slide): string {
  const letters = (layout.title?.box?.width ?? 900) / LETTER;
  const over = shapes === "" ? 28 : title.length > 3 * letters ? 14 : 18;
  const size = title.length <= letters ? "" : ` sz="${over * 100}"`;
  return `<a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r><a:rPr lang="en-GB"${size} dirty="0"/><a:t>${escapeXml(title)}</a:t></a:r></a:p>`;
}

/** What a letter of a title takes, in points, roughly. */
const LETTER = 14;

function bodyXml(slide: Slide, placeholder: Placeholder | undefined, linkTo: (target: string) => string): string {
  const lines = slide.body.map(({ text, target, lesser }) => {
    const click =
      target === undefined ? "" : `<a:hlinkClick r:id="${linkTo(target)}" action="ppaction://hlinksldjump"/>`;
    const depth = lesser === true ? '<a:pPr lvl="1"/>' : "";
    return `<a:p>${depth}<a:r><a:rPr lang="en-GB" dirty="0">${click}</a:rPr><a:t>${escapeXml(text)}</a:t></a:r></a:p>`;
  });
  const text = `<a:bodyPr><a:normAutofit/></a:bodyPr><a:lstStyle/>${lines.join("")}`;
  if (placeholder !== undefined) return placeholderXml(3, "Text", placeholder, text, placeholder);
  return plainXml(3, "Text", slide.layout.free, text);
}

/** Fills a placeholder of the layout, which has its own place and look; without one a title still says that it is one. */
function placeholderXml(id: number, name: string, { type, index }: Placeholder, text: string, known: unknown): string {
  const kind = (type === "obj" ? "" : ` type="${type}"`) + (index === undefined ? "" : ` idx="${escapeXml(index)}"`);
  const place = known === undefined ? offSlide : "<p:spPr/>";
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph${kind}/></p:nvPr></p:nvSpPr>${place}<p:txBody>${text}</p:txBody></p:sp>`;
}

/** Where the layout has no title: above the slide, for outlines and for readers that cannot see. */
const offSlide =
  '<p:spPr><a:xfrm><a:off x="0" y="-800000"/><a:ext cx="6000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>';

function plainXml(id: number, name: string, { x, y, width, height }: Box, text: string): string {
  const place = `<a:xfrm><a:off x="${Math.round(x * 12700)}" y="${Math.round(y * 12700)}"/><a:ext cx="${Math.round(width * 12700)}" cy="${Math.round(height * 12700)}"/></a:xfrm>`;
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${name}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>${place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>${text}</p:txBody></p:sp>`;
}

function notesXml(notes: readonly string[]): string {
  const lines = notes.flatMap((note) => note.split("\n"));
  const text = lines.map((line) =>
    line === "" ? "<a:p/>" : `<a:p><a:r><a:rPr lang="en-GB" dirty="0"/><a:t>${escapeXml(line)}</a:t></a:r></a:p>`,
  );
  const image =
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>';
  return `${XML_HEAD}<p:notes ${SPACES}><p:cSld><p:spTree>${TREE_HEAD}${image}<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>${text.length === 0 ? "<a:p/>" : text.join("")}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`;
}
