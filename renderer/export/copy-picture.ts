import { call } from "../bridge/bridge.ts";
import type { AppStore } from "../store/app-store.ts";
import { settle } from "../store/settle.ts";

/** Puts the figure of what is shown on the clipboard, as SVG and as PNG: programs take the one that they know. */
export async function copyPicture(app: AppStore): Promise<void> {
  const { open, variant, view, actions } = app.getState();
  if (open === undefined) return;
  const made = await settle(call("export.picture", { handle: open.handle, variant, view }));
  if (!made.ok) return actions.report(made.failure);
  const { svg, png, remarks } = made.value;
  const forms: Record<string, Blob> = { "image/svg+xml": new Blob([svg], { type: "image/svg+xml" }) };
  if (png !== null) {
    const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
    forms["image/png"] = new Blob([bytes], { type: "image/png" });
  }
  try {
    await navigator.clipboard.write([new ClipboardItem(forms)]);
  } catch (error) {
    return actions.report({ message: "The picture could not be put on the clipboard.", detail: String(error) });
  }
  if (remarks.length === 0) actions.say("The picture is copied.");
  else {
    actions.report({ message: "The picture is copied, but not everything is as drawn.", detail: remarks.join(" ") });
  }
}
