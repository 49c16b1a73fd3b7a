import { useEffect, useMemo, useRef } from "react";
import { useLooking } from "./compare-store.ts";
import { compareWords, type Piece, type ProseChange, proseChanges, tellsOf } from "./prose-changes.ts";
import type { Shown } from "./shown.ts";
import { Words } from "./words.tsx";

function piecesOf({ a, b }: ProseChange): readonly Piece[] {
  if (a !== undefined && b !== undefined) return compareWords(a, b);
  return [{ text: a ?? b ?? "", in: b === undefined ? "a" : "b" }];
}

/** The texts that differ, word by word. */
export function ProseView({ shown }: { readonly shown: Shown }) {
  const changes = useMemo(() => proseChanges(shown), [shown]);
  const current = useLooking((state) => shown.changes[state.at]);
  const visits = useLooking((state) => state.visits);
  const place = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every visit, though it be the same change.
  useEffect(() => place.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" }), [visits]);
  if (changes.length === 0) return <p className="list-nothing">Every paragraph and note says the same.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard.
    <section className="compare-prose" aria-label="Texts that differ" tabIndex={0} ref={place}>
      {changes.map((change) => (
        <article
          key={change.key}
          className="compare-paragraph"
          aria-current={(current !== undefined && tellsOf(change, current)) || undefined}
        >
          <h3>{change.label}</h3>
          <p>
            <Words pieces={piecesOf(change)} />
          </p>
        </article>
      ))}
    </section>
  );
}
