import { ReactFlow, type ReactFlowProps, useReactFlow } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { Button } from "./button.tsx";
import "@xyflow/react/dist/base.css";
import "./still-flow.css";

/** A picture of nodes and edges that is looked at, moved and zoomed; its nodes have their own keys and are not dragged. */
export function StillFlow(props: ReactFlowProps) {
  return (
    <ReactFlow
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      disableKeyboardA11y
      zoomOnDoubleClick={false}
      {...props}
    />
  );
}

/** The buttons in the picture's corner; `what` is its name in a sentence, as "the network". */
export function FlowZoom({ what, onFit }: { readonly what: string; readonly onFit: () => void }) {
  const { zoomIn, zoomOut } = useReactFlow();
  return (
    <div className="flow-zoom">
      <Button icon label={`Zoom out of ${what}`} onClick={() => void zoomOut()}>
        <Minus size={16} />
      </Button>
      <Button icon label={`Zoom into ${what}`} onClick={() => void zoomIn()}>
        <Plus size={16} />
      </Button>
      <Button icon label={`Fit ${what}`} onClick={onFit}>
        <Maximize size={16} />
      </Button>
    </div>
  );
}
