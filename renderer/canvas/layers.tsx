import { type ReactNode, useMemo } from "react";
import { baseline } from "../../shared/diagram/label.ts";
import { cross, DESTROYED_REACH, frameTab } from "../../shared/diagram/marks.ts";
import type { Frame, Scene } from "../../shared/diagram/scene.ts";
import { stepsWith } from "../player/caption.ts";
import { useApp } from "../store/use-app.ts";
import { useCanvas } from "./canvas-store.ts";
import { LateHead } from "./heads.tsx";
import { type Phase, RowView, stepOf } from "./row.tsx";
import { Lines, sizes } from "./text.tsx";
import { activationsIn, edges, framesIn, type Span, slantedInto } from "./visible.ts";

interface LayerProps {
  readonly scene: Scene;
  readonly span: Span;
}

/** Lifelines, as far as they are in sight. */
function Lifelines({ scene, span }: LayerProps) {
  const { top, bottom } = edges(scene, span);
  const lines = scene.heads.map((head) => {
    const from = Math.max(top, head.late === undefined ? scene.headHeight : head.late + head.height);
    const to = Math.min(bottom, head.ends ?? scene.bottom);
    return from < to ? `M${head.x} ${from - span.origin}V${to - span.origin}` : "";
  });
  const ended = scene.heads.map(({ x, ends }) =>
    ends === undefined || ends < top || ends > bottom ? "" : cross(x, ends - span.origin, DESTROYED_REACH),
  );
  return (
    <>
      <path className="lifelines" d={lines.join("")} />
      <path className="lifeline-end" d={ended.join("")} />
    </>
  );
}

/** The sides of the boxes around lifelines, below the heads. */
function Groups({ scene, span }: LayerProps) {
  const { top, bottom } = edges(scene, span);
  const from = Math.max(top, scene.headHeight) - span.origin;
  return scene.boxes.map((box) => {
    const to = Math.min(bottom, box.bottom) - span.origin;
    const right = box.x + box.width;
    const across = to === box.bottom - span.origin ? `H${right}` : `M${right} ${to}`;
    return (
      <g key={box.x} className="group" data-tint={box.tint}>
        <path className="group-side" d={`M${box.x} ${from}V${to}${across}V${from}`} />
      </g>
    );
  });
}

/** Heads of lifelines that begin in sight. */
function LateHeads({ scene, span }: LayerProps) {
  const { top, bottom } = edges(scene, span);
  return scene.heads
    .filter(({ late, height }) => late !== undefined && late < bottom && late + height > top)
    .map((head) => <LateHead key={head.id} head={head} origin={span.origin} />);
}

function Activations({ scene, span }: LayerProps) {
  return activationsIn(scene, span).map((bar) => (
    <rect
      key={`${bar.lifeline} ${bar.top}`}
      className="activation"
      x={bar.x - sizes.activation / 2}
      y={bar.top - span.origin}
      width={sizes.activation}
      height={bar.bottom - bar.top}
    />
  ));
}

function FrameView({ frame, origin }: { readonly frame: Frame; readonly origin: number }) {
  const { x, width } = frame;
  const top = frame.top - origin;
  const first = top + 2 + baseline(sizes.smallLine, sizes.small);
  return (
    <g className={`frame-box frame-box-${frame.operator || "plain"} text-small`} data-tint={frame.tint}>
      <rect x={x} y={top} width={width} height={frame.bottom - frame.top} rx={2} />
      {frame.operator !== "" && (
        <>
          <path className="frame-tab" d={frameTab(x, top, frame.tabWidth, sizes.smallLine + 4)} />
          <text className="text-strong frame-operator" x={x + 8} y={first}>
            {frame.operator}
          </text>
        </>
      )}
      <Lines lines={frame.lines} x={x + frame.tabWidth + 8} y={first} step={sizes.smallLine} />
      {frame.elses.map((part) => {
        const y = part.y - origin;
        return (
          <g key={part.y}>
            <path className="frame-else" d={`M${x} ${y}H${x + width}`} />
            <Lines
              lines={part.lines}
              x={x + 8}
              y={y + 3 + baseline(sizes.smallLine, sizes.small)}
              step={sizes.smallLine}
            />
          </g>
        );
      })}
    </g>
  );
}

