import { unescapeXml } from "./ooxml/xml-tags.ts";

/** All words that an SVG document of `toSvg` draws. */
export function drawnText(svg: string): string {
  return unescapeXml([...svg.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text).join(""));
}
