import { ArrowDown, ArrowLeftRight, ArrowUp, X } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { type ChangeKind, changeKinds } from "../../shared/compare/changes.ts";
import type { ComparedSide } from "../../shared/ipc/shapes.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { ChangeList } from "./change-list.tsx";
import { goToChange, type Look, toggleKind, useLooking, walked } from "./compare-store.ts";
import { kinds } from "./kinds.ts";
import { MergedLadder, SideBySide } from "./pictures.tsx";
import { ProseView } from "./prose-view.tsx";
import { type Shown, shownOf } from "./shown.ts";
import { SideChoice } from "./side-choice.tsx";
import "../ui/fields.css";
import "../ui/list-panel.css";
import "./compare.css";

interface Choices {
  /** There is nothing to compare with but variants of the flow that is open. */
  readonly ownOnly?: boolean;
}

/** Two variants or flows compared, in the place of the flow: what differs in sentences, in pictures, and word by word. */
export function CompareView({ ownOnly = false }: Choices) {
  const comparing = useApp((state) => state.comparing);
  const view = useApp((state) => state.view);
  const { endComparison } = useActions();
  const own = useApp((state) => state.open?.handle);
  const sides = comparing?.sides;
  const result = useMemo(() => tried(() => sides && shownOf(sides, view)), [sides, view]);
  useFresh();
  const frame = useRef<HTMLElement>(null);
  // What had the focus has it again afterwards.
  useEffect(() => {
    const before = document.activeElement;
    frame.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const without = useLooking((state) => state.without);
  const shown = useMemo(() => {
    const whole = result.ok ? result.value : undefined;
    return whole && { ...whole, changes: walked(whole.changes, without) };
  }, [result, without]);
  useEffect(() => useLooking.setState({ count: shown?.changes.length ?? 0, at: -1 }), [shown]);
  if (comparing === undefined) return null;
  const failure = comparing.failure?.message ?? (result.ok ? undefined : "The two cannot be drawn together.");
  return (
    <main
      ref={frame}
      className="compare"
      aria-label="Comparison"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        endComparison();
      }}
    >
      <Head ownOnly={ownOnly} />
      {failure !== undefined && (
        <p className="compare-failure" role="alert">
          {failure}
        </p>
      )}
      {shown === undefined ? (
        <p className="list-nothing" role="status">
          {failure === undefined ? "Comparing…" : ""}
        </p>
      ) : (
        <>
          <Summary shown={shown} />
          <Body shown={shown} titles={[titleOf(sides?.a, own), titleOf(sides?.b, own)]} />
          <Legend shown={shown} />
        </>
      )}
    </main>
  );
}

/** What a picture cannot be made of must not take the window with it. */
function tried<T>(make: () => T): { readonly ok: true; readonly value: T } | { readonly ok: false } {
  try {
    return { ok: true, value: make() };
  } catch {
    return { ok: false };
  }
}

/** Asks again when the document has changed, as by Undo. */
function useFresh(): void {
  const { compare } = useActions();
  const comparing = useApp((state) => state.comparing);
  const revision = useApp((state) => state.open?.revision);
  const asked = useRef(revision);
  useEffect(() => {
    if (comparing === undefined || asked.current === revision) return;
    asked.current = revision;
    void compare(comparing.a, comparing.b);
  }, [comparing, revision, compare]);
}

/** What a side is called: a variant of the flow shown by its name, others with what they are of. */
function titleOf(side: ComparedSide | undefined, own: string | undefined): string {
  if (side === undefined) return "";
  const { compared, name, flow, variant } = side;
  const title = flow.variants.find(({ id }) => id === variant)?.title ?? variant;
  if (compared.from === "saved") return `${title}, as it was saved`;
  return compared.from === "open" && compared.handle === own ? title : `${name}: ${title}`;
}

