import { expect } from "vitest";
import { computeRun } from "../electron/engine/index.ts";
import { editingHandlers } from "../electron/ipc/editing.ts";
import { createWorkspace } from "../electron/workspace/workspace.ts";
import { createAppStore } from "../renderer/store/app-store.ts";
import type { Ports } from "../renderer/store/ports.ts";
import { layout } from "../shared/diagram/layout.ts";
import { project } from "../shared/diagram/project.ts";
import { writeFlow } from "../shared/flow/file.ts";
import { fail, ok, type Result } from "../shared/flow/result.ts";
import { type CallName, calls, type Handlers } from "../shared/ipc/contract.ts";
import type { OpenFlow } from "../shared/ipc/shapes.ts";
import { wholeScript } from "../shared/run/tree.ts";

// The page's store and main's workspace together, with only the wire between them left out: what crosses is checked and
// made JSON as in the app.

const over = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** What a result holds; a failure is thrown. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** A window and what main has open. */
export function together() {
  let now = 0;
  const workspace = createWorkspace(
    { read: async () => fail("no"), write: async () => ok(undefined) },
    { ids: async () => [], read: async () => fail("no") },
    { clock: () => now },
  );
  const handlers = editingHandlers(workspace);
  const sent: string[] = [];
  const ask =
    <Name extends keyof typeof handlers>(name: Name) =>
    async (request: Parameters<Handlers[Name]>[0]) => {
      const answer = await handlers[name](calls[name as CallName].request.parse(over(request)) as never, "");
      sent.push(JSON.stringify(answer));
      const crossed = over(answer) as Result<never>;
      if (crossed.ok) calls[name as CallName].response.parse(crossed.value);
      return crossed;
    };
  const none = async () => fail("Not here.");
  const ports: Ports = {
    ...({ library: none, openBundled: none, openPath: none, openFile: none, openDialog: none } as unknown as Ports),
    openText: async (name, text) => over(workspace.openText(name, text)),
    save: none,
    saveAs: none,
    exportTo: none,
    stopExport: none,
    close: none,
    run: async (handle, variant) => over(await workspace.show(handle, variant)),
    edit: ask("flow.edit") as Ports["edit"],
    gesture: ask("flow.gesture") as Ports["gesture"],
    undo: ask("flow.undo") as Ports["undo"],
    redo: ask("flow.redo") as Ports["redo"],
    replica: (handle) => ask("flow.replica")({ handle }) as Promise<Result<OpenFlow>>,
    explain: none,
    draw: (flow, run, view, theme) => {
      const diagram = project(flow, run, view);
      return { diagram, scene: layout(diagram, theme) };
    },
    painted: async () => {},
    remember: () => {},
  };
  const store = createAppStore(ports);
  const { actions } = store.getState();
  const main = () => value(workspace.find(store.getState().open?.handle ?? ""));
  const passes = (ms: number) => {
    now += ms;
  };
  return { store, actions, workspace, main, sent, passes };
}

export type Together = ReturnType<typeof together>;

/** Expects the page's copy to be main's document, and its run to be the run of it. */
export function expectOne({ store, main }: Together): void {
  const { open, run, variant, runAt, diagram } = store.getState();
  const there = main();
  if (open === undefined) throw new Error("no flow is open");
  expect(writeFlow(open.flow)).toBe(writeFlow(there.flow));
  expect({ ...open, flow: 0 }).toEqual({ ...over(there), flow: 0 });
  expect(runAt).toBe(there.revision);
  const script = wholeScript(there.flow, variant);
  if (!script.ok) return;
  expect(run).toEqual(over(computeRun(there.flow.scenario, script.value)));
  expect(diagram?.title).toBe(there.flow.title);
}
