import { useEffect, useRef, useState } from "react";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import { readMermaid } from "../../shared/text/mermaid/read.ts";
import { type MermaidText, writeMermaid } from "../../shared/text/mermaid/write.ts";
import { useAppStore } from "../store/use-app.ts";
import { createTextEditor, type TextEditor } from "./text-editor.ts";
import "./text.css";

/** So long after the last key the text is taken over, in ms. */
const PAUSE = 150;

/** Whether two texts say the same, however they are written. */
function sameSaid(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [readMermaid(a), readMermaid(b)];
  const said = (read: typeof left) => (read.ok ? JSON.stringify(read.value.map(({ line: _, ...rest }) => rest)) : "");
  return left.ok && right.ok && said(left) === said(right);
}

/** Joins the editor to the flow: what is typed becomes edits, what the flow says is shown, steps and lines go together. */
function join(parent: HTMLElement, store: ReturnType<typeof useAppStore>, tell: (wrong: string | undefined) => void) {
  let written: MermaidText & { readonly diagram: Diagram | undefined } = {
    text: "",
    itemOf: [],
    remarks: [],
    diagram: undefined,
  };
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let editor: TextEditor;

  const write = () => {
    const { diagram } = store.getState();
    if (diagram !== undefined && diagram !== written.diagram) written = { ...writeMermaid(diagram), diagram };
    return written.text;
  };
  const markStep = () => {
    const { step, diagram } = store.getState();
    const item = diagram?.items.findIndex((one) => one.type === "step" && one.index === step) ?? -1;
    const line = written.itemOf.indexOf(item);
    editor.current(step < 0 || line < 0 || editor.text() !== written.text ? undefined : line);
  };
  /** Takes over what the flow says, unless the person is writing something else at the moment. */
  const show = () => {
    const text = write();
    if (waiting === undefined && !(editor.hasFocus() && sameSaid(editor.text(), text))) {
      editor.show(text);
      editor.wrong(undefined);
      tell(undefined);
    }
    markStep();
  };
  const take = async () => {
    waiting = undefined;
    const text = editor.text();
    const result = await store.getState().actions.rewrite(text);
    if (waiting !== undefined || editor.text() !== text) return;
    if (result.ok) markStep();
    else refuse(result.failure.message);
  };
  const refuse = (says: string) => {
    const line = /^Line (\d+)/.exec(says)?.[1];
    editor.wrong(line === undefined ? 1 : Number(line), says);
    tell(says);
  };
  editor = createTextEditor(parent, "The flow as Mermaid text", write(), {
    changed(text) {
      clearTimeout(waiting);
      waiting = undefined;
      const read = readMermaid(text);
      // The last good picture stays until the text can be understood again.
      if (!read.ok) return refuse(read.failure.message);
      editor.wrong(undefined);
      tell(undefined);
      waiting = setTimeout(() => void take(), PAUSE);
    },
    wentTo(line) {
      const item = written.diagram?.items[written.itemOf[line] ?? -1];
      if (item?.type === "step" && editor.text() === written.text) store.getState().actions.goToStep(item.index);
    },
  });
  markStep();
  const stop = store.subscribe((state, before) => {
    if (state.diagram !== before.diagram) show();
    else if (state.step !== before.step) markStep();
  });
  return () => {
    clearTimeout(waiting);
    stop();
    editor.destroy();
  };
}

/** The picture shown as Mermaid text; what is written in either is in the other. */
export function TextPanel() {
  const store = useAppStore();
  const place = useRef<HTMLDivElement>(null);
  const [wrong, setWrong] = useState<string>();
  useEffect(() => (place.current === null ? undefined : join(place.current, store, setWrong)), [store]);
  return (
    <div className="text-panel">
      <div ref={place} className="text-editor" data-undo={wrong === undefined ? "flow" : "own"} />
      <p className="text-said" role="status" data-wrong={wrong !== undefined || undefined}>
        {wrong === undefined
          ? "Mermaid text of what is shown. Names, prose and variants that it cannot say are kept."
          : `${wrong} The picture is the last one that could be understood.`}
      </p>
    </div>
  );
}
