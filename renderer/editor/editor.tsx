import { useEffect, useMemo, useRef, useState } from "react";
import type { Scene } from "../../shared/diagram/scene.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { headBand } from "../canvas/camera.ts";
import { useCanvas, useCanvasStore } from "../canvas/canvas-store.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { type Box, boxOf, itemOfAside } from "./asides.ts";
import { listenToClipboard } from "./clipboard.ts";
import { DraftField } from "./draft-field.tsx";
import type { Pointing } from "./dragging.ts";
import { frameOf } from "./frames.ts";
import { listenToPointing } from "./pointing.ts";
import { Withheld } from "./withheld.tsx";
import "./editor.css";

/** What the pointer is about to do. */
function Preview({ scene, pointing }: { readonly scene: Scene; readonly pointing: Pointing }) {
  switch (pointing.kind) {
    case "lifeline":
      return <circle className="editor-start" cx={pointing.x} cy={pointing.y} r={5} />;
    case "draw": {
      const { x1, x2, y } = pointing;
      if (x1 === x2) return <path className="editor-arrow" d={`M${x1} ${y}h36v16h-30`} />;
      return <path className="editor-arrow" d={`M${x1} ${y}H${x2}`} markerEnd="url(#editor-tip)" />;
    }
    case "reroute": {
      const { x1, y1, x2, y2 } = pointing;
      return <path className="editor-arrow" d={`M${x1} ${y1}L${x2} ${y2}`} markerEnd="url(#editor-tip)" />;
    }
    case "move":
      return <path className="editor-gap" d={`M0 ${pointing.y}H${scene.width}`} />;
    case "aside":
      return (
        <>
          <rect className="editor-aside" {...pick(pointing.box)} rx={3} />
          {pointing.y !== undefined && <path className="editor-gap" d={`M0 ${pointing.y}H${scene.width}`} />}
        </>
      );
    case "frame": {
      const { x, width, y, height } = pointing.box;
      if (height === 0) return <path className="editor-gap" d={`M${x} ${y}h${width}`} />;
      return <rect className="editor-frame" x={x} y={y} width={width} height={height} />;
    }
    case "head":
      return <path className="editor-gap" d={`M${pointing.x} 0V${scene.height}`} />;
  }
}

const pick = ({ x, y, width, height }: Box): Box => ({ x, y, width, height });

/** A frame around the note or the mark that is chosen. */
function ChosenAside({ scene }: { readonly scene: Scene }) {
  const aside = useApp((state) => state.aside);
  const diagram = useApp((state) => state.diagram);
  const item = aside === undefined ? -1 : itemOfAside(diagram, aside);
  const row = scene.rows[item];
  if (row === undefined) return null;
  const frame = frameOf(diagram, scene, item);
  const own = boxOf(row.shape) ?? {
    x: frame?.x ?? 2,
    y: row.top,
    width: frame?.width ?? scene.width - 4,
    height: row.height,
  };
  const { x, y, width, height } = own;
  return <rect className="editor-selected" x={x - 3} y={y - 3} width={width + 6} height={height + 6} rx={4} />;
}

/** Frames around the steps that are chosen. */
function Selected({ scene }: { readonly scene: Scene }) {
  const selected = useApp((state) => state.selected);
  const diagram = useApp((state) => state.diagram);
  const steps = useMemo(() => {
    const chosen = new Set(selected);
    return chosen.size === 0
      ? []
      : stepsOf(diagram).filter((step) => step.hops[0] !== undefined && chosen.has(step.hops[0]));
  }, [diagram, selected]);
  return steps.map((step) => {
    const row = scene.rows[scene.stepRows[step.index] ?? -1];
    if (row === undefined) return null;
    return (
      <rect
        key={step.index}
        className="editor-selected"
        x={2}
        y={row.top + 1}
        width={scene.width - 4}
        height={row.height - 2}
        rx={4}
      />
    );
  });
}

/** Work on the picture: over the canvas, in its place and scale. Mounted while the picture can be edited. */
export function Editor() {
  const app = useAppStore();
  const canvas = useCanvasStore();
  const layer = useRef<HTMLDivElement>(null);
  const [pointing, setPointing] = useState<Pointing>();
  const scene = useCanvas((state) => state.scene);
  const { x, y, zoom } = useCanvas((state) => state.camera);
  const content = useCanvas((state) => state.content);
  const draft = useApp((state) => state.draft);

  useEffect(() => listenToClipboard(app), [app]);
  useEffect(() => {
    const view = layer.current?.closest<HTMLElement>(".canvas-view");
    return view === null || view === undefined ? undefined : listenToPointing(view, canvas, app, setPointing);
  }, [canvas, app]);

  if (scene === undefined) return <div ref={layer} />;
  const band = headBand(content, zoom);
  const top = band - (content.headHeight + y) * zoom;
  return (
    <div ref={layer} className="editor">
      <svg className="editor-picture" aria-hidden="true">
        <defs>
          <marker id="editor-tip" viewBox="0 0 10 8" refX="10" refY="4" markerWidth="10" markerHeight="8" orient="auto">
            <path className="editor-tip" d="M0 0L10 4L0 8Z" />
          </marker>
        </defs>
        <g transform={`translate(${-x * zoom} ${top}) scale(${zoom})`}>
          <Selected scene={scene} />
          <ChosenAside scene={scene} />
          {pointing !== undefined && <Preview scene={scene} pointing={pointing} />}
        </g>
      </svg>
      <Withheld scene={scene} place={(at) => ({ left: (at.x - x) * zoom, top: top + at.y * zoom })} />
      {draft !== undefined && (
        <DraftField
          key={draft.id}
          draft={draft}
          scene={scene}
          place={(at) => ({
            left: (at.x - x) * zoom,
            top: top + at.y * zoom,
            head: at.y < content.headHeight ? (at.y / content.headHeight) * band : undefined,
          })}
        />
      )}
    </div>
  );
}
