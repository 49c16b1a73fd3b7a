import { fail, ok } from "../../shared/flow/result.ts";
import { makeFlow } from "../../shared/flow/scenario/templates.ts";
import type { Handlers } from "../../shared/ipc/contract.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What main does for the calls that make a new flow. */
export function creatingHandlers(
  workspace: Workspace,
): Pick<Handlers, "flow.new" | "flow.combine" | "flow.reference" | "flow.enter"> {
  return {
    "flow.new": async ({ title, from }) => {
      if ("template" in from) {
        const made = makeFlow(title, from);
        return made.ok ? workspace.openUnsaved({ name: title, flow: made.value }) : made;
      }
      const bundled = (await workspace.library()).find(({ id }) => id === from.bundled);
      if (bundled === undefined) return fail(`There is no bundled flow “${from.bundled}”.`);
      return workspace.openUnsaved({ name: title, flow: { ...bundled.flow, title } });
    },
    "flow.reference": async ({ handle, flow }) => {
      const found = await workspace.reference(handle, flow);
      if (!found.ok) return found;
      const { title, scenario, variants } = found.value;
      return ok({
        title,
        participants: scenario.participants.map(({ id, name }) => ({ id, name })),
        variants: variants.map((variant) => ({ id: variant.id, title: variant.title })),
      });
    },
    "flow.enter": ({ handle, mark }) => workspace.enter(handle, mark),
    "flow.combine": async ({ handle, ...asked }) => {
      const made = await workspace.combine(handle, asked);
      if (!made.ok) return made;
      const { flow, remarks } = made.value;
      const opened = await workspace.openUnsaved({ name: flow.title, flow });
      return opened.ok ? ok({ open: opened.value, remarks }) : opened;
    },
  };
}
