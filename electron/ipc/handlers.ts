import { existsSync } from "node:fs";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import type { EventPayload, Handler, Handlers } from "../../shared/ipc/contract.ts";
import type { About, MenuState, OpenFlow, RecentFile } from "../../shared/ipc/shapes.ts";
import { rules } from "../engine/index.ts";
import type { PaintRows } from "../export/formats.ts";
import type { Memory } from "../host/memory.ts";
import type { Recovery } from "../host/recovery.ts";
import type { Open } from "../workspace/entry.ts";
import type { Disk } from "../workspace/ports.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { comparingHandlers } from "./comparing.ts";
import { copyingHandlers } from "./copying.ts";
import { creatingHandlers } from "./creating.ts";
import { editingHandlers } from "./editing.ts";
import type { Explorer } from "./exploring.ts";
import { exportingHandlers } from "./exporting.ts";
import type { Filming } from "./filming.ts";
import { recoveryHandlers } from "./recovery.ts";
import { savingHandlers } from "./saving.ts";

/** What the handlers need of the shell. */
export interface Shell {
  /** Asks for a file to open, of a kind where one is named; undefined when the person cancels. */
  askOpen(kind?: { readonly title: string; readonly extensions: readonly string[] }): Promise<string | undefined>;
  /** Asks for a folder to write into; undefined when the person cancels. */
  askFolder(title: string): Promise<string | undefined>;
  /** Lets the page write to the clipboard in the next moments. */
  lendGesture(): Promise<void>;
  /** Does in the window what the entries of the Edit menu do. */
  cutCopyPaste(what: "cut" | "copy" | "paste"): void;
  /** Shows a file in the system's file manager. */
  showInFolder(path: string): void;
  /** Asks where to write; undefined when the person cancels. */
  askSave(
    suggestion: string,
    kind: { readonly title: string; readonly extension: string },
  ): Promise<string | undefined>;
  /** Asks what is to become of documents with these names, which are not saved. */
  askUnsaved(names: readonly string[]): Promise<"save" | "discard" | "cancel">;
  /** How wide the window is inside, in CSS px at 100 %: the page itself may start before it has its size. */
  windowWidth(): number;
  about(): About;
  showMenuState(state: MenuState): void;
  /** The page listens now. Gives the flow to show first, if any. */
  pageIsReady(): Promise<Result<Open | undefined>>;
  /** A file was opened or written: it is the latest of the recent ones. */
  remember(path: string): void;
  /** The person chose other shortcuts. */
  showKeys(): void;
  /** The person chose how the window looks. */
  showTheme(theme: "system" | "light" | "dark"): void;
}

export interface Parts {
  readonly workspace: Workspace;
  readonly memory: Memory;
  readonly disk: Disk;
  readonly recovery: Recovery;
  readonly explorer: Explorer;
  readonly shell: Shell;
  readonly filming: Filming;
  /** Paints in another thread. */
  readonly paintRows?: PaintRows;
  /** The page hears how far an export is. */
  readonly tell: (progress: EventPayload<"export.progress">) => void;
}

/** The run that the page would ask for next; undefined where there is none, which the page then hears when it asks. */
async function firstRun(workspace: Workspace, { handle, flow, start }: Open) {
  const variant = start?.variant ?? flow.variants[0]?.id;
  const run = variant === undefined ? undefined : await workspace.show(handle, variant);
  return variant !== undefined && run?.ok === true ? { variant, run: run.value } : undefined;
}

/** At first the library stands open where there is room beside the flow and its prose. */
const ROOMY = 1280;

