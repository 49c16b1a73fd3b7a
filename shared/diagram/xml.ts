/** What may not stand in XML text or in a quoted attribute as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be found
const SPECIAL = /[&<>"'\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/;

/** By character code: letters, digits and signs of ASCII that stand as they are. */
const PLAIN = Uint8Array.from({ length: 0x7f }, (_, code) => (SPECIAL.test(String.fromCharCode(code)) ? 0 : 1));

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (PLAIN[text.charCodeAt(i)] !== 1) return false;
  return true;
}

const NAMES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\t": " ",
  "\n": " ",
  "\r": " ",
};

/**
 * Text for XML content and attributes. Characters that XML 1.0 forbids (controls, halves of surrogate pairs) become the
 * replacement character, so that a reader sees that something was there. White space becomes a space.
 */
export function escapeXml(text: string): string {
  // Most labels are short and plain, and for those a pattern takes longer to begin than this to end.
  if (isPlain(text) || !SPECIAL.test(text)) return text;
  let escaped = "";
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    const forbidden =
      (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) ||
      (code >= 0x7f && code <= 0x9f) ||
      (code >= 0xd800 && code <= 0xdfff) ||
      (code & 0xfffe) === 0xfffe;
    escaped += forbidden ? "\ufffd" : (NAMES[character] ?? character);
  }
  return escaped;
}
