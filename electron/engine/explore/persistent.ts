import type { Freedoms } from "./freedoms.ts";
import type { LocalMachine } from "./local.ts";
import type { Move } from "./moves.ts";
import type { Position } from "./position.ts";

/**
 * Which moves are enough to follow from a position (persistent sets; Godefroid, 1996, §4). All moves at one participant
 * are, when one of them is due and nothing that happens elsewhere meanwhile can add another: when every edge towards it
 * either has something under way already (what comes later queues behind) or begins at a participant that cannot act
 * before this one does. That holds as long as no turn sends over an edge that was not known; see `LocalMachine.edges`.
 */
export function persistentMoves(
  position: Position,
  moves: readonly Move[],
  machine: LocalMachine,
  freedoms: Freedoms,
): readonly Move[] {
  const places = machine.participants.length;
  const counts = new Uint32Array(places);
  const isDue = new Uint8Array(places);
  for (const { at, alone, isLoss, due } of moves) {
    // Losses share their number, and what waits for rest depends on everything: then every move is followed.
    if (isLoss || alone) return moves;
    counts[at] = (counts[at] ?? 0) + 1;
    if (due) isDue[at] = 1;
  }
  const candidates: number[] = [];
  for (let at = 0; at < places; at++) if (isDue[at] === 1 && counts[at] !== moves.length) candidates.push(at);
  candidates.sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || a - b);
  const queued = new Set<number>();
  for (const { edge, hop } of position.flight) if (!freedoms.mayOvertake(hop.from, hop.to)) queued.add(edge);
  const at = candidates.find((place) => isClosed(place, counts, queued, machine));
  return at === undefined ? moves : moves.filter((move) => move.at === at);
}

function isClosed(place: number, counts: Uint32Array, queued: ReadonlySet<number>, machine: LocalMachine): boolean {
  const open: number[] = [];
  for (let i = 0; i < machine.edges.length; i++)
    if (machine.edges[i]?.to === place && !queued.has(i)) open.push(machine.edges[i]?.from ?? 0);
  if (open.length === 0) return true;
  const acting = actingWithout(place, counts, machine);
  return open.every((from) => acting[from] === 0);
}

/** Who may do something before `place` does: who has a move, and whoever these may send to. */
function actingWithout(place: number, counts: Uint32Array, machine: LocalMachine): Uint8Array {
  const acting = new Uint8Array(counts.length);
  for (const [at, count] of counts.entries()) if (count > 0 && at !== place) acting[at] = 1;
  for (let grew = true; grew; ) {
    grew = false;
    for (const { from, to } of machine.edges)
      if (acting[from] === 1 && acting[to] === 0 && to !== place) {
        acting[to] = 1;
        grew = true;
      }
  }
  return acting;
}
