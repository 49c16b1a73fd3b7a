import { CornerDownRight } from "lucide-react";
import { useMemo } from "react";
import { headBand } from "../canvas/camera.ts";
import { useCanvas } from "../canvas/canvas-store.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { type ReferenceFrame, referenceFrames } from "./reference-frames.ts";
import "./reference-links.css";

/**
 * On each frame that stands for another flow: a press leads into it. Where the picture is worked on only the mark at its edge
 * does, as the frame itself is chosen and written. By keyboard O does the same at the step above.
 */
export function ReferenceLinks() {
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  const scene = useCanvas((state) => state.scene);
  const frames = useMemo(() => referenceFrames(flow, diagram, scene), [flow, diagram, scene]);
  return frames.length === 0 ? null : <Placed frames={frames} />;
}

function Placed({ frames }: { readonly frames: readonly ReferenceFrame[] }) {
  const { x, y, zoom } = useCanvas((state) => state.camera);
  const content = useCanvas((state) => state.content);
  const viewport = useCanvas((state) => state.viewport);
  const editing = useApp((state) => state.editing);
  const { enter } = useActions();
  const band = headBand(content, zoom);
  const above = band - (content.headHeight + y) * zoom;
  return (
    <div className="reference-links" style={{ top: band }}>
      {frames.map((frame) => {
        const top = above + frame.top * zoom;
        const height = frame.height * zoom;
        if (top > viewport.height || top + height < band) return null;
        const does = `Go into ${frame.says === "" ? "the referred flow" : `“${frame.says}”`}`;
        return (
          <button
            key={frame.mark}
            type="button"
            className={editing ? "reference-link reference-link-mark-only" : "reference-link"}
            tabIndex={-1}
            title={`${does} (O)`}
            aria-label={does}
            style={{ left: (frame.x - x) * zoom, top: top - band, width: frame.width * zoom, height }}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => void enter(frame.mark)}
          >
            <span
              className="reference-link-mark"
              onPointerDown={editing ? (event) => event.stopPropagation() : undefined}
            >
              <CornerDownRight size={14} aria-hidden="true" />
            </span>
          </button>
        );
      })}
    </div>
  );
}
