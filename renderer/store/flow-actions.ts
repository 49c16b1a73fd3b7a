import type { View } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";
import type { Get, Put } from "./app-store.ts";
import { type Draw, failing } from "./draw.ts";
import { atStart } from "./playback.ts";
import type { Ports } from "./ports.ts";
import { failure, settle } from "./settle.ts";
import type { Actions, OpenFlow } from "./state.ts";

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

/** The actions that open flows and choose what of them is shown. */
export function flowActions(ports: Ports, set: Put, get: Get, draw: Draw, settled: () => Promise<void>): FlowActions {
  // Later openings win over earlier ones that are still under way.
  let latest = 0;

  const fail = failing(set, get);

  const show = async (open: OpenFlow, turn: number) => {
    await settled();
    const variant = open.flow.variants[0]?.id ?? "";
    const run = await settle(ports.run(open.handle, variant));
    if (turn !== latest) return;
    if (!run.ok) return fail(run.failure);
    const old = get().open;
    const shown = { open, variant, run: run.value, runAt: open.revision };
    draw({ ...shown, view: open.flow.view ?? {}, problem: undefined }, "start");
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
        runAt: undefined,
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
      if (id === get().variant) return;
      const turn = ++latest;
      await settled();
      const { open } = get();
      if (open === undefined || turn !== latest) return;
      const run = await settle(ports.run(open.handle, id));
      if (turn !== latest) return;
      if (run.ok) draw({ variant: id, run: run.value, runAt: open.revision }, "same");
      else set({ problem: run.failure });
    },
    setView: (patch) => draw({ view: { ...get().view, ...patch } satisfies View }, "same"),
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
