import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Point, Scene } from "../../shared/diagram/scene.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { numberStep } from "../../shared/flow/number-edits.ts";
import { addNote, renameParticipant } from "../../shared/flow/participant-edits.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { completions, kindOf } from "./drafts.ts";
import type { Draft } from "./editing-state.ts";
import { frameOf } from "./frames.ts";
import { gapBelow } from "./hit.ts";
import { rewordMark, wordsOf } from "./mark-edits.ts";
import { stepOfHop } from "./steps.ts";

/** Where a point of the picture is in the canvas, in screen px; `head`: within the heads, which stay in sight. */
type Place = (at: Point) => { readonly left: number; readonly top: number; readonly head: number | undefined };

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

/** A field in the picture. Enter finishes, Tab finishes and goes on, Escape gives up; leaving it finishes. */
function Field({ label, start, left, top, several = false, names = false, before, onDone, onGiveUp }: FieldProps) {
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

  const done = (value: string, then: "stay" | "next" | "previous") => {
    if (ended.current) return;
    ended.current = true;
    onDone(value, then);
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const value = offered[chosen] ?? text;
    if (event.key === "Escape") {
      ended.current = true;
      onGiveUp();
    } else if (event.key === "Enter" && !(several && event.shiftKey)) done(value, "stay");
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

interface DraftFieldProps<D extends Draft = Draft> {
  readonly draft: D;
  readonly scene: Scene;
  readonly place: Place;
}

/** What is being written, where it will stand. */
export function DraftField(props: DraftFieldProps) {
  const { draft, ...rest } = props;
  switch (draft.kind) {
    case "label":
      return <LabelField draft={draft} {...rest} />;
    case "number":
      return <NumberField draft={draft} {...rest} />;
    case "message":
      return <MessageField draft={draft} {...rest} />;
    case "name":
      return <NameField draft={draft} {...rest} />;
    case "words":
      return <WordsField draft={draft} {...rest} />;
    case "note":
      return <NoteField draft={draft} {...rest} />;
  }
}

/** Gives the keys back to the picture once the field is gone. */
function useEnd(): () => void {
  const { setDraft } = useActions();
  return () => {
    setDraft(undefined);
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
  };
}

function LabelField({ draft, scene, place }: DraftFieldProps<Extract<Draft, { kind: "label" }>>) {
  const diagram = useApp((state) => state.diagram);
  const { gesture, setDraft, select, goToStep } = useActions();
  const end = useEnd();
  const step = stepOfHop(diagram, draft.hop);
  const shape = scene.rows[scene.stepRows[step?.index ?? -1] ?? -1]?.shape;
  if (step === undefined || shape?.kind !== "arrow") return null;
  const { left, top } = place({ x: shape.labelX, y: shape.labelY - 12 });
  const done = (text: string, then: "stay" | "next" | "previous") => {
    const label = text.trim();
    if (label !== "" && label !== step.label) {
      const kind = kindOf(label, step.line === "media" ? "media" : step.line === "dashed" ? "response" : "request");
      void gesture({ kind: "relabel", hop: draft.hop, message: { label, kind } });
    }
    const others = stepsOf(diagram).filter((one) => one.hops.length > 0);
    const at = others.findIndex((one) => one.index === step.index) + (then === "next" ? 1 : -1);
    const next = then === "stay" ? undefined : others[at];
    const [hop] = next?.hops ?? [];
    if (next === undefined || hop === undefined) return end();
    goToStep(next.index);
    select([hop]);
    setDraft({ kind: "label", hop });
  };
  return (
    <Field
      label={`Name of step ${step.number}`}
      names
      start={step.label}
      left={left}
      top={top}
      onDone={done}
      onGiveUp={end}
    />
  );
}

function NumberField({ draft, scene, place }: DraftFieldProps<Extract<Draft, { kind: "number" }>>) {
  const diagram = useApp((state) => state.diagram);
  const flow = useApp((state) => state.open?.flow);
  const { edit } = useActions();
  const end = useEnd();
  const step = stepOfHop(diagram, draft.hop);
  const shape = scene.rows[scene.stepRows[step?.index ?? -1] ?? -1]?.shape;
  if (step === undefined || flow === undefined || shape?.kind !== "arrow") return null;
  const { left, top } = place({ x: shape.labelX, y: shape.labelY - 12 });
  const done = (text: string) => {
    const number = text.trim();
    const numbering = number === "" ? ({ kind: "automatic" } as const) : ({ kind: "written", number } as const);
    const change = number === step.number ? undefined : numberStep(flow, step.hops, numbering);
    if (change !== undefined) void edit("Number Step", change);
    end();
  };
  return <Field label="Number of the step" start={step.number} left={left} top={top} onDone={done} onGiveUp={end} />;
}

function MessageField({ draft, scene, place }: DraftFieldProps<Extract<Draft, { kind: "message" }>>) {
  const store = useAppStore();
  const { gesture, setDraft } = useActions();
  const end = useEnd();
  const diagram = useApp((state) => state.diagram);
  const participants = useApp((state) => state.open?.flow.scenario.participants);
  const { from, to, after } = draft;
  const x = (id: string) => scene.heads.find((head) => head.id === id)?.x ?? 0;
  const above = after === null ? -1 : (stepOfHop(diagram, after)?.index ?? -1);
  const { left, top } = place({ x: (x(from) + x(to)) / 2, y: gapBelow(scene, above) });
  const done = async (text: string, then: "stay" | "next" | "previous") => {
    const label = text.trim();
    if (label === "") return end();
    end();
    const isAnswer = store
      .getState()
      .diagram?.items.some(
        (item) => item.type === "step" && item.index <= above && isPair(item.from, to) && isPair(item.to, from),
      );
    const kind = kindOf(label, isAnswer === true ? "response" : "request");
    const drawn = await gesture({
      kind: "draw",
      after,
      messages: [{ from, to, message: { label, kind }, ...(draft.ends && { ends: draft.ends }) }],
    });
    if (!drawn.ok || then !== "next") return;
    // To go on where this one ends, most often with its answer.
    const [hop] = store.getState().selected;
    if (hop !== undefined) setDraft({ kind: "message", from: to, to: from, after: hop });
  };
  const ends = (
    <span className="editor-ends">
      {(["from", "to"] as const)
        .filter((end) => draft.ends !== (end === "from" ? "found" : "lost"))
        .map((end) => (
          <select
            key={end}
            aria-label={end === "from" ? "From" : "To"}
            value={draft[end]}
            onChange={({ target: { value } }) =>
              setDraft({ ...draft, ...(draft.ends === undefined ? { [end]: value } : { from: value, to: value }) })
            }
          >
            {participants?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        ))}
    </span>
  );
  return (
    <Field
      label="Message"
      names
      start=""
      left={left}
      top={top}
      before={ends}
      onDone={(text, then) => void done(text, then)}
      onGiveUp={end}
    />
  );
}

const isPair = (end: { readonly kind: string; readonly id?: string }, id: string): boolean =>
  end.kind === "lifeline" && end.id === id;

const wordsLabel = { fragment: "Guard", else: "Guard", divider: "Divider", state: "State", timer: "Timer" } as const;

function WordsField({ draft, scene, place }: DraftFieldProps<Extract<Draft, { kind: "words" }>>) {
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  const { edit } = useActions();
  const end = useEnd();
  const mark = flow?.marks?.[draft.mark];
  const words = wordsOf(mark);
  const item = diagram?.items.findIndex((one) => "mark" in one && one.mark === draft.mark) ?? -1;
  const row = scene.rows[item];
  if (flow === undefined || mark === undefined || words === undefined || row === undefined) return null;
  const { shape } = row;
  const frame = frameOf(diagram, scene, item);
  const x = frame?.x ?? ("x" in shape ? shape.x : scene.width / 2);
  const { left, top } = place({ x: x + 40, y: row.top + row.height / 2 });
  const done = (text: string) => {
    const change = rewordMark(flow, draft.mark, text.trim());
    if (change !== undefined) void edit("Edit Words", change);
    end();
  };
  const label = wordsLabel[mark.kind as keyof typeof wordsLabel];
  return <Field label={label} start={words} left={left} top={top} onDone={done} onGiveUp={end} />;
}

function NameField({ draft, scene, place }: DraftFieldProps<Extract<Draft, { kind: "name" }>>) {
  const flow = useApp((state) => state.open?.flow);
  const { edit } = useActions();
  const end = useEnd();
  const head = scene.heads.find(({ id }) => id === draft.participant);
  const name = flow?.scenario.participants.find(({ id }) => id === draft.participant)?.name;
  if (head === undefined || flow === undefined || name === undefined) return null;
  const at = place({ x: head.x, y: head.y + head.height / 2 });
  const done = (text: string) => {
    const change = text.trim() === "" ? undefined : renameParticipant(flow, draft.participant, text.trim());
    if (change !== undefined) void edit(`Rename ${name}`, change);
    end();
  };
  return (
    <Field label={`Name of ${name}`} start={name} left={at.left} top={at.head ?? at.top} onDone={done} onGiveUp={end} />
  );
}

function NoteField({ draft, scene, place }: DraftFieldProps<Extract<Draft, { kind: "note" }>>) {
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  const { edit } = useActions();
  const end = useEnd();
  if (flow === undefined) return null;
  const xs = scene.heads.filter(({ id }) => draft.over.includes(id)).map(({ x }) => x);
  const above = draft.at === null ? -1 : (stepOfHop(diagram, draft.at)?.index ?? -1);
  const x = xs.length === 0 ? scene.width / 2 : (Math.min(...xs) + Math.max(...xs)) / 2;
  const { left, top } = place({ x, y: gapBelow(scene, above) });
  const done = (text: string) => {
    if (text.trim() !== "") void edit("Add Note", addNote(flow, draft.at, draft.over, text.trim()));
    end();
  };
  return <Field label="Note" several start="" left={left} top={top} onDone={done} onGiveUp={end} />;
}
