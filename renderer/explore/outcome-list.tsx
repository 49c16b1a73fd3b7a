import { CircleCheck, CircleDashed, GitBranch, TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Explored, Outcome, Violation } from "../../shared/run/exploration.ts";
import { useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { type Roving, useRoving } from "../ui/roving.ts";
import { counted, lengthText } from "./found.ts";
import { openOutcome, openViolation } from "./open-witness.ts";
import { useKept } from "./use-kept.ts";

/** So many outcomes are shown at first. */
const SHOWN = 60;

interface EntryProps<T> {
  readonly explored: Explored;
  readonly of: T;
  readonly roving: Roving;
}

function Kept({ title }: { readonly title: string | undefined }) {
  if (title === undefined) return null;
  return (
    <span className="outcome-kept">
      <GitBranch size={13} aria-hidden="true" /> Kept as variant “{title}”
    </span>
  );
}

/** The keys go on playing. */
const toCanvas = () => document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });

function OutcomeView({ explored, of: outcome, roving }: EntryProps<Outcome>) {
  const app = useAppStore();
  const { id, summary, runs, atLeast, breaks } = outcome;
  const kept = useKept(explored, outcome);
  const judged = explored.exploration.judged.runs > 0;
  const verdict = breaks.length > 0 ? "fail" : judged ? "pass" : "cannot judge";
  const Icon = { fail: TriangleAlert, pass: CircleCheck, "cannot judge": CircleDashed }[verdict];
  const levels = breaks.map((broken) => {
    const info = explored.requirements.find((requirement) => requirement.id === broken);
    return info === undefined ? broken : `${broken} ${info.level}`;
  });
  return (
    <li className="entry" data-verdict={verdict}>
      <button
        type="button"
        className="entry-button"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          toCanvas();
          void openOutcome(app, explored, outcome);
        }}
        {...roving.item(id)}
      >
        <Icon size={17} className="verdict-icon" aria-hidden="true" />
        <span className="entry-text outcome-summary">{summary}</span>
        <span className="entry-source">
          {atLeast ? "at least " : ""}
          {counted(runs, "order")}, shortest {lengthText(explored, outcome)}
        </span>
        {levels.length > 0 && <span className="entry-remark">Breaks {levels.join(", ")}</span>}
        <Kept title={kept} />
      </button>
    </li>
  );
}

function ViolationView({ explored, of: violation, roving }: EntryProps<Violation>) {
  const app = useAppStore();
  const { requirement, summary } = violation;
  const kept = useKept(explored, violation);
  const info = explored.requirements.find(({ id }) => id === requirement);
  const press = async () => {
    toCanvas();
    const opened = await openViolation(app, explored, violation);
    if (!opened.ok) app.getState().actions.report(opened.failure);
  };
  return (
    <li className="entry" data-verdict="fail">
      <button
        type="button"
        className="entry-button"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => void press()}
        {...roving.item(`broken-${requirement}`)}
      >
        <TriangleAlert size={17} className="verdict-icon" aria-hidden="true" />
        <span className="entry-title">
          <span className="entry-id">{requirement}</span>
          {info !== undefined && <span className="level">{info.level}</span>}
        </span>
        {info !== undefined && <span className="entry-text">{info.sentence}</span>}
        <span className="entry-remark">Broken by a run that ends with {summary}.</span>
        {info !== undefined && <span className="entry-source">{info.source}</span>}
        <Kept title={kept} />
      </button>
    </li>
  );
}

/** What was found: what can be broken, then how runs end. One Tab stop. */
export function OutcomeList({ explored }: { readonly explored: Explored }) {
  const { outcomes, violations } = explored.exploration;
  const [most, setMost] = useState(SHOWN);
  const shown = outcomes.slice(0, most);
  const roving = useRoving([
    ...violations.map(({ requirement }) => `broken-${requirement}`),
    ...shown.map(({ id }) => id),
  ]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div onKeyDown={roving.onKeyDown}>
      {violations.length > 0 && (
        <section className="list-group" aria-label="Can be broken">
          <h3 className="list-heading">Can be broken</h3>
          <ul>
            {violations.map((violation) => (
              <ViolationView key={violation.requirement} explored={explored} of={violation} roving={roving} />
            ))}
          </ul>
        </section>
      )}
      <section className="list-group" aria-label="Outcomes">
        <h3 className="list-heading">Outcomes</h3>
        {outcomes.length === 0 && <p className="list-nothing">No run came to its end within the bounds.</p>}
        <ul>
          {shown.map((outcome) => (
            <OutcomeView key={outcome.id} explored={explored} of={outcome} roving={roving} />
          ))}
        </ul>
        {outcomes.length > shown.length && (
          <Button className="list-more" onClick={() => setMost(most * 10)}>
            Show more of {outcomes.length.toLocaleString("en")}
          </Button>
        )}
      </section>
    </div>
  );
}
