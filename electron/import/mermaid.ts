import { decodeText } from "../../shared/flow/decode.ts";
import type { Flow, Participant, Role, User } from "../../shared/flow/flow.ts";
import { fail, ok, type Result } from "../../shared/flow/result.ts";
import { flowOfMermaid, type MermaidFlow } from "../../shared/text/mermaid/flow-of.ts";

/**
 * Reads a Mermaid sequence diagram. Participants have no roles but those `given` by their names. Fails with a sentence
 * that names the line where Mermaid itself would refuse the text, or that says which name in `given` nobody has.
 */
export function importMermaid(
  content: string | Uint8Array,
  name: string,
  given: ReadonlyMap<string, Role> = new Map(),
): Result<MermaidFlow> {
  const text = decodeText(content, name);
  if (!text.ok) return text;
  const made = flowOfMermaid(text.value, name.replace(/\.(?:mmd|mermaid)$/i, ""));
  if (!made.ok) return fail(`“${name}”: ${made.failure.message}`);
  const names = new Set(made.value.flow.scenario.participants.map((participant) => participant.name));
  const unknown = [...given.keys()].find((wanted) => !names.has(wanted));
  if (unknown !== undefined)
    return fail(`“${unknown}” is given a role, but no participant of “${name}” has this name.`);
  return ok({ ...made.value, flow: withRoles(made.value.flow, given) });
}

/** A client is the only device of a user of its own, whose network has no one else in it. */
function withRoles(flow: Flow, given: ReadonlyMap<string, Role>): Flow {
  if (given.size === 0) return flow;
  const users: User[] = [];
  const participants = flow.scenario.participants.map((participant): Participant => {
    const role = given.get(participant.name) ?? "other";
    if (role !== "client") return { ...participant, role } as Participant;
    users.push({ id: participant.id, domain: participant.id });
    return { ...participant, role, user: participant.id };
  });
  return { ...flow, scenario: { ...flow.scenario, participants, ...(users.length > 0 && { users }) } };
}
