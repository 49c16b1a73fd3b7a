import { useMemo } from "react";
import { stepsOf } from "../../shared/diagram/steps-of.ts";
import type { HopName } from "../../shared/run/choice.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import type { Roving } from "../ui/roving.ts";
import { spokenCaption, stepsWith } from "./caption.ts";
import "./step-links.css";

/** So many steps are named; the others are counted. */
const NAMED = 40;

interface StepLinksProps {
  readonly hops: readonly HopName[];
  readonly roving: Roving;
  /** What keeps the keys of these links apart from those of others in the list. */
  readonly prefix: string;
}

/** The steps that carry some hops, as links; and a word of those that the view does not draw. */
export function StepLinks({ hops, roving, prefix }: StepLinksProps) {
  const { goToStep, setView } = useActions();
  const diagram = useApp((state) => state.diagram);
  const current = useApp((state) => state.step);
  const atSip = useApp((state) => state.view.level === "sip");
  const steps = useMemo(() => (diagram === undefined ? [] : stepsWith(diagram, hops)), [diagram, hops]);
  const hidden = useMemo(() => {
    const drawn = new Set(diagram === undefined ? [] : stepsOf(diagram).flatMap((step) => step.hops));
    return hops.filter((hop) => !drawn.has(hop)).length;
  }, [diagram, hops]);
  if (diagram === undefined) return null;
  const all = stepsOf(diagram);
  return (
    <>
      {steps.length > 0 && (
        <div className="step-links" data-row="">
          <span className="step-links-word">{steps.length === 1 ? "Step" : "Steps"}</span>
          {steps.slice(0, NAMED).map((step) => (
            <button
              key={step}
              type="button"
              className="step-link"
              aria-current={step === current ? "step" : undefined}
              aria-label={spokenCaption(diagram, step)}
              title={spokenCaption(diagram, step)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => goToStep(step)}
              {...roving.item(`${prefix} ${step}`)}
            >
              {all[step]?.number || `(${step + 1})`}
            </button>
          ))}
          {steps.length > NAMED && <span className="step-links-word">and {steps.length - NAMED} more</span>}
        </div>
      )}
      {hidden > 0 && (
        <p className="step-links-hidden" data-row="">
          {hidden === 1 ? "1 message is" : `${hidden} messages are`} not drawn in this view.{" "}
          {!atSip && (
            <Button
              className="step-links-sip"
              onClick={() => setView({ level: "sip" })}
              {...roving.item(`${prefix} sip`)}
            >
              Show SIP level
            </Button>
          )}
        </p>
      )}
    </>
  );
}
