import { useEffect, useRef, useState } from "react";
import { readMermaid } from "../../shared/text/mermaid/read.ts";
import { type Written, writeAfter } from "../../shared/text/mermaid/rewrite-lines.ts";
import { useAppStore } from "../store/use-app.ts";
import { comparing, LONG } from "./comparing.ts";
import { createTextEditor, type TextEditor } from "./text-editor.ts";
import "./text.css";

/** So long after the last key the text is taken over, in ms. */
const PAUSE = 150;

/** Joins the editor to the flow: what is typed becomes edits, what the flow says is shown, steps and lines go together. */
function join(parent: HTMLElement, store: ReturnType<typeof useAppStore>, tell: (wrong: string | undefined) => void) {
  let written: Written | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let showing: ReturnType<typeof setTimeout> | undefined;
  let editor: TextEditor;
  let ended = false;
  const compare = comparing();

  const write = () => {
    const { diagram } = store.getState();
    if (diagram !== undefined && diagram !== written?.diagram) written = writeAfter(written, diagram);
    return written?.text ?? "";
  };
  const markStep = () => {
    const { step, diagram } = store.getState();
    const item = diagram?.items.findIndex((one) => one.type === "step" && one.index === step) ?? -1;
    const line = written?.itemOf.indexOf(item) ?? -1;
    editor.current(step < 0 || line < 0 || editor.text() !== written?.text ? undefined : line);
  };
  /** Takes over what the flow says, unless the person is writing something else at the moment, or the same in other words. */
  const show = async () => {
    if (waiting !== undefined) return;
    const text = write();
    const typed = editor.text();
    const stays = editor.hasFocus() && (await compare.same(typed, text));
    // While the texts were compared, the person may have typed on, or the picture have changed again.
    if (ended || editor.text() !== typed || written?.text !== text) return;
    if (!stays) {
      editor.show(text);
      understood();
    }
    markStep();
  };
  /** Of a long flow the picture comes first: to write it takes as long again. */
  const showSoon = () => {
    clearTimeout(showing);
    if ((written?.text.length ?? 0) < LONG) void show();
    else showing = setTimeout(() => void show(), 0);
  };
  const take = async () => {
    waiting = undefined;
    const text = editor.text();
    const result = await store.getState().actions.rewrite(text);
    // Of a long flow the picture has just been drawn: what is to be done at the keyboard comes first.
    if (text.length >= LONG) await new Promise((later) => setTimeout(later, 0));
    if (ended || waiting !== undefined || editor.text() !== text) return;
    if (!result.ok) return refuse(result.failure.message);
    understood();
    write();
    markStep();
  };
  const understood = () => {
    editor.wrong(undefined);
    tell(undefined);
  };
  const refuse = (says: string) => {
    const line = /^Line (\d+)/.exec(says)?.[1];
    editor.wrong(line === undefined ? 1 : Number(line), says);
    tell(says);
  };
  editor = createTextEditor(parent, "The flow as Mermaid text", write(), {
    changed(length) {
      clearTimeout(waiting);
      waiting = undefined;
      // Of a long text main says, after the pause, what cannot be understood.
      if (length < LONG) {
        const read = readMermaid(editor.text());
        // The last good picture stays until the text can be understood again.
        if (!read.ok) return refuse(read.failure.message);
        understood();
      }
      waiting = setTimeout(() => void take(), PAUSE);
    },
    wentTo(line) {
      const item = written?.diagram.items[written.itemOf[line] ?? -1];
      if (item?.type === "step" && editor.text() === written?.text) store.getState().actions.goToStep(item.index);
    },
  });
  markStep();
  const stop = store.subscribe((state, before) => {
    if (state.diagram !== before.diagram) showSoon();
    else if (state.step !== before.step) markStep();
  });
  return () => {
    ended = true;
    clearTimeout(waiting);
    clearTimeout(showing);
    stop();
    compare.end();
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
