const CHARACTERS: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

/** The text that `escapeXml` made XML of. */
export function unescapeXml(xml: string): string {
  return xml.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => CHARACTERS[name] ?? "");
}

/** All words that an SVG document of `toSvg` draws. */
export function drawnText(svg: string): string {
  return unescapeXml([...svg.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => text).join(""));
}
