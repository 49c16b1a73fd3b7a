import { memo } from "react";
import { baseline } from "../../shared/diagram/label.ts";
import { CLOCK_RADIUS, clockHands } from "../../shared/diagram/marks.ts";
import type { DividerLine, NoteBox, Row, Shape, StateBox, TimerMark } from "../../shared/diagram/scene.ts";
import { shifted } from "../../shared/diagram/shifted.ts";
import { ArrowShape } from "./arrow-shape.tsx";
import { Badge, Lines, sizes } from "./text.tsx";

/** `rest`: nothing has been played, all steps look alike. */
export type Phase = "rest" | "past" | "current" | "future";

function Note({ shape }: { readonly shape: NoteBox }) {
  const x = shape.x + sizes.notePad;
  const y = shape.y + sizes.notePad - 2 + baseline(sizes.smallLine, sizes.small);
  return (
    <g className="note text-small" data-tint={shape.tint}>
      <rect className="note-box" x={shape.x} y={shape.y} width={shape.width} height={shape.height} rx={2} />
      {shape.number !== "" && (
        <text className="text-strong" x={x} y={y}>
          {`${shape.number}:`}
        </text>
      )}
      <Lines lines={shape.lines.slice(0, 1)} x={x + shape.numberWidth} y={y} step={0} />
      <Lines lines={shape.lines.slice(1)} x={x} y={y + sizes.smallLine} step={sizes.smallLine} />
    </g>
  );
}

function Divider({ shape }: { readonly shape: DividerLine }) {
  const height = shape.lines.length * sizes.smallLine;
  const half = shape.textWidth / 2 + 10;
  const y = shape.y - height / 2 + baseline(sizes.smallLine, sizes.small);
  return (
    <g className="divider text-small text-strong text-muted text-middle">
      <path d={`M${shape.left} ${shape.y}H${shape.right}`} />
      {shape.lines.length > 0 && (
        <rect className="label-mask" x={shape.x - half} y={shape.y - height / 2} width={2 * half} height={height} />
      )}
      <Lines lines={shape.lines} x={shape.x} y={y} step={sizes.smallLine} />
    </g>
  );
}

function State({ shape }: { readonly shape: StateBox }) {
  const before = shape.numberWidth === 0 ? 0 : shape.numberWidth + sizes.badgeGap;
  const center = shape.x + (shape.width + before) / 2;
  const y = shape.y + sizes.notePad / 2 + baseline(sizes.smallLine, sizes.small);
  const round = Math.min(11, shape.height / 2);
  return (
    <g className="state text-small text-middle" data-tint={shape.tint}>
      <rect className="state-box" x={shape.x} y={shape.y} width={shape.width} height={shape.height} rx={round} />
      {shape.number !== "" && (
        <Badge number={shape.number} x={shape.x + sizes.notePad} y={y} width={shape.numberWidth} />
      )}
      <Lines lines={shape.lines} x={center} y={y} step={sizes.smallLine} />
    </g>
  );
}

function Timer({ shape }: { readonly shape: TimerMark }) {
  const y = shape.y - (shape.lines.length * sizes.smallLine) / 2 + baseline(sizes.smallLine, sizes.small);
  return (
    <g className={`timer timer-${shape.event} text-small text-muted`}>
      <circle cx={shape.x} cy={shape.y} r={CLOCK_RADIUS} />
      <path d={clockHands(shape)} />
      <Lines lines={shape.lines} x={shape.textX} y={y} step={sizes.smallLine} />
    </g>
  );
}

function Painted({ shape, far }: { readonly shape: Shape; readonly far: boolean }) {
  switch (shape.kind) {
    case "arrow":
      return <ArrowShape shape={shape} far={far} />;
    case "note":
      return <Note shape={shape} />;
    case "divider":
      return <Divider shape={shape} />;
    case "state":
      return <State shape={shape} />;
    case "timer":
      return <Timer shape={shape} />;
    case "gap":
      return null;
  }
}

export function stepOf(shape: Shape): number | undefined {
  return shape.kind === "arrow" || shape.kind === "state" ? shape.step : undefined;
}

interface RowProps {
  readonly row: Row;
  /** Height from which places are counted. */
  readonly origin: number;
  /** Width of the picture: the whole row is where a pointer finds the step. */
  readonly width: number;
  readonly phase: Phase;
  readonly hovered: boolean;
  readonly far: boolean;
  /** For the stylesheet. */
  readonly mark: string | undefined;
}

/** One row of the scene. Drawn again only when its own row or its phase changes. */
export const RowView = memo(function RowView({ row, origin, width, phase, hovered, far, mark }: RowProps) {
  const { shape } = row;
  const step = stepOf(shape);
  const arrow = shape.kind === "arrow" ? shape : undefined;
  return (
    <g
      className="row"
      data-step={step}
      data-phase={phase}
      data-hovered={hovered || undefined}
      data-mark={mark}
      data-line={arrow?.line}
      data-authored={arrow?.authored || undefined}
      data-lost={arrow?.lost || undefined}
      data-tint={arrow?.look?.tint}
    >
      {step !== undefined && <rect className="row-hit" x={0} y={row.top - origin} width={width} height={row.height} />}
      <Painted shape={shifted(shape, -origin)} far={far} />
    </g>
  );
});
