import { Plus } from "lucide-react";
import { useState } from "react";
import type { Choice } from "../../shared/run/choice.ts";
import { choiceInWords } from "../../shared/run/choice-words.ts";
import { wholeScript } from "../../shared/run/tree.ts";
import { useActions, useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import type { Thing } from "./fields.ts";
import { Form } from "./form.tsx";
import { actFields } from "./lists.ts";
import { Things } from "./things.tsx";
import { useFlow } from "./use-edit.ts";
import { namesOf, placeOfChoice, useSplice } from "./use-splice.ts";

/** What a choice of the script that is no person's turn means. */
const meanings: Readonly<Record<Exclude<Choice["kind"], "stimulate">, string>> = {
  deliver: "This message arrives here, out of its turn. Without this entry it would arrive when it is due.",
  expire: "This timer runs out here, before its time.",
  lose: "This message is lost on its way; timers notice it.",
  inject: "A message that was drawn by hand: the rules would not send it. It is changed in the picture.",
  withhold: "A message that the rules would send and that was taken out. It is given back in the picture.",
  alter: "A message of the rules that was changed by hand. It is changed in the picture.",
};

/** The script of the variant that is shown: who does what in which order, and what else departs from the default order. */
export function Turns() {
  const flow = useFlow();
  const variant = useApp((state) => state.variant);
  const divergence = useApp((state) => state.run?.divergence);
  const turns = useApp((state) => state.run?.turns.length ?? 0);
  const { whatIf } = useActions();
  const splice = useSplice();
  const [open, setOpen] = useState<string>();
  const script = wholeScript(flow, variant);
  const choices = script.ok ? script.value : [];
  const known = namesOf(flow);
  const says = (choice: Choice) => choiceInWords(choice, known);
  /** The first thing that a person may do at the end of the run, as far as it goes; else somebody accepts. */
  const add = async () => {
    const possible = await whatIf(turns);
    const act = possible.ok ? possible.value.find(({ choice }) => choice.kind === "stimulate")?.choice : undefined;
    const { participants } = flow.scenario;
    const participant = participants.find(({ role }) => role === "client") ?? participants[0];
    if (participant === undefined) return;
    const choice: Choice = act ?? { kind: "stimulate", participant: participant.id, stimulus: "accept" };
    splice(`Add turn: ${says(choice)}`, { at: choices.length, remove: 0, insert: [choice] });
    setOpen(String(choices.length));
  };
  const move = (from: number, to: number) => {
    const choice = choices[from];
    if (choice === undefined) return;
    const at = to > from ? to + 1 : to;
    splice(`Move turn: ${says(choice)}`, { at: from, remove: 1, insert: [] }, { at, remove: 0, insert: [choice] });
    setOpen(undefined);
  };
  const shared = flow.variants.length > 1;
  return (
    <section className="scenario-section" aria-label="Turns">
      <p className="field-says">
        What people do, in this order. Everything else happens by itself, as the rules say.
        {shared && " What the variant shares with its parent changes there too."}
      </p>
      {!script.ok && <p className="field-wrong">{script.failure.message}</p>}
      {choices.length === 0 ? (
        <p className="list-nothing">Nobody does anything yet.</p>
      ) : (
        <Things
          label="Turns"
          rows={choices.map((choice, i) => ({
            key: String(i),
            name: says(choice),
            detail:
              i === divergence?.at
                ? "not possible here: the run stops"
                : divergence !== undefined && i > divergence.at
                  ? "not reached"
                  : undefined,
            at: placeOfChoice(flow, variant, i),
            muted: choice.kind !== "stimulate",
          }))}
          open={open}
          onOpen={setOpen}
          form={(i) => {
            const choice = choices[i];
            if (choice === undefined) return null;
            if (choice.kind !== "stimulate") return <p className="field-says">{meanings[choice.kind]}</p>;
            const change = (next: Thing) =>
              splice(`Change turn: ${says(choice)}`, { at: i, remove: 1, insert: [next as unknown as Choice] });
            return (
              <Form
                flow={flow}
                fields={actFields}
                thing={choice}
                at={placeOfChoice(flow, variant, i)}
                onChange={change}
              />
            );
          }}
          onRemove={(i) => {
            const choice = choices[i];
            if (choice !== undefined) splice(`Remove turn: ${says(choice)}`, { at: i, remove: 1, insert: [] });
            setOpen(undefined);
          }}
          onMove={move}
          byPlace
        />
      )}
      <Button look="outlined" className="form-add" disabled={!script.ok} onClick={() => void add()}>
        <Plus size={14} aria-hidden="true" />
        Add a turn
      </Button>
    </section>
  );
}
