import { GitCompareArrows } from "lucide-react";
import { useEffect } from "react";
import { useCanvasStore } from "../canvas/canvas-store.ts";
import { SequenceCanvas } from "../canvas/sequence-canvas.tsx";
import { beginComparison } from "../compare/begin.ts";
import { CompareView } from "../compare/compare-view.tsx";
import { NetworkPanel } from "../network/network-panel.tsx";
import { BackToStep, Typed } from "../player/stage-parts.tsx";
import { LevelChoice, NetworkMenu, ThemeMenu, Title, Variants, Visibility } from "../player/toolbar-parts.tsx";
import { Transport } from "../player/transport.tsx";
import { useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { HandoutProse } from "./handout-prose.tsx";

function CompareButton() {
  const store = useAppStore();
  const several = useApp((state) => (state.open?.flow.variants.length ?? 0) > 1);
  if (!several) return null;
  return (
    <Button icon label="Compare variants" onClick={() => beginComparison(store)}>
      <GitCompareArrows size={16} />
    </Button>
  );
}

/** The picture, with its scene taken over from the store. */
function Sequence() {
  const canvas = useCanvasStore();
  const store = useAppStore();
  useEffect(() => {
    canvas.actions.setScene(store.getState().scene, true);
    return store.subscribe((state, before) => {
      if (state.scene !== before.scene) canvas.actions.setScene(state.scene, false);
    });
  }, [canvas, store]);
  return <SequenceCanvas />;
}

/** The player as the app has it, on a page of its own: nothing here can be changed. */
export function Handout() {
  const comparing = useApp((state) => state.comparing !== undefined);
  const network = useApp((state) => state.panels.network);
  return (
    <div className="app handout">
      <header className="toolbar">
        <Title />
        <div className="toolbar-group">
          <Variants />
          <LevelChoice />
          <Visibility />
          <CompareButton />
          <NetworkMenu />
          <ThemeMenu />
        </div>
      </header>
      {comparing ? (
        <CompareView ownOnly />
      ) : (
        <div className="handout-frame">
          <main className="handout-stage" aria-label="Flow">
            <div className="handout-views">
              {network !== "instead" && (
                <div className="view">
                  <Sequence />
                  <BackToStep />
                </div>
              )}
              {network !== "off" && (
                <div className="view">
                  <NetworkPanel />
                </div>
              )}
              <Typed />
            </div>
            <Transport />
          </main>
          <aside className="handout-side" aria-label="Prose">
            <HandoutProse />
          </aside>
        </div>
      )}
    </div>
  );
}
