import { memo } from "react";
import { baseline } from "../../shared/diagram/label.ts";
import { SIGN_HEIGHT, sign } from "../../shared/diagram/marks.ts";
import type { GroupBox, Head, Scene } from "../../shared/diagram/scene.ts";
import { useApp } from "../store/use-app.ts";
import { kebab } from "../ui/apply-theme.ts";
import { headScale } from "./camera.ts";
import { useCanvas } from "./canvas-store.ts";
import { Lines, sizes } from "./text.tsx";

interface HeadProps {
  readonly head: Head;
  /** Height of all heads: the lifeline is drawn down to there. */
  readonly bottom: number;
  readonly part: "sender" | "receiver" | undefined;
}

const HeadView = memo(function HeadView({ head, bottom, part }: HeadProps) {
  const own = head.lines.slice(0, head.roleLine);
  const rest = head.lines.slice(head.roleLine);
  const text = own.length * sizes.line + rest.length * sizes.smallLine;
  const signed = head.shape === undefined ? 0 : SIGN_HEIGHT;
  const upper = head.y + Math.round((head.height - text - signed) / 2);
  const top = upper + signed;
  const second = top + own.length * sizes.line + baseline(sizes.smallLine, sizes.small);
  return (
    <g
      className={`head role-${kebab(head.role)} text-middle`}
      data-part={part}
      data-tint={head.tint}
      data-late={head.late !== undefined || undefined}
    >
      <title>{head.name}</title>
      {head.late === undefined && <path className="lifelines" d={`M0 ${head.y + head.height}V${bottom}`} />}
      <rect x={-head.width / 2} y={head.y} width={head.width} height={head.height} rx={3} />
      {head.shape !== undefined && <path className="head-sign" d={sign(head.shape, 0, upper)} />}
      <g className="text-strong">
        <Lines lines={own} x={0} y={top + baseline(sizes.line, sizes.text)} step={sizes.line} />
      </g>
      <g className="text-small">
        <Lines lines={rest} x={0} y={second} step={sizes.smallLine} />
      </g>
    </g>
  );
});

/** The head of a lifeline that begins on the way, at its row; in the plane of the scene. */
export function LateHead({ head, origin }: { readonly head: Head; readonly origin: number }) {
  const { late, ...plain } = head;
  if (late === undefined) return null;
  const y = late - origin;
  return (
    <g transform={`translate(${head.x} 0)`}>
      <HeadView head={{ ...plain, y }} bottom={y + head.height} part={undefined} />
    </g>
  );
}

/** The name of a box around lifelines, over its heads. */
function GroupHead({ box, bottom }: { readonly box: GroupBox; readonly bottom: number }) {
  const first = box.y + 3 + baseline(sizes.smallLine, sizes.small);
  return (
    <g className="group text-small text-middle text-strong" data-tint={box.tint}>
      <title>{box.name}</title>
      <path className="group-side" d={`M${-box.width / 2} ${bottom}V${box.y}H${box.width / 2}V${bottom}`} />
      <rect x={-box.width / 2} y={box.y} width={box.width} height={box.band} rx={4} />
      <Lines lines={box.lines} x={0} y={first} step={sizes.smallLine} />
    </g>
  );
}

/** The heads of the lifelines, always in sight; sender and receiver of the current step are marked. */
export function Heads({ scene }: { readonly scene: Scene }) {
  const step = useApp((state) => state.step);
  return <SceneHeads scene={scene} step={step} />;
}

/** The heads of a scene of which a step is current; none at -1. */
export function SceneHeads({ scene, step }: { readonly scene: Scene; readonly step: number }) {
  const zoom = useCanvas((state) => state.camera.zoom);
  const shape = scene.rows[scene.stepRows[step] ?? -1]?.shape;
  const part = (head: Head) => {
    if (shape?.kind === "state") return shape.x <= head.x && head.x <= shape.x + shape.width ? "receiver" : undefined;
    if (shape?.kind !== "arrow") return undefined;
    if (shape.startName === undefined && shape.x1 === head.x) return "sender";
    const reach = shape.lost ? sizes.lost : 0;
    return shape.endName === undefined && Math.abs(shape.x2 - head.x) <= reach ? "receiver" : undefined;
  };
  // Heads keep their size where the picture is enlarged much.
  return (
    <>
      {scene.boxes.map((box) => (
        <g key={box.x} transform={`translate(${(box.x + box.width / 2) * zoom} 0) scale(${headScale(zoom)})`}>
          <GroupHead box={box} bottom={scene.headHeight} />
        </g>
      ))}
      {scene.heads.map((head) => (
        <g key={head.id} transform={`translate(${head.x * zoom} 0) scale(${headScale(zoom)})`}>
          <HeadView head={head} bottom={scene.headHeight} part={part(head)} />
        </g>
      ))}
    </>
  );
}
