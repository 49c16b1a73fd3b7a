import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The flows in a folder and in those within, in the order of their names. */
export function flowsIn(folder: string): readonly string[] {
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return found
    .filter((file) => file.endsWith(".flow.json"))
    .toSorted()
    .map((file) => join(folder, file));
}
