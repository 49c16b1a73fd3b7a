import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { type OpenedFlow, readFlow } from "../../shared/flow/file.ts";
import { fail, type Result } from "../../shared/flow/result.ts";
import { disk } from "../host/disk.ts";

const ENDING = ".flow.json";

/** Opens a flow: the path of a file, or the id of a bundled flow, with its folder or without (`cpm/one-to-one`). */
export async function openFlow(name: string, home: URL): Promise<Result<OpenedFlow>> {
  const path = existsSync(name) ? name : await bundledPath(name, home);
  if (path === undefined) return fail(await noSuchFlow(name, home));
  const bytes = await disk.read(path, SIZE_LIMIT);
  return bytes.ok ? readFlow(bytes.value, basename(path)) : bytes;
}

/** Ids of the bundled flows, as `cpm/one-to-one`, in order. */
async function bundledIds(home: URL): Promise<string[]> {
  const files = await readdir(new URL("flows/", home), { recursive: true }).catch((): string[] => []);
  const ids = files.filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
  return ids.map((id) => id.replaceAll("\\", "/")).sort();
}

async function bundledPath(name: string, home: URL): Promise<string | undefined> {
  if (name.includes(".")) return undefined;
  const found = (await bundledIds(home)).filter((id) => id === name || id.endsWith(`/${name}`));
  const [id] = found;
  return id === undefined || found.length > 1 ? undefined : join(fileURLToPath(new URL("flows/", home)), id + ENDING);
}

async function noSuchFlow(name: string, home: URL): Promise<string> {
  const ids = await bundledIds(home);
  const bundled = ids.length === 0 ? "there are no bundled flows" : `the bundled flows are ${ids.join(", ")}`;
  return `“${name}” is neither a file nor a bundled flow; ${bundled}.`;
}
