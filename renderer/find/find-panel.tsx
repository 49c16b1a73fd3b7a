import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, CaseSensitive, Replace, ReplaceAll, WholeWord } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef } from "react";
import { useApp, useAppStore } from "../store/use-app.ts";
import { useWish } from "../store/use-wish.ts";
import { Button } from "../ui/button.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { findNext, goToHit, replaceHits } from "./find-actions.ts";
import { useFinding } from "./find-store.ts";
import { type Hit, hitsOf, isReplaceable } from "./search.ts";
import "../ui/list-panel.css";
import "./find.css";

/** Characters of the text that are shown before a hit. */
const BEFORE = 36;

/** A hit in its text. */
function Context({ text, start, end }: Hit) {
  const from = start > BEFORE ? text.lastIndexOf(" ", start - BEFORE / 2) + 1 : 0;
  return (
    <span className="find-context">
      {from > 0 && "… "}
      {text.slice(from, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end, end + 160)}
    </span>
  );
}

function Hits({ hits }: { readonly hits: readonly Hit[] }) {
  const app = useAppStore();
  const at = useFinding((state) => state.at);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 58,
    overscan: 8,
  });
  useEffect(() => {
    if (at >= 0 && at < hits.length) virtualizer.scrollToIndex(at, { align: "auto" });
  }, [at, hits.length, virtualizer]);
  const stop = at >= 0 && at < hits.length ? at : 0;
  const press = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(hits.length - 1, Math.max(0, stop + by));
    goToHit(app, hits, next);
    virtualizer.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-hit="${next}"]`)?.focus());
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div className="list-body find-hits" ref={scroller} onKeyDown={press}>
      <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const hit = hits[index];
          if (hit === undefined) return null;
          return (
            <div
              key={index}
              data-index={index}
              ref={virtualizer.measureElement}
              className="find-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                className="entry-button find-hit"
                data-hit={index}
                tabIndex={index === stop ? 0 : -1}
                aria-current={index === at || undefined}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => goToHit(app, hits, index)}
              >
                <span className="find-what">
                  {hit.what}
                  {!isReplaceable(hit) && " · by the rules"}
                </span>
                <Context {...hit} />
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What is found, in words. */
function countText(hits: readonly Hit[], at: number, text: string): string {
  if (text === "") return "Names, labels, prose, notes, definitions and titles.";
  if (hits.length === 0) return `Nothing says “${text}”.`;
  const kept = hits.filter((hit) => !isReplaceable(hit)).length;
  const count = at >= 0 && at < hits.length ? `${at + 1} of ${hits.length}` : `${hits.length} found`;
  return kept === 0 ? count : `${count}; ${kept} by the rules ${kept === 1 ? "is" : "are"} not replaced`;
}

/** Find and replace in everything that is written of a flow, and in the names of its messages. */
export function FindPanel() {
  const app = useAppStore();
  const flow = useApp((state) => state.open?.flow);
  const diagram = useApp((state) => state.diagram);
  const finding = useFinding();
  const { text, matchCase, wholeWord, replacing, replacement, at } = finding;
  const sought = useDeferredValue(text);
  const hits = useMemo(
    () => (flow === undefined ? [] : hitsOf(flow, diagram, { text: sought, matchCase, wholeWord })),
    [flow, diagram, sought, matchCase, wholeWord],
  );
  const box = useRef<HTMLDivElement>(null);
  useWish("find", true, () => {
    const field = box.current?.querySelector<HTMLInputElement>("input");
    field?.focus();
    field?.select();
  });
  const set = (patch: Partial<typeof finding>) => useFinding.setState({ ...patch, at: -1 });
  const current = hits[at];
  const replaceOne = async () => {
    if (current === undefined) return findNext(app, 1);
    await replaceHits(app, [current]);
    // What stood there is gone: the next has its place.
    useFinding.setState({ at: at - 1 });
    findNext(app, 1);
  };
  const replaceAll = async () => {
    // What Undo takes back next is this, not what was typed in a field.
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    await replaceHits(app, hits);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    findNext(app, event.shiftKey ? -1 : 1);
  };
  return (
    <div className="list-panel">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears Enter in the fields inside. */}
      <div className="list-top" ref={box} onKeyDown={press}>
        <SearchField label="Find" value={text} onChange={(next) => set({ text: next })} />
        {replacing && (
          <SearchField
            label="Replace with"
            value={replacement}
            onChange={(next) => useFinding.setState({ replacement: next })}
          />
        )}
        <div className="find-buttons" role="toolbar" aria-label="Find">
          <Button icon label="Match case" aria-pressed={matchCase} onClick={() => set({ matchCase: !matchCase })}>
            <CaseSensitive size={17} />
          </Button>
          <Button icon label="Whole word" aria-pressed={wholeWord} onClick={() => set({ wholeWord: !wholeWord })}>
            <WholeWord size={17} />
          </Button>
          <Button
            icon
            label="Replace"
            aria-pressed={replacing}
            onClick={() => useFinding.setState({ replacing: !replacing })}
          >
            <Replace size={15} />
          </Button>
          <span className="find-gap" />
          <Button icon label="Previous" keys="Shift+F3" disabled={hits.length === 0} onClick={() => findNext(app, -1)}>
            <ArrowUp size={15} />
          </Button>
          <Button icon label="Next" keys="F3" disabled={hits.length === 0} onClick={() => findNext(app, 1)}>
            <ArrowDown size={15} />
          </Button>
        </div>
        {replacing && (
          <div className="find-buttons">
            <Button
              look="outlined"
              disabled={current !== undefined ? !isReplaceable(current) : hits.length === 0}
              onClick={() => void replaceOne()}
            >
              <Replace size={14} /> Replace
            </Button>
            <Button look="outlined" disabled={!hits.some(isReplaceable)} onClick={() => void replaceAll()}>
              <ReplaceAll size={14} /> Replace All
            </Button>
          </div>
        )}
        <p className="list-about" role="status">
          {countText(hits, at, sought)}
        </p>
      </div>
      <Hits hits={hits} />
    </div>
  );
}
