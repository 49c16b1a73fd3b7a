/** The namespace of the element in which a picture or an office document carries its source. */
export const NAMESPACE = "urn:callflow:figure";

/** Its start, with whatever prefix and other attributes a program gave it. What is longer no program writes. */
const START = /<(?:\w{1,40}:)?callflow\s([^<>]{0,1000})>/g;

/**
 * What such an element holds; undefined where there is none. The text may be anyone's: whatever stands in it, it is gone
 * through once.
 */
export function dataIn(text: string): string | undefined {
  for (const start of text.matchAll(START)) {
    const from = start.index + start[0].length;
    const to = text.indexOf("<", from);
    if (to < 0) return undefined;
    if (!start[1]?.includes(NAMESPACE)) continue;
    const data = text.slice(from, to);
    if (/^[A-Za-z0-9+/=\s]*$/.test(data)) return data;
  }
  return undefined;
}
