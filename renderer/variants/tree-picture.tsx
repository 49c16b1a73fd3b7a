import { type Edge, type EdgeProps, Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { CircleX, GitFork } from "lucide-react";
import { createContext, use, useMemo } from "react";
import type { VariantInfo } from "../../shared/run/variant-info.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { StillFlow } from "../ui/still-flow.tsx";
import { playVariant } from "./play-variant.ts";
import { type Branch, CARD, forkLine, placeOf } from "./tree.ts";
import { endText, lengthText } from "./variant-words.ts";
import { VariantVerdict } from "./verdict.tsx";

interface Drawn {
  readonly infos: ReadonlyMap<string, VariantInfo>;
  readonly places: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
}

const DrawnContext = createContext<Drawn>({ infos: new Map(), places: new Map() });

/** A variant: its name, how long it is and how it ends. The keyboard reaches it in the list. */
function CardNode({ data }: NodeProps) {
  const app = useAppStore();
  const branch = data.branch as Branch;
  const { id, title } = branch.variant;
  const info = use(DrawnContext).infos.get(id);
  const isShown = useApp((state) => state.variant === id);
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className="variant-handle" />
      <button
        type="button"
        className="variant-card nopan"
        tabIndex={-1}
        aria-hidden="true"
        data-shown={isShown || undefined}
        data-variant={id}
        data-trouble={info?.trouble !== undefined || undefined}
        title={[title, endText(info)].filter(Boolean).join("\n")}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => void playVariant(app, id)}
      >
        <span className="variant-card-title">{title}</span>
        <span className="variant-card-end">{endText(info)}</span>
        <span className="variant-card-facts">
          {info?.fork !== undefined && <GitFork size={12} aria-hidden="true" />}
          {lengthText(info)}
          <VariantVerdict info={info} />
          {info?.trouble !== undefined && <CircleX size={13} className="variant-trouble" aria-hidden="true" />}
        </span>
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="variant-handle" />
    </>
  );
}

function ForkEdge({ source, target }: EdgeProps) {
  const { places } = use(DrawnContext);
  const [from, to] = [places.get(source), places.get(target)];
  return from === undefined || to === undefined ? null : <path className="variant-fork" d={forkLine(from, to)} />;
}

const nodeTypes = { card: CardNode };
const edgeTypes = { fork: ForkEdge };

interface PictureProps {
  readonly tree: readonly Branch[];
  readonly infos: ReadonlyMap<string, VariantInfo>;
}

/** The tree of variants, to be moved and zoomed; only what is in sight is in the page. */
export function TreePicture({ tree, infos }: PictureProps) {
  const { nodes, edges, places } = useMemo(() => {
    const at = new Map(tree.map(({ variant, depth }, row) => [variant.id, placeOf(row, depth)]));
    return {
      places: at,
      nodes: tree.map(
        (branch): Node => ({
          id: branch.variant.id,
          type: "card",
          position: at.get(branch.variant.id) ?? { x: 0, y: 0 },
          ...CARD,
          data: { branch },
        }),
      ),
      edges: tree.flatMap(({ variant, parent }): Edge[] =>
        parent === undefined ? [] : [{ id: `to ${variant.id}`, type: "fork", source: parent, target: variant.id }],
      ),
    };
  }, [tree]);
  const drawn = useMemo(() => ({ infos, places }), [infos, places]);
  return (
    <div className="variant-picture">
      <DrawnContext value={drawn}>
        <StillFlow
          aria-label="Tree of variants"
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onlyRenderVisibleElements
          defaultViewport={{ x: 12, y: 12, zoom: 1 }}
          minZoom={0.15}
          maxZoom={1.5}
          panOnScroll
          attributionPosition="bottom-right"
        />
      </DrawnContext>
    </div>
  );
}
