// `import bytes from "FILE?bytes"`: what a file holds. In a build it is a file beside the program, read when the program
// imports it: as base64 in the program it would be compiled with it, and stay in memory a second time.
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const QUERY = "?bytes";
const PREFIX = "\0virtual:bytes:";

/** @returns {import("vite").Plugin} */
export function byteFiles() {
  let building = false;
  return {
    name: "callflow-bytes",
    enforce: "pre",
    configResolved({ command }) {
      building = command === "build";
    },
    async resolveId(id, importer) {
      if (!id.endsWith(QUERY)) return undefined;
      const found = await this.resolve(id.slice(0, -QUERY.length), importer, { skipSelf: true });
      return found === null ? undefined : `${PREFIX}${found.id}`;
    },
    // Vite would write an address on a server.
    resolveFileUrl: ({ relativePath }) => `new URL(${JSON.stringify(relativePath)}, import.meta.url).href`,
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      const file = id.slice(PREFIX.length);
      const where = building
        ? `new URL(import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", name: basename(file), source: readFileSync(file) })})`
        : JSON.stringify(file);
      return `import { readFileSync } from "node:fs";\nexport default readFileSync(${where});`;
    },
  };
}
