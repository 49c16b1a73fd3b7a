import type { Scene } from "../../shared/diagram/scene.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { numberStep } from "../../shared/flow/number-edits.ts";
import { addNote, renameParticipant } from "../../shared/flow/participant-edits.ts";
import { asTyped, withReferences } from "../../shared/flow/step-references.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { rewordNote } from "./aside-edits.ts";
import { boxOf, itemOfAside, markOf, nameOfAside, wordsOfAside } from "./asides.ts";
import { kindOf } from "./drafts.ts";
import type { Draft } from "./editing-state.ts";
import { Field, type Place } from "./field.tsx";
import { frameOf } from "./frames.ts";
import { gapBelow } from "./hit.ts";
import { rewordMark } from "./mark-edits.ts";
import { standingAfter } from "./standing.ts";
import { stepOfHop } from "./steps.ts";

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

function useEnd(): () => void {
  const { setDraft } = useActions();
  return () => setDraft(undefined);
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
      ...(draft.carries && draft.carries.length > 0 && { carries: [...draft.carries] }),
    });
    if (!drawn.ok || then !== "next") return;
    // To go on where this one ends, most often with its answer.
    const [hop] = store.getState().selected;
    const { diagram: now } = store.getState();
    const { step, ...standing } = standingAfter(now, stepOfHop(now, hop ?? "")?.index ?? -1);
    if (step >= 0) setDraft({ kind: "message", from: to, to: from, ...standing });
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

function WordsField({ draft: { of }, scene, place }: DraftFieldProps<Extract<Draft, { kind: "words" }>>) {
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  const { edit } = useActions();
  const end = useEnd();
  const words = wordsOfAside(flow, of);
  const item = itemOfAside(diagram, of);
  const row = scene.rows[item];
  if (flow === undefined || words === undefined || row === undefined) return null;
  const steps = stepsOf(diagram);
  const { shape } = row;
  const isNote = of.list === "notes";
  const frame = frameOf(diagram, scene, item);
  const box = boxOf(shape);
  const x =
    isNote && box !== undefined ? box.x + box.width / 2 : (frame?.x ?? ("x" in shape ? shape.x : scene.width / 2)) + 40;
  const { left, top } = place({ x, y: row.top + row.height / 2 });
  const done = (text: string) => {
    const change = isNote
      ? rewordNote(flow, of.index, withReferences(text.trim(), steps, words))
      : rewordMark(flow, of.index, text.trim());
    if (change !== undefined) void edit(isNote ? "Edit Note" : "Edit Words", change);
    end();
  };
  const label = isNote ? nameOfAside(flow, diagram, of) : wordsLabel[markOf(flow, of)?.kind as keyof typeof wordsLabel];
  const start = isNote ? asTyped(words, steps) : words;
  return <Field label={label} several={isNote} start={start} left={left} top={top} onDone={done} onGiveUp={end} />;
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