/** What is compared, how it is shown, and the way through the changes. */
function Head({ ownOnly }: Required<Choices>) {
  const comparing = useApp((state) => state.comparing);
  const { compare, endComparison } = useActions();
  const look = useLooking((state) => state.look);
  const count = useLooking((state) => state.count);
  if (comparing === undefined) return null;
  const { a, b, sides } = comparing;
  return (
    <header className="compare-head">
      <h2 className="visually-hidden">Comparison</h2>
      <SideChoice
        label="First"
        asked={a}
        side={sides?.a}
        other={sides?.b}
        ownOnly={ownOnly}
        onChoose={(first) => void compare(first, b)}
      />
      <Button icon label="Exchange the sides" onClick={() => void compare(b, a)}>
        <ArrowLeftRight size={15} />
      </Button>
      <SideChoice
        label="Second"
        asked={b}
        side={sides?.b}
        other={sides?.a}
        ownOnly={ownOnly}
        onChoose={(second) => void compare(a, second)}
      />
      <Segmented<Look>
        label="Shown as"
        value={look}
        options={[
          { value: "beside", text: "Side by Side" },
          { value: "merged", text: "Merged" },
          { value: "text", text: "Text" },
        ]}
        onChange={(next) => useLooking.setState({ look: next })}
      />
      <Button icon label="Previous change" keys="Shift+F7" disabled={count === 0} onClick={() => goToChange(-1)}>
        <ArrowUp size={15} />
      </Button>
      <Button icon label="Next change" keys="F7" disabled={count === 0} onClick={() => goToChange(1)}>
        <ArrowDown size={15} />
      </Button>
      <Button icon label="Close the comparison" keys="Esc" onClick={endComparison}>
        <X size={16} />
      </Button>
    </header>
  );
}

function Summary({ shown }: { readonly shown: Shown }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by the keyboard.
    <section className="compare-summary" aria-label="Summary" tabIndex={0}>
      <ul>
        {shown.said.map((says) => (
          <li key={says}>{says}</li>
        ))}
      </ul>
    </section>
  );
}

function Body({ shown, titles }: { readonly shown: Shown; readonly titles: readonly [string, string] }): ReactNode {
  const look = useLooking((state) => state.look);
  const { a, b } = shown;
  const names = useMemo(() => {
    const all = [...a.flow.scenario.participants, ...b.flow.scenario.participants];
    return new Map(all.map(({ id, name }) => [id, name]));
  }, [a, b]);
  return (
    <div className="compare-body">
      <div className="compare-pictures">
        {look === "beside" && (
          <>
            <div className="compare-titles" aria-hidden="true">
              <span>{titles[0]}</span>
              <span>{titles[1]}</span>
            </div>
            <SideBySide shown={shown} labels={[`First: ${titles[0]}`, `Second: ${titles[1]}`]} />
          </>
        )}
        {look === "merged" && <MergedLadder shown={shown} label={`Merged: ${titles[0]} and ${titles[1]}`} />}
        {look === "text" && <ProseView shown={shown} />}
      </div>
      <ChangeList changes={shown.changes} nameOf={(id) => names.get(id) ?? (id.replaceAll(/[“”]/g, "") || "nobody")} />
    </div>
  );
}

/** The signs and what they mean, with how many steps of each there are; a kind can be passed over. */
function Legend({ shown: { comparison } }: { readonly shown: Shown }) {
  const without = useLooking((state) => state.without);
  const moved = new Set(comparison.moved.map(({ a }) => a.index));
  const counts: Readonly<Record<ChangeKind, number>> = {
    onlyA: comparison.onlyA.length,
    onlyB: comparison.onlyB.length,
    changed: comparison.changed.length,
    moved: comparison.moved.length,
    renumbered: comparison.renumbered.filter(({ a }) => !moved.has(a.index)).length,
  };
  return (
    <section className="compare-legend" aria-label="Legend">
      {changeKinds.map((kind) => (
        <Button
          key={kind}
          className="compare-legend-entry"
          aria-pressed={!without.has(kind)}
          title={without.has(kind) ? "Passed over by F7 and left out of the list" : "Walked through by F7 and listed"}
          data-none={counts[kind] === 0 || undefined}
          onClick={() => toggleKind(kind)}
        >
          <span className="compare-sign-still" data-kind={kind} aria-hidden="true">
            {kinds[kind].sign}
          </span>
          {kinds[kind].title}: {counts[kind].toLocaleString("en")}
        </Button>
      ))}
    </section>
  );
}
