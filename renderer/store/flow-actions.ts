import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { View } from "../../shared/flow/flow.ts";
import type { Failure, Result } from "../../shared/flow/result.ts";
import type { Get, Put } from "./app-store.ts";
import { marksOf } from "./marks.ts";
import { atStart, seek, stepAt } from "./playback.ts";
import type { Ports } from "./ports.ts";
import type { Actions, AppState, OpenFlow } from "./state.ts";

type FlowActions = Pick<
  Actions,
  | "openBundled"
  | "openPath"
  | "openText"
  | "openFile"
  | "openDialog"
  | "saveAs"
  | "exportAs"
  | "close"
  | "opened"
  | "loadLibrary"
  | "dismissProblem"
  | "report"
  | "selectVariant"
  | "setView"
  | "explain"
  | "check"
  | "whatIf"
>;

function failure(message: string, detail?: unknown): { ok: false; failure: Failure } {
  return { ok: false, failure: { message, ...(detail === undefined ? {} : { detail: String(detail) }) } };
}

/** A call that did not even answer is a failure like any other. */
async function settle<T>(call: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await call;
  } catch (error) {
    return failure("The app's main process did not answer. Save what you can and start Callflow again.", error);
  }
}

/** The step of `diagram` where a person was in `before`: the one that carries the same hop, else the first sent later. */
export function samePlace(before: Diagram, step: number, diagram: Diagram): number {
  const old = before.items.find((item) => item.type === "step" && item.index === step);
  if (old?.type !== "step") return -1;
  const steps = diagram.items.filter((item) => item.type === "step");
  const hops = new Set(old.hops);
  const same = steps.find((candidate) => candidate.hops.some((hop) => hops.has(hop)));
  return (same ?? steps.findLast((candidate) => candidate.sent <= old.sent))?.index ?? -1;
}

/** The actions that open flows and choose what of them is shown. */
export function flowActions(ports: Ports, set: Put, get: Get): FlowActions {
  // Later openings win over earlier ones that are still under way.
  let latest = 0;

  const fail = (failed: Failure) => {
    const { open } = get();
    set(
      open === undefined
        ? { status: { kind: "failed", failure: failed } }
        : { status: { kind: "ready" }, problem: failed },
    );
  };

  /** Draws what is open; `keepPlace` stays at the same message where it is still shown. */
  const draw = (patch: Partial<AppState>, keepPlace: boolean) => {
    const state = { ...get(), ...patch };
    const { open, run } = state;
    if (open === undefined || run === undefined) return set(patch);
    try {
      const { diagram, scene } = ports.draw(open.flow, run, state.view, state.theme);
      const { playback, diagram: before, step } = get();
      const place = keepPlace && before !== undefined ? samePlace(before, step, diagram) : -1;
      const playing = keepPlace
        ? seek(playback, place + 1, scene.stepRows.length)
        : { ...atStart, speed: playback.speed };
      set({
        ...patch,
        diagram,
        scene,
        marks: marksOf(open.flow, state.variant, run, diagram),
        playback: playing,
        step: stepAt(playing.position),
        hovered: undefined,
        status: { kind: "ready" },
        navigations: get().navigations + 1,
      });
    } catch (error) {
      fail({ message: "This flow cannot be drawn; the file is unchanged.", detail: String(error) });
    }
  };

  const show = async (open: OpenFlow, turn: number) => {
    const variant = open.flow.variants[0]?.id ?? "";
    const run = await settle(ports.run(open.handle, variant));
    if (turn !== latest) return;
    if (!run.ok) return fail(run.failure);
    const old = get().open;
    draw({ open, variant, run: run.value, view: open.flow.view ?? {}, problem: undefined }, false);
    if (old !== undefined && old.handle !== open.handle) void ports.close(old.handle);
  };

  const opening = async (what: string, call: () => Promise<Result<OpenFlow | null>>) => {
    const turn = ++latest;
    const before = get().status;
    set({ status: { kind: "loading", what } });
    const result = await settle(call());
    if (turn !== latest) return;
    if (!result.ok) fail(result.failure);
    else if (result.value === null) set({ status: before });
    else await show(result.value, turn);
  };

  return {
    openBundled: (id) =>
      opening(get().library.find((entry) => entry.id === id)?.title ?? "the flow", () => ports.openBundled(id)),
    openPath: (path) => opening(path.split(/[\\/]/).at(-1) ?? path, () => ports.openPath(path)),
    openText: (name, text) => opening(name, () => ports.openText(name, text)),
    openFile: (file) => opening(file.name, () => ports.openFile(file)),
    async openDialog() {
      // No loading state: until a file is chosen, nothing loads.
      const turn = ++latest;
      const result = await settle(ports.openDialog());
      if (turn !== latest) return;
      if (!result.ok) fail(result.failure);
      else if (result.value !== null) await show(result.value, turn);
    },
    opened: (open) => show(open, ++latest),
    async saveAs() {
      const { open } = get();
      if (open === undefined) return;
      const result = await settle(ports.saveAs(open.handle));
      if (!result.ok) set({ problem: result.failure });
      else if (result.value !== null) set({ open: { ...open, name: result.value.name }, problem: undefined });
    },
    async exportAs(format) {
      const { open, variant, view } = get();
      if (open === undefined) return;
      const result = await settle(ports.exportAs(open.handle, variant, format, view));
      if (!result.ok) return set({ problem: result.failure });
      const remarks = result.value?.remarks ?? [];
      if (remarks.length > 0)
        set({
          problem: { message: "The file is written, but not everything is as drawn.", detail: remarks.join(" ") },
        });
    },
    async close() {
      const { open, playback } = get();
      latest += 1;
      set({
        open: undefined,
        run: undefined,
        diagram: undefined,
        scene: undefined,
        variant: "",
        view: {},
        marks: [],
        step: -1,
        playback: { ...atStart, speed: playback.speed },
        status: { kind: "empty" },
        problem: undefined,
      });
      if (open !== undefined) await ports.close(open.handle);
    },
    async loadLibrary() {
      const result = await settle(ports.library());
      if (result.ok) set({ library: result.value.flows, recent: result.value.recent });
      else set({ problem: result.failure });
    },
    dismissProblem: () => set({ problem: undefined }),
    report: fail,
    async selectVariant(id) {
      const { open } = get();
      if (open === undefined || id === get().variant) return;
      const turn = ++latest;
      const run = await settle(ports.run(open.handle, id));
      if (turn !== latest) return;
      if (run.ok) draw({ variant: id, run: run.value }, true);
      else set({ problem: run.failure });
    },
    setView: (patch) => draw({ view: { ...get().view, ...patch } satisfies View }, true),
    explain(turn) {
      const { open, variant } = get();
      if (open === undefined) return Promise.resolve(failure("No flow is open."));
      return settle(ports.explain(open.handle, variant, turn));
    },
    check() {
      const { open, variant } = get();
      if (open === undefined) return Promise.resolve(failure("No flow is open."));
      return settle(ports.check(open.handle, variant));
    },
    whatIf(turn) {
      const { open, variant } = get();
      if (open === undefined) return Promise.resolve(failure("No flow is open."));
      return settle(ports.whatIf(open.handle, variant, turn));
    },
  };
}
