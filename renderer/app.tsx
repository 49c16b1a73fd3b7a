import { X } from "lucide-react";
import { lazy } from "react";
import { Group, Panel, type PanelSize, Separator } from "react-resizable-panels";
import type { PanelWidths } from "../shared/ipc/settings.ts";
import { sidePanels } from "../shared/side-panels.ts";
import { CompareView, LibraryPanel, Slot, sidePanelParts } from "./panels.tsx";
import { DropSign, useFileDrop } from "./player/file-drop.tsx";
import { Stage } from "./player/stage.tsx";
import { Toolbar } from "./player/toolbar.tsx";
import { RecoveryBanner } from "./recovery/recovery-banner.tsx";
import { useActions, useApp, useAppStore } from "./store/use-app.ts";
import { TabStrip } from "./tabs/tab-strip.tsx";
import { Button } from "./ui/button.tsx";
import { useKeptFocus } from "./ui/kept-focus.ts";
import { useOneSide } from "./ui/one-side.ts";
import { Rail } from "./ui/rail.tsx";

const Dialogs = lazy(async () => ({ default: (await import("./commands/dialogs.tsx")).Dialogs }));

/** Right column: the panel whose button is pressed. */
function Side() {
  const tab = useApp((state) => state.panels.tab);
  const { toggleSidePanel } = useActions();
  const { title } = sidePanels.find((panel) => panel.id === tab) ?? sidePanels[0];
  const { Head, Panel: Content } = sidePanelParts[tab];
  return (
    <aside className="pane" aria-label={title}>
      <header className="pane-head">
        <h2>{title}</h2>
        {Head !== undefined && <Slot of={Head} />}
        <Button icon label={`Close ${title}`} onClick={() => toggleSidePanel(tab)}>
          <X size={15} />
        </Button>
      </header>
      <div className="pane-body">
        <Slot key={tab} of={Content} />
      </div>
    </aside>
  );
}

/** The buttons of the panels, at the window's right edge. */
function SideRail() {
  const { side, tab } = useApp((state) => state.panels);
  const { toggleSidePanel } = useActions();
  const buttons = sidePanels.map(({ id, title, keys }) => ({ id, title, keys, ...sidePanelParts[id] }));
  return <Rail label="Panels" buttons={buttons} pressed={side ? tab : undefined} onPress={toggleSidePanel} />;
}

/** A panel's width when it is shown: what a person made of it last, or `usual`; dragging its edge is remembered. */
function useWidth(panel: keyof PanelWidths, usual: number) {
  const store = useAppStore();
  const { resizePanel } = useActions();
  return {
    defaultSize: store.getState().widths[panel] ?? usual,
    onResize: ({ inPixels }: PanelSize) => {
      const width = Math.round(inPixels);
      if (width > 0 && width !== (store.getState().widths[panel] ?? usual)) resizePanel(panel, width);
    },
  };
}

/** The flow with the panels at its sides. */
function Panes() {
  const libraryWidth = useWidth("library", 264);
  const sideWidth = useWidth("side", 360);
  const panels = useApp((state) => state.panels);
  // Without a flow there is nothing beside it to show.
  const drawn = useApp((state) => state.scene !== undefined);
  useOneSide();
  return (
    <div className="frame">
      <Group className="frame-panes" orientation="horizontal">
        {panels.library && (
          <>
            <Panel id="library" {...libraryWidth} minSize={200} maxSize={480} groupResizeBehavior="preserve-pixel-size">
              <nav className="pane" aria-label="Library">
                <Slot of={LibraryPanel} />
              </nav>
            </Panel>
            <Separator className="splitter" />
          </>
        )}
        <Panel id="stage" minSize={320}>
          <Stage />
        </Panel>
        {panels.side && drawn && (
          <>
            <Separator className="splitter" />
            <Panel id="side" {...sideWidth} minSize={260} maxSize={720} groupResizeBehavior="preserve-pixel-size">
              <Side />
            </Panel>
          </>
        )}
      </Group>
      {drawn && (
        <nav className="rail-place" aria-label="Panels">
          <SideRail />
        </nav>
      )}
    </div>
  );
}

/** The window. Panels are components without properties that read the store; each fills the box it is put in. */
export function App() {
  const dialog = useApp((state) => state.dialog !== undefined);
  const comparing = useApp((state) => state.comparing !== undefined);
  useKeptFocus();
  const { over, handlers } = useFileDrop();
  return (
    <div className="app" {...handlers}>
      <Toolbar />
      <RecoveryBanner />
      <TabStrip />
      {comparing ? <Slot of={CompareView} /> : <Panes />}
      {dialog && <Slot of={Dialogs} />}
      {over && <DropSign />}
    </div>
  );
}
