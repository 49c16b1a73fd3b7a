import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { type Change, changeInWords } from "../../shared/compare/changes.ts";
import type { Difference } from "../../shared/compare/comparison.ts";
import { useLooking, visitChange } from "./compare-store.ts";
import { kinds } from "./kinds.ts";
import { compareWords } from "./prose-changes.ts";
import { Words } from "./words.tsx";

const aspects: Readonly<Record<Difference["aspect"], string>> = {
  text: "Text",
  message: "Message",
  code: "SIP",
  from: "From",
  to: "To",
  lost: "Lost",
  prose: "Paragraph",
};

interface Props {
  readonly changes: readonly Change[];
  /** What a participant is called. */
  readonly nameOf: (id: string) => string;
}

/** So high is an entry of two lines; each is measured once it is in sight. */
const USUAL_HEIGHT = 62;

/** Every change, one Tab stop; the current one says what of it differs. Only those in sight are in the page. */
export function ChangeList({ changes, nameOf }: Props) {
  const at = useLooking((state) => state.at);
  const visits = useLooking((state) => state.visits);
  const list = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState(0);
  const stop = Math.min(reached, changes.length - 1);
  const virtualizer = useVirtualizer({
    count: changes.length,
    getScrollElement: () => list.current,
    estimateSize: () => USUAL_HEIGHT,
    overscan: 12,
    // The one that Tab leads to is in the page wherever the list is scrolled to.
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      return stop < 0 || seen.includes(stop) ? seen : [...seen, stop].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every visit, though it be the same change.
  useEffect(() => {
    if (at < 0) return;
    setReached(at);
    virtualizer.scrollToIndex(at, { align: "auto" });
  }, [at, visits, virtualizer]);
  const press = (event: KeyboardEvent) => {
    const to = targetOf(event, stop, changes.length);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setReached(to);
    virtualizer.scrollToIndex(to, { align: "auto" });
    focusOnce(list, to);
  };
  const current = changes[at];
  return (
    <aside className="compare-list list-panel" aria-label="Changes">
      <header className="list-top">
        <p className="list-about">{position(at, changes.length)}</p>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside. */}
      <div className="list-body list-group" ref={list} onKeyDown={press}>
        <ul aria-label="Changes" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const change = changes[index];
            if (change === undefined) return null;
            return (
              <li
                key={`${change.kind} ${change.rows[0]}`}
                className="entry compare-change"
                data-index={index}
                ref={virtualizer.measureElement}
                style={{ transform: `translateY(${start}px)` }}
                aria-posinset={index + 1}
                aria-setsize={changes.length}
              >
                <button
                  type="button"
                  className="entry-button compare-entry"
                  data-roving={index}
                  tabIndex={index === stop ? 0 : -1}
                  aria-current={index === at || undefined}
                  onFocus={() => setReached(index)}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => visitChange(index)}
                >
                  <span className="compare-sign-still" data-kind={change.kind} aria-hidden="true">
                    {kinds[change.kind].sign}
                  </span>
                  <span className="entry-text">{changeInWords(change)}</span>
                  <span className="entry-source">{kinds[change.kind].title}</span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      <section className="compare-detail" aria-label="What differs" aria-live="polite">
        {current !== undefined && <Detail change={current} nameOf={nameOf} />}
      </section>
    </aside>
  );
}

/** Which entry a key leads to from one; undefined for other keys. */
function targetOf(event: KeyboardEvent, from: number, count: number): number | undefined {
  if (event.altKey || event.ctrlKey || event.metaKey || count === 0) return undefined;
  const to: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + 10,
    PageUp: from - 10,
    Home: 0,
    End: count - 1,
  };
  const wanted = to[event.key];
  return wanted === undefined ? undefined : Math.min(count - 1, Math.max(0, wanted));
}

/** Gives an entry the focus as soon as it is in the page. */
function focusOnce(list: RefObject<HTMLElement | null>, index: number, tries = 10): void {
  requestAnimationFrame(() => {
    const button = list.current?.querySelector<HTMLElement>(`[data-roving="${index}"]`);
    if (button !== null && button !== undefined) button.focus({ preventScroll: true });
    else if (tries > 0) focusOnce(list, index, tries - 1);
  });
}

function position(at: number, count: number): string {
  if (count === 0) return "No step differs";
  const many = count === 1 ? "One change" : `${count.toLocaleString("en")} changes`;
  return at < 0 ? many : `Change ${(at + 1).toLocaleString("en")} of ${count.toLocaleString("en")}`;
}

function Detail({ change, nameOf }: { readonly change: Change; readonly nameOf: (id: string) => string }) {
  const said = (aspect: Difference["aspect"], value: string) => {
    if (aspect === "from" || aspect === "to") return nameOf(value);
    return aspect === "lost" ? (value === "true" ? "yes" : "no") : value;
  };
  return (
    <>
      <p className="visually-hidden">
        {kinds[change.kind].title}: {changeInWords(change)}
      </p>
      {change.what.map(({ aspect, a, b }) => (
        <div key={aspect} className="compare-aspect">
          <h3>{aspects[aspect]}</h3>
          <p>
            <Words pieces={wholeOrWords(aspect, said(aspect, a), said(aspect, b))} />
          </p>
        </div>
      ))}
      {change.what.length === 0 && <p className="list-about">{explained[change.kind]}</p>}
    </>
  );
}

/** Names are told whole; texts word by word. */
function wholeOrWords(aspect: Difference["aspect"], a: string, b: string) {
  if (aspect === "prose") return compareWords(a, b);
  return [...(a === "" ? [] : [{ text: a, in: "a" as const }]), ...(b === "" ? [] : [{ text: b, in: "b" as const }])];
}

const explained: Readonly<Record<Change["kind"], string>> = {
  onlyA: "The second has no such step at this place, nor for this cause.",
  onlyB: "The first has no such step at this place, nor for this cause.",
  changed: "",
  moved: "The same message for the same cause, at another place.",
  renumbered: "The same step; what comes before it has more or fewer.",
};
