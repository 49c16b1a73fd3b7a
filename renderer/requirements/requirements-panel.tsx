import { Info, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import type { Diagnostic } from "../../shared/flow/result.ts";
import type { Checked, Judgement } from "../../shared/run/verdict.ts";
import { stepsWith } from "../player/caption.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Retry } from "../ui/retry.tsx";
import { type Roving, useRoving } from "../ui/roving.ts";
import { SearchField } from "../ui/search-field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { ConformanceSection, conformanceEntries } from "./conformance-section.tsx";
import { countVerdicts, type Filter, sift, siftDiagnostics } from "./judged.ts";
import { JudgementView } from "./judgement-view.tsx";
import { AddRows, RowActions } from "./own-rows.tsx";
import { UntoldAction } from "./untold-action.tsx";
import { useChecked } from "./use-checked.ts";
import "../ui/list-panel.css";
import "./requirements.css";

/** Entries of one section that are shown at first; a flow may have thousands of rows. */
const SHOWN = 200;

const OWN_ROWS = "This flow's own requirements";

interface Section {
  readonly name: string;
  readonly judgements: readonly { readonly entry: string; readonly judgement: Judgement }[];
}

function sectionsOf({ run, rows, text }: Checked, filter: Filter, query: string): readonly Section[] {
  const section = (name: string, judgements: readonly Judgement[]): Section => ({
    name,
    judgements: sift(judgements, filter, query).map((judgement, at) => ({
      // Ids of rows may stand twice; then their places tell them apart.
      entry:
        `${name}/${judgement.id}/${judgements.indexOf(judgement) === at ? "" : judgements.indexOf(judgement)}`.replaceAll(
          " ",
          "_",
        ),
      judgement,
    })),
  });
  return [section("The run", run), section(OWN_ROWS, rows), section("The text", text)].filter(
    ({ judgements }) => judgements.length > 0,
  );
}

function DiagnosticView({
  diagnostic,
  entry,
  roving,
}: {
  readonly diagnostic: Diagnostic;
  readonly entry: string;
  readonly roving: Roving;
}) {
  const { severity, message, at } = diagnostic;
  const Icon = severity === "info" ? Info : TriangleAlert;
  return (
    <li className="entry" data-severity={severity}>
      <div className="entry-button entry-still" {...roving.item(entry)}>
        <Icon size={17} className="verdict-icon" aria-hidden="true" />
        <span className="entry-text">
          <span className="visually-hidden">{severity}: </span>
          {message}
        </span>
        {at !== "" && <code className="entry-source">{at}</code>}
      </div>
    </li>
  );
}

function Sections({
  checked,
  filter,
  query,
}: {
  readonly checked: Checked;
  readonly filter: Filter;
  readonly query: string;
}) {
  const { goToStep, mark } = useActions();
  const store = useAppStore();
  const [open, setOpen] = useState<string>();
  const [most, setMost] = useState(SHOWN);
  const sections = sectionsOf(checked, filter, query);
  const diagnostics = siftDiagnostics(checked.diagnostics, filter, query).slice(0, most);
  const shown = sections.map(({ name, judgements }) => ({
    name,
    all: judgements.length,
    judgements: judgements.slice(0, most),
  }));
  const opened = shown.flatMap(({ judgements }) => judgements).find(({ entry }) => entry === open)?.judgement;
  const roving = useRoving([
    ...shown.flatMap(({ judgements }) => judgements.map(({ entry }) => entry)),
    ...conformanceEntries(filter === "all" && query === "" ? checked.conformance : undefined),
    ...diagnostics.map((_, at) => `diagnostic-${at}`),
  ]);
  useEffect(() => {
    mark(opened?.at ?? []);
    return () => mark([]);
  }, [opened, mark]);
  const press = (entry: string, { at }: Judgement) => {
    roving.take(entry);
    setOpen(open === entry ? undefined : entry);
    const { diagram } = store.getState();
    const first = diagram === undefined ? undefined : stepsWith(diagram, at)[0];
    if (open !== entry && first !== undefined) goToStep(first);
  };
  if (shown.length === 0 && diagnostics.length === 0)
    return (
      <p className="list-nothing" role="status">
        {query.trim() === "" ? nothing[filter] : `Nothing here says “${query.trim()}”.`}
      </p>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div onKeyDown={roving.onKeyDown}>
      {shown.map(({ name, all, judgements }) => (
        <section key={name} className="list-group" aria-label={name}>
          <h3 className="list-heading">{name}</h3>
          <ul>
            {judgements.map(({ entry, judgement }) => (
              <JudgementView
                key={entry}
                entry={entry}
                judgement={judgement}
                open={open === entry}
                onPress={() => press(entry, judgement)}
                roving={roving}
              >
                {name === OWN_ROWS ? (
                  <RowActions id={judgement.id} hops={judgement.at} />
                ) : (
                  <UntoldAction judgement={judgement} />
                )}
              </JudgementView>
            ))}
          </ul>
          {all > judgements.length && (
            <Button className="list-more" onClick={() => setMost(most * 4)}>
              Show more of {all}
            </Button>
          )}
        </section>
      ))}
      {filter === "all" && query === "" && <ConformanceSection conformance={checked.conformance} roving={roving} />}
      {diagnostics.length > 0 && (
        <section className="list-group" aria-label="The document">
          <h3 className="list-heading">The document</h3>
          <ul>
            {diagnostics.map((diagnostic, at) => (
              <DiagnosticView
                key={diagnostic.at + diagnostic.message}
                diagnostic={diagnostic}
                entry={`diagnostic-${at}`}
                roving={roving}
              />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const nothing: Readonly<Record<Filter, string>> = {
  all: "There is nothing to judge in this flow.",
  fail: "Nothing is broken.",
  pass: "Nothing is shown to be kept.",
  "cannot judge": "Everything can be judged.",
};

/** The verdicts of every requirement on the variant shown, on the flow's own requirements and on what is written. */
export function RequirementsPanel() {
  const checked = useChecked();
  const [filter, setFilter] = useState<Filter>("all");
  const [query, setQuery] = useState("");
  const variant = useApp((state) => state.open?.flow.variants.find(({ id }) => id === state.variant)?.title);
  const several = useApp((state) => (state.open?.flow.variants.length ?? 0) > 1);
  if (checked.kind === "failed") return <Retry {...checked} />;
  if (checked.kind === "loading")
    return (
      <p className="list-nothing" aria-busy="true">
        Judging the run…
      </p>
    );
  const counts = countVerdicts(checked.value);
  const options = [
    { value: "all", text: "All" },
    { value: "fail", text: `Broken ${counts.fail}` },
    { value: "pass", text: `Kept ${counts.pass}` },
    { value: "cannot judge", text: `Open ${counts["cannot judge"]}`, title: "Cannot be judged by this run" },
  ] as const;
  return (
    <div className="list-panel" aria-busy={checked.stale}>
      <header className="list-top">
        {several && <p className="list-about">Variant: {variant}</p>}
        <Segmented label="Verdicts shown" value={filter} options={options} onChange={setFilter} />
        <SearchField label="Search requirements" value={query} onChange={setQuery} />
      </header>
      <div className="list-body" data-stale={checked.stale || undefined}>
        <Sections checked={checked.value} filter={filter} query={query} />
        <AddRows />
      </div>
    </div>
  );
}
