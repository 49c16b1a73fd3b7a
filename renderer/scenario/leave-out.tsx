import { choiceInWords } from "../../shared/run/choice-words.ts";
import { useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { useFlow } from "./use-edit.ts";
import { namesOf, useSplice } from "./use-splice.ts";

/** Takes the turn out at which the script of the variant shown cannot go on. */
export function LeaveOut() {
  const divergence = useApp((state) => state.run?.divergence);
  const splice = useSplice();
  const flow = useFlow();
  if (divergence === undefined) return null;
  const { at, choice } = divergence;
  return (
    <Button
      look="outlined"
      onClick={() => splice(`Leave out: ${choiceInWords(choice, namesOf(flow))}`, { at, remove: 1, insert: [] })}
    >
      Leave this turn out
    </Button>
  );
}
