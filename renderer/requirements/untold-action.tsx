import { isUntold, judgeAgain, leaveUntold } from "../../shared/flow/untold-edits.ts";
import type { Judgement } from "../../shared/run/verdict.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";

/**
 * Of what is broken: that the figure leaves out what it rests on, so that it is not judged in this variant. Of what is not
 * judged for that reason: to judge it again.
 */
export function UntoldAction({ judgement: { id, verdict } }: { readonly judgement: Judgement }) {
  const flow = useApp((state) => state.open?.flow);
  const variant = useApp((state) => state.variant);
  const { edit } = useActions();
  if (flow === undefined) return null;
  const isLeft = isUntold(flow, variant, id);
  if (!isLeft && verdict !== "fail") return null;
  return (
    <p className="row-actions">
      {isLeft ? (
        <Button look="outlined" onClick={() => void edit(`Judge ${id} Again`, judgeAgain(flow, variant, id))}>
          Judge it again
        </Button>
      ) : (
        <Button
          look="outlined"
          title="The variant then says that its figure leaves out what this rests on"
          onClick={() => void edit(`Leave ${id} Open`, leaveUntold(flow, variant, id))}
        >
          The figure does not tell
        </Button>
      )}
    </p>
  );
}
