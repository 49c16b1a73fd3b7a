import { TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import type { Flow } from "../../shared/flow/flow.ts";
import {
  missingParticipants,
  referencesTo,
  removeReferences,
  replaceParticipant,
} from "../../shared/flow/scenario/named.ts";
import { addParticipant, restored } from "../../shared/flow/scenario/participants.ts";
import type { ParticipantId } from "../../shared/run/choice.ts";
import { useApp } from "../store/use-app.ts";
import { Button } from "../ui/button.tsx";
import { everyone } from "./fields.ts";
import { goneFrom } from "./gone.ts";
import { useEdit, useFlow } from "./use-edit.ts";

/** So many are listed; with one put right the next comes up. */
const SHOWN = 20;

/** Participants that are gone and still named, with what can be done about it. */
export function Missing() {
  const flow = useFlow();
  const missing = useMemo(() => missingParticipants(flow), [flow]);
  if (missing.length === 0) return null;
  return (
    <section className="missing" aria-label="Missing participants">
      {missing.slice(0, SHOWN).map((id) => (
        <MissingOne key={id} flow={flow} id={id} />
      ))}
      {missing.length > SHOWN && <p className="field-says">And {missing.length - SHOWN} more.</p>}
    </section>
  );
}

function MissingOne({ flow, id }: { readonly flow: Flow; readonly id: ParticipantId }) {
  const edit = useEdit();
  const handle = useApp((state) => state.open?.handle) ?? "";
  const known = goneFrom(handle, id);
  const name = known?.participant.name ?? id;
  const places = useMemo(() => referencesTo(flow, id), [flow, id]);
  const putBack = () => {
    const { length } = flow.scenario.participants;
    const { participant, index } = known ?? { participant: restored(flow, id), index: undefined };
    const at = index === undefined ? undefined : Math.min(index, length);
    edit(`Put ${name} back`, addParticipant(flow, participant, undefined, at));
  };
  return (
    <fieldset className="field-group" aria-label={name}>
      <p className="missing-text">
        <TriangleAlert size={14} aria-hidden="true" />
        <span>
          <strong>{name}</strong> is not a participant any more, but named in {places}{" "}
          {places === 1 ? "place" : "places"}. Nothing of that is lost; the run stops where it is needed.
        </span>
      </p>
      <div className="missing-ways">
        <Button look="outlined" onClick={putBack}>
          Put it back
        </Button>
        <Button look="outlined" onClick={() => edit(`Remove what refers to ${name}`, removeReferences(flow, id))}>
          Remove what refers to it
        </Button>
        <select
          className="field-input"
          aria-label={`Who takes the place of ${name}`}
          value=""
          onChange={({ target: { value } }) =>
            value !== "" && edit(`Replace ${name}`, replaceParticipant(flow, id, value))
          }
        >
          <option value="">Let another take its place…</option>
          {everyone(flow).map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  );
}
