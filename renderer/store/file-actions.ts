import type { Result } from "../../shared/flow/result.ts";
import type { Response } from "../../shared/ipc/contract.ts";
import type { Get, Put } from "./app-store.ts";
import { failing } from "./draw.ts";
import type { Ports } from "./ports.ts";
import { settle } from "./settle.ts";
import type { Actions } from "./state.ts";

/** The actions that write the open flow to its file. */
export function fileActions(
  ports: Ports,
  set: Put,
  get: Get,
  settled: () => Promise<void>,
): Pick<Actions, "save" | "saveAs" | "lookElsewhere" | "keepMine"> {
  const fail = failing(set, get);
  const write = async (call: (handle: string) => Promise<Result<Response<"flow.save">>>) => {
    await settled();
    const handle = get().open?.handle;
    if (handle === undefined) return;
    const result = await settle(call(handle));
    const { open } = get();
    if (!result.ok) fail(result.failure);
    else if (result.value !== null && open?.handle === handle) {
      const { readOnly: _, bundledId: __, ...kept } = open;
      set({ open: { ...kept, ...result.value }, problem: undefined });
    }
    // Whether it was refused because of another program, or the two agree again.
    await get().actions.lookElsewhere();
  };
  return {
    save: () => write(ports.save),
    saveAs: () => write(ports.saveAs),
    async lookElsewhere() {
      const { open, variant } = get();
      if (open?.path === undefined) return;
      const found = await settle(ports.elsewhere(open.handle, variant));
      if (!found.ok || get().open?.handle !== open.handle) return;
      const { value } = found;
      set({ elsewhere: value.kind === "same" ? undefined : { handle: open.handle, ...value } });
    },
    async keepMine() {
      const { open } = get();
      if (open === undefined) return;
      const kept = await settle(ports.keep(open.handle));
      if (!kept.ok) return fail(kept.failure);
      const now = get().open;
      if (now?.handle === open.handle) set({ elsewhere: undefined, open: { ...now, unsaved: kept.value.unsaved } });
    },
  };
}
