import type { ElectronApplication } from "@playwright/test";
import { unlessCollected } from "./launch.ts";

/** Chooses an entry of the application menu, as its shortcut does: those keys never reach the page. */
export async function choose(app: ElectronApplication, id: string): Promise<void> {
  const chosen = app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
  await chosen.catch(unlessCollected);
}
