import type { Get, Put } from "./app-store.ts";
import { failing } from "./draw.ts";
import type { Ports } from "./ports.ts";
import { settle } from "./settle.ts";
import type { Actions } from "./state.ts";

/** The actions about work that an earlier session did not save. */
export function recoveryActions(
  ports: Ports,
  set: Put,
  get: Get,
): Pick<Actions, "loadRecoverable" | "recover" | "discardRecoverable"> {
  const fail = failing(set, get);
  const without = (id: string) => set({ recoverable: get().recoverable.filter((one) => one.id !== id) });
  return {
    async loadRecoverable() {
      const result = await settle(ports.recoverable());
      if (result.ok) set({ recoverable: result.value });
      else fail(result.failure);
    },
    async recover(id) {
      const result = await settle(ports.recover(id));
      if (!result.ok) return fail(result.failure);
      without(id);
      await get().actions.opened(result.value);
    },
    async discardRecoverable(id) {
      const result = await settle(ports.discardRecoverable(id));
      if (result.ok) without(id);
      else fail(result.failure);
    },
  };
}
