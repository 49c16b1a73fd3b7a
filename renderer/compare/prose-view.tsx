import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useMemo, useRef } from "react";
import { useLooking } from "./compare-store.ts";
import { compareWords, type Piece, type ProseChange, proseChanges, tellsOf } from "./prose-changes.ts";
import type { Shown } from "./shown.ts";
import { Words } from "./words.tsx";

function piecesOf({ a, b }: ProseChange): readonly Piece[] {
  if (a !== undefined && b !== undefined) return compareWords(a, b);
  return [{ text: a ?? b ?? "", in: b === undefined ? "a" : "b" }];
}

/** A text that differs. Its words are compared when it comes into sight, and once. */
const Told = memo(function Told({ change }: { readonly change: ProseChange }) {
  const pieces = useMemo(() => piecesOf(change), [change]);
  return (
    <>
      <h3>{change.label}</h3>
      <p>
        <Words pieces={pieces} />
      </p>
    </>
  );
});

/** So high is a paragraph of two lines with its number; each is measured once it is in sight. */
const USUAL_HEIGHT = 86;

/** The texts that differ, word by word. Only those in sight are in the page. */
export function ProseView({ shown }: { readonly shown: Shown }) {
  const changes = useMemo(() => proseChanges(shown), [shown]);
  const current = useLooking((state) => shown.changes[state.at]);
  const visits = useLooking((state) => state.visits);
  const place = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: changes.length,
    getScrollElement: () => place.current,
    estimateSize: () => USUAL_HEIGHT,
    gap: 10,
    paddingStart: 14,
    paddingEnd: 32,
    overscan: 6,
  });
  const told = current === undefined ? -1 : changes.findIndex((change) => tellsOf(change, current));
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every visit, though it be the same change.
  useEffect(() => {
    if (told >= 0) virtualizer.scrollToIndex(told, { align: "auto" });
  }, [told, visits, virtualizer]);
  if (changes.length === 0) return <p className="list-nothing">Every paragraph and note says the same.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard.
    <section className="compare-prose" aria-label="Texts that differ" tabIndex={0} ref={place}>
      <div className="compare-paragraphs" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const change = changes[index];
          if (change === undefined) return null;
          return (
            <article
              key={change.key}
              className="compare-paragraph"
              data-index={index}
              ref={virtualizer.measureElement}
              style={{ transform: `translateY(${start}px)` }}
              aria-posinset={index + 1}
              aria-setsize={changes.length}
              aria-current={(current !== undefined && tellsOf(change, current)) || undefined}
            >
              <Told change={change} />
            </article>
          );
        })}
      </div>
    </section>
  );
}
