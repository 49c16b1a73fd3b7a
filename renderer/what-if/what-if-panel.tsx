import { Check, GitBranch, GitBranchPlus } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { ok } from "../../shared/flow/result.ts";
import { type WhatIf, whatIfGroups, whatIfHeadings } from "../../shared/run/what-if.ts";
import { namesOf } from "../inspector/words.ts";
import { captionOf } from "../player/caption.ts";
import { sameVariant } from "../store/keep-variant.ts";
import { type Answer, type Answers, useAnswer } from "../store/use-answer.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { useWish } from "../store/use-wish.ts";
import { Button } from "../ui/button.tsx";
import { Retry } from "../ui/retry.tsx";
import { type Roving, useRoving } from "../ui/roving.ts";
import { type Place, takeBranch, variantOf } from "./branch.ts";
import { type Moment, momentsOf } from "./place.ts";
import "../ui/list-panel.css";
import "./what-if.css";

/** How long a step has to stay the current one, while the flow plays by itself, before main is asked about it. */
const SETTLE_MS = 220;

/** So many ways of one group are shown at first: in a session of a thousand members everybody may act. */
const SHOWN = 60;

interface Ways {
  readonly place: Place;
  readonly ways: readonly WhatIf[];
}

const answers: Answers<Ways> = new WeakMap();

function useWays(turn: number): Answer<Ways> {
  const { whatIf } = useActions();
  const variant = useApp((state) => state.variant);
  const playing = useApp((state) => state.playback.playing);
  const ask = async () => {
    const answer = await whatIf(turn);
    return answer.ok ? ok({ place: { variant, turn }, ways: answer.value }) : answer;
  };
  return useAnswer({ answers, key: `${variant} ${turn}`, ask, after: playing ? SETTLE_MS : 0 });
}

/** The moments of the current step, and the one that is asked about: the first, until the person chooses another. */
function useMoment(): { readonly moments: readonly Moment[]; readonly chosen: number; choose(at: number): void } {
  const flow = useApp((state) => state.open?.flow);
  const run = useApp((state) => state.run);
  const diagram = useApp((state) => state.diagram);
  const step = useApp((state) => state.step);
  const [chosen, setChosen] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step starts at its first moment.
  useEffect(() => setChosen(0), [step, run]);
  const moments = useMemo(() => {
    if (flow === undefined || run === undefined || diagram === undefined) return [];
    return momentsOf(run, diagram, step, namesOf(flow));
  }, [flow, run, diagram, step]);
  return { moments, chosen: chosen < moments.length ? chosen : 0, choose: setChosen };
}

function Where({ moments, chosen, choose }: ReturnType<typeof useMoment>) {
  const diagram = useApp((state) => state.diagram);
  const step = useApp((state) => state.step);
  const caption = diagram === undefined ? undefined : captionOf(diagram, step);
  return (
    <header className="list-top">
      <h3 className="what-if-where">
        {caption === undefined ? (
          "Instead of the first step"
        ) : (
          <>
            Instead of {caption.number !== "" && <span className="what-if-number">{caption.number}</span>}
            {caption.label}
          </>
        )}
      </h3>
      {moments.length > 1 && (
        <label className="what-if-moment">
          <span>Moment</span>
          <select value={chosen} onChange={(event) => choose(Number(event.target.value))}>
            {moments.map(({ turn, says }, at) => (
              <option key={turn} value={at}>
                {says}
              </option>
            ))}
          </select>
        </label>
      )}
    </header>
  );
}

interface WayProps {
  readonly way: WhatIf;
  readonly place: Place;
  readonly entry: string;
  readonly stale: boolean;
  readonly roving: Roving;
}

function Way({ way, place, entry, stale, roving }: WayProps) {
  const store = useAppStore();
  const flow = useApp((state) => state.open?.flow);
  const kept = useMemo(() => {
    const id = flow === undefined || way.taken ? undefined : sameVariant(flow, variantOf(way, place));
    return flow?.variants.find((variant) => variant.id === id)?.title;
  }, [flow, way, place]);
  const Icon = way.taken ? Check : kept === undefined ? GitBranchPlus : GitBranch;
  const press = () => {
    // What is shown is about the step before; the answer for this one is under way.
    if (stale) return;
    // The keys go on playing.
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
    void takeBranch(store, way, place);
  };
  return (
    <li className="entry" data-taken={way.taken || undefined}>
      <button
        type="button"
        className="entry-button"
        aria-disabled={stale}
        onMouseDown={(event) => event.preventDefault()}
        onClick={press}
        {...roving.item(entry)}
      >
        <Icon size={16} className="way-icon" aria-hidden="true" />
        <span className="entry-text way-says">{way.says}</span>
        {way.leads !== undefined && <span className="entry-source">{way.leads}</span>}
        {way.taken && <span className="way-mark">This run goes this way</span>}
        {kept !== undefined && <span className="way-mark">Kept as variant “{kept}”</span>}
      </button>
    </li>
  );
}

/** Gives the list the focus when a person asked for it by the key, as soon as there is a list. */
function useWishedFocus(ready: boolean) {
  const list = useRef<HTMLDivElement>(null);
  useWish("whatIf", ready, () => list.current?.querySelector<HTMLElement>('[data-roving][tabindex="0"]')?.focus());
  return list;
}

function WayList({ ways: { ways, place }, stale }: { readonly ways: Ways; readonly stale: boolean }) {
  const list = useWishedFocus(!stale && ways.length > 0);
  const [most, setMost] = useState(SHOWN);
  // What is wanted of one place is not wanted of the next.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ways` stands for the place.
  useEffect(() => setMost(SHOWN), [ways]);
  const groups = whatIfGroups.flatMap((group) => {
    const all = ways.flatMap((way, at) => (way.group === group ? [{ way, entry: `way-${at}` }] : []));
    // The way that the run takes stands first: it must not be among those left out.
    const sorted = all.toSorted((a, b) => Number(b.way.taken) - Number(a.way.taken));
    return all.length === 0 ? [] : [{ group, count: all.length, shown: sorted.slice(0, most) }];
  });
  const roving = useRoving(groups.flatMap(({ shown }) => shown.map(({ entry }) => entry)));
  if (ways.length === 0)
    return <p className="list-nothing">Nothing is under way here, nobody may act, and no timer runs.</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div ref={list} className="list-body" data-stale={stale || undefined} onKeyDown={roving.onKeyDown}>
      {groups.map(({ group, count, shown }) => (
        <section key={group} className="list-group" aria-label={whatIfHeadings[group]}>
          <h3 className="list-heading">{whatIfHeadings[group]}</h3>
          <ul>
            {shown.map(({ way, entry }) => (
              <Way key={entry} way={way} place={place} entry={entry} stale={stale} roving={roving} />
            ))}
          </ul>
          {count > shown.length && (
            <Button className="list-more" onClick={() => setMost(most * 10)}>
              Show more of {count}
            </Button>
          )}
        </section>
      ))}
    </div>
  );
}

/** What else may happen at the current step, in a person's words; choosing one makes a variant and plays it. */
export function WhatIfPanel() {
  const moment = useMoment();
  const turn = moment.moments[moment.chosen]?.turn ?? 0;
  const ways = useWays(turn);
  return (
    <div className="list-panel" aria-busy={ways.kind === "loading" || (ways.kind === "ready" && ways.stale)}>
      <Where {...moment} />
      {ways.kind === "failed" && <Retry {...ways} />}
      {ways.kind === "loading" && <p className="list-nothing">Working out what may happen…</p>}
      {ways.kind === "ready" && <WayList ways={ways.value} stale={ways.stale} />}
    </div>
  );
}