/** What main does for each call of the contract. */
export function handlersFor(parts: Parts): Handlers {
  const { workspace, memory, explorer, shell } = parts;
  const openFile = async (path: string): Promise<Result<OpenFlow>> => {
    const opened = await workspace.openFile(path);
    if (opened.ok) shell.remember(path);
    return opened;
  };
  const saving = savingHandlers(workspace, shell);
  return {
    "app.ready": async () => {
      // What a page that was lost had asked for.
      explorer.end();
      const opened = await shell.pageIsReady();
      if (!opened.ok) return opened;
      const others = workspace.all().filter(({ handle }) => handle !== opened.value?.handle);
      const first = opened.value && (await firstRun(workspace, opened.value));
      return ok({
        opened: opened.value ?? null,
        ...(first !== undefined && { first }),
        others: others.map(({ handle, name, unsaved }) => ({ handle, name, unsaved })),
      });
    },
    "app.about": async () => ok(shell.about()),
    "rules.list": async () => ok(rules()),
    "library.list": () => listLibrary(parts),
    ...creatingHandlers(workspace),
    ...comparingHandlers(workspace, parts.disk, shell),
    "flow.openBundled": ({ id }) => workspace.openBundled(id),
    "flow.openPath": async ({ path }) =>
      memory.now().recent?.includes(path) === true
        ? openFile(path)
        : fail(`“${path}” is not among the recent files; choose Open… to find it.`),
    "flow.openFile": async (_, droppedPath) => (droppedPath === "" ? ok(null) : openFile(droppedPath)),
    "flow.openText": async ({ name, text }) => workspace.openText(name, text),
    "flow.openDialog": async () => {
      const path = await shell.askOpen();
      return path === undefined ? ok(null) : openFile(path);
    },
    "flow.run": ({ handle, variant }) => workspace.show(handle, variant),
    ...editingHandlers(workspace),
    ...recoveryHandlers(workspace, parts.recovery),
    "flow.explain": ({ handle, variant, turn }) => workspace.explain(handle, variant, turn),
    "flow.check": ({ handle, variant }) => workspace.check(handle, variant),
    "flow.variants": ({ handle, ids }) => workspace.variants(handle, ids),
    "flow.repairs": ({ handle, variant }) => workspace.repairs(handle, variant),
    "flow.missing": ({ handle }) => workspace.missing(handle),
    "flow.whatIf": ({ handle, variant, turn }) => workspace.whatIf(handle, variant, turn),
    ...explorer.handlers,
    ...saving,
    "flow.close": async (request, path) => {
      const result = await saving["flow.close"](request, path);
      if (result.ok && result.value.closed) explorer.end(request.handle);
      return result;
    },
    ...exportingHandlers({ ...parts, encode: parts.filming.encode }),
    ...parts.filming.handlers,
    ...copyingHandlers(workspace, shell, parts.paintRows),
    "settings.get": async () => {
      const settings = memory.now().settings ?? {};
      return ok({ ...settings, panels: { library: shell.windowWidth() >= ROOMY, ...settings.panels } });
    },
    "settings.set": async ({ patch }) => {
      const before = memory.now().settings ?? {};
      const panels = patch.panels === undefined ? undefined : { panels: { ...before.panels, ...patch.panels } };
      memory.change({ settings: { ...before, ...patch, ...panels } });
      if (patch.theme !== undefined) shell.showTheme(patch.theme);
      if (patch.keys !== undefined) shell.showKeys();
      return ok(null);
    },
    "menu.clipboard": async ({ what }) => {
      shell.cutCopyPaste(what);
      return ok(null);
    },
    "menu.state": async (state) => {
      shell.showMenuState(state);
      return ok(null);
    },
  };
}

async function listLibrary({ workspace, memory }: Parts): ReturnType<Handler<"library.list">> {
  const flows = await workspace.library();
  return ok({
    flows: flows.map(({ id, flow }) => ({
      id,
      group: id.split("/")[0] ?? "",
      title: flow.title,
      ...(flow.clause === undefined ? undefined : { clause: flow.clause }),
      ...(flow.introduction === undefined ? undefined : { description: flow.introduction }),
      participants: flow.scenario.participants.map((participant) => participant.name),
    })),
    recent: (memory.now().recent ?? []).map(recentFile),
  });
}

function recentFile(path: string): RecentFile {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return existsSync(path) ? { path, name } : { path, name, missing: true };
}
