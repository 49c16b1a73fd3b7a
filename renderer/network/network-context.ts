import { createContext, useContext } from "react";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { MediaPath, Network } from "../../shared/diagram/network.ts";
import type { Placed } from "./place.ts";

/** The network that is drawn, for the parts of the drawing. */
export interface Drawn {
  readonly network: Network;
  /** Its media paths by the pair of participants they connect. */
  readonly pairs: ReadonlyMap<string, readonly MediaPath[]>;
  readonly placed: Placed;
  readonly diagram: Diagram;
}

export const NetworkContext = createContext<Drawn | undefined>(undefined);

export function useDrawn(): Drawn {
  const drawn = useContext(NetworkContext);
  if (drawn === undefined) throw new Error("A part of the network view stands outside of it.");
  return drawn;
}
