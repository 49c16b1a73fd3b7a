import type { Colors } from "../../../shared/diagram/theme.ts";
import { escapeXml } from "../../../shared/diagram/xml.ts";
import { OFFICE, type Part, packageWriter, XML_HEAD } from "../ooxml/package.ts";
import { type Box, emu } from "./drawing.ts";

/** Namespaces of everything on slides. */
export const SPACES = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${OFFICE}" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`;

const TYPE = "application/vnd.openxmlformats-officedocument.presentationml";
export const slideType = `${TYPE}.slide+xml`;
export const notesType = `${TYPE}.notesSlide+xml`;

/** What a shape tree starts with. */
export const TREE_HEAD =
  '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>';

/** A deck of our own without slides: a quiet master with the layouts that a flow needs, in the colours of a theme. */
export function blankDeck(title: string, width: number, height: number, colors: Colors): Uint8Array {
  const writer = packageWriter();
  writer.add({
    name: "ppt/presentation.xml",
    type: `${TYPE}.presentation.main+xml`,
    content: `${XML_HEAD}<p:presentation ${SPACES} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldSz cx="${emu(width)}" cy="${emu(height)}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`,
    relations: [
      { id: "rId1", type: "slideMaster", target: MASTER },
      { id: "rId2", type: "theme", target: "ppt/theme/theme1.xml" },
    ],
  });
  for (const part of masterParts(width, height)) writer.add(part);
  writer.add(themePart("ppt/theme/theme1.xml", colors));
  writer.add({
    name: "docProps/core.xml",
    type: "application/vnd.openxmlformats-package.core-properties+xml",
    content: `${XML_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title></cp:coreProperties>`,
  });
  return writer.finish([
    { id: "rId1", type: "officeDocument", target: "ppt/presentation.xml" },
    {
      id: "rId2",
      type: "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
      target: "docProps/core.xml",
    },
  ]);
}

const MASTER = "ppt/slideMasters/slideMaster1.xml";

function masterParts(width: number, height: number): readonly Part[] {
  const across = (y: number, tall: number): Box => ({ x: 30, y, width: width - 60, height: tall });
  const layouts = [
    layout("title", "Title Slide", [
      placeholder(2, "Title", 'type="ctrTitle"', across(height * 0.2, 152), "b", 40),
      placeholder(3, "Subtitle", 'type="subTitle" idx="1"', across(height * 0.28 + 122, 120)),
    ]),
    layout("obj", "Title and Content", [placeholder(2, "Title", 'type="title"'), placeholder(3, "Content", 'idx="1"')]),
    layout("titleOnly", "Title Only", [placeholder(2, "Title", 'type="title"')]),
    layout("secHead", "Section Header", [
      placeholder(2, "Title", 'type="title"', across(height * 0.2, 144), "b", 32),
      placeholder(3, "Text", 'type="body" idx="1"', across(height * 0.3 + 100, 150)),
    ]),
  ];
  const names = layouts.map((_, i) => `ppt/slideLayouts/slideLayout${i + 1}.xml`);
  const tree =
    placeholder(2, "Title", 'type="title"', across(14, 46), "ctr") +
    placeholder(3, "Text", 'type="body" idx="1"', across(76, height - 116), "t");
  const ids = names.map((_, i) => `<p:sldLayoutId id="${2147483649 + i}" r:id="rId${i + 1}"/>`).join("");
  const master: Part = {
    name: MASTER,
    type: `${TYPE}.slideMaster+xml`,
    content: `${XML_HEAD}<p:sldMaster ${SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>${TREE_HEAD}${tree}</p:spTree></p:cSld>${COLOUR_MAP}<p:sldLayoutIdLst>${ids}</p:sldLayoutIdLst><p:txStyles><p:titleStyle>${level(1, 26, ' b="1"', "+mj-lt")}</p:titleStyle><p:bodyStyle>${[20, 16, 14].map((size, i) => level(i + 1, size)).join("")}</p:bodyStyle><p:otherStyle>${level(1, 18)}</p:otherStyle></p:txStyles></p:sldMaster>`,
    relations: [
      ...names.map((target, i) => ({ id: `rId${i + 1}`, type: "slideLayout", target })),
      { id: `rId${names.length + 1}`, type: "theme", target: "ppt/theme/theme1.xml" },
    ],
  };
  return [
    master,
    ...layouts.map((content, i) => ({
      name: names[i] as string,
      type: `${TYPE}.slideLayout+xml`,
      content,
      relations: [{ id: "rId1", type: "slideMaster", target: MASTER }],
    })),
  ];
}

const COLOUR_MAP =
  '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>';

