import { call, listen } from "../bridge/bridge.ts";
import type { Digits } from "../player/digits.ts";
import { listenToKeys } from "./keys.ts";
import type { CommandTargets } from "./playing.ts";
import { checkedCommands, runCommand } from "./run-command.ts";

/** Joins the page to the menu and the keyboard: commands come in, what the menu ticks and greys goes out. */
export function connectCommands(targets: CommandTargets, digits: Digits): () => void {
  const { app } = targets;
  const { actions } = app.getState();
  let told = "";
  const tellMenu = () => {
    const state = app.getState();
    const checked = [...checkedCommands(state)];
    const { undo: canUndo, redo: canRedo } = state.open?.history ?? {};
    const menu = {
      hasFlow: state.scene !== undefined,
      checked,
      ...(canUndo !== undefined && { undo: canUndo }),
      ...(canRedo !== undefined && { redo: canRedo }),
    };
    const text = JSON.stringify(menu);
    if (text === told) return;
    told = text;
    void call("menu.state", menu);
  };
  tellMenu();
  const undo = [
    listen({
      "flow.opened": (flow) => void actions.opened(flow),
      "flow.changed": (change) => void actions.changedElsewhere(change),
      "flow.fileChanged": ({ handle }) => {
        if (app.getState().open?.handle === handle) void actions.lookElsewhere();
      },
      "export.progress": (progress) => actions.exportProgress(progress),
      "film.wanted": (wanted) => void import("../export/film-maker.ts").then(({ makeFilm }) => makeFilm(wanted)),
      "explore.progress": (progress) => actions.exploreProgress(progress),
      command: ({ id }) => runCommand(id, targets),
      problem: ({ message, detail }) => actions.report(detail === undefined ? { message } : { message, detail }),
    }),
    listenToKeys(app, digits, (id) => runCommand(id, targets)),
    listenToReturn(() => void actions.lookElsewhere()),
    app.subscribe((state, before) => {
      if (state.open?.path !== before.open?.path) void actions.lookElsewhere();
      const { view, panels, themeChoice, editing, scene, open } = before;
      if (
        state.view !== view ||
        state.panels !== panels ||
        state.editing !== editing ||
        state.themeChoice !== themeChoice ||
        state.scene !== scene ||
        state.open?.history !== open?.history
      ) {
        tellMenu();
      }
    }),
  ];
  return () => {
    for (const step of undo) step();
  };
}

/** A person who comes back to the window may have been in another program. */
function listenToReturn(returned: () => void): () => void {
  window.addEventListener("focus", returned);
  return () => window.removeEventListener("focus", returned);
}