/** What of a scene is current, pointed at and marked. */
export interface Looked {
  /** The current step; -1 before the first, or where none is. */
  readonly step: number;
  readonly hovered: number | undefined;
  /** A mark that the row of a step carries for the stylesheet. */
  readonly markOf?: (step: number) => string | undefined;
}

/** The band behind the current step; it glides from row to row. */
function CurrentBand({ scene, span, step }: LayerProps & { readonly step: number }) {
  const row = scene.rows[scene.stepRows[step] ?? -1];
  if (row === undefined) return null;
  const style = { transform: `translateY(${row.top - span.origin}px)`, height: `${row.height}px` };
  // A new origin is a new element, so that nothing glides when only the way of counting changed.
  // Wider than the picture, which may be narrower than the window.
  return (
    <rect
      key={span.origin}
      className="current-band"
      x={-10 * scene.width}
      y={0}
      width={21 * scene.width}
      style={style}
    />
  );
}

function phaseOf(index: number, current: number, next: number): Phase {
  if (index === current) return "current";
  return index < next ? "past" : "future";
}

function Rows({ scene, span, step, hovered, markOf }: LayerProps & Looked) {
  const far = useCanvas((state) => state.far);
  const current = scene.stepRows[step] ?? -1;
  // What stands between the current step and the next (notes, states) belongs to the current one.
  const next = scene.stepRows[step + 1] ?? scene.rows.length;
  const slanted = new Set(scene.slanted);
  const inside = Array.from({ length: span.last - span.first + 1 }, (_, offset) => span.first + offset);
  const order = [
    ...slantedInto(scene, span),
    ...inside.filter((index) => slanted.has(index)),
    ...inside.filter((index) => !slanted.has(index)),
  ];
  return order.map((index) => {
    const row = scene.rows[index];
    if (row === undefined) return null;
    const of = stepOf(row.shape);
    return (
      <RowView
        key={index}
        row={row}
        origin={span.origin}
        width={scene.width}
        phase={step < 0 ? "rest" : phaseOf(index, current, next)}
        hovered={hovered !== undefined && of === hovered}
        far={far}
        mark={of === undefined ? undefined : markOf?.(of)}
      />
    );
  });
}

/** Soft bands behind the steps that a panel talks about. */
function MarkedBands({ scene, span }: LayerProps) {
  const marked = useApp((state) => state.marked);
  const diagram = useApp((state) => state.diagram);
  const steps = useMemo(() => (diagram === undefined ? [] : stepsWith(diagram, marked)), [diagram, marked]);
  return steps.map((step) => {
    const at = scene.stepRows[step] ?? -1;
    const row = scene.rows[at];
    if (row === undefined || at < span.first || at > span.last) return null;
    return (
      <rect
        key={step}
        className="marked-band"
        x={-10 * scene.width}
        y={row.top - span.origin}
        width={21 * scene.width}
        height={row.height}
      />
    );
  });
}

/** All that scrolls of the flow that is played. */
export function Layers({ scene }: { readonly scene: Scene }) {
  const span = useCanvas((state) => state.span);
  const step = useApp((state) => state.step);
  const hovered = useApp((state) => state.hovered);
  const under = (
    <>
      <MarkedBands scene={scene} span={span} />
      <CurrentBand scene={scene} span={span} step={step} />
    </>
  );
  return <SceneLayers scene={scene} step={step} hovered={hovered} under={under} />;
}

/** The visible part of a scene, from back to front; `under` lies behind it. */
export function SceneLayers({
  scene,
  under,
  ...looked
}: Looked & { readonly scene: Scene; readonly under: ReactNode }) {
  const span = useCanvas((state) => state.span);
  const frames = framesIn(scene, span);
  return (
    <>
      {under}
      <Groups scene={scene} span={span} />
      {frames
        .filter(({ operator }) => operator === "")
        .map((frame) => (
          <FrameView key={`${frame.top} ${frame.depth}`} frame={frame} origin={span.origin} />
        ))}
      <Lifelines scene={scene} span={span} />
      <Activations scene={scene} span={span} />
      {frames
        .filter(({ operator }) => operator !== "")
        .map((frame) => (
          <FrameView key={`${frame.top} ${frame.depth}`} frame={frame} origin={span.origin} />
        ))}
      <LateHeads scene={scene} span={span} />
      <Rows scene={scene} span={span} {...looked} />
    </>
  );
}
