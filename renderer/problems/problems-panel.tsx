import { CircleCheck, CircleX, Info, TriangleAlert, Wrench } from "lucide-react";
import { useState } from "react";
import { stepsWith } from "../player/caption.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { matches } from "../ui/matches.ts";
import { type Roving, useRoving } from "../ui/roving.ts";
import { SearchField } from "../ui/search-field.tsx";
import { fixesFor } from "./fixes.ts";
import type { Place, Problem } from "./problems.ts";
import { useProblems } from "./use-problems.ts";
import "../ui/list-panel.css";
import "../requirements/requirements.css";
import "./problems.css";

const icons = { error: CircleX, warning: TriangleAlert, info: Info } as const;

/** Problems that are shown at first. */
const SHOWN = 200;

/** Goes to where a problem is. */
function useGoTo(): (place: Place) => Promise<void> {
  const store = useAppStore();
  const { goToStep, last, selectVariant, setPanels } = useActions();
  return async ({ hops = [], variant, panel }) => {
    if (variant !== undefined) {
      await selectVariant(variant);
      last();
      return;
    }
    const { diagram } = store.getState();
    const step = diagram === undefined ? undefined : stepsWith(diagram, hops)[0];
    if (step !== undefined) goToStep(step);
    // What has no step is shown where it is written.
    else if (panel !== undefined) setPanels({ side: true, tab: panel });
  };
}

function ProblemView({ problem, roving }: { readonly problem: Problem; readonly roving: Roving }) {
  const flow = useApp((state) => state.open?.flow);
  const { edit } = useActions();
  const goTo = useGoTo();
  const { key, severity, code, message, place, diagnostic } = problem;
  const Icon = icons[severity];
  const fixes = flow === undefined || diagnostic === undefined ? [] : fixesFor(flow, diagnostic);
  return (
    <li className="entry" data-severity={severity}>
      <button
        type="button"
        className="entry-button"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          roving.take(key);
          void goTo(place);
        }}
        {...roving.item(key)}
      >
        <Icon size={17} className="verdict-icon" aria-hidden="true" />
        <span className="entry-text">
          <span className="visually-hidden">{severity}: </span>
          {message}
        </span>
        <span className="entry-source">
          {place.text} · {code}
        </span>
      </button>
      {fixes.length > 0 && (
        <div className="problem-fixes" data-row="">
          {fixes.map(({ label, edit: change }, i) => (
            <Button
              key={label}
              look="outlined"
              className="problem-fix"
              onClick={() => void edit(label, change)}
              {...roving.item(`${key} ${i}`)}
            >
              <Wrench size={13} />
              {label}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

/** Everything that is wrong with the flow: pressed, an entry leads there; where a repair is known, it is one press. */
export function ProblemsPanel() {
  const { problems, judged } = useProblems();
  const [query, setQuery] = useState("");
  const [most, setMost] = useState(SHOWN);
  const found = problems.filter(({ code, message, place }) => matches(query, code, message, place.text));
  const shown = found.slice(0, most);
  const roving = useRoving(shown.map(({ key }) => key));
  return (
    <div className="list-panel" aria-busy={!judged}>
      <header className="list-top">
        <SearchField label="Search problems" value={query} onChange={setQuery} />
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside. */}
      <div className="list-body" onKeyDown={roving.onKeyDown}>
        {shown.length === 0 ? (
          <p className="list-nothing" role="status">
            {query.trim() !== "" ? (
              `No problem says “${query.trim()}”.`
            ) : judged ? (
              <>
                <CircleCheck size={22} className="problems-none" aria-hidden="true" />
                <br />
                Nothing is wrong with this flow.
              </>
            ) : (
              "Judging the flow…"
            )}
          </p>
        ) : (
          <section className="list-group" aria-label="Problems">
            <ul>
              {shown.map((problem) => (
                <ProblemView key={problem.key} problem={problem} roving={roving} />
              ))}
            </ul>
            {found.length > shown.length && (
              <Button className="list-more" onClick={() => setMost(most * 4)}>
                Show more of {found.length}
              </Button>
            )}
          </section>
        )}
      </div>
    </div>
  );
}
