import type { Content } from "../../shared/content.ts";
import type { Exported } from "./formats.ts";

/** The files that an export is, by where the first of them goes: `flow.png`, then `flow-2.png`, `flow-3.png`. */
export function writtenFiles(
  path: string,
  { content, more = [] }: Exported,
): readonly { readonly path: string; readonly content: Content }[] {
  const name = path.match(/[^/\\]*$/)?.[0] ?? "";
  const ending = name.match(/(?<=.)\.[^.]*$/)?.[0] ?? "";
  const stem = path.slice(0, path.length - ending.length);
  return [{ path, content }, ...more.map((further, i) => ({ path: `${stem}-${i + 2}${ending}`, content: further }))];
}
