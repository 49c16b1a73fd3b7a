import { useLayoutEffect, useRef } from "react";
import { useApp, useAppStore } from "../store/use-app.ts";
import { attachCanvas } from "./attach.ts";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import { Heads } from "./heads.tsx";
import { Layers } from "./layers.tsx";
import "./canvas.css";
import "./tints.css";

/** Elements that are always there once the canvas is mounted. */
function found<T>(element: T | null): T {
  if (element === null) throw new Error("The canvas was joined before it was mounted.");
  return element;
}

function useAttached() {
  const refs = {
    scroller: useRef<HTMLElement>(null),
    sizer: useRef<HTMLDivElement>(null),
    view: useRef<HTMLDivElement>(null),
    world: useRef<SVGGElement>(null),
    heads: useRef<SVGGElement>(null),
    token: useRef<SVGGElement>(null),
  };
  const app = useAppStore();
  const canvas = useCanvasStore();
  // biome-ignore lint/correctness/useExhaustiveDependencies: refs stay the same.
  useLayoutEffect(() => {
    const group = found(refs.token.current);
    const [way, ...trails] = group.querySelectorAll("path");
    const elements = {
      scroller: found(refs.scroller.current),
      sizer: found(refs.sizer.current),
      view: found(refs.view.current),
      world: found(refs.world.current),
      heads: found(refs.heads.current),
      token: {
        group,
        way: found(way ?? null),
        trails,
        dot: found(group.querySelector("g")),
        ring: found(group.querySelector<SVGCircleElement>(".token-ring")),
      },
    };
    return attachCanvas(elements, canvas, app);
  }, [app, canvas]);
  return refs;
}

/** The message under way; painted by `token.ts`. */
function Token({ layer }: { readonly layer: React.Ref<SVGGElement> }) {
  return (
    <g ref={layer} className="token" data-shown="false">
      <path className="token-way" />
      <path className="token-trail" />
      <path className="token-trail" />
      <path className="token-trail" />
      <circle className="token-ring" />
      <g>
        <circle className="token-glow" r={10} />
        <circle className="token-dot" r={5.5} />
        <circle className="token-core" r={2} />
      </g>
    </g>
  );
}

/**
 * The sequence diagram. Only what is in sight is in the page; scrolling, zooming and the travelling message change a few
 * attributes and draw nothing again. One Tab stop: the arrows move along the steps, and the caption says where one is.
 * What is laid `over` it stands in its place and moves by itself.
 */
export function SequenceCanvas({ over }: { readonly over?: React.ReactNode }) {
  const scene = useCanvas((state) => state.scene);
  const title = useApp((state) => state.open?.flow.title ?? "");
  const refs = useAttached();
  return (
    <section
      ref={refs.scroller}
      className="canvas"
      role="application"
      aria-roledescription="call flow"
      aria-label={title}
      aria-describedby="step-caption"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the diagram is one Tab stop, with the arrow keys inside.
      tabIndex={0}
    >
      <div ref={refs.sizer} className="canvas-sizer">
        <div ref={refs.view} className="canvas-view">
          <svg className="canvas-picture" aria-hidden="true">
            <g ref={refs.world} className="world">
              {scene !== undefined && <Layers scene={scene} />}
              <Token layer={refs.token} />
            </g>
          </svg>
          <div className="canvas-heads-ground" />
          <svg className="canvas-heads" aria-hidden="true">
            <g ref={refs.heads}>{scene !== undefined && <Heads scene={scene} />}</g>
          </svg>
          {over}
        </div>
      </div>
    </section>
  );
}
