import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Point } from "../../shared/diagram/scene.ts";
import { completions } from "./drafts.ts";

/** Where a point of the picture is in the canvas, in screen px; `head`: within the heads, which stay in sight. */
export type Place = (at: Point) => { readonly left: number; readonly top: number; readonly head: number | undefined };

interface FieldProps {
  readonly label: string;
  readonly start: string;
  readonly left: number;
  readonly top: number;
  readonly several?: boolean;
  /** Offers the names of the catalogue. */
  readonly names?: boolean;
  readonly before?: ReactNode;
  /** What to do with what was written, and whether to go on with the next or the one before. */
  readonly onDone: (text: string, then: "stay" | "next" | "previous") => void;
  readonly onGiveUp: () => void;
}

/**
 * A field in the picture. Enter finishes, Tab finishes and goes on, Escape gives up; leaving it finishes. At its end the
 * keys go back to the picture, unless the person went elsewhere with them.
 */
export function Field({
  label,
  start,
  left,
  top,
  several = false,
  names = false,
  before,
  onDone,
  onGiveUp,
}: FieldProps) {
  const [text, setText] = useState(start);
  const [chosen, setChosen] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const ended = useRef(false);
  const listId = useId();
  const offered = names && text !== start ? completions(text) : [];

  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);

  const end = (tell: () => void) => {
    if (ended.current) return;
    ended.current = true;
    // Before anything changes: to give the keys to something the page has to be laid out.
    if (box.current?.contains(document.activeElement) === true)
      box.current.closest<HTMLElement>(".canvas")?.focus({ preventScroll: true });
    tell();
  };
  const done = (value: string, then: "stay" | "next" | "previous") => end(() => onDone(value, then));
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const value = offered[chosen] ?? text;
    if (event.key === "Escape") end(onGiveUp);
    else if (event.key === "Enter" && !(several && event.shiftKey)) done(value, "stay");
    else if (event.key === "Tab" && event.target === input.current) done(value, event.shiftKey ? "previous" : "next");
    else if (event.key === "ArrowDown" && offered.length > 0) setChosen((chosen + 1) % offered.length);
    else if (event.key === "ArrowUp" && offered.length > 0) setChosen((chosen <= 0 ? offered.length : chosen) - 1);
    else return;
    event.preventDefault();
  };
  const common = {
    ref: input,
    className: "editor-input",
    value: text,
    "aria-label": label,
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => {
      setText(event.target.value);
      setChosen(-1);
    },
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the controls inside.
    <div
      ref={box}
      className="editor-field"
      style={{ left, top }}
      onKeyDown={press}
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) done(text, "stay");
      }}
    >
      {before}
      {several ? (
        <textarea {...common} rows={3} />
      ) : (
        <input
          {...common}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
          size={Math.max(18, text.length + 2)}
        />
      )}
      {offered.length > 0 && (
        <div className="editor-names" role="listbox" id={listId} aria-label="Names">
          {offered.map((name, i) => (
            <button
              key={name}
              type="button"
              id={`${listId}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => done(name, "stay")}
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
