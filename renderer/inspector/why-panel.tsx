import { RotateCw } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Diagram, Step } from "../../shared/diagram/diagram.ts";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import { choiceKey } from "../../shared/run/choice.ts";
import { departuresAt } from "../../shared/run/departures.ts";
import type { Explanation, Hop, Reaction, RuleInfo, Run } from "../../shared/run/run.ts";
import { captionOf } from "../player/caption.ts";
import { useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Authored, Departures } from "./departures.tsx";
import { MessageView } from "./message-view.tsx";
import { RuleView } from "./rule-view.tsx";
import { Section } from "./section.tsx";
import { changesOf, type Moment } from "./state-changes.ts";
import { StateView } from "./state-view.tsx";
import { type Explained, useExplanations } from "./use-explanations.ts";
import { hopOf, hopsOf, type Why, whyOf } from "./why.ts";
import { choiceWords, hopWords, type Names, namesOf } from "./words.ts";
import "./why.css";

interface Shown {
  readonly flow: Flow;
  readonly run: Run;
  readonly diagram: Diagram;
  readonly step: Step;
}

function Rules({ reactions, infos }: { readonly reactions: readonly Reaction[]; readonly infos: readonly RuleInfo[] }) {
  return reactions.map((reaction) => (
    <RuleView key={reaction.rule} reaction={reaction} info={infos.find(({ id }) => id === reaction.rule)} />
  ));
}

