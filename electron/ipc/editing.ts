import { ok, type Result } from "../../shared/flow/result.ts";
import type { Handlers, Request, Response } from "../../shared/ipc/contract.ts";
import type { Changed } from "../workspace/changing.ts";
import type { Workspace } from "../workspace/workspace.ts";

type Answer = Response<"flow.edit">;

/** What main does for the calls that change a document. */
export function editingHandlers(
  workspace: Workspace,
): Pick<
  Handlers,
  | "flow.edit"
  | "flow.gesture"
  | "flow.rewrite"
  | "flow.takeApart"
  | "flow.undo"
  | "flow.redo"
  | "flow.replica"
  | "flow.elsewhere"
  | "flow.reload"
  | "flow.keep"
> {
  const answer = async (
    { handle, show }: Pick<Request<"flow.undo">, "handle" | "show">,
    changed: Result<Changed>,
    withEdit: boolean,
  ): Promise<Result<Answer>> => {
    if (!changed.ok || changed.value.kind === "stale") return changed as Result<Answer>;
    const { open, drawn, renamed } = changed.value;
    const { revision, history, unsaved, diagnostics, flow } = open;
    const hops = { ...(drawn && { drawn }), ...(renamed && renamed.size > 0 && { renamed: [...renamed] }) };
    const state = { kind: "changed" as const, revision, history, unsaved, diagnostics, ...hops };
    const edit = withEdit ? { edit: changed.value.edit } : undefined;
    if (show === undefined) return ok({ ...state, ...edit });
    // The edit may have taken away the variant that was shown.
    const there = flow.variants.some(({ id }) => id === show.variant);
    const variant = there ? show.variant : (flow.variants[0]?.id ?? "");
    const change = await workspace.runSince(handle, variant, there ? show.held : undefined);
    // A variant that cannot be played does not undo the edit.
    const run = change.ok ? { ok: true as const, variant, change: change.value } : change;
    return ok({ ...state, ...edit, run });
  };
  return {
    "flow.edit": (request) => {
      const { handle, label, edit, merge, base } = request;
      return answer(request, workspace.edit(handle, { label, edit, merge }, base), false);
    },
    "flow.gesture": async (request) => {
      const { handle, variant, gesture, base, along } = request;
      return answer(request, await workspace.gesture(handle, variant, gesture, base, along), true);
    },
    "flow.rewrite": async (request) => {
      const { handle, variant, view, text, base } = request;
      return answer(request, await workspace.rewrite(handle, variant, view, text, base), true);
    },
    "flow.takeApart": async (request) => {
      const { handle, variant, base, ...fragment } = request;
      return answer(request, await workspace.takeApart(handle, variant, fragment, base), true);
    },
    "flow.undo": (request) => answer(request, workspace.undo(request.handle, request.base), true),
    "flow.redo": (request) => answer(request, workspace.redo(request.handle, request.base), true),
    "flow.elsewhere": ({ handle, variant }) => workspace.elsewhere(handle, variant),
    "flow.reload": async (request) => answer(request, await workspace.reload(request.handle, request.base), true),
    "flow.keep": ({ handle }) => workspace.keep(handle),
    "flow.replica": async ({ handle }) => workspace.find(handle),
  };
}
