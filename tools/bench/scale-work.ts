// What the benchmark of large groups times: the product's own functions, bundled as the product is.
import { computeRun, whatIf } from "../../electron/engine/index.ts";
import type { Flow } from "../../shared/flow/flow.ts";
import type { Choice } from "../../shared/run/choice.ts";

type Scenario = Flow["scenario"];

export { computeRun };

/** A group session with so many invitees of three clients each, all of one network; every first client accepts. */
export function group(invitees: number): { readonly scenario: Scenario; readonly script: readonly Choice[] } {
  const users = Array.from({ length: invitees }, (_, i) => ({ id: `u${i}`, name: `User ${i}`, domain: "B" }));
  const clients = users.flatMap(({ id, name }) =>
    [1, 2, 3].map((n) => ({ id: `${id}c${n}`, name: `${name}, client ${n}`, role: "client" as const, user: id })),
  );
  const scenario: Scenario = {
    participants: [
      { id: "cf", name: "Controlling function", role: "controllingFunction", domain: "X" },
      { id: "coreX", name: "Core X", role: "core", domain: "X" },
      { id: "coreB", name: "Core B", role: "core", domain: "B" },
      { id: "pf", name: "Participating function", role: "participatingFunction", domain: "B" },
      ...clients,
    ],
    users,
    invitations: [{ id: "group", from: "cf", to: users.map(({ id }) => ({ user: id })), media: ["messages"] }],
  };
  const accepts = users.map(
    ({ id }): Choice => ({ kind: "stimulate", participant: `${id}c1`, stimulus: "accept", what: "group" }),
  );
  return { scenario, script: [{ kind: "stimulate", participant: "cf", stimulus: "invite" }, ...accepts] };
}

/** What may happen in the middle of a run of about `turns` turns. */
export function alternatives(turns: number): () => readonly object[] {
  const { scenario, script } = group(Math.round(turns / 37));
  const run = computeRun(scenario, script);
  return () => whatIf(scenario, script, run, Math.floor(run.turns.length / 2));
}
