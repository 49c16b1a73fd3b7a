import { Maximize2, Minus, MoveHorizontal, Plus } from "lucide-react";
import { useCanvas, useCanvasStore } from "../canvas/canvas-store.ts";
import { Button } from "../ui/button.tsx";

/** Zoom of the sequence canvas: out, 100 %, in, fit width, fit page. */
export function ZoomControls() {
  const { actions } = useCanvasStore();
  const percent = useCanvas((state) => Math.round(state.camera.zoom * 100));
  const fit = useCanvas((state) => state.fit);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div className="transport-group transport-zoom" role="group" aria-label="Zoom">
      <Button icon label="Zoom out" keys="−" onClick={actions.zoomOut}>
        <Minus size={16} />
      </Button>
      <Button
        className="transport-percent"
        title="Actual size (0)"
        aria-label={`Zoom ${percent} percent, actual size`}
        onClick={() => actions.zoomTo(1)}
      >
        {percent} %
      </Button>
      <Button icon label="Zoom in" keys="+" onClick={actions.zoomIn}>
        <Plus size={16} />
      </Button>
      <Button icon label="Fit width" aria-pressed={fit === "width"} onClick={() => actions.fitTo("width")}>
        <MoveHorizontal size={16} />
      </Button>
      <Button icon label="Fit page" aria-pressed={fit === "page"} onClick={() => actions.fitTo("page")}>
        <Maximize2 size={16} />
      </Button>
    </div>
  );
}
