import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { useFollowing } from "./follow-paragraph.ts";
import { Note, ProseParagraph } from "./paragraph.tsx";
import { paragraphAt, type Requirement } from "./paragraphs.ts";
import { Text } from "./text.tsx";
import "./prose.css";

const none: readonly Requirement[] = [];

/** What stands before the first paragraph. */
function Opening({ flow, diagram }: { readonly flow: Flow; readonly diagram: Diagram }) {
  const { title, clause, introduction, figure, source, definitions = [] } = flow;
  const notes = diagram.introNotes ?? [];
  return (
    <header className="prose-opening">
      {clause !== undefined && <p className="prose-clause">{clause}</p>}
      <h2 className="prose-title">
        <Text>{title}</Text>
      </h2>
      {introduction?.split(/\n{2,}/).map((part) => (
        <p key={part} className="prose-introduction">
          <Text>{part}</Text>
        </p>
      ))}
      {definitions.length > 0 && (
        <dl className="prose-definitions">
          {definitions.map(({ term, text }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>
                <Text>{text}</Text>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {figure !== undefined && <p className="prose-figure">Figure: {figure}</p>}
      {notes.map((note, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other identity and never move.
        <Note key={at} {...note} />
      ))}
      {source !== undefined && <p className="prose-source">Source: {source}</p>}
    </header>
  );
}

/** Rows before the first paragraph: the opening. */
const BEFORE = 1;

function Document({ flow, diagram }: { readonly flow: Flow; readonly diagram: Diagram }) {
  const scroller = useRef<HTMLElement>(null);
  const store = useAppStore();
  const { paragraphs } = diagram;
  const current = useApp((state) => paragraphAt(paragraphs, state.step));
  // Where the Tab key stops: where the focus was last, else at the current paragraph.
  const [focused, setFocused] = useState<number>();
  const stop = Math.min(focused ?? Math.max(0, current), paragraphs.length - 1);
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: paragraphs.length + BEFORE,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index === 0 ? 180 : 76),
    overscan: 6,
    // The paragraph that has the Tab stop stays in the page, however far away it is.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const rows = new Set([stop + BEFORE]);
      for (let i = Math.max(0, startIndex - overscan); i <= Math.min(count - 1, endIndex + overscan); i++) rows.add(i);
      return [...rows].filter((row) => row < count).sort((a, b) => a - b);
    },
  });
  useFollowing({ scroller, virtualizer, store, before: BEFORE });

  const focus = (index: number) => {
    const to = Math.min(paragraphs.length - 1, Math.max(0, index));
    setFocused(to);
    virtualizer.scrollToIndex(to + BEFORE, { align: "auto" });
    requestAnimationFrame(() => {
      const target = scroller.current?.querySelector<HTMLElement>(`[data-paragraph="${to}"]`);
      target?.focus({ preventScroll: true });
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = Number((event.target as HTMLElement).dataset.paragraph ?? Number.NaN);
    if (Number.isNaN(at) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    event.stopPropagation();
    focus(at + (event.key === "ArrowDown" ? 1 : -1));
  };
  return (
    <article
      className="prose"
      aria-label="Prose"
      ref={scroller}
      onKeyDown={onKeyDown}
      onBlur={() => setFocused(undefined)}
    >
      <div className="prose-sheet" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const paragraph = paragraphs[index - BEFORE];
          return (
            <div
              key={key}
              className="prose-row"
              data-index={index}
              ref={virtualizer.measureElement}
              style={{ transform: `translateY(${start}px)` }}
            >
              {paragraph === undefined ? (
                <Opening flow={flow} diagram={diagram} />
              ) : (
                <ProseParagraph
                  diagram={diagram}
                  paragraph={paragraph}
                  requirements={flow.requirements ?? none}
                  stop={index - BEFORE === stop}
                  index={index - BEFORE}
                />
              )}
            </div>
          );
        })}
      </div>
      {paragraphs.length === 0 && (
        <p className="prose-nothing">Nothing is drawn in this view, so there is nothing to tell.</p>
      )}
    </article>
  );
}

/** The flow as a standards document tells it, beside the picture: the current paragraph is marked and kept in sight. */
export function ProsePanel() {
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  if (flow === undefined || diagram === undefined)
    return <p className="prose-nothing">Open a flow to read it here, step by step.</p>;
  return <Document key={flow.title} flow={flow} diagram={diagram} />;
}
