import { useId } from "react";
import { choiceInWords } from "../../shared/run/choice-words.ts";
import type { Repair } from "../../shared/run/repair.ts";
import { namesOf, useSplice } from "../scenario/use-splice.ts";
import { type Answers, useAnswer } from "../store/use-answer.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { Retry } from "../ui/retry.tsx";
import "./diverged.css";

const answers: Answers<readonly Repair[]> = new WeakMap();

/** Where the script of the variant shown cannot go on, in words; undefined where it can. */
export function useDivergence(): { readonly says: string; readonly where: string } | undefined {
  const divergence = useApp((state) => state.run?.divergence);
  const flow = useApp((state) => state.open?.flow);
  if (divergence === undefined || flow === undefined) return undefined;
  return { says: choiceInWords(divergence.choice, namesOf(flow)), where: `turn ${divergence.at + 1}` };
}

/** The ways to let the script go on; each button is one edit, which reaches every variant that shares the place. */
export function Repairs() {
  const { repairs } = useActions();
  const variant = useApp((state) => state.variant);
  const found = useAnswer({ answers, key: variant, ask: repairs, after: 0 });
  const label = useId();
  if (found.kind === "loading") return null;
  if (found.kind === "failed") return <Retry {...found} />;
  return (
    <fieldset className="repairs" aria-labelledby={label} disabled={found.stale}>
      <p id={label}>What would let it go on:</p>
      <ul>
        {found.value.map((repair) => (
          <li key={repair.says}>
            <RepairButton repair={repair} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function RepairButton({ repair: { says, leavesOut, splices } }: { readonly repair: Repair }) {
  const splice = useSplice();
  // The banner goes with its buttons: the keys go on playing.
  const press = () => {
    document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
    splice(says.slice(0, 300), ...splices);
  };
  return (
    <Button look="outlined" className="repair" onClick={press}>
      <span className="repair-says">{says}</span>
      {leavesOut.length > 0 && <span className="repair-leaves">Leaves out besides: {leavesOut.join("; ")}</span>}
    </Button>
  );
}
