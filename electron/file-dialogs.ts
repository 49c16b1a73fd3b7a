import { type BrowserWindow, dialog, shell } from "electron";

/** What a question stands in front of. */
export type Asking = BrowserWindow;

const documents = { title: "Callflow documents", extensions: ["json"] };
const carriers = {
  name: "Figures and documents made by Callflow",
  extensions: ["svg", "png", "pdf", "docx", "pptx"],
};

/** Asks for a file to open, a flow unless another kind is named; undefined when the person cancels. */
export async function askOpen(
  window: Asking,
  kind?: { readonly title: string; readonly extensions: readonly string[] },
): Promise<string | undefined> {
  const { title, extensions } = kind ?? documents;
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: kind === undefined ? "Open a flow" : kind.title,
    properties: ["openFile"],
    filters: [
      { name: title, extensions: [...extensions] },
      ...(kind === undefined ? [carriers] : []),
      { name: "All files", extensions: ["*"] },
    ],
  });
  return canceled ? undefined : filePaths[0];
}

/** Asks for a folder; undefined when the person cancels. */
export async function askFolder(window: Asking, title: string): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ["openDirectory", "createDirectory"],
  });
  return canceled ? undefined : filePaths[0];
}

/** Shows a file in the system's file manager. */
export function showInFolder(path: string): void {
  shell.showItemInFolder(path);
}

/** Asks where to write; undefined when the person cancels. */
export async function askSave(
  window: Asking,
  suggestion: string,
  kind: { readonly title: string; readonly extension: string },
): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: `Save as ${kind.title}`,
    defaultPath: suggestion,
    filters: [{ name: kind.title, extensions: [kind.extension] }],
    properties: ["createDirectory", "showOverwriteConfirmation"],
  });
  return canceled || filePath === "" ? undefined : filePath;
}

/** Asks what is to become of documents that are not saved. */
export async function askUnsaved(window: Asking, names: readonly string[]): Promise<"save" | "discard" | "cancel"> {
  const [first] = names;
  const { response } = await dialog.showMessageBox(window, {
    type: "warning",
    message: names.length === 1 ? `Save the changes to “${first}”?` : `Save the changes to ${names.length} flows?`,
    detail: names.length === 1 ? "They are lost otherwise." : `They are lost otherwise: ${names.join(", ")}.`,
    buttons: [names.length === 1 ? "Save" : "Save All", "Don’t Save", "Cancel"],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return response === 0 ? "save" : response === 1 ? "discard" : "cancel";
}

/** The page's process has ended by itself. True when the person wants the window loaded again. */
export async function askReload(window: Asking, reason: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: "error",
    message: "The window of Callflow has stopped working.",
    detail: `Your files are unchanged. (${reason})`,
    buttons: ["Reload", "Quit"],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

/** Says in one sentence that something went wrong. */
export function showProblem(message: string): void {
  dialog.showErrorBox("Callflow", message);
}
