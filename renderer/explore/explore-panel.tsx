import { ChevronRight, Play, Square, Workflow } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Exploring, Progress, ToExplore } from "../store/explore-actions.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { useWish } from "../store/use-wish.ts";
import { Button } from "../ui/button.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { headlineOf, incompleteness, isCurrent, judgedText } from "./found.ts";
import { choicesOf, choicesText, freedomsOf, offersOf, usualChoices } from "./freedom-form.ts";
import { type BoundsText, boundsOf, FreedomsView } from "./freedoms-view.tsx";
import { OutcomeList } from "./outcome-list.tsx";
import "../ui/list-panel.css";
import "../requirements/requirements.css";
import "./explore.css";

type From = "start" | "here";

const usualBounds: BoundsText = { states: "500,000", seconds: "60" };

/** What a person asks for: what it was the last time, at first what is usual. */
function useForm(flow: Flow, asked: ToExplore | undefined) {
  const groups = useMemo(() => offersOf(flow.scenario), [flow.scenario]);
  const [choices, setChoices] = useState(() => (asked === undefined ? usualChoices : choicesOf(asked.freedoms)));
  const [bounds, setBounds] = useState(
    asked === undefined
      ? usualBounds
      : { states: asked.states.toLocaleString("en"), seconds: asked.seconds.toLocaleString("en") },
  );
  const [from, setFrom] = useState<From>(asked === undefined || asked.from === "start" ? "start" : "here");
  return { groups, choices, setChoices, bounds, setBounds, from, setFrom };
}

/** The turn at which the current step is sent; that of the first before the first. */
function useTurn(): number {
  return useApp(({ diagram, step }) => (diagram === undefined ? 0 : (stepsOf(diagram)[Math.max(0, step)]?.sent ?? 0)));
}

/** How far it is: of the worlds that are followed at most, how many are known. */
function Going({
  progress,
  asked,
  stopping,
}: {
  readonly progress: Progress | undefined;
  readonly asked: ToExplore;
  readonly stopping: boolean;
}) {
  const { states = 0, transitions = 0, seconds = 0 } = progress ?? {};
  const rate = seconds > 0.2 ? `, ${Math.round(transitions / seconds).toLocaleString("en")} a second` : "";
  const share = Math.max(states / asked.states, seconds / asked.seconds);
  return (
    <div className="explore-going">
      <progress aria-label="How much of the bounds is used up" max={1} value={Math.min(1, share)} />
      <p className="list-about">
        {stopping
          ? "Stopping…"
          : `${states.toLocaleString("en")} worlds, ${transitions.toLocaleString("en")} transitions${rate}, ${seconds.toFixed(1)} s`}
      </p>
    </div>
  );
}

function Result({
  exploring,
  flow,
}: {
  readonly exploring: Exploring & { readonly kind: "done" };
  readonly flow: Flow;
}) {
  const { showDialog } = useActions();
  const { explored, scenario } = exploring;
  const { exploration, seconds, kept, left } = explored;
  const current = useMemo(() => isCurrent(flow, scenario, explored), [flow, scenario, explored]);
  const early = incompleteness(explored);
  const { states, transitions } = exploration;
  return (
    <>
      <div className="explore-result" role="status">
        <p className="explore-headline">{headlineOf(exploration)}</p>
        {!current && <p className="explore-early">The flow has changed since; this is about an older one.</p>}
        {early !== undefined && <p className="explore-early">{early}</p>}
        <p className="list-about">
          {states.toLocaleString("en")} worlds, {transitions.toLocaleString("en")} transitions, {seconds.toFixed(1)} s.{" "}
          {judgedText(exploration)}
          {kept.length > 0 &&
            ` It begins after the first ${kept.length === 1 ? "choice" : `${kept.length} choices`} of the script`}
          {kept.length > 0 && (left > 0 ? "; the rest was left free." : ".")}
        </p>
      </div>
      {exploration.map !== undefined && exploration.outcomes.length > 0 && (
        <div className="explore-map">
          <Button look="outlined" onClick={() => showDialog("outcomeMap")}>
            <Workflow size={14} aria-hidden="true" />
            Show as a Map
          </Button>
        </div>
      )}
      <OutcomeList explored={explored} />
    </>
  );
}

function Explorer({ flow, handle }: { readonly flow: Flow; readonly handle: string }) {
  const { explore, stopExploring } = useActions();
  const exploring = useApp((state) => state.explorations[handle]);
  const elsewhere = useApp((state) =>
    Object.entries(state.explorations).some(([other, { kind }]) => other !== handle && kind === "going"),
  );
  const turn = useTurn();
  const form = useForm(flow, exploring?.asked);
  const { groups, choices, bounds, from } = form;
  const [shown, setShown] = useState(exploring === undefined);
  const going = exploring?.kind === "going";
  // What was asked makes room for what is found.
  useEffect(() => {
    if (going) setShown(false);
  }, [going]);
  const starter = useRef<HTMLButtonElement>(null);
  useWish("explore", true, () => starter.current?.focus());
  const freedoms = useMemo(() => freedomsOf(choices, groups), [choices, groups]);
  const limits = boundsOf(bounds);
  const start = () => {
    if (limits !== undefined) void explore({ from: from === "start" ? "start" : turn, freedoms, ...limits });
  };
  return (
    <div className="list-panel" aria-busy={going}>
      <header className="list-top">
        <div className="explore-bar">
          <Segmented
            label="Explored from"
            value={from}
            options={[
              { value: "start", text: "Whole run", title: "All that is free may go another way from the start" },
              { value: "here", text: "From this step", title: "What was chosen before the current step stays" },
            ]}
            onChange={form.setFrom}
          />
          {going ? (
            <Button look="outlined" onClick={() => void stopExploring()} disabled={exploring.stopping === true}>
              <Square size={14} aria-hidden="true" />
              Cancel
            </Button>
          ) : (
            <Button
              ref={starter}
              look="primary"
              onClick={start}
              disabled={freedoms.length === 0 || limits === undefined || elsewhere}
            >
              <Play size={14} aria-hidden="true" />
              Start
            </Button>
          )}
        </div>
        {going && (
          <Going progress={exploring.progress} asked={exploring.asked} stopping={exploring.stopping === true} />
        )}
        {elsewhere && <p className="list-about">Another flow is being explored; this one has to wait.</p>}
      </header>
      <div className="list-body">
        <section className="explore-asked" aria-label="What may vary">
          <button
            type="button"
            className="explore-fold"
            aria-expanded={shown}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setShown(!shown)}
          >
            <ChevronRight size={15} aria-hidden="true" className="explore-chevron" />
            <span>
              <span className="field-label">What may vary</span>
              <span className="field-says explore-words">{choicesText(choices, groups)}</span>
            </span>
          </button>
          {shown && (
            <FreedomsView
              groups={groups}
              choices={choices}
              onChoices={form.setChoices}
              bounds={bounds}
              onBounds={form.setBounds}
            />
          )}
        </section>
        {exploring?.kind === "failed" && (
          <p className="explore-failed" role="alert">
            {exploring.failure.message}
          </p>
        )}
        {exploring?.kind === "done" && <Result exploring={exploring} flow={flow} />}
      </div>
    </div>
  );
}

/** All that may come of the flow: what is left free, and what was found. */
export function ExplorePanel() {
  const open = useApp((state) => state.open);
  if (open === undefined) return <p className="list-nothing">Open a flow to explore what may come of it.</p>;
  return <Explorer key={open.handle} flow={open.flow} handle={open.handle} />;
}
