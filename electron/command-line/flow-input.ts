import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { type OpenedFlow, readFlow } from "../../shared/flow/file.ts";
import { fail, type Result } from "../../shared/flow/result.ts";
import { bundleIn } from "../host/bundle.ts";
import { disk } from "../host/disk.ts";

/** Opens a flow: the path of a file, or the id of a bundled flow, with its folder or without (`cpm/one-to-one`). */
export async function openFlow(name: string, home: URL): Promise<Result<OpenedFlow>> {
  if (existsSync(name)) return openFile(name);
  const bundle = bundleIn(fileURLToPath(new URL("flows/", home)));
  const ids = await bundle.ids();
  const named = ids.filter((id) => id === name || id.endsWith(`/${name}`));
  const [id] = named;
  if (id !== undefined && named.length === 1) {
    const bytes = await bundle.read(id);
    return bytes.ok ? readFlow(bytes.value, id) : bytes;
  }
  if (id !== undefined) return fail(`“${name}” may be one of several bundled flows: ${named.join(", ")}.`);
  const known = ids.length === 0 ? "there are none" : `those are ${ids.join(", ")}`;
  return fail(`“${name}” is neither a file nor a bundled flow; ${known}.`);
}

async function openFile(path: string): Promise<Result<OpenedFlow>> {
  const bytes = await disk.read(path, SIZE_LIMIT);
  return bytes.ok ? readFlow(bytes.value, basename(path)) : bytes;
}
