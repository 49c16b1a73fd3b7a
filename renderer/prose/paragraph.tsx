import { Ellipsis } from "lucide-react";
import { use, useState } from "react";
import type { Diagram, Paragraph } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { spokenCaption } from "../player/caption.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Note } from "./note.tsx";
import { editableText, isWritable, writeParagraph } from "./paragraph-edits.ts";
import { ParagraphMenu, type Spot, spotOf, useTold } from "./paragraph-menu.tsx";
import { numbersWithin, type Requirement, requirementsWithin, stepToGoTo } from "./paragraphs.ts";
import { Text } from "./text.tsx";
import { useStop, WritingContext, WritingField } from "./writing.tsx";

function Requirements({ requirements }: { readonly requirements: readonly Requirement[] }) {
  return requirements.map(({ id, level, text, release }) => (
    <p key={id} className="prose-requirement">
      <span className="prose-level" data-level={level}>
        {level}
      </span>
      <span>
        <span className="prose-requirement-id">{id}</span> {text}
        {release !== undefined && <span className="prose-requirement-id"> ({release})</span>}
      </span>
    </p>
  ));
}

/** The steps of a range one by one: which one is current, and the way to each. Reads `step` so that the text need not. */
function StepsWithin({ diagram, paragraph }: { readonly diagram: Diagram; readonly paragraph: Paragraph }) {
  const { goToStep } = useActions();
  const { first, last } = paragraph;
  const current = useApp(({ step }) => (step >= first && step <= last ? step : -1));
  const numbers = numbersWithin(diagram, paragraph);
  if (numbers.length === 0) {
    if (last === first || current < 0) return null;
    return (
      <p className="prose-within">
        Step {stepsOf(diagram)[current]?.number}: {current - first + 1} of {last - first + 1} in this paragraph
      </p>
    );
  }
  return (
    <div className="prose-steps">
      {numbers.map((number, offset) => (
        <button
          key={number}
          type="button"
          tabIndex={-1}
          className="prose-step"
          aria-current={first + offset === current ? "step" : undefined}
          aria-label={spokenCaption(diagram, first + offset)}
          title={spokenCaption(diagram, first + offset)}
          onClick={(event) => {
            event.stopPropagation();
            goToStep(first + offset);
          }}
        >
          {number}
        </button>
      ))}
    </div>
  );
}

/** A numbered paragraph. The number is its button; pressing anywhere on the text does the same, pressing twice writes it. */
export function ProseParagraph(props: {
  readonly diagram: Diagram;
  readonly paragraph: Paragraph;
  readonly requirements: readonly Requirement[];
  readonly index: number;
}) {
  const { diagram, paragraph, requirements, index } = props;
  const { goToStep } = useActions();
  const { begin } = use(WritingContext);
  const { first, last, label, notes, origin } = paragraph;
  const key = `p:${index}`;
  const stop = useStop(key);
  const [menu, setMenu] = useState<Spot>();
  const place = useApp(({ step }) => (step > last ? "past" : step >= first ? "current" : "future"));
  const step = useApp(({ step: at }) => (at >= first && at <= last ? at : -1));
  const go = () => {
    const target = stepToGoTo(paragraph, step);
    if (target !== undefined) goToStep(target);
  };
  const name = label === "" ? stepsOf(diagram)[first]?.label : label;
  const what = `${last > first ? "Steps" : "Step"} ${name}`;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the number is a button that does the same by the keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: the number is the element a person can reach.
    <div
      className="prose-paragraph"
      data-place={place}
      data-origin={origin}
      onClick={() => {
        // Whoever marks text to copy it does not want to go anywhere.
        if (window.getSelection()?.isCollapsed !== false) go();
      }}
      onDoubleClick={() => begin(key)}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenu(spotOf(event));
      }}
    >
      <button
        type="button"
        className="prose-label"
        aria-current={place === "current" ? "step" : undefined}
        aria-label={what}
        title={`${what} (F2 to write)`}
        onClick={(event) => {
          event.stopPropagation();
          // Enter goes there, and once there it writes.
          if (event.detail === 0 && place === "current") begin(key);
          else go();
        }}
        {...stop}
      >
        {label}
      </button>
      <div className="prose-body">
        <ParagraphText paragraph={paragraph} index={index} label={what} />
        <StepsWithin diagram={diagram} paragraph={paragraph} />
        <Requirements requirements={requirementsWithin(diagram, paragraph, requirements)} />
        {notes.map((note, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity and never move.
          <Note key={at} {...note} />
        ))}
      </div>
      <button
        type="button"
        className="prose-more"
        tabIndex={-1}
        aria-label={`More for ${what.toLowerCase()}`}
        title="More"
        onClick={(event) => {
          event.stopPropagation();
          setMenu(spotOf(event));
        }}
      >
        <Ellipsis size={15} />
      </button>
      {menu !== undefined && <ParagraphMenu spot={menu} index={index} onClose={() => setMenu(undefined)} />}
    </div>
  );
}

/** The text of a paragraph, or the field in which it is written. */
function ParagraphText(props: { readonly paragraph: Paragraph; readonly index: number; readonly label: string }) {
  const { paragraph, index, label } = props;
  const { writing } = use(WritingContext);
  const { edit } = useActions();
  const told = useTold();
  const now = writing === `p:${index}` ? told() : undefined;
  if (now === undefined || !isWritable(now, paragraph))
    return (
      <p className="prose-text">
        <Text>{paragraph.text}</Text>
      </p>
    );
  return (
    <WritingField
      label={`Text of ${label.toLowerCase()}`}
      start={editableText(now, paragraph)}
      onDone={(typed) => {
        const change = writeParagraph(told() ?? now, index, typed);
        if (change !== undefined) void edit(`Edit ${label.replace(/\.$/, "")}`, change);
      }}
    />
  );
}
