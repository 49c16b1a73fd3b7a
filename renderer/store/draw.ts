import type { Diagram } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow, View } from "../../shared/flow/flow.ts";
import type { Failure } from "../../shared/flow/result.ts";
import type { Get, Put } from "./app-store.ts";
import { forksOf, marksOf } from "./marks.ts";
import { atStart, seek, stepAt } from "./playback.ts";
import type { Ports } from "./ports.ts";
import type { AppState } from "./state.ts";

/** The step of `diagram` where a person was in `before`: the one that carries the same hop, else the first sent later. */
export function samePlace(before: Diagram, step: number, diagram: Diagram): number {
  const old = stepsOf(before)[step];
  if (old === undefined) return -1;
  const steps = stepsOf(diagram);
  const hops = new Set(old.hops);
  const same = steps.find((candidate) => candidate.hops.some((hop) => hops.has(hop)));
  return (same ?? steps.findLast((candidate) => candidate.sent <= old.sent))?.index ?? -1;
}

/**
 * Where a picture is shown from: its `start`, or the `same` message as before. `edited` is `same` for a document that was
 * changed: nobody went anywhere, so the canvas stays where it is.
 */
export type From = "start" | "same" | "edited";

export type Draw = (patch: Partial<AppState>, from: From) => void;

/** The window's view with the document's numbering, which is not the window's to change. */
export function withNumbering(view: View, { view: { numbering } = {} }: Flow): View {
  if (view.numbering === numbering) return view;
  const { numbering: _, ...rest } = view;
  return numbering === undefined ? rest : { ...rest, numbering };
}

/** Says what went wrong: instead of the picture where nothing is open, otherwise beside it. */
export function failing(set: Put, get: Get): (failure: Failure) => void {
  return (failure) =>
    set(
      get().open === undefined
        ? { status: { kind: "failed", failure } }
        : { status: { kind: "ready" }, problem: failure },
    );
}

/** Whether what is chosen beside the messages may be at another place of its list now. */
function isElsewhere(before: AppState, after: AppState): boolean {
  const { aside } = before;
  const count = ({ open }: AppState) => (aside === undefined ? 0 : (open?.flow[aside.list]?.length ?? 0));
  return aside !== undefined && count(before) !== count(after);
}

/** Draws what is open, with `patch` over the state. */
export function drawing(ports: Ports, set: Put, get: Get): Draw {
  const fail = failing(set, get);
  return (patch, from) => {
    const state = { ...get(), ...patch };
    const { open, run } = state;
    if (open === undefined || run === undefined) return set(patch);
    try {
      const view = withNumbering(state.view, open.flow);
      const { diagram, scene } = ports.draw(open.flow, run, view, state.theme, state.variant);
      const { playback, diagram: before, step, navigations } = get();
      const leaving = forksOf(open.flow, state.variant, run, diagram);
      const keep = from !== "start";
      const place = keep && before !== undefined ? samePlace(before, step, diagram) : -1;
      const playing = keep ? seek(playback, place + 1, scene.stepRows.length) : { ...atStart, speed: playback.speed };
      set({
        ...patch,
        view,
        diagram,
        scene,
        forks: leaving,
        marks: marksOf(diagram, leaving),
        playback: playing,
        step: stepAt(playing.position),
        hovered: undefined,
        status: { kind: "ready" },
        navigations: from === "edited" ? navigations : navigations + 1,
        // What was chosen and begun belongs to the picture in which it was.
        ...(from === "edited" ? undefined : { selected: [], aside: undefined, draft: undefined }),
        ...(isElsewhere(get(), state) && { aside: undefined }),
      });
    } catch (error) {
      fail({ message: "This flow cannot be drawn; the file is unchanged.", detail: String(error) });
    }
  };
}
