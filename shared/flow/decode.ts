import { fail, ok, type Result } from "./result.ts";

/** The largest document that is opened, in bytes. */
export const SIZE_LIMIT = 64 * 1024 * 1024;

/** What both Node and a page have and the language's own library does not name. */
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode: (bytes: Uint8Array) => string };

/** The sentence about a document that is too large; `size` in bytes. */
export function tooLarge(name: string, size: number): string {
  const mega = (bytes: number) => `${Math.ceil(bytes / (1024 * 1024))} MB`;
  return `“${name}” has ${mega(size)}; Callflow opens documents of at most ${mega(SIZE_LIMIT)}.`;
}

/** The bytes of a file as text: UTF-8, with or without a byte order mark. Fails for what is too large or is not text. */
export function decodeText(content: string | Uint8Array, name: string): Result<string> {
  if (content.length > SIZE_LIMIT) return fail(tooLarge(name, content.length));
  const text = typeof content === "string" ? ok(content) : decodeBytes(content, name);
  if (!text.ok) return text;
  if (text.value.includes("\0")) return fail(`“${name}” is not a text file.`);
  return text.value.startsWith("\uFEFF") ? ok(text.value.slice(1)) : text;
}

function decodeBytes(bytes: Uint8Array, name: string): Result<string> {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return fail(`“${name}” is text in UTF-16; save it as UTF-8 to open it.`);
  }
  if (bytes.includes(0)) return fail(`“${name}” is not a text file.`);
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return fail(`“${name}” is not a text file in UTF-8.`);
  }
}
