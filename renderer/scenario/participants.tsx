import { useState } from "react";
import type { Flow, Participant, Role } from "../../shared/flow/flow.ts";
import { moveParticipant, renameParticipant } from "../../shared/flow/participant-edits.ts";
import { addParticipant, inRole, networksOf, removeParticipant } from "../../shared/flow/scenario/participants.ts";
import { useApp } from "../store/use-app.ts";
import { AddParticipant } from "./add-participant.tsx";
import { type Field, type Thing, users } from "./fields.ts";
import { Form } from "./form.tsx";
import { rememberGone } from "./gone.ts";
import { clientFields } from "./lists.ts";
import { roleNames, rolePicks } from "./role-names.ts";
import { Things } from "./things.tsx";
import { replaceThing, useEdit, useFlow } from "./use-edit.ts";

const nameField: Field = {
  key: "name",
  label: "Name",
  says: "As the figure and the text call it; a new name goes everywhere.",
  input: { kind: "line", needed: true },
};
const roleField: Field = {
  key: "role",
  label: "Role",
  says: "Which rules it follows.",
  input: { kind: "one", picks: () => rolePicks },
};
const userField: Field = {
  key: "user",
  label: "User",
  says: "Whose device it is; several clients of a user are invited together.",
  input: { kind: "one", picks: users },
};
const domainField = (ofUser: string | undefined): Field => ({
  key: "domain",
  label: "Network",
  says: "Who runs it: the core and the functions of a network serve its clients.",
  input: { kind: "word", words: networksOf, absent: ofUser === undefined ? "none" : `that of the user, ${ofUser}` },
});

const drawnAsField: Field = {
  key: "drawnAs",
  label: "Drawn as",
  says: "The role it has in the figure: it is coloured and judged by it, but no rule acts for it.",
  input: {
    kind: "one",
    picks: () => rolePicks.filter(({ value }) => value !== "other"),
    absent: "a participant without a role",
  },
};

function fieldsOf(flow: Flow, participant: Participant): readonly Field[] {
  if (participant.role === "other") return [nameField, roleField, drawnAsField, domainField(undefined)];
  if (participant.role !== "client") return [nameField, roleField, domainField(undefined)];
  const domain = flow.scenario.users?.find(({ id }) => id === participant.user)?.domain;
  return [nameField, roleField, userField, domainField(domain), ...clientFields];
}

/** What is particular about a participant, in a line. */
function detailOf(participant: Participant): string {
  const { role, domain } = participant;
  if (role !== "client")
    return [roleNames[role], drawnAsOf(participant), domain === undefined ? "" : `network ${domain}`]
      .filter(Boolean)
      .join(", ");
  const { user, media, registered, reachable, busy, answer } = participant;
  return [
    `device of ${user}`,
    media === undefined ? "" : media.join(" and "),
    registered === false ? "not registered" : "",
    reachable === false ? "unreachable" : "",
    busy === true ? "busy" : "",
    answer === "auto" ? "answers by itself" : "",
  ]
    .filter(Boolean)
    .join(", ");
}

const drawnAsOf = (participant: Participant): string =>
  participant.role === "other" && participant.drawnAs !== undefined ? `drawn as ${roleNames[participant.drawnAs]}` : "";

/** Who takes part, in the order of the lifelines. */
export function Participants() {
  const flow = useFlow();
  const handle = useApp((state) => state.open?.handle) ?? "";
  const edit = useEdit();
  const [open, setOpen] = useState<string>();
  const { participants } = flow.scenario;
  const change = (index: number, before: Participant, next: Thing, label: string) => {
    if (next.name !== before.name)
      return edit(`Rename ${before.name}`, renameParticipant(flow, before.id, String(next.name)));
    const element = next.role === before.role ? next : inRole(flow, before, next.role as Role);
    edit(`Change ${label} of ${before.name}`, replaceThing("participants", index, element));
  };
  const remove = (index: number) => {
    const one = participants[index];
    if (one === undefined) return;
    rememberGone(handle, one, index);
    edit(`Remove ${one.name}`, removeParticipant(flow, one.id));
  };
  const move = (from: number, to: number) => {
    const one = participants[from];
    if (one === undefined) return;
    const after = participants[to > from ? to : to - 1]?.id ?? null;
    edit(`Move ${one.name}`, moveParticipant(flow, one.id, after));
  };
  return (
    <section className="scenario-section" aria-label="Participants">
      <p className="field-says">
        Lifelines from left to right. Drag them, or press Alt and an arrow key, to put them in another order.
      </p>
      <AddParticipant
        flow={flow}
        onAdd={(one, user) => {
          edit(`Add ${one.name}`, addParticipant(flow, one, user));
          setOpen(one.id);
        }}
      />
      {participants.length === 0 ? (
        <p className="list-nothing">Nobody takes part yet.</p>
      ) : (
        <Things
          label="Participants"
          rows={participants.map((one, i) => ({
            key: one.id,
            name: one.name,
            detail: detailOf(one),
            at: `/scenario/participants/${i}`,
          }))}
          open={open}
          onOpen={setOpen}
          form={(i) => {
            const one = participants[i];
            return one === undefined ? null : (
              <Form
                flow={flow}
                fields={fieldsOf(flow, one)}
                thing={one}
                at={`/scenario/participants/${i}`}
                onChange={(next, label) => change(i, one, next, label)}
              />
            );
          }}
          onRemove={remove}
          onMove={move}
        />
      )}
    </section>
  );
}
