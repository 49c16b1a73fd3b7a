import type { Flow, Participant } from "../shared/flow/flow.ts";
import { describeRequest, describeResponse } from "../shared/flow/messages.ts";
import type { Hop, Message, Reaction, Run, Turn } from "../shared/run/run.ts";

/**
 * A run written down for a test, without the engine. Hop number i (from 0) arrives in turn i + 1; turn 0 is what
 * starts everything. A hop is sent in the turn in which the one that it relays, or that caused it, arrived.
 */
export interface HopSpec {
  /** `from>to`. */
  readonly edge: string;
  readonly method: string;
  readonly status?: number;
  /** Number of the hop whose message it passes on; of the hop that caused it. */
  readonly relays?: number;
  readonly cause?: number;
  readonly sent?: number;
  readonly passedOver?: boolean;
  readonly lost?: boolean;
  readonly underWay?: boolean;
  /** The sentence of the rule that sent it; two hops of one turn with one rule are one firing. */
  readonly says?: string;
  readonly rule?: string;
  readonly message?: Partial<Message>;
  readonly origin?: Hop["origin"];
}

/** What happens in a turn beside its hop arriving. */
export type TurnSpec = Partial<Turn>;

export function handMadeRun(specs: readonly HopSpec[], extra: Readonly<Record<number, TurnSpec>> = {}): Run {
  const names = namesOf(specs);
  const reactions: Reaction[][] = Array.from({ length: specs.length + 1 }, () => []);
  const hops = specs.map((spec, i): Hop => {
    const [from = "", to = ""] = spec.edge.split(">");
    const described =
      spec.status === undefined ? describeRequest(spec.method) : describeResponse(spec.method, spec.status);
    const { token: _, ...message } = described;
    const before = spec.relays ?? spec.cause;
    const sent = spec.sent ?? (before === undefined ? 0 : before + 1);
    const name = names[i] ?? "";
    if (spec.origin !== "authored") record(reactions[sent] ?? [], spec.rule ?? `R${i}`, spec.says ?? "", name);
    return {
      name,
      from,
      to,
      message: { ...message, method: spec.method, status: spec.status, ...spec.message },
      sent,
      origin: spec.origin ?? "computed",
      ...(spec.origin === "authored" ? undefined : { rule: spec.rule ?? `R${i}` }),
      ...(spec.lost === true ? { lost: i + 1 } : spec.underWay === true ? undefined : { received: i + 1 }),
      ...(spec.relays === undefined ? undefined : { relays: names[spec.relays] }),
      ...(before === undefined ? undefined : { cause: names[before] }),
      ...(spec.passedOver === true ? { passedOver: true } : undefined),
    };
  });
  const turns = reactions.map((made, turn): Turn => {
    const hop = hops[turn - 1];
    const choice: Turn["choice"] =
      hop === undefined
        ? { kind: "stimulate", participant: hops[0]?.from ?? "nobody", stimulus: "invite" }
        : { kind: hop.lost === undefined ? "deliver" : "lose", hop: hop.name };
    const more = extra[turn];
    return {
      choice,
      at: hop?.to ?? hops[0]?.from ?? "nobody",
      by: "default",
      ...more,
      reactions: [...made, ...(more?.reactions ?? [])],
    };
  });
  return { turns, hops, end: "rest" };
}

function namesOf(specs: readonly HopSpec[]): readonly string[] {
  const counts = new Map<string, number>();
  return specs.map(({ edge, method, status }) => {
    const described = status === undefined ? describeRequest(method) : describeResponse(method, status);
    const stem = `${edge} ${described.token}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    return `${stem}#${count}`;
  });
}

function record(reactions: Reaction[], rule: string, says: string, hop: string): void {
  const at = reactions.findIndex((reaction) => reaction.rule === rule);
  const before = reactions[at];
  if (before === undefined) reactions.push({ rule, says, guards: [], sends: [hop], milestones: [] });
  else reactions[at] = { ...before, sends: [...before.sends, hop] };
}

/** A flow around a scenario of participants and what people wrote. */
export function flowOf(participants: readonly Participant[], written: Partial<Flow> = {}): Flow {
  return {
    format: "callflow",
    version: 1,
    title: "Hand-made",
    scenario: { participants: [...participants], users: [{ id: "B", name: "CPM User B", domain: "B" }] },
    variants: [{ id: "main", title: "Main", script: [] }],
    ...written,
  };
}

/** The participants of the group invitation: networks X and B, three devices of one user. */
export const groupParticipants: readonly Participant[] = [
  { id: "cfX", name: "CPM Conversation Server X (controlling function)", role: "controllingFunction", domain: "X" },
  { id: "coreX", name: "SIP/IP Core X", role: "core", domain: "X" },
  { id: "coreB", name: "SIP/IP Core B", role: "core", domain: "B" },
  { id: "pfB", name: "CPM Conversation Server B (participating function)", role: "participatingFunction", domain: "B" },
  { id: "clientB1", name: "CPM Client B1", role: "client", user: "B" },
  { id: "clientB2", name: "CPM Client B2", role: "client", user: "B" },
  { id: "clientB3", name: "CPM Client B3", role: "client", user: "B" },
];
