import { ok, type Result } from "../../shared/flow/result.ts";
import type { Handlers, Response } from "../../shared/ipc/contract.ts";
import { fileName } from "../export/names.ts";
import type { Open } from "../workspace/entry.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Shell } from "./handlers.ts";

type Asks = Pick<Shell, "askSave" | "askUnsaved" | "remember">;
type Saved = Response<"flow.save">;

/** What main does for the calls that write a document to its file, and before one is closed. */
export function savingHandlers(
  workspace: Workspace,
  shell: Asks,
): Pick<Handlers, "flow.save" | "flow.saveAs" | "flow.close"> {
  return {
    "flow.save": ({ handle }) => save(workspace, shell, handle),
    "flow.saveAs": ({ handle }) => saveAs(workspace, shell, handle),
    "flow.close": async ({ handle }) => {
      const open = workspace.find(handle);
      if (!open.ok) return ok({ closed: true });
      const may = await mayClose(workspace, shell, open.value.unsaved ? [open.value] : []);
      if (!may.ok) return may;
      if (may.value) workspace.close(handle);
      return ok({ closed: may.value });
    },
  };
}

/**
 * Asks what is to become of documents that are not saved, and saves them if that is wanted. False when the person cancels,
 * a failure when one cannot be saved; both mean that nothing may be closed.
 */
export async function mayClose(workspace: Workspace, shell: Asks, unsaved: readonly Open[]): Promise<Result<boolean>> {
  if (unsaved.length === 0) return ok(true);
  const answer = await shell.askUnsaved(unsaved.map(({ name }) => name));
  if (answer !== "save") return ok(answer === "discard");
  for (const { handle } of unsaved) {
    const saved = await save(workspace, shell, handle);
    if (!saved.ok) return saved;
    if (saved.value === null) return ok(false);
  }
  return ok(true);
}

/** Saves to the document's own file; asks for one where it has none or may not be written. */
async function save(workspace: Workspace, shell: Asks, handle: string): Promise<Result<Saved>> {
  const open = workspace.find(handle);
  if (!open.ok) return open;
  const { path, readOnly } = open.value;
  return path === undefined || readOnly !== undefined
    ? saveAs(workspace, shell, handle)
    : write(workspace, shell, handle, path);
}

async function saveAs(workspace: Workspace, shell: Asks, handle: string): Promise<Result<Saved>> {
  const open = workspace.find(handle);
  if (!open.ok) return open;
  const suggestion = open.value.path ?? `${fileName(open.value.flow.title)}.flow.json`;
  const path = await shell.askSave(suggestion, { title: "Callflow document", extension: "json" });
  return path === undefined ? ok(null) : write(workspace, shell, handle, path);
}

async function write(workspace: Workspace, shell: Asks, handle: string, path: string): Promise<Result<Saved>> {
  const saved = await workspace.save(handle, path);
  if (!saved.ok) return saved;
  shell.remember(path);
  const { name, unsaved, diagnostics } = saved.value;
  return ok({ name, path, unsaved, diagnostics });
}
