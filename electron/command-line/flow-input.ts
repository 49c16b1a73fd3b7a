import { existsSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type OpenedFlow, readFlow } from "../../shared/flow/file.ts";
import { didYouMean } from "../../shared/flow/nearest.ts";
import { type Diagnostic, fail, ok, type Result } from "../../shared/flow/result.ts";
import { readCarrier } from "../export/carrier/read-carrier.ts";
import { bundleIn } from "../host/bundle.ts";
import { inputName, readInput, STANDARD_INPUT } from "./input.ts";
import type { Terminal } from "./terminal.ts";

/** Opens a flow: the path of a file, also of a figure that carries its flow, “-” for standard input, or the id of a bundled flow, with its folder or without (`cpm/one-to-one`). */
export async function openFlow(name: string, terminal: Pick<Terminal, "home" | "input">): Promise<Result<OpenedFlow>> {
  if (name === STANDARD_INPUT || existsSync(name)) return openFile(name, terminal);
  const bundle = bundleIn(fileURLToPath(new URL("flows/", terminal.home)));
  const ids = await bundle.ids();
  const named = ids.filter((id) => id === name || id.endsWith(`/${name}`));
  const [id] = named;
  if (id !== undefined && named.length === 1) {
    const bytes = await bundle.read(id);
    return bytes.ok ? readFlow(bytes.value, id) : bytes;
  }
  if (id !== undefined) return fail(`“${name}” may be one of several bundled flows: ${named.join(", ")}.`);
  const known = ids.length === 0 ? "there are none" : `those are ${ids.join(", ")}`;
  const meant = didYouMean(name, [...ids, ...ids.map((one) => basename(one))]);
  return fail(`“${name}” is neither a file nor a bundled flow; ${known}.${meant}`);
}

async function openFile(path: string, terminal: Pick<Terminal, "input">): Promise<Result<OpenedFlow>> {
  const bytes = await readInput(path, terminal);
  if (!bytes.ok) return bytes;
  const name = inputName(path, basename(path));
  const carried = await readCarrier(bytes.value, name);
  if (carried === undefined) return readFlow(bytes.value, name);
  if (!carried.ok) return carried;
  const { document, remark } = carried.value;
  const opened = readFlow(document, name);
  if (!opened.ok || remark === undefined) return opened;
  const changed: Diagnostic = { severity: "warning", code: "figure-changed", message: remark, at: "" };
  return ok({ ...opened.value, diagnostics: [changed, ...opened.value.diagnostics] });
}
