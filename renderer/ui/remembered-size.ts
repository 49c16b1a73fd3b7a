import type { PanelSize } from "react-resizable-panels";

/**
 * The width of a side panel, kept in the page's own storage between starts. A page whose storage is refused, or holds
 * nonsense, has the width it has at first.
 */
export function rememberedSize(panel: string, atFirst: number) {
  const key = `panel.${panel}.width`;
  let stored = Number.NaN;
  try {
    stored = Number.parseFloat(localStorage.getItem(key) ?? "");
  } catch {
    // Storage is refused.
  }
  return {
    defaultSize: Number.isFinite(stored) && stored > 0 ? stored : atFirst,
    onResize: ({ inPixels }: PanelSize) => {
      try {
        if (inPixels > 0) localStorage.setItem(key, String(Math.round(inPixels)));
      } catch {
        // Storage is refused or full: the width is not remembered, nothing else.
      }
    },
  };
}
