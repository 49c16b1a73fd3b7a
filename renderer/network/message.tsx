import { useStore, ViewportPortal } from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";
import { captionOf, stepsOf } from "../player/caption.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { type Curve, lengthOf, pointAt, pointOver, svgPath } from "./curve.ts";
import { useDrawn } from "./network-context.ts";
import { wayOf } from "./place.ts";

/** Size of an arrow's head. */
const HEAD = 11;

/** The head of an arrow as a polygon at the end of a curve. */
function headOf(line: Curve): string {
  const { x, y } = line.end;
  const before = pointAt(line, Math.max(0, 1 - HEAD / Math.max(HEAD, lengthOf(line))));
  const length = Math.hypot(x - before.x, y - before.y) || 1;
  const dx = (x - before.x) / length;
  const dy = (y - before.y) / length;
  const back = { x: x - dx * HEAD, y: y - dy * HEAD };
  const half = HEAD * 0.42;
  return [
    [x, y],
    [back.x - dy * half, back.y + dx * half],
    [back.x + dy * half, back.y - dx * half],
  ]
    .map((point) => point.map((each) => each.toFixed(1)).join(","))
    .join(" ");
}

/** The label keeps its size on the screen, within bounds, however far one is away. */
function useLabelScale(): number {
  return useStore(({ transform }) => Math.min(2.4, Math.max(0.8, 1 / transform[2])));
}

/** The way of the current message with its label, and the message moving over it in step with the sequence. */
export function CurrentMessage() {
  const { network, placed, diagram } = useDrawn();
  const store = useAppStore();
  const step = useApp((state) => state.step);
  const token = useRef<SVGGElement>(null);
  const scale = useLabelScale();
  const way = useMemo(() => wayOf(placed, network.routes[step] ?? []), [placed, network, step]);

  useEffect(() => {
    // The message moves by its transform alone: no rendering for a frame.
    const paint = () => {
      const { playback, reducedMotion } = store.getState();
      const element = token.current;
      if (element === null) return;
      // As far over its way as the sequence shows it over its arrow.
      const fraction = playback.position - Math.floor(playback.position);
      const at = reducedMotion || fraction === 0 ? undefined : pointOver(way, fraction);
      element.style.display = at === undefined ? "none" : "";
      if (at !== undefined) element.setAttribute("transform", `translate(${at.x.toFixed(2)} ${at.y.toFixed(2)})`);
    };
    paint();
    return store.subscribe((state, before) => {
      if (state.playback.position !== before.playback.position || state.reducedMotion !== before.reducedMotion) paint();
    });
  }, [store, way]);

  const current = stepsOf(diagram)[step];
  const caption = captionOf(diagram, step);
  if (current === undefined || caption === undefined) return null;
  const only = placed.nodes.get(network.routes[step]?.[0] ?? "");
  const middle =
    pointOver(way, 0.5) ??
    (only === undefined ? undefined : { x: only.x + only.width / 2, y: only.y + only.height + 24 * scale });
  const last = way.at(-1);
  return (
    <ViewportPortal>
      <svg
        className="network-current"
        data-line={current.line}
        data-lost={current.lost || undefined}
        aria-hidden="true"
      >
        {way.map((line) => (
          <path key={svgPath(line)} className="network-current-line" d={svgPath(line)} />
        ))}
        {last !== undefined && <polygon points={headOf(last)} />}
        <g ref={token} className="network-token" style={{ display: "none" }}>
          <circle r={13} className="network-token-glow" />
          <circle r={7} />
        </g>
      </svg>
      {middle !== undefined && (
        <div
          className="network-label"
          style={{ transform: `translate(${middle.x}px, ${middle.y}px) scale(${scale}) translate(-50%, -50%)` }}
        >
          {caption.number !== "" && <span className="network-label-number">{caption.number}</span>}
          <span className="network-label-text">{caption.label}</span>
          {caption.remark !== "" && <span className="network-label-remark">{caption.remark}</span>}
        </div>
      )}
    </ViewportPortal>
  );
}
