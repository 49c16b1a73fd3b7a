import { ArrowRight } from "lucide-react";
import type { StateFact } from "../../shared/run/run.ts";
import { type FactChange, isChanged, type Moment, type ParticipantChange } from "./state-changes.ts";
import type { Names } from "./words.ts";

const kinds: Readonly<Record<StateFact["kind"], string>> = {
  leg: "Leg",
  dialog: "Dialog",
  session: "Session",
  timer: "Timer",
  media: "Media path",
  transfer: "Transfer",
};

const moments: Readonly<Record<Moment, string>> = {
  sent: "when it is sent",
  arrived: "when it arrives",
  turn: "at this step",
};

function Value({ fact: { was, is } }: { readonly fact: FactChange }) {
  if (was === is) return <span>{is}</span>;
  return (
    <span className="why-change">
      {was === undefined ? <span className="why-none">none</span> : <del>{was}</del>}
      <ArrowRight size={12} aria-hidden="true" />
      <span className="visually-hidden"> became </span>
      {is === undefined ? <span className="why-none">none</span> : <ins>{is}</ins>}
    </span>
  );
}

function Facts({ facts }: { readonly facts: readonly FactChange[] }) {
  if (facts.length === 0) return <p className="why-muted why-fact">Nothing to remember.</p>;
  return (
    <dl className="why-facts">
      {facts.map((fact) => (
        <div key={fact.key} className="why-fact" data-changed={isChanged(fact) || undefined}>
          <dt>
            <span className="why-kind">{kinds[fact.kind]}</span> {fact.label}
          </dt>
          <dd>
            <Value fact={fact} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function inShort(facts: readonly FactChange[]): string {
  return facts.length === 0 ? "nothing" : `${facts.length} ${facts.length === 1 ? "entry" : "entries"}`;
}

/** The state of every participant: those that changed open, as "was → is"; the others folded. */
export function StateView({
  changes,
  names,
}: {
  readonly changes: readonly ParticipantChange[];
  readonly names: Names;
}) {
  const changed = changes.filter(({ moment }) => moment !== undefined);
  const same = changes.filter(({ moment }) => moment === undefined);
  return (
    <section className="why-section" aria-label="States before and after">
      <div className="why-heading">
        <h3>States</h3>
      </div>
      {changed.length === 0 && <p className="why-muted">No participant's state changes.</p>}
      {changed.map(({ participant, moment = "turn", facts }) => (
        <div key={participant + moment} className="why-participant">
          <p className="why-participant-name">
            {names.get(participant) ?? participant} <span className="why-moment">{moments[moment]}</span>
          </p>
          <Facts facts={[...facts].sort((a, b) => Number(isChanged(b)) - Number(isChanged(a)))} />
        </div>
      ))}
      {same.length > 0 && (
        <details className="why-details" name="unchanged">
          <summary>
            {same.length} {same.length === 1 ? "participant" : "participants"} unchanged
          </summary>
          {same.map(({ participant, facts }) => (
            <details key={participant} className="why-details why-same">
              <summary>
                {names.get(participant) ?? participant} <span className="why-moment">{inShort(facts)}</span>
              </summary>
              <Facts facts={facts} />
            </details>
          ))}
        </details>
      )}
    </section>
  );
}
