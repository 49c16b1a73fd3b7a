import type { Diagram, NumberedNote, Paragraph } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import { spokenCaption } from "../player/caption.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { numbersWithin, type Requirement, requirementsWithin, stepToGoTo } from "./paragraphs.ts";
import { Text } from "./text.tsx";

/** A note as standards set it: its number, then the text, indented. */
export function Note({ number, text }: NumberedNote) {
  return (
    <p className="prose-note">
      {number !== "" && <span className="prose-note-number">{number}:</span>}
      <span className="prose-note-text">
        <Text>{text}</Text>
      </span>
    </p>
  );
}

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

/** A numbered paragraph. The number is its button; pressing anywhere on the text does the same. */
export function ProseParagraph(props: {
  readonly diagram: Diagram;
  readonly paragraph: Paragraph;
  readonly requirements: readonly Requirement[];
  /** Whether the Tab key stops here. */
  readonly stop: boolean;
  readonly index: number;
}) {
  const { diagram, paragraph, requirements, stop, index } = props;
  const { goToStep } = useActions();
  const { first, last, label, text, notes, origin } = paragraph;
  const place = useApp(({ step }) => (step > last ? "past" : step >= first ? "current" : "future"));
  const step = useApp(({ step: at }) => (at >= first && at <= last ? at : -1));
  const go = () => {
    const target = stepToGoTo(paragraph, step);
    if (target !== undefined) goToStep(target);
  };
  const name = label === "" ? stepsOf(diagram)[first]?.label : label;
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
    >
      <button
        type="button"
        className="prose-label"
        data-paragraph={index}
        tabIndex={stop ? 0 : -1}
        aria-current={place === "current" ? "step" : undefined}
        aria-label={`${last > first ? "Steps" : "Step"} ${name}`}
        onClick={(event) => {
          event.stopPropagation();
          go();
        }}
      >
        {label}
      </button>
      <div className="prose-body">
        <p className="prose-text">
          <Text>{text}</Text>
        </p>
        <StepsWithin diagram={diagram} paragraph={paragraph} />
        <Requirements requirements={requirementsWithin(diagram, paragraph, requirements)} />
        {notes.map((note, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity and never move.
          <Note key={at} {...note} />
        ))}
      </div>
    </div>
  );
}
