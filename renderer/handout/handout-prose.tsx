import { useEffect, useRef } from "react";
import type { Diagram, Paragraph } from "../../shared/diagram/diagram.ts";
import { shownText } from "../../shared/diagram/shown-text.ts";
import { paragraphAt } from "../prose/paragraphs.ts";
import { Text } from "../prose/text.tsx";
import { useActions, useApp } from "../store/use-app.ts";
import "../prose/prose.css";

function Notes({ notes }: { readonly notes: Paragraph["notes"] }) {
  return notes.map(({ number, text }) => (
    <div key={`${number} ${text}`} className="prose-note">
      <span className="prose-note-number">{number === "" ? "NOTE" : number}:</span>
      <p className="prose-note-text">
        <Text>{text}</Text>
      </p>
    </div>
  ));
}

function Item({ paragraph, current }: { readonly paragraph: Paragraph; readonly current: boolean }) {
  const { goToStep } = useActions();
  const { first, last, label, text, notes } = paragraph;
  const place = useApp(({ step }) => (step > last ? "past" : step >= first ? "current" : "future"));
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <li ref={item} className="prose-paragraph" data-place={place}>
      <button
        type="button"
        className="prose-label"
        aria-current={current ? "step" : undefined}
        aria-label={`${last > first ? "Steps" : "Step"} ${label}`}
        onClick={() => goToStep(first)}
      >
        {label}
      </button>
      <div className="prose-body">
        <p className="prose-text">
          <Text>{text}</Text>
        </p>
        <Notes notes={notes} />
      </div>
    </li>
  );
}

function Opening({ diagram }: { readonly diagram: Diagram }) {
  const flow = useApp((state) => state.open?.flow);
  if (flow === undefined) return null;
  const { title, clause, introduction } = flow;
  return (
    <header className="prose-opening">
      {clause !== undefined && <p className="prose-clause">{clause}</p>}
      <h2 className="prose-title">
        <Text>{title}</Text>
      </h2>
      {introduction !== undefined &&
        shownText(diagram, introduction)
          .split(/\n{2,}/)
          .map((part) => (
            <p key={part} className="prose-introduction">
              <Text>{part}</Text>
            </p>
          ))}
      <Notes notes={diagram.introNotes ?? []} />
    </header>
  );
}

/** The flow as a standards document tells it, to be read: its paragraph is marked and kept in sight. */
export function HandoutProse() {
  const diagram = useApp((state) => state.diagram);
  const paragraphs = diagram?.paragraphs ?? [];
  const current = useApp((state) => paragraphAt(paragraphs, state.step));
  if (diagram === undefined) return null;
  return (
    <article className="prose" aria-label="Prose">
      <Opening diagram={diagram} />
      <ol className="handout-list">
        {paragraphs.map((paragraph, index) => (
          <Item key={`${paragraph.first} ${paragraph.label}`} paragraph={paragraph} current={index === current} />
        ))}
      </ol>
    </article>
  );
}
