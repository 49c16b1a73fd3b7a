import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, memo, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Diagram } from "../../shared/diagram/diagram.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { useApp, useAppStore } from "../store/use-app.ts";
import { afterPaint } from "../ui/after-paint.ts";
import { useFollowing } from "./follow-paragraph.ts";
import { Opening } from "./opening.tsx";
import { ProseParagraph } from "./paragraph.tsx";
import { paragraphAt, type Requirement } from "./paragraphs.ts";
import { StopContext, WritingContext } from "./writing.tsx";
import "./prose.css";

const none: readonly Requirement[] = [];

/** Rows before the first paragraph: the opening. */
const BEFORE = 1;

/** The row in which an element stands; -1 outside of all. */
const rowOf = (element: Element | null) => Number(element?.closest<HTMLElement>(".prose-row")?.dataset.index ?? -1);

interface RowProps {
  readonly flow: Flow;
  readonly diagram: Diagram;
  readonly index: number;
  /** Where the row begins, in px. */
  readonly start: number;
  /** The place in it at which the Tab key stops; empty where it stops elsewhere. */
  readonly stop: string;
  readonly measure: (row: Element | null) => void;
}

/** The opening or a paragraph in its place. Drawn again only when something in it changes, not with every step or scroll. */
const Row = memo(function Row({ flow, diagram, index, start, stop, measure }: RowProps) {
  const paragraph = diagram.paragraphs[index - BEFORE];
  return (
    <StopContext value={stop}>
      <div className="prose-row" data-index={index} ref={measure} style={{ transform: `translateY(${start}px)` }}>
        {paragraph === undefined ? (
          <Opening flow={flow} diagram={diagram} />
        ) : (
          <ProseParagraph
            diagram={diagram}
            paragraph={paragraph}
            requirements={flow.requirements ?? none}
            index={index - BEFORE}
          />
        )}
      </div>
    </StopContext>
  );
});

function Document({ flow, diagram }: { readonly flow: Flow; readonly diagram: Diagram }) {
  const scroller = useRef<HTMLElement>(null);
  const store = useAppStore();
  const { paragraphs } = diagram;
  const current = useApp((state) => paragraphAt(paragraphs, state.step));
  // Where the Tab key stops: where the focus was last, else at the current paragraph.
  const [focused, setFocused] = useState<{ readonly key: string; readonly row: number }>();
  const [writing, setWriting] = useState<string>();
  const paragraphStop = Math.min(Math.max(0, current), paragraphs.length - 1);
  const { key: stop, row: stopRow } =
    focused ??
    (paragraphs.length === 0 ? { key: "f:title", row: 0 } : { key: `p:${paragraphStop}`, row: paragraphStop + BEFORE });
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: paragraphs.length + BEFORE,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index === 0 ? 180 : 76),
    overscan: 6,
    // Rows beyond the edge are there already; scrolling need not wait for those that follow.
    useFlushSync: false,
    // The paragraph that has the Tab stop stays in the page, however far away it is.
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const rows = new Set([stopRow]);
      for (let i = Math.max(0, startIndex - overscan); i <= Math.min(count - 1, endIndex + overscan); i++) rows.add(i);
      return [...rows].filter((row) => row < count).sort((a, b) => a - b);
    },
  });
  useFollowing({ scroller, virtualizer, store, paragraphs, before: BEFORE });

  const stopsIn = (row: number) => [
    ...(scroller.current?.querySelectorAll<HTMLElement>(`[data-index="${row}"] [data-stop]`) ?? []),
  ];
  const focusRow = (row: number, end: "first" | "last") => {
    const to = Math.min(paragraphs.length, Math.max(0, row));
    virtualizer.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      stopsIn(to)
        .at(end === "first" ? 0 : -1)
        ?.focus({ preventScroll: true }),
    );
  };
  const context = useMemo(() => {
    const end = (stay: boolean) => {
      setWriting(undefined);
      if (!stay || writing === undefined) return;
      const place = `[data-stop="${CSS.escape(writing)}"]`;
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(place)?.focus({ preventScroll: true }));
    };
    return { writing, begin: setWriting, end };
  }, [writing]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = (event.target as HTMLElement).closest<HTMLElement>("[data-stop]");
    const row = rowOf(at);
    if (at?.dataset.stop === undefined || row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "F2") setWriting(at.dataset.stop);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const by = event.key === "ArrowDown" ? 1 : -1;
      const stops = stopsIn(row);
      const next = stops[stops.indexOf(at) + by];
      if (next !== undefined) next.focus();
      else focusRow(row + by, by > 0 ? "first" : "last");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <WritingContext value={context}>
      <article
        className="prose"
        aria-label="Prose"
        ref={scroller}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          const key = target.closest<HTMLElement>("[data-stop]")?.dataset.stop ?? writing;
          if (key !== undefined) setFocused({ key, row: rowOf(target) });
        }}
        onBlur={() => setFocused(undefined)}
      >
        <div className="prose-sheet" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start }) => (
            <Row
              key={key}
              flow={flow}
              diagram={diagram}
              index={index}
              start={start}
              stop={index === stopRow ? stop : ""}
              measure={virtualizer.measureElement}
            />
          ))}
        </div>
        {paragraphs.length === 0 && (
          <p className="prose-nothing">Nothing is drawn in this view, so there is nothing to tell.</p>
        )}
      </article>
    </WritingContext>
  );
}

/** What is open. The picture goes first; what is written in the document follows at once, so that nothing old is seen again. */
function usePainted() {
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  const now = useMemo(() => ({ flow, diagram }), [flow, diagram]);
  const [painted, setPainted] = useState(now);
  useEffect(() => afterPaint(() => setPainted(now)), [now]);
  // Of a long flow there is much to tell.
  return useDeferredValue(painted.flow === flow ? painted : now);
}

/** The flow as a standards document tells it, beside the picture: the current paragraph is marked and kept in sight. */
export function ProsePanel() {
  const { flow, diagram } = usePainted();
  if (flow === undefined || diagram === undefined)
    return <p className="prose-nothing">Open a flow to read it here, step by step.</p>;
  return <Document key={flow.title} flow={flow} diagram={diagram} />;
}
