/** What a file is to hold: a text, bytes, or a long text in pieces, which stand one after the other. */
export type Content = string | Uint8Array | readonly string[];

/** Whether it is a text in pieces. */
export function isInPieces(content: Content): content is readonly string[] {
  return Array.isArray(content);
}

/** The same in one piece. */
export function whole(content: Content): string | Uint8Array {
  return isInPieces(content) ? content.join("") : content;
}
