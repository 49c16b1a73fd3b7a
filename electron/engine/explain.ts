import type { Scenario } from "../../shared/flow/flow.ts";
import type { ParticipantId } from "../../shared/run/choice.ts";
import type { Explanation, ParticipantState, Run, StateFact } from "../../shared/run/run.ts";
import { step, worldAfter } from "./compute.ts";
import { enabled } from "./enabled.ts";
import { ruleInfos } from "./rulebook.ts";
import type { Bridge } from "./rules/bridge.ts";
import type { Call } from "./rules/call.ts";
import type { ResponseContext } from "./rules/context.ts";
import { timerPurposes } from "./rules/timers.ts";
import type { Dialog } from "./sip.ts";
import { inWords } from "./words.ts";
import type { World } from "./world.ts";

/**
 * Everything known about turn `turn` of `run`: its rules, what else was possible, and the state of every participant
 * before and after. `undefined` when the run has no such turn.
 */
export function explain(scenario: Scenario, run: Run, turn: number): Explanation | undefined {
  const taken = run.turns[turn];
  if (taken === undefined) return undefined;
  const before = worldAfter(scenario, run, turn);
  const after = step(before, taken.choice)?.world ?? before;
  const fired = new Set(taken.reactions.map((r) => r.rule));
  return {
    turn,
    rules: ruleInfos().filter((r) => fired.has(r.id)),
    before: statesOf(before),
    after: statesOf(after),
    alternatives: enabled(before),
  };
}

/** The state of every participant, in words. */
export function statesOf(world: World): readonly ParticipantState[] {
  const facts = new Map<ParticipantId, StateFact[]>();
  for (const [participant, memory] of world.memories) {
    const own: StateFact[] = [];
    for (const [kind, cells] of memory)
      for (const [key, value] of cells) own.push(...asFact(world, kind, `${kind}/${key}`, value));
    facts.set(participant, own);
  }
  for (const group of world.timers.values())
    for (const t of group.values()) {
      const fact: StateFact = {
        kind: "timer",
        key: `timer/${t.name}/${t.key}`,
        label: t.name,
        value: `running, ${t.duration} s: ${timerPurposes[t.name] ?? "guards the transaction"}`,
      };
      facts.set(t.participant, [...(facts.get(t.participant) ?? []), fact]);
    }
  return [...world.topology.participants.values()].map((p) => ({
    participant: p.id,
    role: p.role,
    facts: facts.get(p.id) ?? [],
  }));
}

function asFact(world: World, kind: string, key: string, value: unknown): readonly StateFact[] {
  switch (kind) {
    case "call":
      return callFacts(world, key, value as Call);
    case "context":
      return contextFacts(world, key, value as ResponseContext);
    case "bridge":
      return bridgeFacts(world, key, value as Bridge);
    case "leg":
      return [legFact(world, key, value as { user: string; state: string; dialog?: Dialog })];
    case "group":
      return [groupFact(key, value as { session: string; state: string; members: number; pending: number })];
    case "transfer":
      return [
        { kind: "transfer", key, label: `transfer of ${key.slice("transfer/".length)}`, value: transferState(value) },
      ];
    case "joined": {
      const { dialog } = value as { readonly dialog: Dialog };
      return [{ kind: "dialog", key, label: "dialog with the target", value: nameOf(world, dialog.target) }];
    }
    default:
      return [];
  }
}

function nameOf(world: World, id: string): string {
  return world.topology.participants.get(id)?.name ?? world.topology.users.get(id)?.name ?? id;
}

function dialogFact(world: World, key: string, label: string, dialog: Dialog | undefined): readonly StateFact[] {
  if (dialog === undefined) return [];
  const via = dialog.route.map((id) => nameOf(world, id));
  const path = via.length === 0 ? "" : ` via ${via.join(", ")}`;
  return [{ kind: "dialog", key: `${key}/dialog`, label, value: `with ${nameOf(world, dialog.target)}${path}` }];
}

function callFacts(world: World, key: string, call: Call): readonly StateFact[] {
  const { id, session, state, dialog, invite } = call;
  const what =
    call.side === "inviting"
      ? `invitation to ${nameOf(world, call.peer)}`
      : `invitation from ${nameOf(world, call.peer)}`;
  const leg: StateFact = { kind: "leg", key: `${key}/leg`, label: `${what} (${id})`, value: inWords(state) };
  const up = state === "established" || state === "moratorium";
  const sessionFact: readonly StateFact[] = up
    ? [
        {
          kind: "session",
          key: `${key}/session`,
          label: `session ${session}`,
          value: state === "established" ? "established" : "accepted",
        },
      ]
    : [];
  const media: readonly StateFact[] =
    state === "established" && dialog !== undefined
      ? [
          {
            kind: "media",
            key: `${key}/media`,
            label: invite.media?.join(", ") ?? "media",
            value: `to ${nameOf(world, dialog.target)}`,
          },
        ]
      : [];
  return [leg, ...(up ? dialogFact(world, key, `dialog ${id}`, dialog) : []), ...sessionFact, ...media];
}

function contextFacts(world: World, key: string, context: ResponseContext): readonly StateFact[] {
  const { request, state, branches } = context;
  const about = `invitation ${request.call ?? ""} from ${nameOf(world, request.from?.id ?? "")}`;
  return [
    { kind: "leg", key: `${key}/leg`, label: about, value: inWords(state) },
    ...branches.map(
      (b): StateFact => ({
        kind: "leg",
        key: `${key}/branch/${b.transaction}`,
        label: `branch to ${b.targets.length === 1 ? nameOf(world, b.targets[0] ?? b.to) : nameOf(world, b.to)}`,
        value: inWords(b.status === undefined ? b.state : `${b.state}, ${b.status}`),
      }),
    ),
  ];
}

function bridgeFacts(world: World, key: string, bridge: Bridge): readonly StateFact[] {
  if (bridge.state === "released")
    return [{ kind: "session", key, label: `session ${bridge.session ?? bridge.id}`, value: "released" }];
  return [
    { kind: "session", key, label: `session ${bridge.session ?? bridge.id}`, value: bridge.state },
    ...dialogFact(world, `${key}/inviting`, "dialog with the inviting side", bridge.inviting),
    ...dialogFact(world, `${key}/invited`, "dialog with the invited side", bridge.invited),
    {
      kind: "media",
      key: `${key}/media`,
      label: "media path",
      value: `${nameOf(world, bridge.inviting.target)} and ${nameOf(world, bridge.invited.target)}`,
    },
  ];
}

function legFact(world: World, key: string, leg: { user: string; state: string; dialog?: Dialog }): StateFact {
  const device = leg.dialog === undefined ? "" : ` at ${nameOf(world, leg.dialog.remote.tag ?? leg.dialog.target)}`;
  return { kind: "leg", key, label: `invitee ${nameOf(world, leg.user)}`, value: `${leg.state}${device}` };
}

function groupFact(
  key: string,
  group: { session: string; state: string; members: number; pending: number },
): StateFact {
  return {
    kind: "session",
    key,
    label: `group session ${group.session}`,
    value: `${group.state}, ${group.members} accepted, ${group.pending} outstanding`,
  };
}

function transferState(value: unknown): string {
  return inWords(typeof value === "string" ? value : (value as { state: string }).state);
}