/** Which of the hops of one arrow is meant. */
function HopChoice(props: {
  readonly hops: readonly Hop[];
  readonly chosen: number;
  readonly names: Names;
  readonly onChoose: (index: number) => void;
}) {
  const { hops, chosen, names, onChoose } = props;
  return (
    <label className="why-hops">
      <span>Hop</span>
      <select value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
        {hops.map(({ name, from, to, message }, index) => (
          <option key={name} value={index}>
            {index + 1} of {hops.length}: {names.get(from) ?? from} → {names.get(to) ?? to}, {message.name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What made the step happen: what came before it, and the rules that sent it. */
function Cause({ why, step, run, names, infos }: Omit<Shown, "flow" | "diagram"> & Explaining) {
  const { trigger, reactions, hop } = why;
  const authored = hop === undefined ? step.origin === "authored" : hop.origin === "authored";
  return (
    <Section title={hop === undefined ? "Why this state is reached" : "Why it is sent"}>
      {authored && <Authored changed={hop?.rule !== undefined} />}
      {trigger !== undefined && !authored && (
        <p className="why-trigger">{choiceWords(trigger, names, (name) => hopOf(run, name))}.</p>
      )}
      {!authored && <Rules reactions={reactions} infos={infos} />}
      {!authored && reactions.length === 0 && <p className="why-muted">The run names no rule for it.</p>}
    </Section>
  );
}

function effectTitle(hop: Hop): string {
  if (hop.lost !== undefined) return "It is lost on the way";
  return hop.received === undefined ? "It is still under way" : "What it leads to";
}

/** What the receiver did with it. */
function Effect({ why, run, names, infos }: { readonly run: Run } & Explaining) {
  const { hop, led, unexpected } = why;
  if (hop === undefined) return unexpected === undefined ? null : <p className="why-unexpected">{unexpected}</p>;
  const sent = led.flatMap(({ sends }) => sends);
  return (
    <Section title={effectTitle(hop)}>
      {hop.received === undefined && hop.lost === undefined && (
        <p className="why-muted">The run ends before it arrives.</p>
      )}
      {hop.lost !== undefined && <p className="why-muted">No participant receives it.</p>}
      {unexpected !== undefined && <p className="why-unexpected">{unexpected}</p>}
      <Rules reactions={led} infos={infos} />
      {hop.received !== undefined && led.length === 0 && unexpected === undefined && (
        <p className="why-muted">No rule of the receiver reacts to it.</p>
      )}
      {sent.length > 0 && (
        <ul className="why-sends" aria-label="Sent at once">
          {sent.map((name) => (
            <li key={name}>{hopWords(name, hopOf(run, name), names)}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

interface Explaining {
  readonly why: Why;
  readonly names: Names;
  readonly infos: readonly RuleInfo[];
}

/** What else was possible in place of the turn in which the step began. */
function Alternatives({
  explanation,
  run,
  why,
  names,
}: {
  readonly explanation: Explanation;
  readonly run: Run;
  readonly why: Why;
  readonly names: Names;
}) {
  const taken = why.trigger === undefined ? "" : choiceKey(why.trigger);
  const others = explanation.alternatives.filter((choice) => choiceKey(choice) !== taken);
  if (others.length === 0) return null;
  return (
    <Section title="What else was possible">
      <details className="why-details">
        <summary>
          {others.length} other {others.length === 1 ? "way" : "ways"} to go on
        </summary>
        <ul className="why-sends">
          {others.slice(0, 50).map((choice) => (
            <li key={choiceKey(choice)}>{choiceWords(choice, names, (name) => hopOf(run, name))}</li>
          ))}
        </ul>
        {others.length > 50 && <p className="why-muted">And {others.length - 50} more.</p>}
      </details>
    </Section>
  );
}

function momentsOf({ hop, turn, arrival }: Why): readonly { readonly moment: Moment; readonly turn: number }[] {
  if (hop === undefined) return [{ moment: "turn", turn }];
  return arrival === undefined
    ? [{ moment: "sent", turn }]
    : [
        { moment: "sent", turn },
        { moment: "arrived", turn: arrival },
      ];
}

/** What only main knows: states and alternatives; or that they are under way, or could not be made. */
function States({
  explained,
  why,
  run,
  names,
}: Omit<Explaining, "infos"> & { readonly explained: Explained; readonly run: Run }) {
  const changes = useMemo(
    () =>
      explained.kind === "ready"
        ? changesOf(
            momentsOf(why).flatMap(({ moment }, at) => {
              const explanation = explained.explanations[at];
              return explanation === undefined ? [] : [{ moment, explanation }];
            }),
          )
        : [],
    [explained, why],
  );
  if (explained.kind === "failed")
    return (
      <div className="why-failed" role="alert">
        <p>{explained.failure.message}</p>
        {explained.failure.detail !== undefined && <p className="why-muted">{explained.failure.detail}</p>}
        <Button look="outlined" onClick={explained.again}>
          <RotateCw size={14} aria-hidden="true" />
          Try again
        </Button>
      </div>
    );
  if (explained.kind === "loading")
    return (
      <div className="why-loading" aria-busy="true">
        <span className="visually-hidden">Working out the states…</span>
        <span />
        <span />
        <span />
      </div>
    );
  const [first] = explained.explanations;
  return (
    <>
      <StateView changes={changes} names={names} />
      {first !== undefined && <Alternatives explanation={first} run={run} why={why} names={names} />}
    </>
  );
}

function StepWhy({ flow, run, diagram, step }: Shown) {
  const names = useMemo(() => namesOf(flow), [flow]);
  const hops = useMemo(() => hopsOf(run, step), [run, step]);
  const [chosen, setChosen] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step starts at its first hop.
  useEffect(() => setChosen(0), [step]);
  const hop = hops[chosen] ?? hops[0];
  const why = useMemo(() => whyOf(run, step, hop), [run, step, hop]);
  const departures = useMemo(() => departuresAt(run, stepsOf(diagram), step.index), [run, diagram, step]);
  const explained = useExplanations(run, [
    ...momentsOf(why).map(({ turn }) => turn),
    ...departures.filter(({ kind }) => kind === "withheld").map(({ hop: { sent } }) => sent),
  ]);
  const infos = explained.kind === "ready" ? explained.explanations.flatMap(({ rules }) => rules) : [];
  const caption = captionOf(diagram, step.index);
  return (
    <div className="why">
      <header className="why-top">
        <h2>
          {step.number !== "" && <span className="why-number">{step.number}</span>}
          {step.label}
        </h2>
        <p className="why-muted">
          {[caption?.from, caption?.to].filter(Boolean).join(" → ")}
          {caption?.remark ? `, ${caption.remark}` : ""}
        </p>
        {hops.length > 1 && <HopChoice hops={hops} chosen={chosen} names={names} onChoose={setChosen} />}
      </header>
      <Cause why={why} step={step} run={run} names={names} infos={infos} />
      <Departures departures={departures} names={names} infos={infos} />
      {hop !== undefined && <MessageView flow={flow} run={run} hop={hop} names={names} />}
      <Effect why={why} run={run} names={names} infos={infos} />
      <States explained={explained} why={why} run={run} names={names} />
    </div>
  );
}

/** *Why*: for the current step the rules behind it, the message itself, and what changed in the participants' states. */
export function WhyPanel() {
  const flow = useApp((state) => state.open?.flow);
  const run = useApp((state) => state.run);
  const diagram = useApp((state) => state.diagram);
  const index = useApp((state) => state.step);
  if (flow === undefined || run === undefined || diagram === undefined)
    return <p className="why-nothing">Open a flow to see why each of its steps happens.</p>;
  const step = stepsOf(diagram)[index];
  if (step === undefined && departuresAt(run, stepsOf(diagram), -1).length > 0)
    return (
      <div className="why">
        <Departures departures={departuresAt(run, stepsOf(diagram), -1)} names={namesOf(flow)} infos={[]} />
      </div>
    );
  if (step === undefined)
    return <p className="why-nothing">Nothing has happened yet. Go to a step to see why it happens.</p>;
  return <StepWhy flow={flow} run={run} diagram={diagram} step={step} />;
}
