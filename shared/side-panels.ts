/**
 * The panels at the window's right edge, in the order of their buttons. Pure data: the View menu, the shortcuts, what is
 * remembered and the buttons are made from it; `renderer/panels.tsx` says what each one shows.
 */
export const sidePanels = [
  { id: "prose", title: "Prose", keys: ["Mod+Shift+P"] },
  { id: "why", title: "Why", keys: ["Mod+Shift+Y"] },
  { id: "scenario", title: "Scenario", keys: ["Mod+Shift+C"] },
  { id: "problems", title: "Problems", keys: ["Mod+Shift+D"] },
  { id: "find", title: "Find", keys: [] },
  { id: "requirements", title: "Requirements", keys: ["Mod+Shift+J"] },
  { id: "whatIf", title: "What If", keys: ["Mod+Shift+B"] },
  { id: "variants", title: "Variants", keys: ["Mod+Shift+G"] },
  { id: "explore", title: "Explore", keys: ["Mod+Shift+X"] },
  { id: "rules", title: "Rules", keys: ["Mod+Shift+U"] },
  { id: "changeRequest", title: "Change Request", keys: [] },
  { id: "text", title: "Text", keys: ["Mod+Shift+M"] },
] as const satisfies readonly SidePanel[];

interface SidePanel {
  readonly id: string;
  readonly title: string;
  /** Shortcuts, as in `commands.ts`. */
  readonly keys: readonly string[];
}

export type SidePanelId = (typeof sidePanels)[number]["id"];

export const sidePanelIds = sidePanels.map((panel) => panel.id);
