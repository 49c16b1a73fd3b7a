import { type Flow, type Role, shownRole } from "../../../shared/flow/flow.ts";
import { withArticle } from "../../../shared/flow/names.ts";
import { type Recognised, recognise } from "../../../shared/flow/recognise.ts";
import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Hop, Run } from "../../../shared/run/run.ts";
import { compileTopology } from "../topology.ts";
import { correlate } from "./correlate.ts";
import type { Moment, Timeout, Trace, TraceMessage } from "./trace.ts";

/** Reads a run of `flow` as a trace. Near-linear in its messages. */
export function traceOf(flow: Flow, run: Run): Trace {
  const topology = compileTopology(flow.scenario);
  const moments = momentsOf(run);
  const known = new Map<string, Recognised | undefined>();
  const meaning = (label: string) => {
    if (!known.has(label)) known.set(label, recognise(label));
    return known.get(label);
  };
  const messages = run.hops.map((hop) => messageOf(hop, moments, meaning)).sort((a, b) => a.sentAt - b.sentAt);
  const role = (id: ParticipantId): Role => {
    const participant = topology.participants.get(id);
    return participant === undefined ? "other" : shownRole(participant);
  };
  return {
    flow,
    run,
    topology,
    options: topology.options,
    messages,
    ...correlate(messages, role),
    byHop: new Map(messages.map((m) => [m.hop.name, m])),
    timeouts: moments.timeouts,
    isComputed: messages.every((m) => !m.authored),
    role,
    the: (id) => withArticle(topology.participants.get(id)?.name ?? id),
  };
}

interface Moments {
  readonly sent: ReadonlyMap<HopName, Moment>;
  readonly received: ReadonlyMap<HopName, Moment>;
  readonly timeouts: ReadonlyMap<ParticipantId, readonly Timeout[]>;
}

/** Counts the events of a run: in each turn first what arrives or fires, then what is sent, in its order. */
function momentsOf(run: Run): Moments {
  const sentIn = new Map<number, HopName[]>();
  for (const hop of run.hops) {
    const list = sentIn.get(hop.sent);
    if (list === undefined) sentIn.set(hop.sent, [hop.name]);
    else list.push(hop.name);
  }
  const sent = new Map<HopName, Moment>();
  const received = new Map<HopName, Moment>();
  const timeouts = new Map<ParticipantId, Timeout[]>();
  let now = 0;
  for (const [i, turn] of run.turns.entries()) {
    const { choice } = turn;
    if (choice.kind === "deliver") received.set(choice.hop, now++);
    if (choice.kind === "expire") {
      const list = timeouts.get(choice.participant) ?? [];
      timeouts.set(choice.participant, list);
      list.push({ at: now++, timer: choice.timer });
    }
    for (const reaction of turn.reactions) for (const name of reaction.sends) sent.set(name, now++);
    for (const name of sentIn.get(i) ?? []) if (!sent.has(name)) sent.set(name, now++);
  }
  countCopies(run, received);
  return { sent, received, timeouts };
}

/** What got lost and was sent again has arrived when the copy of it arrives that gets through. */
function countCopies({ hops }: Run, received: Map<HopName, Moment>): void {
  const lost = new Map<string, HopName[]>();
  for (const hop of hops) if (hop.lost !== undefined) append(lost, messageKey(hop), hop.name);
  if (lost.size === 0) return;
  for (const hop of hops) {
    const at = received.get(hop.name);
    if (hop.message.again === undefined || at === undefined) continue;
    for (const name of lost.get(messageKey(hop)) ?? []) received.set(name, at);
  }
}

/** The same for a message and what is sent again of it. */
function messageKey({ from, to, message }: Hop): string {
  const { transaction, call, method, status } = message;
  return `${from}>${to} ${transaction ?? call} ${method}${status ?? ""} ${message.to?.tag ?? ""}`;
}

function append(map: Map<string, HopName[]>, key: string, name: HopName): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [name]);
  else list.push(name);
}

function messageOf(hop: Hop, moments: Moments, meaning: (label: string) => Recognised | undefined): TraceMessage {
  const { message, from, to } = hop;
  const common = {
    hop,
    from,
    to,
    message,
    sentAt: moments.sent.get(hop.name) ?? hop.sent,
    ...(moments.received.has(hop.name) ? { receivedAt: moments.received.get(hop.name) } : undefined),
  };
  if (message.method !== undefined || message.status !== undefined) {
    const { method, status } = message;
    // A chat message is media, and a request of MSRP that is answered (RFC 4975 §7.2).
    const kind = message.kind === "media" ? "request" : message.kind;
    return { ...common, kind, method, status, said: {}, authored: false };
  }
  const said = message.kind === "media" ? undefined : meaning(message.name);
  const rest = { said: said ?? {}, authored: true };
  if (message.kind === "media") return { ...common, ...rest, kind: "media" };
  if (said === undefined || from === to)
    return { ...common, ...rest, kind: said?.kind === "state" ? "state" : "unknown" };
  const { kind, method, status } = said;
  if (kind === "media" || kind === "state") return { ...common, ...rest, kind };
  if (kind === "request") return { ...common, ...rest, kind: method === "ACK" ? "acknowledgement" : "request", method };
  return { ...common, ...rest, kind: (status ?? 200) < 200 ? "provisional" : "final", method, status };
}
