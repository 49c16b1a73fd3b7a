import { call } from "../bridge/bridge.ts";

/** Cutting, copying and pasting in a menu; `chosen`: something is there to be copied. The picture has the keyboard then. */
export function clipboardEntries(chosen: boolean): readonly {
  readonly text: string;
  readonly off: boolean;
  readonly act: () => unknown;
}[] {
  const use = (what: "cut" | "copy" | "paste") => () => {
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
    void call("menu.clipboard", { what });
  };
  return [
    { text: "Cut", off: !chosen, act: use("cut") },
    { text: "Copy", off: !chosen, act: use("copy") },
    { text: "Paste", off: false, act: use("paste") },
  ];
}
