import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import { leavingWords, type StepFork } from "../store/marks.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { spokenCaption } from "./caption.ts";
import { positionAt, ticksOf } from "./ticks.ts";

/** Follows the width of an element. */
function useWidth<T extends HTMLElement>() {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  return [ref, width] as const;
}

/** The track with its ticks, one for each step, and the marks of notes and forks. Drawn again only for another flow or width. */
function Ticks({ count, width }: { readonly count: number; readonly width: number }) {
  const marks = useApp((state) => state.marks);
  const forks = useApp((state) => state.forks);
  const leaving = new Set(forks.map(({ step }) => step));
  const x = (position: number) => Math.round((position / count) * width * 2) / 2;
  const ticks = ticksOf(count, width);
  return (
    <svg className="scrubber-ticks" aria-hidden="true" width={width} height={18}>
      <path className="scrubber-tick" d={ticks.map((position) => `M${x(position)} 11v4`).join("")} />
      {marks.length <= 400 && (
        <path
          className="scrubber-mark"
          d={marks.map((step) => (leaving.has(step) ? "" : `M${x(step + 1)} 0l3 3l-3 3l-3 -3z`)).join("")}
        />
      )}
      {forks.length <= 400 &&
        forks.map((fork) => (
          <path key={fork.step} className="scrubber-fork" d={`M${x(fork.step + 1) - 4} -1h8l-4 7z`}>
            <title>{leavingWords(fork)}</title>
          </path>
        ))}
    </svg>
  );
}

function spoken(diagram: Diagram, step: number, forks: readonly StepFork[]): string {
  const fork = forks.find((one) => one.step === step);
  const caption = spokenCaption(diagram, step);
  return fork === undefined ? caption : `${caption}. ${leavingWords(fork)}`;
}

/** Where in the flow one is, as a slider: every step has its place, and dragging shows what lies between. */
export function Scrubber() {
  const store = useAppStore();
  const actions = useActions();
  const count = useApp((state) => state.scene?.stepRows.length ?? 0);
  const step = useApp((state) => state.step);
  const diagram = useApp((state) => state.diagram);
  const forks = useApp((state) => state.forks);
  const [track, width] = useWidth<HTMLDivElement>();
  const fill = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const paint = () => {
      const share = count === 0 ? 0 : store.getState().playback.position / count;
      if (fill.current !== null) fill.current.style.transform = `scaleX(${share})`;
      if (thumb.current !== null) thumb.current.style.transform = `translateX(${share * width}px)`;
    };
    paint();
    return store.subscribe((state, before) => {
      if (state.playback !== before.playback) paint();
    });
  }, [store, count, width]);

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (event.type === "pointerdown") {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
    } else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    actions.seek(positionAt((event.clientX - box.left) / Math.max(1, box.width), count, box.width));
  };
  const keys = (event: KeyboardEvent) => {
    const by = { PageUp: 10, PageDown: -10, ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    actions.seek(step + 1 + by);
  };
  return (
    <div
      ref={track}
      className="scrubber"
      role="slider"
      tabIndex={count === 0 ? -1 : 0}
      aria-label="Step"
      aria-disabled={count === 0 || undefined}
      aria-valuemin={0}
      aria-valuemax={count}
      aria-valuenow={step + 1}
      aria-valuetext={diagram === undefined ? "" : spoken(diagram, step, forks)}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={keys}
    >
      <div className="scrubber-track">
        <div ref={fill} className="scrubber-fill" />
      </div>
      {count > 0 && width > 0 && <Ticks count={count} width={width} />}
      <div ref={thumb} className="scrubber-thumb" />
    </div>
  );
}
