import { unescapeXml } from "./ooxml/xml-tags.ts";

/** The characters of all words that SVG documents of `toSvg`, or their pieces, draw, each once, as they come. */
export function drawnCharacters(svgs: readonly string[]): string {
  const plain = new Uint8Array(128);
  const drawn = new Set<string>();
  for (const svg of svgs) {
    for (let end = svg.indexOf("</text>"); end >= 0; end = svg.indexOf("</text>", end + 1)) {
      for (let i = svg.lastIndexOf(">", end) + 1; i < end; i++) {
        const code = svg.charCodeAt(i);
        if (plain[code] === 1) continue;
        const character = characterAt(svg, i);
        if (code < plain.length && character.length === 1) plain[code] = 1;
        drawn.add(unescapeXml(character));
        i += character.length - 1;
      }
    }
  }
  return [...drawn].join("");
}

/** The character that begins there, as it is written. */
function characterAt(svg: string, at: number): string {
  if (svg.charAt(at) === "&") return svg.slice(at, svg.indexOf(";", at) + 1);
  return String.fromCodePoint(svg.codePointAt(at) as number);
}
