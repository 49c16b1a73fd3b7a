import { autocompletion, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Diagnostic, diagnosticCount, lintGutter, setDiagnostics } from "@codemirror/lint";
import { Annotation, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { colours, complete, mermaid } from "./mermaid-language.ts";

export interface TextEditor {
  readonly text: () => string;
  /** Replaces the text where it differs; the caret stays in its line. */
  readonly show: (text: string) => void;
  /** Marks a line, from 1, as what cannot be understood; with nothing, none. */
  readonly wrong: (line: number | undefined, says?: string) => void;
  /** Marks the line of the current step, from 0. */
  readonly current: (line: number | undefined) => void;
  readonly hasFocus: () => boolean;
  readonly destroy: () => void;
}

interface Heard {
  /** The person changed the text, which has so many characters now. */
  readonly changed: (length: number) => void;
  /** The caret came to a line, from 0, by hand. */
  readonly wentTo: (line: number) => void;
}

/** Text that the flow says, not the person. */
const fromFlow = Annotation.define<boolean>();
const setCurrent = StateEffect.define<number | undefined>();
const currentLine = Decoration.line({ class: "text-current" });

const currentField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects)
      if (effect.is(setCurrent)) {
        const { doc } = transaction.state;
        const line = effect.value;
        next =
          line === undefined || line >= doc.lines
            ? Decoration.none
            : Decoration.set([currentLine.range(doc.line(line + 1).from)]);
      }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The editor of CodeMirror with what this panel needs of it. */
export function createTextEditor(parent: HTMLElement, label: string, text: string, heard: Heard): TextEditor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        EditorView.lineWrapping,
        mermaid,
        colours,
        autocompletion({ override: [complete] }),
        currentField,
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((one) => one.annotation(fromFlow) === true))
            heard.changed(update.state.doc.length);
          else if (update.selectionSet && update.view.hasFocus && !update.docChanged)
            heard.wentTo(update.state.doc.lineAt(update.state.selection.main.head).number - 1);
        }),
      ],
    }),
  });
  /** Of a long text it takes a while to put it together. */
  let told = { doc: view.state.doc, text };
  const textNow = () => {
    const { doc } = view.state;
    if (told.doc !== doc) told = { doc, text: doc.toString() };
    return told.text;
  };
  return {
    text: textNow,
    show(next) {
      const before = textNow();
      if (before === next) return;
      const [start, end] = difference(before, next);
      closeCompletion(view);
      view.dispatch({
        changes: { from: start, to: before.length - end, insert: next.slice(start, next.length - end) },
        annotations: fromFlow.of(true),
      });
    },
    wrong(line, says = "") {
      const { doc } = view.state;
      if (line === undefined && diagnosticCount(view.state) === 0) return;
      const found: Diagnostic[] = [];
      if (line !== undefined) {
        const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
        found.push({ from, to, severity: "error", message: says });
      }
      view.dispatch(setDiagnostics(view.state, found));
    },
    current: (line) => view.dispatch({ effects: setCurrent.of(line) }),
    hasFocus: () => view.hasFocus,
    destroy: () => view.destroy(),
  };
}

/** How many characters two texts share at their beginning and at their end. */
function difference(before: string, after: string): readonly [number, number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [start, end];
}
