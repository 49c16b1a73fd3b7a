import { lazy } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { LibraryPanel, ProsePanel, Slot, WhyPanel } from "./panels.tsx";
import { Stage } from "./player/stage.tsx";
import { Toolbar } from "./player/toolbar.tsx";
import { useActions, useApp } from "./store/use-app.ts";
import { rememberedSize } from "./ui/remembered-size.ts";
import { Segmented } from "./ui/segmented.tsx";

const Dialogs = lazy(async () => ({ default: (await import("./commands/dialogs.tsx")).Dialogs }));

/** Right column: one of the panels that follow the current step. */
function Side() {
  const tab = useApp((state) => state.panels.tab);
  const { setPanels } = useActions();
  return (
    <aside className="pane" aria-label="Prose and explanation">
      <div className="pane-tabs">
        <Segmented
          label="Shown beside the flow"
          value={tab}
          options={[
            { value: "prose", text: "Prose" },
            { value: "why", text: "Why" },
          ]}
          onChange={(value) => setPanels({ tab: value })}
        />
      </div>
      <div className="pane-body">
        <Slot key={tab} of={tab === "prose" ? ProsePanel : WhyPanel} />
      </div>
    </aside>
  );
}

/** The window. Panels are components without properties that read the store; each fills the box it is put in. */
export function App() {
  const librarySize = rememberedSize("library", 264);
  const sideSize = rememberedSize("side", 360);
  const panels = useApp((state) => state.panels);
  // Without a flow there is nothing beside it to show.
  const drawn = useApp((state) => state.scene !== undefined);
  const dialog = useApp((state) => state.dialog !== undefined);
  return (
    <div className="app">
      <Toolbar />
      <Group className="frame" orientation="horizontal">
        {panels.library && (
          <>
            <Panel id="library" {...librarySize} minSize={200} maxSize={480} groupResizeBehavior="preserve-pixel-size">
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
            <Panel id="side" {...sideSize} minSize={260} maxSize={720} groupResizeBehavior="preserve-pixel-size">
              <Side />
            </Panel>
          </>
        )}
      </Group>
      {dialog && <Slot of={Dialogs} />}
    </div>
  );
}
