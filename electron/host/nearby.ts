import { realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fail } from "../../shared/flow/result.ts";
import type { Nearby } from "../workspace/ports.ts";
import { disk } from "./disk.ts";

/** Reads what a document refers to in its own folder, or below it; a link that leads out of it is not followed. */
export const nearby: Nearby = {
  read: async (document, path, limit) => {
    const outside = () => fail(`“${path}” leads out of the folder of this flow, so it is not read.`);
    try {
      const folder = await realpath(dirname(document));
      const found = await realpath(join(folder, path));
      const way = relative(folder, found);
      if (way === "" || way === ".." || way.startsWith(`..${sep}`) || join(folder, way) !== found) return outside();
      const bytes = await disk.read(found, limit);
      return bytes.ok ? { ok: true, value: { path: found, bytes: bytes.value } } : bytes;
    } catch (error) {
      return fail(`“${path}” is not in the folder of this flow, or cannot be read.`, String(error));
    }
  },
};
