import { CircleCheck, CircleDashed, Split, TriangleAlert } from "lucide-react";
import { type Roving, useRoving } from "../ui/roving.ts";
import { type DrawnMap, type MapOutcome, REST } from "./drawn.ts";
import { capital, decisionTitle, ordersText, wayText, wayTurns } from "./words.ts";

interface ListProps {
  readonly map: DrawnMap;
  readonly judged: boolean;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** The same as the picture, for those who read: each decision with its ways, then the outcomes. One Tab stop. */
export function MapList({ map, judged, chosen, onChoose }: ListProps) {
  const outcomes = new Map(map.outcomes.map((found) => [found.outcome.id, found]));
  const rows = map.ways.map((way, index) => ({ way, key: `w${index}` }));
  const roving = useRoving([...rows.map(({ key }) => key), ...map.outcomes.map(({ outcome }) => outcome.id)]);
  const entry = (id: string, key: string) => ({
    type: "button" as const,
    className: "entry-button",
    "aria-pressed": chosen === id,
    onClick: () => onChoose(id),
    ...roving.item(key),
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: moves the focus among the buttons inside.
    <div className="map-list" onKeyDown={roving.onKeyDown}>
      {map.decisions.map(({ id, outcomes: left }) => (
        <section key={id} className="list-group" aria-label={decisionTitle(id)}>
          <h3 className="list-heading">
            {decisionTitle(id)}: {left.length.toLocaleString("en")} outcomes left
          </h3>
          <ul>
            {rows
              .filter(({ way }) => way.from === id)
              .map(({ way, key }) => (
                <li key={key} className="entry">
                  <button {...entry(way.to, key)} title={wayTurns(way)}>
                    <Split size={15} className="map-list-icon" aria-hidden="true" />
                    <span className="entry-text">{wayText(way)}</span>
                    <span className="entry-source">→ {targetText(map, outcomes, way.to)}</span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <section className="list-group" aria-label="Outcomes of the map">
        <h3 className="list-heading">Outcomes</h3>
        <ul>
          {map.outcomes.map((found) => (
            <Outcome key={found.outcome.id} of={found} judged={judged} {...entry(found.outcome.id, found.outcome.id)} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function targetText(map: DrawnMap, outcomes: ReadonlyMap<string, MapOutcome>, id: string): string {
  if (id === REST) return `${map.rest.length.toLocaleString("en")} more outcomes`;
  const found = outcomes.get(id);
  if (found === undefined) return decisionTitle(id);
  const broken = found.breaks.length > 0 ? ` (breaks ${found.breaks.join(", ")})` : "";
  return `${capital(found.outcome.summary)}${broken}`;
}

type EntryProps = ReturnType<Roving["item"]> & {
  readonly type: "button";
  readonly className: string;
  readonly "aria-pressed": boolean;
  readonly onClick: () => void;
};

function Outcome({
  of: { outcome, breaks },
  judged,
  ...entry
}: EntryProps & { readonly of: MapOutcome; readonly judged: boolean }) {
  const verdict = breaks.length > 0 ? "fail" : judged ? "pass" : "cannot judge";
  const Icon = { fail: TriangleAlert, pass: CircleCheck, "cannot judge": CircleDashed }[verdict];
  return (
    <li className="entry" data-verdict={verdict}>
      <button {...entry}>
        <Icon size={16} className="verdict-icon" aria-hidden="true" />
        <span className="entry-text">{capital(outcome.summary)}</span>
        <span className="entry-source">{ordersText(outcome)}</span>
        {breaks.length > 0 && <span className="entry-remark">Breaks {breaks.join(", ")}</span>}
      </button>
    </li>
  );
}
