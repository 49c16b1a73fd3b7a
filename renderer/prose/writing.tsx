import { Pencil } from "lucide-react";
import { createContext, type KeyboardEvent, type ReactNode, use, useEffect, useRef, useState } from "react";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { asOne, rewrite } from "../../shared/flow/passages.ts";
import type { Path } from "../../shared/flow/place.ts";
import { asTyped, withReferences } from "../../shared/flow/step-references.ts";
import { useActions, useAppStore } from "../store/use-app.ts";
import { removeElement } from "./paragraph-edits.ts";

/** What is being written in the panel. Places are known by a key each, `data-stop`. */
export interface Writing {
  readonly writing: string | undefined;
  readonly begin: (key: string) => void;
  /** Ends it; `stay` when it was ended by a key, so that the focus goes back to what was written. */
  readonly end: (stay: boolean) => void;
}

export const WritingContext = createContext<Writing>({ writing: undefined, begin: () => {}, end: () => {} });

/** The place in a row at which the Tab key stops; empty where it stops in another row, so that this one need not know. */
export const StopContext = createContext("");

/** Properties of an element to which the focus goes. */
export function useStop(key: string) {
  return { "data-stop": key, tabIndex: key === use(StopContext) ? 0 : -1 };
}

interface FieldProps {
  readonly label: string;
  readonly start: string;
  readonly className?: string;
  readonly onDone: (text: string) => void;
}

/** A field that grows with its text. Mod+Enter and leaving it finish, Escape gives up. */
export function WritingField({ label, start, className = "", onDone }: FieldProps) {
  const { end } = use(WritingContext);
  const [text, setText] = useState(start);
  const field = useRef<HTMLTextAreaElement>(null);
  const ended = useRef(false);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(start.length, start.length);
  }, [start]);
  const finish = (written: string | undefined, stay: boolean) => {
    if (ended.current) return;
    ended.current = true;
    end(stay);
    if (written !== undefined && written !== start) onDone(written);
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") finish(undefined, true);
    else if (event.key === "Enter" && mod) finish(text, true);
    else return;
    event.preventDefault();
  };
  return (
    <textarea
      ref={field}
      className={`prose-field ${className}`}
      aria-label={label}
      value={text}
      rows={1}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={press}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={() => finish(text, false)}
    />
  );
}

interface PassageProps {
  readonly stop: string;
  /** What it is called: "Introduction". */
  readonly label: string;
  readonly path: Path;
  /** As the document holds it. */
  readonly text: string;
  readonly children: ReactNode;
}

/** A text of the document that is written where it is read. Emptied, it is taken away where the document may be without. */
export function Passage({ stop, label, path, text, children }: PassageProps) {
  const { writing, begin } = use(WritingContext);
  const write = useWritePassage(path, label, text);
  const place = useStop(stop);
  const steps = useSteps();
  if (writing === stop) return <WritingField label={label} start={asTyped(text, steps())} onDone={write} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by the keyboard.
    <div className="prose-passage" onDoubleClick={() => begin(stop)}>
      {children}
      <button
        type="button"
        className="prose-pencil"
        aria-label={`Edit ${label.toLowerCase()}`}
        title={`Edit ${label.toLowerCase()} (F2)`}
        onClick={(event) => {
          event.stopPropagation();
          begin(stop);
        }}
        {...place}
      >
        <Pencil size={13} />
      </button>
    </div>
  );
}

/** The steps that are shown, when they are asked for. */
export function useSteps() {
  const store = useAppStore();
  return () => {
    const { diagram } = store.getState();
    return diagram === undefined ? [] : stepsOf(diagram);
  };
}

/** Writes what was typed into a passage, as one edit. */
export function useWritePassage(path: Path, label: string, before: string) {
  const store = useAppStore();
  const { edit } = useActions();
  const steps = useSteps();
  return (typed: string) => {
    const flow = store.getState().open?.flow;
    if (flow === undefined) return;
    const [list, index] = path;
    if (typed.trim() === "" && (list === "notes" || (list === "definitions" && path[2] === "term"))) {
      void edit(`Remove ${label}`, removeElement(flow, list, Number(index)));
      return;
    }
    // A flow has a title, whatever else it has not.
    if (typed.trim() === "" && list === "title") return;
    const text = withReferences(typed.trim(), steps(), before);
    const isField = path.length === 1;
    const change = asOne(rewrite(flow, [{ path, text: text === "" && isField ? undefined : text }]));
    if (change !== undefined && text !== before) void edit(`Edit ${label}`, change);
  };
}
