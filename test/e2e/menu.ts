import type { ElectronApplication } from "@playwright/test";

/** Chooses an entry of the application menu, as its shortcut does: those keys never reach the page. */
export function choose(app: ElectronApplication, id: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id);
}
