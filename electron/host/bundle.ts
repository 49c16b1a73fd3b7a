import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import type { Bundle } from "../workspace/ports.ts";
import { disk } from "./disk.ts";

const ENDING = ".flow.json";

/** The flows that come with the app, from their folder. Ids are paths in it without the ending: `cpm/one-to-one`. */
export function bundleIn(folder: string): Bundle {
  let known: Promise<readonly string[]> | undefined;
  return {
    ids: () => {
      known ??= readdir(folder, { recursive: true })
        .catch((): string[] => [])
        .then((files) =>
          files
            .filter((file) => file.endsWith(ENDING))
            .map((file) => file.slice(0, -ENDING.length).replaceAll("\\", "/"))
            .sort(),
        );
      return known;
    },
    read: (id) => disk.read(join(folder, `${id}${ENDING}`), SIZE_LIMIT),
  };
}
