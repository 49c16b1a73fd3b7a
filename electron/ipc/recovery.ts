import { ok } from "../../shared/flow/result.ts";
import type { Handlers } from "../../shared/ipc/contract.ts";
import { hashOf, type Recovery } from "../host/recovery.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What main does for the calls about work that an earlier session lost. */
export function recoveryHandlers(
  workspace: Workspace,
  recovery: Recovery,
): Pick<Handlers, "recovery.list" | "recovery.recover" | "recovery.discard"> {
  return {
    "recovery.list": async () => ok([...recovery.list()]),
    "recovery.recover": async ({ id }) => {
      const found = recovery.read(id);
      if (!found.ok) return found;
      const { name, path, flow, seen } = found.value;
      const opened = await workspace.openUnsaved({
        name,
        flow,
        ...(path === undefined ? undefined : { path }),
        seen: (bytes) => hashOf(bytes) === seen,
      });
      if (!opened.ok) return opened;
      recovery.takenOver(id, opened.value.handle);
      return opened;
    },
    "recovery.discard": async ({ id }) => {
      recovery.discard(id);
      return ok(null);
    },
  };
}