const level = (depth: number, size: number, more = "", font = "+mn-lt"): string =>
  `<a:lvl${depth}pPr marL="${(depth - 1) * 228600}" indent="0" algn="l"><a:spcBef><a:spcPts val="${depth === 1 ? 600 : 200}"/></a:spcBef><a:buNone/><a:defRPr sz="${size * 100}"${more}><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="${font}"/></a:defRPr></a:lvl${depth}pPr>`;

function layout(type: string, name: string, shapes: readonly string[]): string {
  return `${XML_HEAD}<p:sldLayout ${SPACES} type="${type}" preserve="1"><p:cSld name="${name}"><p:spTree>${TREE_HEAD}${shapes.join("")}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`;
}

function placeholder(
  id: number,
  name: string,
  kind: string,
  box?: Box,
  anchor?: "t" | "ctr" | "b",
  size?: number,
): string {
  const style =
    size === undefined
      ? "<a:lstStyle/>"
      : `<a:lstStyle><a:lvl1pPr><a:defRPr sz="${size * 100}"/></a:lvl1pPr></a:lstStyle>`;
  const place =
    box === undefined
      ? "<p:spPr/>"
      : `<p:spPr><a:xfrm><a:off x="${emu(box.x)}" y="${emu(box.y)}"/><a:ext cx="${emu(box.width)}" cy="${emu(box.height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>`;
  const body =
    anchor === undefined ? "<a:bodyPr/>" : `<a:bodyPr lIns="0" rIns="0" anchor="${anchor}"><a:normAutofit/></a:bodyPr>`;
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph ${kind}/></p:nvPr></p:nvSpPr>${place}<p:txBody>${body}${style}<a:p><a:r><a:rPr lang="en-GB"/><a:t>${name}</a:t></a:r></a:p></p:txBody></p:sp>`;
}

function themePart(name: string, colors: Colors): Part {
  const rgb = (colour: string) => `<a:srgbClr val="${colour.slice(1).toUpperCase()}"/>`;
  const { roles } = colors;
  const scheme: readonly (readonly [string, string])[] = [
    ["dk1", colors.ink],
    ["lt1", colors.canvas],
    ["dk2", colors.muted],
    ["lt2", colors.badge],
    ["accent1", colors.current],
    ["accent2", colors.media],
    ["accent3", roles.controllingFunction.line],
    ["accent4", colors.noteLine],
    ["accent5", colors.lost],
    ["accent6", roles.participatingFunction.line],
    ["hlink", colors.current],
    ["folHlink", roles.controllingFunction.line],
  ];
  const listed = scheme.map(([id, colour]) => `<a:${id}>${rgb(colour)}</a:${id}>`).join("");
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
  const line = (width: number) => `<a:ln w="${width}">${fill}<a:prstDash val="solid"/></a:ln>`;
  const plain = "<a:effectStyle><a:effectLst/></a:effectStyle>";
  const font = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>';
  return {
    name,
    type: "application/vnd.openxmlformats-officedocument.theme+xml",
    content: `${XML_HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Callflow"><a:themeElements><a:clrScheme name="Callflow">${listed}</a:clrScheme><a:fontScheme name="Callflow"><a:majorFont>${font}</a:majorFont><a:minorFont>${font}</a:minorFont></a:fontScheme><a:fmtScheme name="Callflow"><a:fillStyleLst>${fill.repeat(3)}</a:fillStyleLst><a:lnStyleLst>${line(6350)}${line(12700)}${line(19050)}</a:lnStyleLst><a:effectStyleLst>${plain.repeat(3)}</a:effectStyleLst><a:bgFillStyleLst>${fill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`,
  };
}

/** The master of speaker notes and its theme, for a deck that has none. */
export function notesMasterParts(name: string, theme: string, colors: Colors): readonly [Part, Part] {
  const image = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="1143000"/><a:ext cx="5486400" cy="3086100"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln w="12700"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></p:spPr></p:sp>`;
  const text = placeholder(
    3,
    "Notes",
    'type="body" sz="quarter" idx="3"',
    { x: 54, y: 346, width: 432, height: 284 },
    "t",
  );
  return [
    {
      name,
      type: `${TYPE}.notesMaster+xml`,
      content: `${XML_HEAD}<p:notesMaster ${SPACES}><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>${TREE_HEAD}${image}${text}</p:spTree></p:cSld>${COLOUR_MAP}<p:notesStyle>${level(1, 12)}</p:notesStyle></p:notesMaster>`,
      relations: [{ id: "rId1", type: "theme", target: theme }],
    },
    themePart(theme, { ...colors, ink: "#000000", canvas: "#ffffff" }),
  ];
}
