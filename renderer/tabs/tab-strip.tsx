import "./tab-strip.css";
import { X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useActions, useApp } from "../store/use-app.ts";

/** The open flows, where there is more than one. One Tab stop: arrows go along, Delete closes. */
export function TabStrip() {
  const tabs = useApp((state) => state.tabs);
  const shown = useApp((state) => state.open?.handle);
  const { selectTab, close } = useActions();
  if (tabs.length < 2) return null;
  const keyDown = async (event: KeyboardEvent<HTMLElement>) => {
    const list = event.currentTarget;
    const at = tabs.findIndex(({ handle }) => handle === shown);
    const to: Record<string, number> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const next = tabs[to[event.key] ?? -1];
    if (next === undefined && event.key !== "Delete") return;
    event.preventDefault();
    if (next === undefined) await close();
    else await selectTab(next.handle);
    list.querySelector<HTMLElement>("[aria-current]")?.focus();
  };
  return (
    // A list of places to go to: the buttons that close them could not stand among the tabs of a tablist.
    <nav className="tab-strip" aria-label="Open flows" onKeyDown={(event) => void keyDown(event)}>
      {tabs.map(({ handle, name, unsaved }) => {
        const selected = handle === shown;
        return (
          <div key={handle} className="tab" data-selected={selected || undefined}>
            <button
              type="button"
              className="tab-name"
              aria-current={selected ? "page" : undefined}
              aria-label={unsaved ? `${name}, not saved` : name}
              title={name}
              tabIndex={selected ? 0 : -1}
              onClick={() => void selectTab(handle)}
              onAuxClick={(event) => event.button === 1 && void close(handle)}
            >
              <span className="tab-text">{name}</span>
              {unsaved && (
                <span className="tab-unsaved" aria-hidden>
                  •
                </span>
              )}
            </button>
            <button
              type="button"
              className="tab-close"
              tabIndex={-1}
              aria-label={`Close ${name}`}
              onClick={() => void close(handle)}
            >
              <X size={14} aria-hidden />
            </button>
          </div>
        );
      })}
    </nav>
  );
}
