import { describe, expect, test, vi } from "vitest";
import { layout } from "../../shared/diagram/layout.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { Run } from "../../shared/run/run.ts";
import { createAppStore } from "./app-store.ts";
import { samePlace } from "./draw.ts";
import type { Ports } from "./ports.ts";
import { diagramOf } from "./sample.ts";
import type { OpenFlow } from "./state.ts";

const flow = (title: string): Flow => ({
  format: "callflow",
  version: 1,
  title,
  scenario: { participants: [] },
  variants: [
    { id: "main", title: "Main", script: [] },
    { id: "other", title: "Other", script: [], branch: { from: "main", keep: 0 } },
  ],
});
const opened = (name: string): OpenFlow => ({
  handle: name,
  name,
  flow: flow(name),
  revision: 0,
  history: {},
  unsaved: false,
  diagnostics: [],
});
const run: Run = { turns: [], hops: [], end: "rest" };
const cpm = diagramOf([{ label: "INVITE" }, { label: "180", note: "rings" }, { label: "200" }]);
const sip = diagramOf([
  { label: "INVITE", hops: ["hop0"] },
  { label: "100", hops: ["trying"] },
  { label: "180", hops: ["hop1"] },
  { label: "200", hops: ["hop2"] },
]);

function storeWith(ports: Partial<Ports> = {}) {
  const close = vi.fn<Ports["close"]>(async () => ok({ closed: true }));
  const store = createAppStore({
    library: async () => ok({ flows: [], recent: [] }),
    create: async ({ title }) => ok({ ...opened(title), unsaved: true }),
    openBundled: async (id) => ok(opened(id)),
    enter: async () => fail("Not here."),
    reference: async () => fail("Not here."),
    combine: async () => fail("Not here."),
    takeApart: async () => fail("Not here."),
    openPath: async () => fail("There is no such file."),
    openText: async (name) => ok(opened(name)),
    openFile: async (file) => ok(opened(file.name)),
    openDialog: async () => ok(null),
    recoverable: async () => ok([]),
    recover: async (id) => ok(opened(id)),
    discardRecoverable: async () => ok(null),
    save: async () => ok(null),
    saveAs: async () => ok(null),
    exportTo: async () => ok(null),
    stopExport: async () => ok(null),
    close,
    run: async () => ok(run),
    edit: async () => fail("Not here."),
    elsewhere: async () => ok({ kind: "same" }),
    reload: async () => fail("Not here."),
    keep: async () => fail("Not here."),
    rewrite: async () => fail("Not here."),
    gesture: async () => fail("Not here."),
    undo: async () => fail("Not here."),
    redo: async () => fail("Not here."),
    replica: async (handle) => ok(opened(handle)),
    explain: async () => fail("Not here."),
    rules: async () => ok([]),
    check: async () => fail("Not here."),
    missing: async () => fail("Not here."),
    repairs: async () => fail("Not here."),
    whatIf: async () => fail("Not here."),
    variants: async () => ok([]),
    compare: async () => fail("Not here."),
    explore: async () => fail("Not here."),
    stopExploring: async () => ok(null),
    draw: (_flow, _run, view, theme) => {
      const diagram = view.level === "sip" ? sip : cpm;
      return { diagram, scene: layout(diagram, theme) };
    },
    painted: async () => {},
    remember: () => {},
    ...ports,
  });
  return { store, close, actions: store.getState().actions };
}

