import { useEffect, useRef } from "react";
import { type Change, changeInWords } from "../../shared/compare/changes.ts";
import type { Difference } from "../../shared/compare/comparison.ts";
import { useRoving } from "../ui/roving.ts";
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

/** Every change, one Tab stop; the current one says what of it differs. */
export function ChangeList({ changes, nameOf }: Props) {
  const at = useLooking((state) => state.at);
  const visits = useLooking((state) => state.visits);
  const list = useRef<HTMLDivElement>(null);
  const roving = useRoving(changes.map((_, i) => String(i)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every visit, though it be the same change.
  useEffect(() => {
    if (at >= 0) roving.take(String(at));
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [at, visits]);
  const current = changes[at];
  return (
    <aside className="compare-list list-panel" aria-label="Changes">
      <header className="list-top">
        <p className="list-about">{position(at, changes.length)}</p>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside. */}
      <div className="list-body list-group" ref={list} onKeyDown={roving.onKeyDown}>
        <ul aria-label="Changes">
          {changes.map((change, i) => (
            <li key={`${change.kind} ${change.rows[0]}`} className="entry">
              <button
                type="button"
                className="entry-button compare-entry"
                aria-current={i === at || undefined}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => visitChange(i)}
                {...roving.item(String(i))}
              >
                <span className="compare-sign-still" data-kind={change.kind} aria-hidden="true">
                  {kinds[change.kind].sign}
                </span>
                <span className="entry-text">{changeInWords(change)}</span>
                <span className="entry-source">{kinds[change.kind].title}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <section className="compare-detail" aria-label="What differs" aria-live="polite">
        {current !== undefined && <Detail change={current} nameOf={nameOf} />}
      </section>
    </aside>
  );
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
