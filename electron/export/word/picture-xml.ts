import { escapeXml } from "../../../shared/diagram/xml.ts";
import { OFFICE } from "../ooxml/package.ts";
import type { Picture } from "./blocks.ts";

const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";
const SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";
const SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";

/** English metric units in a CSS pixel. */
const EMU = 9525;

/** A picture in the line of the text: programs that know SVG draw the SVG, others the PNG. */
export function pictureXml(picture: Picture, ids: { readonly svg: string; readonly png: string }, id: number): string {
  const size = `cx="${Math.round(picture.width * EMU)}" cy="${Math.round(picture.height * EMU)}"`;
  const about = `name="Figure ${id}" title="${escapeXml(picture.title)}" descr="${escapeXml(picture.description)}"`;
  const blip = `<a:blip xmlns:r="${OFFICE}" r:embed="${ids.png}"><a:extLst><a:ext uri="${SVG_EXTENSION}"><asvg:svgBlip xmlns:asvg="${SVG}" r:embed="${ids.svg}"/></a:ext></a:extLst></a:blip>`;
  const shape = `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`;
  const pic = `<pic:pic xmlns:pic="${DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="${id}" ${about}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>${blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>${shape}</pic:pic>`;
  const graphic = `<a:graphic xmlns:a="${DRAWING}/main"><a:graphicData uri="${DRAWING}/picture">${pic}</a:graphicData></a:graphic>`;
  return `<w:drawing><wp:inline xmlns:wp="${DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent ${size}/><wp:docPr id="${id}" ${about}/><wp:cNvGraphicFramePr/>${graphic}</wp:inline></w:drawing>`;
}