describe("opening", () => {
  test("an opened flow is shown from its start", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    expect(store.getState()).toMatchObject({ status: { kind: "ready" }, variant: "main", step: -1 });
    expect(store.getState().scene?.stepRows).toHaveLength(3);
  });

  test("V13 what cannot be opened leaves open what was open", async () => {
    const { store, actions } = storeWith();
    await actions.openPath("/nowhere");
    expect(store.getState().status).toEqual({ kind: "failed", failure: { message: "There is no such file." } });
    await actions.openBundled("first");
    await actions.openPath("/nowhere");
    expect(store.getState()).toMatchObject({
      status: { kind: "ready" },
      problem: { message: "There is no such file." },
      open: { name: "first" },
    });
    actions.dismissProblem();
    expect(store.getState().problem).toBeUndefined();
  });

  test("V13 a flow that cannot be drawn is a failure, not a crash", async () => {
    const { store, actions } = storeWith({
      draw: () => {
        throw new Error("no room");
      },
    });
    await actions.openBundled("first");
    expect(store.getState().status.kind).toBe("failed");
  });

  test("V13 a main process that does not answer is a failure", async () => {
    const { store, actions } = storeWith({ openBundled: () => Promise.reject(new Error("gone")) });
    await actions.openBundled("first");
    expect(store.getState().status.kind).toBe("failed");
  });

  test("V14 the later of two openings wins", async () => {
    let answerFirst: (result: Result<OpenFlow>) => void = () => {};
    const { store, actions } = storeWith({
      openBundled: (id) =>
        id === "slow" ? new Promise((resolve) => (answerFirst = resolve)) : Promise.resolve(ok(opened(id))),
    });
    const slow = actions.openBundled("slow");
    await actions.openBundled("quick");
    answerFirst(ok(opened("slow")));
    await slow;
    expect(store.getState().open?.name).toBe("quick");
    expect(store.getState().status.kind).toBe("ready");
  });

  test("F5 a flow that is opened stands beside those that are open; each keeps its place", async () => {
    const { store, close, actions } = storeWith();
    await actions.openBundled("first");
    actions.seek(2);
    actions.setView({ level: "sip" });
    await actions.openBundled("second");
    expect(store.getState().tabs.map(({ name }) => name)).toEqual(["first", "second"]);
    expect(store.getState()).toMatchObject({ open: { name: "second" }, step: -1, view: {} });
    await actions.selectNextTab(1);
    expect(store.getState()).toMatchObject({ open: { name: "first" }, step: 2, view: { level: "sip" } });
    await actions.selectNextTab(-1);
    expect(store.getState().open?.name).toBe("second");
    expect(close).not.toHaveBeenCalled();
  });

  test("F5 a bundled flow to which nothing was done makes room for the next", async () => {
    const { store, close, actions } = storeWith({ openBundled: async (id) => ok({ ...opened(id), bundledId: id }) });
    await actions.openBundled("first");
    await actions.openBundled("second");
    expect(close).toHaveBeenCalledWith("first");
    expect(store.getState().tabs.map(({ name }) => name)).toEqual(["second"]);
  });

  test("V15, F5 closing shows the flow beside it, and after the last one nothing; what was closed opens again", async () => {
    const { store, close, actions } = storeWith({
      openText: async (name) => ok({ ...opened(name), path: `/${name}` }),
      openPath: async (path) => ok({ ...opened(path.slice(1)), path }),
    });
    await actions.openText("first", "");
    await actions.openText("second", "");
    await actions.close();
    expect(close).toHaveBeenLastCalledWith("second");
    expect(store.getState()).toMatchObject({ open: { name: "first" }, tabs: [{ name: "first" }] });
    await actions.reopenClosed();
    expect(store.getState()).toMatchObject({ open: { name: "second" } });
    await actions.close();
    await actions.close();
    expect(store.getState()).toMatchObject({ status: { kind: "empty" }, scene: undefined, step: -1, tabs: [] });
  });

  test("F3 what the person keeps from closing stays", async () => {
    const { store, actions } = storeWith({ close: async () => ok({ closed: false }) });
    await actions.openBundled("first");
    await actions.close();
    expect(store.getState().open?.name).toBe("first");
  });

  test("F10 what was lost is offered, and opened when the person wants it", async () => {
    const lost = { id: "j", name: "lost", edits: 2, at: 0 };
    const { store, actions } = storeWith({ recoverable: async () => ok([lost, { ...lost, id: "k" }]) });
    await actions.loadRecoverable();
    await actions.recover("j");
    expect(store.getState()).toMatchObject({ open: { name: "j" }, recoverable: [{ id: "k" }] });
    await actions.discardRecoverable("k");
    expect(store.getState().recoverable).toEqual([]);
  });

  test("F1 a flow that is saved belongs to its file", async () => {
    const saved = { name: "x.flow.json", path: "/x.flow.json", unsaved: false, diagnostics: [] };
    const { store, actions } = storeWith({
      openBundled: async (id) => ok({ ...opened(id), bundledId: id, unsaved: true }),
      save: async () => ok(saved),
    });
    await actions.openBundled("first");
    expect(store.getState().tabs[0]?.unsaved).toBe(true);
    await actions.save();
    expect(store.getState().open).toMatchObject(saved);
    expect(store.getState().open?.bundledId).toBeUndefined();
    expect(store.getState().tabs).toEqual([{ handle: "first", name: "x.flow.json", unsaved: false }]);
  });

  test("a dialog that is cancelled changes nothing", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    const before = store.getState();
    await actions.openDialog();
    expect(store.getState()).toEqual(before);
  });
});

