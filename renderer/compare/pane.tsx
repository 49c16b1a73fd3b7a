import { type ReactNode, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { attachCamera } from "../canvas/attach.ts";
import { headBand } from "../canvas/camera.ts";
import { type CanvasStore, CanvasStoreContext, useCanvas } from "../canvas/canvas-store.ts";
import { listenToGestures } from "../canvas/gestures.ts";
import { SceneHeads } from "../canvas/heads.tsx";
import { SceneLayers } from "../canvas/layers.tsx";
import { edges } from "../canvas/visible.ts";
import { kindOfMark, kinds } from "./kinds.ts";
import type { Picture } from "./shown.ts";
import "../canvas/canvas.css";
import "../canvas/tints.css";

interface PaneProps {
  readonly canvas: CanvasStore;
  readonly picture: Picture;
  /** Steps of the picture that the current change is about. */
  readonly current: ReadonlySet<number>;
  readonly label: string;
  readonly onStep: (step: number) => void;
}

/** A picture of a comparison, to be scrolled and zoomed as the flow is. */
export function Pane(props: PaneProps) {
  return (
    <CanvasStoreContext value={props.canvas}>
      <Canvas {...props} />
    </CanvasStoreContext>
  );
}

function found<T>(element: T | null): T {
  if (element === null) throw new Error("The pane was joined before it was mounted.");
  return element;
}

function Canvas({ canvas, picture, current, label, onStep }: PaneProps) {
  const refs = {
    scroller: useRef<HTMLElement>(null),
    sizer: useRef<HTMLDivElement>(null),
    view: useRef<HTMLDivElement>(null),
    world: useRef<SVGGElement>(null),
    heads: useRef<SVGGElement>(null),
  };
  const [hovered, setHovered] = useState<number>();
  const choose = useRef(onStep);
  choose.current = onStep;
  // biome-ignore lint/correctness/useExhaustiveDependencies: refs stay the same.
  useLayoutEffect(() => {
    const elements = {
      scroller: found(refs.scroller.current),
      sizer: found(refs.sizer.current),
      view: found(refs.view.current),
      world: found(refs.world.current),
      heads: found(refs.heads.current),
    };
    const pointing = { hover: setHovered, goToStep: (step: number) => choose.current(step) };
    const undo = [attachCamera(elements, canvas), listenToGestures(elements, canvas, pointing)];
    return () => {
      for (const step of undo) step();
    };
  }, [canvas]);
  const { scene, markOf } = picture;
  const drawn = useCanvas((state) => state.scene === scene);
  return (
    <div className="compare-pane">
      <section
        ref={refs.scroller}
        className="canvas compare-canvas"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys scroll it.
        tabIndex={0}
      >
        <div ref={refs.sizer} className="canvas-sizer">
          <div ref={refs.view} className="canvas-view">
            <svg className="canvas-picture" aria-hidden="true">
              <g ref={refs.world} className="world">
                {drawn && (
                  <SceneLayers
                    scene={scene}
                    step={-1}
                    hovered={hovered}
                    markOf={markOf}
                    under={<Bands picture={picture} current={current} />}
                  />
                )}
              </g>
            </svg>
            <div className="canvas-heads-ground" />
            <svg className="canvas-heads" aria-hidden="true">
              <g ref={refs.heads}>{drawn && <SceneHeads scene={scene} step={-1} />}</g>
            </svg>
          </div>
        </div>
      </section>
      {drawn && <Signs picture={picture} current={current} />}
    </div>
  );
}

interface MarkedProps {
  readonly picture: Picture;
  readonly current: ReadonlySet<number>;
}

/** The rows of a picture that are in sight and carry a mark. */
function useMarked({ scene, markOf }: Picture) {
  const span = useCanvas((state) => state.span);
  return useMemo(() => {
    const inSight = scene.stepRows.flatMap((at, step) => {
      const row = scene.rows[at];
      const mark = markOf(step);
      return row === undefined || mark === "same" || at < span.first || at > span.last ? [] : [{ step, row, mark }];
    });
    return { inSight, span };
  }, [scene, markOf, span]);
}

/** Soft bands behind what differs, and hatching where the other side has something. */
function Bands({ picture, current }: MarkedProps) {
  const { inSight, span } = useMarked(picture);
  const { scene, blanks } = picture;
  const hatch = useId();
  const wide = { x: -10 * scene.width, width: 21 * scene.width };
  const { top, bottom } = edges(scene, span);
  return (
    <>
      <pattern id={hatch} width={8} height={8} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <path className="compare-hatch" d="M0 0V8" />
      </pattern>
      {blanks.map((blank) =>
        blank.top > bottom || blank.top + blank.height < top ? null : (
          <rect
            key={blank.top}
            className="compare-blank"
            fill={`url(#${hatch})`}
            {...wide}
            y={blank.top - span.origin}
            height={blank.height}
          />
        ),
      )}
      {inSight.map(({ step, row, mark }) => (
        <rect
          key={step}
          className="compare-band"
          data-kind={kindOfMark(mark)}
          data-current={current.has(step) || undefined}
          {...wide}
          y={row.top - span.origin}
          height={row.height}
        />
      ))}
    </>
  );
}

/** The sign of each change beside its row, in a column of its own that does not scroll sideways. */
function Signs({ picture, current }: MarkedProps): ReactNode {
  const { inSight } = useMarked(picture);
  const camera = useCanvas((state) => state.camera);
  const content = useCanvas((state) => state.content);
  const band = headBand(content, camera.zoom);
  return (
    <div className="compare-signs" aria-hidden="true" style={{ top: band }}>
      {inSight.map(({ step, row, mark }) => {
        const kind = kindOfMark(mark);
        if (kind === undefined) return null;
        const top = (row.top - content.headHeight - camera.y) * camera.zoom;
        return (
          <span
            key={step}
            className="compare-sign"
            data-kind={kind}
            data-current={current.has(step) || undefined}
            style={{ top, height: row.height * camera.zoom }}
          >
            {mark === "was" ? "≠−" : mark === "is" ? "≠+" : kinds[kind].sign}
          </span>
        );
      })}
    </div>
  );
}
