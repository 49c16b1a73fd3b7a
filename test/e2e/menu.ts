import type { ElectronApplication } from "@playwright/test";

/** Chooses an entry of the application menu, as its shortcut does: those keys never reach the page. */
export async function choose(app: ElectronApplication, id: string): Promise<void> {
  // Not in the call itself: a menu that is made anew meanwhile would take the call's answer with it.
  await app.evaluate(({ Menu }, wanted) => {
    const entry = Menu.getApplicationMenu()?.getMenuItemById(wanted);
    setTimeout(() => entry?.click(), 0);
  }, id);
}