describe("place", () => {
  test("V12 another level keeps the message", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    actions.seek(2);
    actions.setView({ level: "sip" });
    expect(store.getState()).toMatchObject({ step: 2, view: { level: "sip" } });
    actions.setView({ level: "cpm" });
    expect(store.getState().step).toBe(1);
  });

  test("V12 a message that is not shown there leads to the last one sent before", () => {
    const before = diagramOf([{ label: "a" }, { label: "b", hops: ["gone"] }, { label: "c" }]);
    const after = diagramOf([{ label: "a" }, { label: "x", hops: ["other"] }]);
    expect(samePlace(before, 1, after)).toBe(1);
    expect(samePlace(before, -1, after)).toBe(-1);
  });

  test("V12 a variant is shown from the same place", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    actions.seek(3);
    await actions.selectVariant("other");
    expect(store.getState()).toMatchObject({ variant: "other", step: 2 });
  });
});

describe("moving", () => {
  test("V10 marks are the steps with something after them", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    expect(store.getState().marks).toEqual([1, 2]);
    actions.nextMark();
    expect(store.getState().step).toBe(1);
    actions.nextMark();
    actions.nextMark();
    expect(store.getState().step).toBe(2);
    actions.previousMark();
    expect(store.getState().step).toBe(1);
  });

  test("V9 with reduced motion a step is complete at once", async () => {
    const { store, actions } = storeWith();
    actions.setReducedMotion(true);
    await actions.openBundled("first");
    actions.next();
    expect(store.getState().playback).toMatchObject({ position: 1, running: false });
    actions.play();
    expect(store.getState().playback).toMatchObject({ position: 2, running: true });
  });

  test("the clock changes the step only when another one starts", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    actions.goToStep(0);
    const steps: number[] = [];
    store.subscribe((state) => void steps.push(state.step));
    for (let i = 0; i < 20; i++) actions.tick(16);
    expect(new Set(steps)).toEqual(new Set([0]));
    expect(store.getState().playback.position).toBeGreaterThan(0.1);
  });

  test("I40 where something is written, the message under way has arrived", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    actions.play();
    actions.tick(16);
    const { step } = store.getState();
    actions.setDraft({ kind: "label", hop: "any" });
    expect(store.getState().playback).toMatchObject({ position: step + 1, running: false, playing: false });
    expect(store.getState().step).toBe(step);
  });

  test("V20 light and dark move nothing", async () => {
    const { store, actions } = storeWith();
    await actions.openBundled("first");
    const { scene } = store.getState();
    actions.setTheme("dark");
    expect(store.getState().theme.name).toBe("dark");
    expect(store.getState().scene).toBe(scene);
    actions.setTheme("system");
    actions.systemTheme(true);
    expect(store.getState().theme.name).toBe("dark");
  });
});
