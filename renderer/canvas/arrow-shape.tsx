import { hiddenWidth } from "../../shared/diagram/hidden.ts";
import { baseline, labelLeft, labelRight, labelTop } from "../../shared/diagram/label.ts";
import { arrowLine, authoredMark, cross, DOT_RADIUS, endDots, endMarks, tip } from "../../shared/diagram/marks.ts";
import type { Arrow } from "../../shared/diagram/scene.ts";
import { Badge, Lines, sizes } from "./text.tsx";

/** Heads, tails and dots of an arrow that is drawn in its own way. */
function Ends({ shape }: { readonly shape: Arrow }) {
  return (
    <>
      {endMarks(shape, sizes).map(({ path, filled }) => (
        <path key={path} className={filled ? "arrow-tip" : "arrow-end"} d={path} />
      ))}
      {endDots(shape).map(({ x, y }) => (
        <circle key={x} className="arrow-dot" cx={x} cy={y} r={DOT_RADIUS} />
      ))}
    </>
  );
}

/** Line, tip and what else stands on the line. */
function Line({ shape }: { readonly shape: Arrow }) {
  const path = arrowLine(shape, sizes);
  return (
    <>
      <path className={`arrow-line arrow-line-${shape.line}`} d={path} />
      {shape.line === "media" && <path className="arrow-core" d={path} />}
      {shape.lost && <path className="arrow-cross" d={cross(shape.x2, shape.y2)} />}
      {!shape.lost && shape.look === undefined && <polygon className="arrow-tip" points={tip(shape, sizes)} />}
      {shape.look !== undefined && <Ends shape={shape} />}
    </>
  );
}

/** Dots at hidden ends and at participants passed, the mark of an authored arrow, the name of a hidden participant. */
function Extras({ shape }: { readonly shape: Arrow }) {
  const { hidden } = shape;
  return (
    <>
      {shape.startName !== undefined && <circle className="arrow-dot" cx={shape.x1} cy={shape.y1} r={3} />}
      {shape.endName !== undefined && !shape.lost && (
        <circle className="arrow-dot" cx={shape.x2 + (shape.x2 > shape.x1 ? 3 : -3)} cy={shape.y2} r={3} />
      )}
      {shape.via?.map((point) => (
        <circle key={point.x} className="arrow-via" cx={point.x} cy={point.y} r={2.5} />
      ))}
      {shape.authored && <polygon className="arrow-dot" points={authoredMark(shape)} />}
      {hidden !== undefined && (
        <g className={`text-small text-muted text-${hidden.anchor}`}>
          <Lines
            lines={hidden.lines}
            x={hidden.x}
            y={hidden.y - (hidden.lines.length * sizes.smallLine) / 2 + baseline(sizes.smallLine, sizes.small)}
            step={sizes.smallLine}
          />
        </g>
      )}
    </>
  );
}

/** The canvas colour under a label and a hidden participant's name that lie over other lines. */
function Mask({ shape }: { readonly shape: Arrow }) {
  const { hidden } = shape;
  const left = labelLeft(shape) - 4;
  const width = labelRight(shape) + 4 - left;
  const height = Math.max(1, shape.lines.length) * sizes.line;
  const wide = hidden === undefined ? 0 : Math.ceil(hiddenWidth(hidden, sizes));
  const tall = (hidden?.lines.length ?? 0) * sizes.smallLine;
  return (
    <>
      <rect className="label-mask" x={left} y={labelTop(shape, sizes)} width={width} height={height} />
      {hidden !== undefined && tall > 0 && (
        <rect
          className="label-mask"
          x={hidden.anchor === "start" ? hidden.x : hidden.x - wide}
          y={hidden.y - tall / 2}
          width={wide}
          height={tall}
        />
      )}
    </>
  );
}

/** An arrow as `toSvg` draws it; colours by CSS, so that a step becomes current without being drawn again. */
export function ArrowShape({ shape, far }: { readonly shape: Arrow; readonly far: boolean }) {
  if (far) return <Line shape={shape} />;
  const { authored, startName, endName, via } = shape;
  return (
    <>
      <Line shape={shape} />
      {(authored || startName !== undefined || endName !== undefined || via !== undefined) && <Extras shape={shape} />}
      {shape.masked && <Mask shape={shape} />}
      {shape.number !== "" && (
        <Badge number={shape.number} x={shape.numberX} y={shape.labelY} width={shape.numberWidth} />
      )}
      <Lines lines={shape.lines} x={shape.labelX} y={shape.labelY} step={sizes.line} className="label" />
    </>
  );
}
