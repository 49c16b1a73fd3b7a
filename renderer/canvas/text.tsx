import { baseline } from "../../shared/diagram/label.ts";
import { light } from "../../shared/diagram/theme.ts";

/** Light and dark have the same sizes; colours come from CSS. */
export const { sizes } = light;

interface LinesProps {
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly step: number;
  readonly className?: string;
}

/** Lines of text under one another, at the same x. */
export function Lines({ lines, x, y, step, className }: LinesProps) {
  return lines.map((line, index) =>
    line === "" ? null : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
      <text key={index} className={className} x={x} y={y + index * step}>
        {line}
      </text>
    ),
  );
}

interface BadgeProps {
  readonly number: string;
  readonly x: number;
  /** Baseline of the text beside it. */
  readonly y: number;
  readonly width: number;
}

/** A step's number on its badge. */
export function Badge({ number, x, y, width }: BadgeProps) {
  const height = sizes.badgeHeight;
  const top = y - Math.round(0.36 * sizes.text) - height / 2;
  return (
    <>
      <rect className="badge" x={x} y={top} width={width} height={height} rx={height / 2} />
      <text className="badge-text" x={x + width / 2} y={top + baseline(height, sizes.number)}>
        {number}
      </text>
    </>
  );
}
