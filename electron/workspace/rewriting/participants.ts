import { apply, type Edit } from "../../../shared/flow/edit.ts";
import { editBetween } from "../../../shared/flow/edit-between.ts";
import type { Flow, Participant } from "../../../shared/flow/flow.ts";
import { renameParticipant } from "../../../shared/flow/participant-edits.ts";
import type { Statement } from "../../../shared/text/mermaid/read.ts";

/** The participants that a text names: the flow with them, and which each alias means. */
export interface Cast {
  readonly flow: Flow;
  readonly idOf: (alias: string) => string;
}

interface Named {
  readonly alias: string;
  readonly name: string;
  readonly shape?: NonNullable<Participant["shape"]> | undefined;
}

/**
 * Takes over who a text names, in its order: an alias of the flow's own text keeps its participant under whatever name,
 * another one means the participant of its name, else somebody new. Whom the text does not name any more is taken away,
 * unless the picture did not show them.
 * @param aliases the participants by their aliases in the flow's own text.
 */
export function castOf(flow: Flow, aliases: ReadonlyMap<string, string>, statements: readonly Statement[]): Cast {
  const named = namedIn(statements);
  const ids = new Map<string, string>();
  const claimed = new Set<string>();
  const claim = (alias: string, id: string) => {
    ids.set(alias, id);
    claimed.add(id);
  };
  for (const { alias } of named) {
    const id = aliases.get(alias);
    if (id !== undefined) claim(alias, id);
  }
  const added: Participant[] = [];
  const taken = new Set(flow.scenario.participants.map(({ id }) => id));
  for (const { alias, name, shape } of named) {
    if (ids.has(alias)) continue;
    const same = flow.scenario.participants.find((one) => one.name === name && !claimed.has(one.id));
    if (same !== undefined) {
      claim(alias, same.id);
      continue;
    }
    const id = freeId(alias, taken);
    added.push({ id, name, role: "other", ...(shape !== undefined && { shape }) });
    claim(alias, id);
  }
  let next = flow;
  for (const { alias, name } of named) {
    const id = ids.get(alias) ?? "";
    if (name !== alias || aliases.has(alias)) next = applied(next, renameParticipant(next, id, name));
  }
  const shown = new Set(aliases.values());
  const order = named.map(({ alias }) => ids.get(alias) ?? "");
  return {
    flow: applied(next, editBetween(next, reordered(next, added, order, shown))),
    idOf: (alias) => ids.get(alias) ?? alias,
  };
}

function namedIn(statements: readonly Statement[]): readonly Named[] {
  const found = new Map<string, Named>();
  const use = (alias: string) => {
    if (!found.has(alias)) found.set(alias, { alias, name: alias });
  };
  for (const statement of statements)
    switch (statement.kind) {
      case "participant": {
        const { id, label = id, shape } = statement;
        found.set(id, { alias: id, name: label.slice(0, 500) || " ", shape });
        break;
      }
      case "message":
        use(statement.from);
        use(statement.to);
        break;
      case "note":
        statement.over.forEach(use);
        break;
      case "activation":
      case "destroy":
        use(statement.id);
        break;
      default:
    }
  return [...found.values()];
}

function reordered(
  flow: Flow,
  added: readonly Participant[],
  order: readonly string[],
  shown: ReadonlySet<string>,
): Flow {
  const all = new Map([...flow.scenario.participants, ...added].map((one) => [one.id, one]));
  const queue = order.flatMap((id) => all.get(id) ?? []);
  const wanted = new Set(order);
  const participants: Participant[] = [];
  // Who is not drawn keeps the place between those who are.
  for (const one of flow.scenario.participants) {
    if (wanted.has(one.id)) participants.push(queue.shift() ?? one);
    else if (!shown.has(one.id)) participants.push(one);
  }
  return { ...flow, scenario: { ...flow.scenario, participants: [...participants, ...queue] } };
}

function freeId(alias: string, taken: Set<string>): string {
  const plain = alias.replace(/[^A-Za-z0-9_-]+/g, "").slice(0, 70);
  const wanted = /^[A-Za-z]/.test(plain) ? plain : `p${plain}`;
  let free = wanted;
  for (let n = 2; taken.has(free); n++) free = `${wanted}_${n}`;
  taken.add(free);
  return free;
}

/** The flow after an edit that is known to fit. */
export function applied(flow: Flow, edit: Edit | undefined): Flow {
  if (edit === undefined) return flow;
  const next = apply(flow, edit);
  if (!next.ok) throw new Error(next.failure.message);
  return next.value;
}
