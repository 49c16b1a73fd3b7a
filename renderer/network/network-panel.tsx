import { type Edge, type Node, ReactFlowProvider, useReactFlow, useStore } from "@xyflow/react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { isUp, mediaByPair, networkOf } from "../../shared/diagram/network.ts";
import { useApp } from "../store/use-app.ts";
import { FlowZoom, StillFlow } from "../ui/still-flow.tsx";
import { CurrentLabel, CurrentMessage } from "./message.tsx";
import { neighbour } from "./neighbour.ts";
import { type Drawn, NetworkContext, useDrawn } from "./network-context.ts";
import { edgeTypes, nodeTypes } from "./parts.tsx";
import { place, shapeOf } from "./place.ts";
import "./network.css";

/** Below this zoom a node shows its name alone, larger. */
const FAR = 0.72;

/** Room for the buttons and the legend below. */
const FIT = { padding: { top: "26px", x: "18px", bottom: "56px" }, maxZoom: 1.4 } as const;

function nodesOf({ network, placed }: Drawn, stop: string | undefined): Node[] {
  const frames: Node[] = placed.frames.map(({ domain, x, y, width, height }) => ({
    id: `network ${domain}`,
    type: "frame",
    position: { x, y },
    width,
    height,
    zIndex: -1,
    data: { domain },
  }));
  const participants = network.groups.flatMap(({ members }) =>
    members.map((lifeline): Node => {
      const { x, y, width, height } = placed.nodes.get(lifeline.id) ?? { x: 0, y: 0, width: 0, height: 0 };
      const data = { lifeline, stop: lifeline.id === stop };
      return { id: lifeline.id, type: "participant", position: { x, y }, width, height, data };
    }),
  );
  return [...frames, ...participants];
}

function edgesOf({ network, pairs }: Drawn): Edge[] {
  const media = [...pairs].flatMap(([id, paths]): Edge[] => {
    const [first] = paths;
    return first === undefined
      ? []
      : [{ id: `media ${id}`, type: "media", source: first.a, target: first.b, data: { paths } }];
  });
  // Media lies under the links.
  return [...media, ...network.links.map(({ id, a, b }): Edge => ({ id, type: "link", source: a, target: b }))];
}

/** Which media paths are up, as a legend that a screen reader can find too. */
function MediaLegend() {
  const { pairs, diagram } = useDrawn();
  // One string, so that nothing renders until a path comes up or goes.
  const up = useApp(({ playback }) =>
    [...pairs.values()]
      .flatMap((paths, index) => (paths.some((path) => isUp(path, playback.position)) ? [index] : []))
      .join(" "),
  );
  if (up === "") return null;
  const nameOf = (id: string) => diagram.lifelines.find((lifeline) => lifeline.id === id)?.name ?? id;
  const all = [...pairs.values()];
  const shown = up.split(" ").flatMap((index) => all[Number(index)]?.[0] ?? []);
  return (
    <div className="network-legend">
      <svg width="26" height="10" aria-hidden="true" className="network-media">
        <path d="M4 5H22" />
      </svg>
      <span>{shown.length === 1 ? "Media path" : `${shown.length} media paths`}</span>
      <ul className="visually-hidden">
        {shown.map(({ id, a, b }) => (
          <li key={id}>
            {nameOf(a)} and {nameOf(b)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Fits the network whenever it or its box changes, until a person pans or zooms. */
function useFitting(drawn: Drawn) {
  const { fitView } = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const fit = () => {
    moved.current = false;
    void fitView(FIT);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another network is fitted anew.
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    moved.current = false;
    let frame = 0;
    const again = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (!moved.current) void fitView(FIT);
      });
    };
    const observer = new ResizeObserver(again);
    observer.observe(element);
    again();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    };
  }, [drawn.placed, fitView]);
  const onMoveStart = (event: unknown) => {
    if (event !== null) moved.current = true;
  };
  return { box, fit, onMoveStart };
}

function Picture({ drawn }: { readonly drawn: Drawn }) {
  const { box, fit, onMoveStart } = useFitting(drawn);
  const far = useStore(({ transform }) => transform[2] < FAR);
  const [focused, setFocused] = useState<string>();
  const first = drawn.network.groups[0]?.members[0]?.id;
  const stop = focused !== undefined && drawn.placed.nodes.has(focused) ? focused : first;
  const nodes = useMemo(() => nodesOf(drawn, stop), [drawn, stop]);
  const edges = useMemo(() => edgesOf(drawn), [drawn]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).dataset.participant;
    if (at === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!event.key.startsWith("Arrow")) return;
    // Also where no participant is that way: the key must not step the flow then.
    event.preventDefault();
    event.stopPropagation();
    const next = neighbour(drawn.placed.nodes, at, event.key);
    if (next === undefined) return;
    setFocused(next);
    box.current?.querySelector<HTMLElement>(`[data-participant="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move the focus between the nodes inside.
    <div className="network" data-far={far || undefined} ref={box} onKeyDown={onKeyDown}>
      <StillFlow
        aria-label="Network view"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={FIT}
        minZoom={0.1}
        maxZoom={3}
        onMoveStart={onMoveStart}
        attributionPosition="top-right"
      >
        <CurrentMessage />
        <CurrentLabel />
      </StillFlow>
      <MediaLegend />
      <FlowZoom what="the network" onFit={fit} />
    </div>
  );
}

/** Which of a few shapes the box has; unknown until it is measured. */
function useShape(box: HTMLElement | null): number | undefined {
  const [shape, setShape] = useState<number>();
  useLayoutEffect(() => {
    if (box === null) return;
    const measure = () => setShape(shapeOf(box.clientWidth, box.clientHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [box]);
  return shape;
}

/** The participants as a network: the message of the current step moves over it in step with the sequence. */
export function NetworkPanel() {
  const scenario = useApp((state) => state.open?.flow.scenario);
  const run = useApp((state) => state.run);
  const diagram = useApp((state) => state.diagram);
  const [box, setBox] = useState<HTMLElement | null>(null);
  const shape = useShape(box);
  const network = useMemo(
    () =>
      scenario === undefined || run === undefined || diagram === undefined
        ? undefined
        : networkOf(scenario, run, diagram),
    [scenario, run, diagram],
  );
  const drawn = useMemo(
    () =>
      network === undefined || diagram === undefined || shape === undefined
        ? undefined
        : { network, pairs: mediaByPair(network.media), placed: place(network, shape), diagram },
    [network, diagram, shape],
  );
  if (network === undefined)
    return <p className="network-nothing">Open a flow to see its participants as a network.</p>;
  if (network.groups.length === 0)
    return <p className="network-nothing">No participant is shown. Choose what to show in the toolbar.</p>;
  return (
    <section className="network-box" aria-label="Network" ref={setBox}>
      {drawn !== undefined && (
        <NetworkContext value={drawn}>
          <ReactFlowProvider>
            <Picture drawn={drawn} />
          </ReactFlowProvider>
        </NetworkContext>
      )}
    </section>
  );
}
