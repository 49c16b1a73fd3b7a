import { type ComponentType, lazy } from "react";

/** The panels, each loaded when it is first shown, so that the first picture does not wait for them. */

type Module = Record<string, ComponentType>;

function panel(modules: Record<string, () => Promise<unknown>>, name: string): ComponentType {
  return lazy(async () => {
    const load = Object.values(modules)[0];
    const module = load === undefined ? {} : ((await load()) as Module);
    return { default: module[name] ?? (() => null) };
  });
}

export const LibraryPanel = panel(import.meta.glob("./library/library-panel.tsx"), "LibraryPanel");
export const ProsePanel = panel(import.meta.glob("./prose/prose-panel.tsx"), "ProsePanel");
export const WhyPanel = panel(import.meta.glob("./inspector/why-panel.tsx"), "WhyPanel");
export const NetworkPanel = panel(import.meta.glob("./network/network-panel.tsx"), "NetworkPanel");
