import { SIZE_LIMIT } from "../../shared/flow/decode.ts";
import { readFlow } from "../../shared/flow/file.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Handlers } from "../../shared/ipc/contract.ts";
import type { Compared, ComparedSide } from "../../shared/ipc/shapes.ts";
import { comparable, type Played, played } from "../workspace/played.ts";
import type { Disk } from "../workspace/ports.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Shell } from "./handlers.ts";

/** What main does to compare: it gives both sides whole, and the page finds what differs, as often as its view changes. */
export function comparingHandlers(
  workspace: Workspace,
  disk: Pick<Disk, "read">,
  shell: Pick<Shell, "askOpen">,
): Pick<Handlers, "flow.compare"> {
  /** The files that the person chose to compare with; a page cannot have others read by naming them. */
  const chosen = new Set<string>();

  const fromFile = async (path: string, variant: string | undefined): Promise<Result<ComparedSide>> => {
    const name = path.split(/[\\/]/).at(-1) ?? path;
    const bytes = await disk.read(path, SIZE_LIMIT);
    if (!bytes.ok) return bytes;
    const read = readFlow(bytes.value, name);
    if (!read.ok) return read;
    const side = played(read.value.flow, variant);
    return side.ok ? finished(name, { from: "file", path, variant: side.value.variant }, side.value) : side;
  };

  /** A side of a comparison; undefined when the person cancelled. */
  const sideOf = async (compared: Compared): Promise<Result<ComparedSide | undefined>> => {
    if (compared.from === "dialog") {
      const path = await shell.askOpen();
      if (path === undefined) return ok(undefined);
      chosen.add(path);
      return fromFile(path, undefined);
    }
    if (compared.from === "file")
      return chosen.has(compared.path)
        ? fromFile(compared.path, compared.variant)
        : fail(`“${compared.path}” was not chosen to be compared; choose it again.`);
    const { handle } = compared;
    const open = workspace.find(handle);
    if (!open.ok) return open;
    const { flow, name } = open.value;
    const variant = compared.variant ?? flow.variants[0]?.id ?? "";
    if (compared.from === "saved") {
      const saved = await workspace.savedFlow(handle);
      const side = saved.ok ? played(saved.value, variant) : saved;
      return side.ok ? finished(name, { ...compared, variant: side.value.variant }, side.value) : side;
    }
    const run = await workspace.run(handle, variant);
    return run.ok ? finished(name, { ...compared, variant }, { flow, variant, run: run.value }) : run;
  };

  return {
    "flow.compare": async ({ a, b }) => {
      const left = await sideOf(a);
      if (!left.ok) return left;
      const right = left.value === undefined ? left : await sideOf(b);
      if (!right.ok) return right;
      return ok(left.value === undefined || right.value === undefined ? null : { a: left.value, b: right.value });
    },
  };
}

function finished(name: string, compared: Exclude<Compared, { from: "dialog" }>, side: Played): Result<ComparedSide> {
  const bounded = comparable(name, side);
  return bounded.ok ? ok({ compared, name, ...bounded.value }) : bounded;
}
