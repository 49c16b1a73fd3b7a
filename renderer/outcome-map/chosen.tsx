import { GitBranch, GitBranchPlus, Play, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { choiceInWords } from "../../shared/run/choice-words.ts";
import type { Explored } from "../../shared/run/exploration.ts";
import { lengthText, variantFor } from "../explore/found.ts";
import { openOutcome, openViolation } from "../explore/open-witness.ts";
import { useKept } from "../explore/use-kept.ts";
import { useActions, useApp, useAppStore } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { type DrawnMap, type MapOutcome, REST } from "./drawn.ts";
import { capital, decisionTitle, ordersText, wayText } from "./words.ts";

interface ChosenProps {
  readonly explored: Explored;
  readonly map: DrawnMap;
  readonly id: string | undefined;
}

/** So many ways of a decision are told. */
const TOLD = 5;

/** What has been chosen in the map, in words, and what can be done with it. */
export function Chosen({ explored, map, id }: ChosenProps) {
  const outcome = map.outcomes.find((each) => each.outcome.id === id);
  const decision = map.decisions.find((each) => each.id === id);
  return (
    <section className="map-chosen" aria-label="Chosen" aria-live="polite">
      {outcome !== undefined ? (
        <ChosenOutcome explored={explored} of={outcome} />
      ) : decision !== undefined ? (
        <ChosenDecision map={map} id={decision.id} left={decision.outcomes.length} />
      ) : (
        <p className="list-about">
          {id === REST
            ? "The list beside the map has every outcome."
            : "Choose an outcome to keep it as a variant, or a decision to see its ways."}
        </p>
      )}
    </section>
  );
}

function ChosenDecision({ map, id, left }: { readonly map: DrawnMap; readonly id: string; readonly left: number }) {
  const ways = map.ways.filter(({ from }) => from === id);
  const told = ways.slice(0, TOLD).map(wayText);
  const more = ways.length - told.length;
  return (
    <div className="map-chosen-text">
      <p className="map-chosen-title">
        {decisionTitle(id)}: {left} of {map.decisions[0]?.outcomes.length ?? left} outcomes left
      </p>
      <p className="list-about">
        {told.join("; ")}
        {more > 0 && `; ${more} more ways`}
      </p>
    </div>
  );
}

function ChosenOutcome({
  explored,
  of: { outcome, breaks },
}: {
  readonly explored: Explored;
  readonly of: MapOutcome;
}) {
  const app = useAppStore();
  const { keepVariant, showDialog, report } = useActions();
  const flow = useApp((state) => state.open?.flow);
  const kept = useKept(explored, outcome);
  const words = useMemo(() => {
    const names = new Map(flow?.scenario.participants.map(({ id, name }) => [id, name]));
    return outcome.witness.slice(explored.kept.length).map((choice) => choiceInWords(choice, names));
  }, [flow, outcome, explored]);
  const violation = explored.exploration.violations.find(({ summary }) => summary === outcome.summary);
  const keep = async () => {
    if (flow === undefined) return;
    const done = await keepVariant(variantFor(flow, explored.variant, outcome.witness, outcome.summary));
    if (!done.ok) report(done.failure);
  };
  const play = () => {
    showDialog(undefined);
    void openOutcome(app, explored, outcome);
  };
  const playBroken = async () => {
    if (violation === undefined) return;
    showDialog(undefined);
    const opened = await openViolation(app, explored, violation);
    if (!opened.ok) report(opened.failure);
  };
  return (
    <>
      <div className="map-chosen-text">
        <p className="map-chosen-title">{capital(outcome.summary)}</p>
        {breaks.length > 0 && (
          <p className="map-chosen-broken">
            <TriangleAlert size={13} aria-hidden="true" /> Breaks {breaks.join(", ")}
          </p>
        )}
        <p className="list-about">
          {capital(ordersText(outcome))}; shortest {lengthText(explored, outcome)}
          {words.length > 0 && `: ${words.join("; ")}`}.
        </p>
        {kept !== undefined && (
          <p className="outcome-kept">
            <GitBranch size={13} aria-hidden="true" /> Kept as variant “{kept}”
          </p>
        )}
      </div>
      <div className="map-chosen-buttons">
        {violation !== undefined && (
          <Button look="outlined" onClick={() => void playBroken()}>
            <TriangleAlert size={14} aria-hidden="true" />
            Show What Breaks
          </Button>
        )}
        <Button look="outlined" onClick={() => void keep()} disabled={kept !== undefined}>
          <GitBranchPlus size={14} aria-hidden="true" />
          Keep as Variant
        </Button>
        <Button look="primary" onClick={play}>
          <Play size={14} aria-hidden="true" />
          Play
        </Button>
      </div>
    </>
  );
}
