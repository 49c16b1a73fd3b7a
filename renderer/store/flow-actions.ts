import type { View } from "../../shared/flow/flow.ts";
import type { Result } from "../../shared/flow/result.ts";
import type { Get, Put } from "./app-store.ts";
import { type Draw, failing } from "./draw.ts";
import { atStart } from "./playback.ts";
import type { Ports } from "./ports.ts";
import { failure, settle } from "./settle.ts";
import type { Actions, OpenFlow } from "./state.ts";
import { type Closed, closedOf, isUntouched, neighbour, type Place, placeOf, tabOf, withTab } from "./tabs.ts";

type FlowActions = Pick<
  Actions,
  | "create"
  | "combine"
  | "enter"
  | "leave"
  | "reference"
  | "openBundled"
  | "openPath"
  | "openText"
  | "openFile"
  | "openDialog"
  | "close"
  | "selectTab"
  | "selectNextTab"
  | "reopenClosed"
  | "alsoOpen"
  | "opened"
  | "loadLibrary"
  | "dismissProblem"
  | "report"
  | "say"
  | "selectVariant"
  | "setView"
  | "explain"
  | "rules"
  | "check"
  | "whatIf"
  | "variants"
  | "repairs"
  | "missing"
>;

/** The actions that open flows and choose what of them is shown. */
export function flowActions(ports: Ports, set: Put, get: Get, draw: Draw, settled: () => Promise<void>): FlowActions {
  // Later openings win over earlier ones that are still under way.
  let latest = 0;

  const fail = failing(set, get);

  /** Where a person was in the flows that are not shown; and what can be opened again. */
  const places = new Map<string, Place>();
  const closed: Closed[] = [];

  /** Shows a flow, one that was shown before where it was left. The one before stays open, unless nothing was done to it. */
  const show = async (open: OpenFlow, turn: number, beside = false) => {
    await settled();
    const place = places.get(open.handle);
    const wanted = place?.variant ?? open.start?.variant;
    const known = open.flow.variants.some(({ id }) => id === wanted);
    const variant = (known ? wanted : open.flow.variants[0]?.id) ?? "";
    const run = await settle(ports.run(open.handle, variant));
    if (turn !== latest) return;
    if (!run.ok) return fail(run.failure);
    const before = get();
    const { open: old } = before;
    const leaves = old !== undefined && old.handle !== open.handle;
    if (leaves) places.set(old.handle, placeOf(before));
    const view = place?.view ?? open.start?.view ?? open.flow.view ?? {};
    const remark = place === undefined ? open.start?.remark : undefined;
    const problem = remark === undefined ? undefined : { message: remark };
    const replaces = !beside && leaves && place === undefined && isUntouched(old);
    const tabs = withTab(
      replaces ? before.tabs.filter(({ handle }) => handle !== old.handle) : before.tabs,
      tabOf(open),
    );
    draw({ open, tabs, variant, run: run.value, runAt: open.revision, view, problem }, "start");
    if (place !== undefined) get().actions.seek(place.position);
    if (!replaces) return;
    places.delete(old.handle);
    void ports.close(old.handle);
  };

  const selectTab: Actions["selectTab"] = async (handle) => {
    if (handle === get().open?.handle) return;
    const turn = ++latest;
    await settled();
    const open = await settle(ports.replica(handle));
    if (turn !== latest) return;
    if (!open.ok) return fail(open.failure);
    await show(open.value, turn);
  };

  const showNothing = () => {
    set({
      open: undefined,
      run: undefined,
      runAt: undefined,
      diagram: undefined,
      scene: undefined,
      variant: "",
      view: {},
      marks: [],
      forks: [],
      step: -1,
      playback: { ...atStart, speed: get().playback.speed },
      status: { kind: "empty" },
      problem: undefined,
    });
  };

  /** @param beside what is shown before stays open, even when nothing was done to it. */
  const opening = async (what: string, call: () => Promise<Result<OpenFlow | null>>, beside = false) => {
    const turn = ++latest;
    const before = get().status;
    set({ status: { kind: "loading", what } });
    const result = await settle(call());
    if (turn !== latest) return;
    if (!result.ok) fail(result.failure);
    else if (result.value === null) set({ status: before });
    else await show(result.value, turn, beside);
  };

  return {
    async create(asked) {
      const before = get().open?.handle;
      await opening(asked.title, () => ports.create(asked));
      if (get().open?.handle !== before) get().actions.setEditing(true);
    },
    async combine(asked) {
      await settled();
      const { open, view } = get();
      if (open === undefined) return;
      let remarks: readonly string[] = [];
      const call = async (): Promise<Result<OpenFlow>> => {
        const made = await ports.combine({ handle: open.handle, view, ...asked });
        if (made.ok) remarks = made.value.remarks;
        return made.ok ? { ok: true, value: made.value.open } : made;
      };
      await opening("the combined flow", call, true);
      if (remarks.length > 0)
        set({ problem: { message: "Not everything could be combined.", detail: remarks.join(" ") } });
    },
    async enter(mark) {
      await settled();
      const { open } = get();
      if (open !== undefined) await opening("the referred flow", () => ports.enter(open.handle, mark), true);
    },
    async leave() {
      const { open, actions } = get();
      if (open?.cameFrom === undefined) return;
      const { handle, cameFrom } = open;
      await selectTab(cameFrom.handle);
      // It was a copy to look at; what was changed in it stays open.
      if (get().open?.handle === cameFrom.handle && !open.unsaved) await actions.close(handle);
    },
    async reference(flow) {
      await settled();
      const { open } = get();
      return open === undefined ? failure("No flow is open.") : settle(ports.reference(open.handle, flow));
    },
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
    async close(handle = get().open?.handle) {
      if (handle === undefined) return;
      const turn = ++latest;
      await settled();
      const result = await settle(ports.close(handle));
      if (!result.ok) return fail(result.failure);
      if (!result.value.closed) return;
      const { tabs, open } = get();
      const { [handle]: _, ...explorations } = get().explorations;
      set({ tabs: tabs.filter((tab) => tab.handle !== handle), explorations });
      places.delete(handle);
      if (open?.handle !== handle) return;
      const how = closedOf(open);
      if (how !== undefined) closed.push(how);
      const next = neighbour(tabs, handle);
      // What is being opened meanwhile is shown by itself.
      if (next === undefined || turn !== latest) showNothing();
      else await selectTab(next.handle);
    },
    selectTab,
    async selectNextTab(by) {
      const { tabs, open } = get();
      const at = tabs.findIndex(({ handle }) => handle === open?.handle);
      const next = tabs.at((at + by) % Math.max(tabs.length, 1));
      if (next !== undefined) await selectTab(next.handle);
    },
    async reopenClosed() {
      const last = closed.pop();
      if (last !== undefined)
        await ("path" in last ? get().actions.openPath(last.path) : get().actions.openBundled(last.bundledId));
    },
    alsoOpen: (tabs) => set({ tabs: [...tabs, ...get().tabs] }),
    async loadLibrary() {
      const result = await settle(ports.library());
      if (result.ok) set({ library: result.value.flows, recent: result.value.recent });
      else set({ problem: result.failure });
    },
    dismissProblem: () => set({ problem: undefined }),
    report: fail,
    say: (text) => set({ notice: text === undefined ? undefined : { text } }),
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
    rules: () => settle(ports.rules()),
    check() {
      const { open, variant } = get();
      if (open === undefined) return Promise.resolve(failure("No flow is open."));
      return settle(ports.check(open.handle, variant));
    },
    async variants(ids) {
      // What was edited here has to be known there first.
      await settled();
      const { open } = get();
      return open === undefined ? failure("No flow is open.") : settle(ports.variants(open.handle, ids));
    },
    whatIf(turn) {
      const { open, variant } = get();
      if (open === undefined) return Promise.resolve(failure("No flow is open."));
      return settle(ports.whatIf(open.handle, variant, turn));
    },
    async missing() {
      // What was edited here has to be known there first.
      await settled();
      const { open } = get();
      return open === undefined ? failure("No flow is open.") : settle(ports.missing(open.handle));
    },
    repairs() {
      const { open, variant } = get();
      if (open === undefined) return Promise.resolve(failure("No flow is open."));
      return settle(ports.repairs(open.handle, variant));
    },
  };
}
