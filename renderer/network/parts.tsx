import { type EdgeProps, Handle, type NodeProps, Position } from "@xyflow/react";
import { Box, type LucideIcon, Server, Smartphone, Users, Waypoints } from "lucide-react";
import type { Lifeline } from "../../shared/diagram/diagram.ts";
import { isUp, linkId, type MediaPath } from "../../shared/diagram/network.ts";
import type { Role } from "../../shared/flow/flow.ts";
import { useApp } from "../store/use-app.ts";
import { kebab } from "../ui/apply-theme.ts";
import { svgPath } from "./curve.ts";
import { roleNames, shortName, spokenName } from "./names.ts";
import { useDrawn } from "./network-context.ts";

/** What React Flow draws: participants, frames of networks, links and media paths. */

const icons: Readonly<Record<Role, LucideIcon>> = {
  client: Smartphone,
  core: Waypoints,
  participatingFunction: Server,
  controllingFunction: Users,
  other: Box,
};

/** React Flow draws no edge at a node without handles; ours end at the border, wherever that is. */
function Handles() {
  return (
    <>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="network-handle" />
      <Handle type="target" position={Position.Top} isConnectable={false} className="network-handle" />
    </>
  );
}

/** A participant. Its part in the current step is shown, and said. */
export function ParticipantNode({ data }: NodeProps) {
  const { network } = useDrawn();
  const lifeline = data.lifeline as Lifeline;
  const { id, role } = lifeline;
  const part = useApp(({ step }) => {
    const route = network.routes[step];
    if (route === undefined || !route.includes(id)) return "none";
    if (route.length === 1) return "at";
    return route[0] === id ? "from" : route.at(-1) === id ? "to" : "through";
  });
  const says = { none: "", at: ", current", from: ", sends", to: ", receives", through: ", passes on" }[part];
  const Icon = icons[role];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a node of a picture is no group of fields.
    <div
      className={`network-node role-${kebab(role)}`}
      data-part={part}
      data-participant={id}
      role="group"
      aria-label={spokenName(lifeline) + says}
      title={lifeline.name}
      tabIndex={data.stop === true ? 0 : -1}
    >
      <Icon size={18} aria-hidden="true" />
      <div className="network-node-text">
        <span className="network-node-name">{shortName(lifeline)}</span>
        {roleNames[role] !== "" && <span className="network-node-role">{roleNames[role]}</span>}
      </div>
      <Handles />
    </div>
  );
}

export function FrameNode({ data }: NodeProps) {
  return (
    <div className="network-frame">
      <span className="network-frame-name">Network {String(data.domain)}</span>
    </div>
  );
}

export function LinkEdge({ source, target }: EdgeProps) {
  const { placed } = useDrawn();
  const line = placed.lines.get(linkId(source, target));
  return line === undefined ? null : <path className="network-link" d={svgPath(line)} />;
}

/** Media between two participants, while a session between them is up. */
export function MediaEdge({ source, target, data }: EdgeProps) {
  const { placed } = useDrawn();
  const paths = data?.paths as readonly MediaPath[];
  const up = useApp(({ playback }) => paths.some((path) => isUp(path, playback.position)));
  const line = placed.lines.get(linkId(source, target));
  return line === undefined || !up ? null : (
    <g className="network-media">
      <path d={svgPath(line)} />
      <path className="network-media-flow" d={svgPath(line)} />
    </g>
  );
}

export const nodeTypes = { participant: ParticipantNode, frame: FrameNode };
export const edgeTypes = { link: LinkEdge, media: MediaEdge };
