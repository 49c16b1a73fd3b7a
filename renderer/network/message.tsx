import { useStore, ViewportPortal } from "@xyflow/react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { captionOf } from "../player/caption.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { type Curve, lengthOf, type Point, pointAt, pointOver, svgPath } from "./curve.ts";
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

/** The message that moves over its way in step with the sequence, as far over it as over its arrow there. */
function Token({ way }: { readonly way: readonly Curve[] }) {
  const store = useAppStore();
  const token = useRef<SVGGElement>(null);
  useLayoutEffect(() => {
    // It moves by its transform alone: no rendering for a frame.
    const paint = () => {
      const { playback, reducedMotion } = store.getState();
      const element = token.current;
      if (element === null) return;
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
  return (
    <g ref={token} className="network-token">
      <circle r={13} className="network-token-glow" />
      <circle r={7} />
    </g>
  );
}

/** The way of the current message, and the message moving over it. */
export function CurrentMessage() {
  const { network, placed, diagram } = useDrawn();
  const step = useApp((state) => state.step);
  const way = useMemo(() => wayOf(placed, network.routes[step] ?? []), [placed, network, step]);
  const current = stepsOf(diagram)[step];
  const last = way.at(-1);
  if (current === undefined || last === undefined) return null;
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
        <polygon points={headOf(last)} />
        <Token way={way} />
      </svg>
    </ViewportPortal>
  );
}

/** Where the label of a way is: the middle of its longest line, and whether that is rather upright. */
interface Anchor extends Point {
  readonly upright: boolean;
}

/** On the longest line a label covers no participant that is passed. */
function anchorOf(way: readonly Curve[]): Anchor | undefined {
  const [first, ...others] = way;
  if (first === undefined) return undefined;
  const line = others.reduce((longest, other) => (lengthOf(other) > lengthOf(longest) + 1 ? other : longest), first);
  const { start, end } = line;
  return { ...pointAt(line, 0.5), upright: Math.abs(end.y - start.y) > Math.abs(end.x - start.x) };
}

/** Free between a label and the edge of the view, and between it and its line. */
const EDGE = 8;
const BESIDE = 14;

/** What the current message is, on its way; of one size however far one is away, and always in sight. */
export function CurrentLabel() {
  const { network, placed, diagram } = useDrawn();
  const step = useApp((state) => state.step);
  const [x, y, zoom] = useStore(({ transform }) => transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const label = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const at = useMemo(() => {
    const route = network.routes[step] ?? [];
    const only = placed.nodes.get(route[0] ?? "");
    const below =
      only === undefined ? undefined : { x: only.x + only.width / 2, y: only.y + only.height + 40, upright: false };
    return anchorOf(wayOf(placed, route)) ?? below;
  }, [network, placed, step]);
  const caption = captionOf(diagram, step);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size follows from what is said.
  useLayoutEffect(() => {
    const element = label.current;
    if (element !== null) setSize({ width: element.offsetWidth, height: element.offsetHeight });
  }, [caption?.label, caption?.number]);
  if (caption === undefined || at === undefined) return null;
  const within = (wanted: number, own: number, whole: number) =>
    Math.round(Math.max(EDGE, Math.min(whole - own - EDGE, wanted)));
  const middle = { x: at.x * zoom + x, y: at.y * zoom + y };
  // Beside an upright line and above any other, so that the message is seen as it goes by.
  const left = within(at.upright ? middle.x + BESIDE : middle.x - size.width / 2, size.width, width);
  const top = within(at.upright ? middle.y - size.height / 2 : middle.y - size.height - BESIDE, size.height, height);
  return (
    <div className="network-label" ref={label} style={{ transform: `translate(${left}px, ${top}px)` }}>
      {caption.number !== "" && <span className="network-label-number">{caption.number}</span>}
      <span className="network-label-text">{caption.label}</span>
      {caption.remark !== "" && <span className="network-label-remark">{caption.remark}</span>}
    </div>
  );
}
