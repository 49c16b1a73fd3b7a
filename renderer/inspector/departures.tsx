import { Check, PencilLine, Undo2 } from "lucide-react";
import type { Departure } from "../../shared/run/departures.ts";
import type { RuleInfo } from "../../shared/run/run.ts";
import { useChecked } from "../requirements/use-checked.ts";
import { useActions } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { RuleView } from "./rule-view.tsx";
import { Section } from "./section.tsx";
import type { Names } from "./words.ts";

/** That an author, and no rule, made a message what it is. */
export function Authored({ changed }: { readonly changed: boolean }) {
  return (
    <p className="why-authored">
      <PencilLine size={15} aria-hidden="true" />
      <span>{changed ? "An author changed this message." : "An author put this message here; no rule sends it."}</span>
    </p>
  );
}

/** What the rules would have done where an author did something else, each with what can be done about it. */
export function Departures(props: {
  readonly departures: readonly Departure[];
  readonly names: Names;
  readonly infos: readonly RuleInfo[];
}) {
  const { departures, names, infos } = props;
  if (departures.length === 0) return null;
  return (
    <Section title="What the rules would have done">
      {departures.map((departure) => (
        <DepartureView key={departure.hop.name} departure={departure} names={names} infos={infos} />
      ))}
    </Section>
  );
}

function DepartureView({
  departure,
  names,
  infos,
}: {
  readonly departure: Departure;
  readonly names: Names;
  readonly infos: readonly RuleInfo[];
}) {
  const { gesture } = useActions();
  const { kind, hop, accepted, rules } = departure;
  const [from, to] = [hop.from, hop.to].map((id) => names.get(id) ?? id);
  const what = `“${hop.message.name}” from ${from} to ${to}`;
  return (
    <div className="why-departure">
      {rules === undefined ? (
        <DrawnInstead departure={departure} />
      ) : (
        <p>
          The rules send “{rules.message}” from {from} to {to}
          {kind === "withheld" ? "; it was taken out." : `, not “${hop.message.name}”.`}
        </p>
      )}
      {rules?.reaction !== undefined && (
        <RuleView reaction={rules.reaction} info={infos.find(({ id }) => id === rules.reaction?.rule)} />
      )}
      <div className="why-departure-acts">
        {accepted ? (
          <span className="why-muted">Accepted: its author says that it is meant.</span>
        ) : (
          <Button
            look="outlined"
            aria-label={`Accept: ${what}`}
            onClick={() => void gesture({ kind: "accept", hop: hop.name })}
          >
            <Check size={14} aria-hidden="true" />
            Accept
          </Button>
        )}
        <Button
          look="outlined"
          aria-label={`Revert: ${what}`}
          onClick={() => void gesture({ kind: "revert", hop: hop.name })}
        >
          <Undo2 size={14} aria-hidden="true" />
          Revert
        </Button>
      </div>
    </div>
  );
}

/** Of a message that no rule sends: what the rules do at its place, as conformance has it. */
function DrawnInstead({ departure: { hop } }: { readonly departure: Departure }) {
  const checked = useChecked();
  if (checked.kind === "loading") return <p className="why-muted">Asking the rules…</p>;
  const conformance = checked.kind === "ready" ? checked.value.conformance : undefined;
  const judged = typeof conformance === "object" ? conformance.steps.find(({ at }) => at === hop.name) : undefined;
  if (judged === undefined) return <p>No rule sends “{hop.message.name}” here.</p>;
  return (
    <>
      <p>{judged.says}</p>
      {judged.rule !== undefined && (
        <p className="why-muted">
          <code className="why-rule-id">{judged.rule}</code>
          {judged.clause !== undefined && ` Source: ${judged.clause}`}
        </p>
      )}
    </>
  );
}
