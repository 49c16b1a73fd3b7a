import type { HopName, ParticipantId } from "../run/choice.ts";
import type { Hop } from "../run/run.ts";
import { hasLifeline, isShown, type Visibility } from "./visibility.ts";

/**
 * Which hops are drawn as one arrow. A message that elements pass on makes a *relay chain*: hops linked by `relays`, a
 * tree where an element forks. The confirmations of a cancellation are a chain too, though SIP has every element
 * confirm by itself (RFC 3261 §9.2): it runs backwards along the cancellation, from the last receivers to the sender.
 */
export interface Path {
  readonly from: ParticipantId;
  readonly to: ParticipantId;
  readonly hops: readonly Hop[];
  /** Participants on the way that are not its ends. */
  readonly through: readonly ParticipantId[];
  /** Position in the run's hops of the one with whose arrival the arrow is drawn. */
  readonly place: number;
}

const nobody: readonly ParticipantId[] = [];

/**
 * Calls `draw` for each arrow of a run, in printed order. Every shown hop is part of one; a hop before a fork of each that
 * goes on from it.
 */
export function eachPath(hops: readonly Hop[], visibility: Visibility, draw: (path: Path) => void): void {
  if (hops.some((hop) => hop.relays !== undefined || isConfirmation(hop))) chainedPaths(hops, visibility).forEach(draw);
  else eachSinglePath(hops, visibility, draw);
}

/** Where nothing is passed on every arrow is one hop, and is drawn without a list of them all. */
function eachSinglePath(hops: readonly Hop[], visibility: Visibility, draw: (path: Path) => void): void {
  for (let i = 0; i < hops.length; i++) {
    const hop = hops[i];
    if (hop === undefined || !isShown(visibility, hop)) continue;
    const path: Path = { from: hop.from, to: hop.to, hops: [hop], through: nobody, place: i };
    if (isDrawn(path, visibility)) draw(path);
  }
}

function chainedPaths(hops: readonly Hop[], visibility: Visibility): readonly Path[] {
  const chains = linkChains(hops, visibility);
  const paths: Path[] = [];
  const taken = new Set<number>();
  let ordered = true;
  for (let i = 0; i < hops.length; i++) {
    const hop = hops[i];
    if (hop === undefined || !chains.shown[i]) continue;
    const path = isConfirmation(hop) ? confirmationFrom(hops, chains, i, taken) : relayTo(hops, chains, i);
    if (path === undefined || !isDrawn(path, visibility)) continue;
    ordered &&= path.place >= (paths.at(-1)?.place ?? 0);
    paths.push(path);
  }
  return ordered ? paths : paths.sort((a, b) => a.place - b.place);
}

/** An arrow to or from a hidden participant is drawn, as a gate, where the message is one that the standards' text tells. */
function isDrawn(path: Path, visibility: Visibility): boolean {
  const from = hasLifeline(visibility, path.from);
  const to = hasLifeline(visibility, path.to);
  if (from && to) return true;
  const kind = path.hops[0]?.message.class;
  return (from || to) && (kind === "cpm" || kind === "media");
}

const isConfirmation = (hop: Hop): boolean => hop.message.method === "CANCEL" && hop.message.status !== undefined;

interface Chains {
  readonly shown: readonly boolean[];
  /** The hop of which this one passes on the message, -1 where there is none. Confirmations: who confirms next. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** How many hops pass this one's message on; confirmations: how many confirm to its sender. */
  readonly branches: Int32Array;
  /** Whether the message of this hop only passes through a participant. */
  passes(hop: number, participant: ParticipantId): boolean;
}

function linkChains(hops: readonly Hop[], visibility: Visibility): Chains {
  const size = hops.length;
  const index = new Map<HopName, number>();
  const before = new Int32Array(size).fill(-1);
  const after = new Int32Array(size).fill(-1);
  const branches = new Int32Array(size);
  const chain = new Int32Array(size);
  const shown: boolean[] = new Array(size);
  const confirmations = new Map<number, number>();
  hops.forEach((hop, i) => {
    index.set(hop.name, i);
    shown[i] = isShown(visibility, hop);
    chain[i] = i;
    const source = relayed(hops, index, hop);
    if (source >= 0) {
      before[i] = source;
      chain[i] = chain[source] ?? source;
      if (shown[i]) branches[source] = (branches[source] ?? 0) + 1;
    }
    const cancellation = isConfirmation(hop) ? cancellationOf(hops, index, hop) : -1;
    if (cancellation >= 0) {
      confirmations.set(cancellation, i);
      // Beside the chains of relays, which are numbered by their first hop.
      chain[i] = size + (chain[cancellation] ?? 0);
    }
  });
  for (const [cancellation, i] of confirmations) {
    const next = confirmations.get(before[cancellation] ?? -1);
    if (next === undefined) continue;
    after[i] = next;
    if (shown[i]) branches[next] = (branches[next] ?? 0) + 1;
  }
  const collapsed = collapsedChains(hops, { shown, before, after, chain }, visibility);
  return {
    shown,
    before,
    after,
    branches,
    passes: (hop, participant) => collapsed(chain[hop] ?? hop) || !hasLifeline(visibility, participant),
  };
}

