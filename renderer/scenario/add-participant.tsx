import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Flow, Participant, Role, User } from "../../shared/flow/flow.ts";
import { networksOf, proposed } from "../../shared/flow/scenario/participants.ts";
import { Button } from "../ui/button.tsx";
import { Labelled, PickOne } from "./controls.tsx";
import { users } from "./fields.ts";
import { rolePicks } from "./role-names.ts";

interface AddProps {
  readonly flow: Flow;
  /** `user` comes along where the scenario does not have them. */
  readonly onAdd: (participant: Participant, user: User | undefined) => void;
}

/** The button that adds a participant, and the form it opens. */
export function AddParticipant({ flow, onAdd }: AddProps) {
  const [shown, setShown] = useState(false);
  if (shown) return <NewParticipant flow={flow} onAdd={onAdd} onClose={() => setShown(false)} />;
  return (
    <Button look="outlined" className="form-add" onClick={() => setShown(true)}>
      <Plus size={14} aria-hidden="true" />
      Add a participant
    </Button>
  );
}

/** What a user or network may be called, with room for what an id puts before it. */
const fitting = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;

/** Asks which role, of whom, and what name a new participant has; the name that fits is there already. */
function NewParticipant({ flow, onAdd, onClose }: AddProps & { readonly onClose: () => void }) {
  const [role, setRole] = useState<Role>("client");
  const [of, setOf] = useState<string>();
  const [name, setName] = useState<string>();
  const isClient = role === "client";
  const owners = isClient ? users(flow).map(({ value }) => value) : networksOf(flow);
  const owner = (of ?? owners.at(-1) ?? (role === "other" ? "" : "A")).trim();
  const fits = (role === "other" && owner === "") || fitting.test(owner);
  const proposal = proposed(flow, role, fits ? owner : "A");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = (name ?? proposal.name).trim();
    if (!fits || chosen === "") return;
    onAdd({ ...proposal, name: chosen }, isClient ? { id: owner, domain: owner } : undefined);
    onClose();
  };
  const ownerSays = isClient
    ? "One that the flow does not have comes along, in a network of that name."
    : "Its letter; any other makes a new network.";
  return (
    <form className="form form-inner add-participant" aria-label="New participant" onSubmit={submit}>
      <Labelled label="Role" says="Which rules it follows." at="">
        {(described) => (
          <PickOne
            described={described}
            value={role}
            picks={rolePicks}
            onChange={(value) => {
              setRole(value as Role);
              setOf(undefined);
              setName(undefined);
            }}
          />
        )}
      </Labelled>
      <Labelled
        label={isClient ? "User" : "Network"}
        says={fits ? ownerSays : "A letter, then letters, digits, _ and -."}
        at=""
      >
        {({ id, describedBy }) => (
          <>
            <input
              id={id}
              className="field-input"
              list={`${id}-owners`}
              value={of ?? owner}
              aria-invalid={!fits}
              aria-describedby={describedBy}
              onChange={(event) => {
                setOf(event.target.value);
                setName(undefined);
              }}
            />
            <datalist id={`${id}-owners`}>
              {owners.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </>
        )}
      </Labelled>
      <Labelled label="Name" says="As the figure and the text call it." at="">
        {({ id, describedBy }) => (
          <input
            id={id}
            className="field-input"
            value={name ?? proposal.name}
            maxLength={500}
            aria-describedby={describedBy}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Labelled>
      <div className="form-actions">
        <Button look="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" type="submit" disabled={!fits}>
          Add
        </Button>
      </div>
    </form>
  );
}
