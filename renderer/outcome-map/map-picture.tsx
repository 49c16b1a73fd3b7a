import {
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import { CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import { createContext, type KeyboardEvent, use, useEffect, useMemo, useRef, useState } from "react";
import type { Box } from "../network/curve.ts";
import { neighbour } from "../network/neighbour.ts";
import { FlowZoom, StillFlow } from "../ui/still-flow.tsx";
import { type DrawnMap, onTheWay, REST } from "./drawn.ts";
import { type PlacedMap, placed } from "./layout.ts";
import { capital, decisionTitle, ordersText, wayText, wayTurns } from "./words.ts";

interface Drawn {
  readonly map: DrawnMap;
  readonly placed: PlacedMap;
  readonly judged: boolean;
  /** The node that has been chosen, and what is on the way to it. */
  readonly chosen: string | undefined;
  readonly way: ReadonlySet<string>;
  readonly stop: string | undefined;
  choose(id: string): void;
  reach(id: string): void;
}

const DrawnContext = createContext<Drawn | undefined>(undefined);

function useDrawn(): Drawn {
  const drawn = use(DrawnContext);
  if (drawn === undefined) throw new Error("drawn outside of a map");
  return drawn;
}

/** React Flow draws no edge at a node without handles. */
function Handles() {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="map-handle" />
      <Handle type="source" position={Position.Right} isConnectable={false} className="map-handle" />
    </>
  );
}

function nodeProps({ chosen, way, stop, choose, reach }: Drawn, id: string) {
  return {
    type: "button",
    "data-node": id,
    "data-aside": (chosen !== undefined && !way.has(id)) || undefined,
    "aria-pressed": chosen === id,
    tabIndex: id === stop ? 0 : -1,
    onClick: () => choose(id),
    onFocus: () => reach(id),
  } as const;
}

function DecisionNode({ id }: NodeProps) {
  const drawn = useDrawn();
  const left = drawn.map.decisions.find((decision) => decision.id === id)?.outcomes.length ?? 0;
  return (
    <>
      <button {...nodeProps(drawn, id)} className="map-decision nopan">
        <span className="map-decision-title">{decisionTitle(id)}</span>
        <span className="map-decision-left">{left.toLocaleString("en")} outcomes left</span>
      </button>
      <Handles />
    </>
  );
}

function OutcomeNode({ id }: NodeProps) {
  const drawn = useDrawn();
  const { map, judged } = drawn;
  if (id === REST)
    return (
      <>
        <button {...nodeProps(drawn, id)} className="map-outcome nopan">
          <span className="map-outcome-title">{map.rest.length.toLocaleString("en")} more outcomes</span>
          <span className="map-outcome-facts">The list has them all</span>
        </button>
        <Handles />
      </>
    );
  const found = map.outcomes.find(({ outcome }) => outcome.id === id);
  if (found === undefined) return null;
  const { outcome, breaks } = found;
  const verdict = breaks.length > 0 ? "fail" : judged ? "pass" : "cannot judge";
  const Icon = { fail: TriangleAlert, pass: CircleCheck, "cannot judge": CircleDashed }[verdict];
  return (
    <>
      <button
        {...nodeProps(drawn, id)}
        className="map-outcome nopan"
        data-verdict={verdict}
        title={capital(outcome.summary)}
      >
        <span className="map-outcome-title">{capital(outcome.summary)}</span>
        <span className="map-outcome-facts">
          <Icon size={13} aria-hidden="true" />
          {breaks.length > 0 ? `Breaks ${breaks.join(", ")}` : ordersText(outcome)}
        </span>
      </button>
      <Handles />
    </>
  );
}

function WayEdge({ data }: EdgeProps) {
  const { map, placed, chosen, way: onWay } = useDrawn();
  const index = data?.index as number;
  const { path, label } = placed.ways[index] ?? { path: "" };
  const way = map.ways[index];
  if (way === undefined) return null;
  const aside = (chosen !== undefined && !(onWay.has(way.from) && onWay.has(way.to))) || undefined;
  return (
    <>
      <path
        className="map-way"
        d={path}
        data-folded={way.goesOn || undefined}
        data-aside={aside}
        data-way={(chosen !== undefined && aside === undefined) || undefined}
      />
      {label !== undefined && (
        <EdgeLabelRenderer>
          <div
            className="map-label"
            aria-hidden="true"
            data-aside={aside}
            title={wayTurns(way)}
            style={{ transform: `translate(${label.x}px, ${label.y}px)`, width: label.width, height: label.height }}
          >
            <span>{wayText(way)}</span>
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

const nodeTypes = { decision: DecisionNode, outcome: OutcomeNode };
const edgeTypes = { way: WayEdge };
const FIT = { padding: 0.04, maxZoom: 1.1 } as const;
/** A map that would have to be smaller begins at its start instead, in this size. */
const READABLE = 0.58;
/** Room between a map and the frame that it begins at. */
const EDGE = 24;

/** Where a map that is higher than its frame begins: at its top, as long as its start is in sight; else around its start. */
function topOf({ nodes, ways }: PlacedMap, start: Box, height: number): number {
  const tops = [...[...nodes.values()].map(({ y }) => y), ...ways.flatMap(({ label }) => (label ? [label.y] : []))];
  const atTop = EDGE - Math.min(...tops) * READABLE;
  const lowest = (start.y + start.height) * READABLE + atTop;
  return lowest <= height - EDGE ? atTop : height / 2 - (start.y + start.height / 2) * READABLE;
}

interface PictureProps {
  readonly map: DrawnMap;
  readonly judged: boolean;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

function Picture({ map, judged, chosen, onChoose }: PictureProps) {
  const { fitView, setCenter, getViewport, setViewport } = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const places = useMemo(() => placed(map), [map]);
  const [reached, setReached] = useState<string>();
  const first = map.decisions[0]?.id ?? map.outcomes[0]?.outcome.id;
  const stop = reached !== undefined && places.nodes.has(reached) ? reached : first;
  const way = useMemo(() => (chosen === undefined ? new Set<string>() : onTheWay(map, chosen)), [map, chosen]);
  const { nodes, edges } = useMemo(
    () => ({
      nodes: [...places.nodes].map(
        ([id, { x, y, width, height }]): Node => ({
          id,
          type: id.startsWith("d") ? "decision" : "outcome",
          position: { x, y },
          width,
          height,
          data: {},
        }),
      ),
      edges: map.ways.map(
        ({ from, to }, index): Edge => ({ id: `w${index}`, type: "way", source: from, target: to, data: { index } }),
      ),
    }),
    [map, places],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another map is fitted anew.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const start = places.nodes.get(first ?? "");
      const height = box.current?.clientHeight ?? 0;
      void fitView(FIT).then(() => {
        if (start === undefined || getViewport().zoom >= READABLE) return;
        void setViewport({ x: EDGE - start.x * READABLE, y: topOf(places, start, height), zoom: READABLE });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [places, fitView]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).dataset.node;
    if (at === undefined || event.altKey || event.ctrlKey || event.metaKey || !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopPropagation();
    const next = neighbour(places.nodes, at, event.key);
    const there = next === undefined ? undefined : places.nodes.get(next);
    if (next === undefined || there === undefined) return;
    setReached(next);
    box.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus({ preventScroll: true });
    const { zoom } = getViewport();
    void setCenter(there.x + there.width / 2, there.y + there.height / 2, { zoom });
  };
  return (
    <DrawnContext value={{ map, placed: places, judged, chosen, way, stop, choose: onChoose, reach: setReached }}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move the focus between the nodes inside. */}
      <div className="map-picture" ref={box} onKeyDown={onKeyDown}>
        <StillFlow
          aria-label="Map of outcomes"
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          fitView
          fitViewOptions={FIT}
          minZoom={0.1}
          maxZoom={2}
          panOnScroll
          attributionPosition="bottom-left"
        />
        <FlowZoom what="the map" onFit={() => void fitView(FIT)} />
      </div>
    </DrawnContext>
  );
}

/** The map as a picture: decisions as nodes, turns as ways, outcomes at the right. One Tab stop, arrows go from node to node. */
export function MapPicture(props: PictureProps) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}
