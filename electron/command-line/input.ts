import { SIZE_LIMIT, tooLarge } from "../../shared/flow/decode.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { disk } from "../host/disk.ts";
import type { Terminal } from "./terminal.ts";

/** What a file is called that is standard input. */
export const STANDARD_INPUT = "-";

/** What sentences call it. */
export const inputName = (name: string, path: string): string => (name === STANDARD_INPUT ? "standard input" : path);

const read = new WeakSet<object>();

/** The bytes of the file `name`, or of standard input for “-”. That can be read once, as nobody types the same twice. */
export async function readInput(name: string, { input }: Pick<Terminal, "input">): Promise<Result<Uint8Array>> {
  if (name !== STANDARD_INPUT) return disk.read(name, SIZE_LIMIT);
  if (input === undefined) return fail("There is no standard input to read from.");
  if (read.has(input)) return fail("Standard input can be read once only: name a file for the other.");
  read.add(input);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of input) {
      const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
      length += bytes.length;
      if (length > SIZE_LIMIT) return fail(tooLarge("standard input", length));
      chunks.push(bytes);
    }
  } catch {
    return fail("Standard input cannot be read.");
  }
  return length === 0 ? fail("Standard input is empty.") : ok(Buffer.concat(chunks));
}