/** The hop whose message this one passes on unchanged. An author's change of the message ends the chain there. */
function relayed(hops: readonly Hop[], index: ReadonlyMap<HopName, number>, hop: Hop): number {
  const source = hop.relays === undefined ? undefined : index.get(hop.relays);
  return source !== undefined && hops[source]?.message.name === hop.message.name ? source : -1;
}

function cancellationOf(hops: readonly Hop[], index: ReadonlyMap<HopName, number>, hop: Hop): number {
  const cause = hop.cause === undefined ? undefined : index.get(hop.cause);
  return cause !== undefined && hops[cause]?.message.method === "CANCEL" ? cause : -1;
}

type Links = Pick<Chains, "shown" | "before" | "after"> & { readonly chain: Int32Array };

/** Which chains are drawn as one arrow from their first sender to their last receiver. */
function collapsedChains(hops: readonly Hop[], links: Links, visibility: Visibility): (chain: number) => boolean {
  if (visibility.relays !== "local") return () => visibility.relays === "all";
  const network = new Map<number, string>();
  const apart = new Set<number>();
  hops.forEach((hop, i) => {
    const chain = links.chain[i] ?? i;
    if (!links.shown[i] || apart.has(chain)) return;
    const from = visibility.known.get(hop.from);
    const domain = network.get(chain) ?? from?.domain;
    if (domain === undefined || from?.domain !== domain || visibility.known.get(hop.to)?.domain !== domain)
      apart.add(chain);
    // A server between does more than hand the message on: its service control is a step of the flow.
    else if ((links.before[i] ?? -1) >= 0 && from.role !== "core") apart.add(chain);
    else if ((links.after[i] ?? -1) >= 0 && visibility.known.get(hop.to)?.role !== "core") apart.add(chain);
    else network.set(chain, domain);
  });
  return (chain) => !apart.has(chain);
}

/** The arrow that ends with the relaying hop `end`; none where it is passed on further. */
function relayTo(hops: readonly Hop[], chains: Chains, end: number): Path | undefined {
  const last = hops[end];
  if (last === undefined) return undefined;
  if ((chains.branches[end] ?? 0) > 0 && chains.passes(end, last.to)) return undefined;
  const way: Hop[] = [last];
  let first = last;
  let at = end;
  while (chains.passes(at, first.from)) {
    at = chains.before[at] ?? -1;
    const hop = hops[at];
    if (hop === undefined || !chains.shown[at]) break;
    way.push(hop);
    first = hop;
  }
  if (way.length === 1) return { from: last.from, to: last.to, hops: way, through: nobody, place: end };
  way.reverse();
  return { from: first.from, to: last.to, hops: way, through: way.slice(1).map((hop) => hop.from), place: end };
}

/** The arrow that starts with the confirmation `start`; none where it goes on from another. */
function confirmationFrom(hops: readonly Hop[], chains: Chains, start: number, taken: Set<number>): Path | undefined {
  const first = hops[start];
  if (first === undefined) return undefined;
  if ((chains.branches[start] ?? 0) > 0 && chains.passes(start, first.from)) return undefined;
  const way: Hop[] = [first];
  const through: ParticipantId[] = [];
  let place = start;
  let { to } = first;
  for (let at = start; chains.passes(at, to); ) {
    at = chains.after[at] ?? -1;
    const hop = hops[at];
    if (hop === undefined || !chains.shown[at]) break;
    through.push(to);
    to = hop.to;
    // Where several devices confirm, the element between has confirmed only once: that hop is the first one's.
    if (taken.has(at)) continue;
    taken.add(at);
    way.push(hop);
    place = Math.max(place, at);
  }
  return { from: first.from, to, hops: way, through, place };
}
