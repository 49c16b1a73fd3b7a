import type { Participant } from "../../shared/flow/flow.ts";
import { type Description, describeRequest, describeResponse, sipStart } from "../../shared/flow/messages.ts";
import { withArticle } from "../../shared/flow/names.ts";
import type { Choice, HopName, ParticipantId } from "../../shared/run/choice.ts";
import type { Guard, Milestone, Reaction } from "../../shared/run/run.ts";
import { drawnMessage } from "./drawn-message.ts";
import { type Occasion, reactAndKeep, reactAsBefore } from "./reactions.ts";
import { type Context, judge, type MessageDraft, type Rule, type Trigger } from "./rule.ts";
import { rulesOn, triggerOf } from "./rulebook.ts";
import { rememberInvitation } from "./rules/call.ts";
import { concernedByLoss } from "./rules/resending.ts";
import { durationOf } from "./rules/timers.ts";
import { isInDialog } from "./sip.ts";
import type { Topology } from "./topology.ts";
import {
  arm,
  type Draft,
  disarm,
  type InFlight,
  listed,
  nextHopName,
  nextIdentifier,
  recall,
  remember,
  type Timer,
  timerName,
} from "./world.ts";

/** What one turn did, beside changing the world. */
export interface TurnResult {
  readonly at: ParticipantId;
  readonly reactions: readonly Reaction[];
  readonly sent: readonly Sent[];
  readonly unexpected?: string;
  /** The hop as an author has altered it. */
  readonly altered?: InFlight;
}

export interface Sent {
  readonly hop: InFlight;
  readonly rule?: string;
  readonly cause?: HopName;
  readonly relays?: HopName;
}

/** Shared, since most turns of a drawn flow react to nothing. */
const none: readonly never[] = [];
const nothing: TurnResult = { at: "", reactions: none, sent: none };

/** What a rule looks at in this turn. */
interface Triggered extends Occasion {
  readonly trigger: Trigger;
}

/** The arrival of the hop at `position` in flight. */
export function deliver(draft: Draft, choice: Choice, position: number): TurnResult {
  const hop = take(draft, position);
  const { message } = hop;
  const me = draft.topology.participants.get(hop.to);
  // An authored message stands for what its author wrote; nobody's rules are bound by it.
  if (me === undefined || me.role === "other" || message.method === undefined)
    return { at: hop.to, reactions: none, sent: none };
  const trigger = triggerOf(message.status === undefined ? "request" : "response", message.method);
  const result = react(draft, hop.to, { trigger, choice, hop });
  return result.reactions.length > 0
    ? result
    : { ...result, unexpected: `${me.name} has no rule for ${message.name} in its present state.` };
}

/** Takes a hop out of flight without its arriving: lost, or withheld by the author. */
export function take(draft: Draft, position: number): InFlight {
  const hop = draft.flight[position];
  if (hop === undefined) throw new Error("no such hop is under way");
  if (position === draft.flight.length - 1) draft.flight.pop();
  else draft.flight.splice(position, 1);
  return hop;
}

/** A hop that does not arrive; whoever sent it may have to send it again, or whoever waits for it gives up. */
export function lose(draft: Draft, choice: Choice, position: number): TurnResult {
  const hop = take(draft, position);
  // What an author drew is sent again only where the author draws that too.
  if (hop.drawn === true) return { at: hop.to, reactions: none, sent: none };
  const { at, trigger } = concernedByLoss(hop);
  return { ...react(draft, at, { trigger, choice, hop }), at: hop.to };
}

/** A person's or operator's act; the rules on it must fire, see `enabled`. */
export function stimulate(draft: Draft, choice: Extract<Choice, { kind: "stimulate" }>): TurnResult {
  return react(draft, choice.participant, { trigger: triggerOf("stimulus", choice.stimulus), choice });
}

/** A timer that fires. */
export function expire(draft: Draft, choice: Choice, timer: Timer): TurnResult {
  disarm(draft, timer.participant, timerName(timer));
  return react(draft, timer.participant, { trigger: triggerOf("timer", timer.name), choice, timer });
}

/** An author's message: sent by nobody's rule. Where it means something, its receiver takes it as what it is. */
export function inject(draft: Draft, choice: Extract<Choice, { kind: "inject" }>): TurnResult {
  const { from, to, message: drawn } = choice;
  const name = nextHopName(draft, from, to, drawn.label);
  const { message, why } = drawnMessage(draft, { name, from, to }, drawn);
  const hop: InFlight = { name, from, to, message, drawn: true };
  draft.flight.push(hop);
  if (message.method !== undefined) {
    draft.past = { hop, before: draft.past };
    if (draft.topology.participants.get(from)?.role === "client" && message.method === "INVITE" && !isInDialog(message))
      if (message.status === undefined) rememberInvitation(makeContext(draft, from, noOccasion(choice), []), hop);
  }
  const result: TurnResult = { at: from, reactions: none, sent: [{ hop }] };
  return why === undefined ? result : { ...result, unexpected: why };
}

/** Puts an author's words in place of what a rule has sent. */
export function alter(draft: Draft, choice: Extract<Choice, { kind: "alter" }>, position: number): TurnResult {
  const hop = draft.flight[position];
  if (hop === undefined) throw new Error("no such hop is under way");
  const { message, why } = drawnMessage(draft, hop, choice.message, hop.message);
  const altered: InFlight = { ...hop, message, drawn: true };
  draft.flight[position] = altered;
  if (message.method !== undefined) draft.past = { hop: altered, before: draft.past };
  const result: TurnResult = { at: hop.from, reactions: none, sent: none, altered };
  return why === undefined ? result : { ...result, unexpected: why };
}

const noOccasion = (choice: Choice): Triggered => ({ trigger: "stimulus invite", choice });

/** Whether any rule of the participant would fire on the stimulus. */
export function wouldReact(draft: Draft, choice: Extract<Choice, { kind: "stimulate" }>): boolean {
  const me = draft.topology.participants.get(choice.participant);
  if (me === undefined) return false;
  const trigger = triggerOf("stimulus", choice.stimulus);
  const context = makeContext(draft, choice.participant, { trigger, choice }, []);
  return rulesOn(me.role, trigger).some(
    (rule) => !draft.topology.rulesOff.has(rule.id) && judge(rule, context) !== undefined,
  );
}

interface Firing {
  readonly rule: Rule;
  readonly guards: readonly Guard[];
  readonly says: string;
}

function react(draft: Draft, at: ParticipantId, occasion: Triggered): TurnResult {
  const me = draft.topology.participants.get(at);
  if (me === undefined) return nothing;
  const result =
    reactAsBefore(draft, at, occasion) ?? reactAndKeep(draft, at, occasion, () => reactByRules(draft, me, occasion));
  const { sent } = result;
  // What one turn sends keeps its order and goes before everything older: the last in flight is the next.
  for (let i = sent.length - 1; i >= 0; i--) {
    const hop = sent[i]?.hop;
    if (hop !== undefined) draft.flight.push(hop);
  }
  for (const { hop } of sent) draft.past = { hop, before: draft.past };
  return result;
}

/** Lets the rules of a participant act that fire. What they send is not under way yet. */
function reactByRules(draft: Draft, me: Participant, occasion: Triggered): TurnResult {
  const at = me.id;
  const sent: Sent[] = [];
  const context = makeContext(draft, at, occasion, sent);
  const firings: Firing[] = [];
  for (const rule of rulesOn(me.role, occasion.trigger)) {
    if (draft.topology.rulesOff.has(rule.id)) continue;
    const guards = judge(rule, context);
    if (guards !== undefined) firings.push({ rule, guards, says: rule.says(context) });
  }
  const reactions = firings.map(({ rule, guards, says }): Reaction => {
    const from = sent.length;
    const milestones: Milestone[] = [];
    context.firing(rule.id, milestones);
    rule.act(context);
    return { rule: rule.id, says, guards, sends: sent.slice(from).map((s) => s.hop.name), milestones };
  });
  return { at, reactions, sent };
}

interface FiringContext extends Context {
  firing(rule: string, milestones: Milestone[]): void;
}

function makeContext(draft: Draft, at: ParticipantId, occasion: Triggered, sent: Sent[]): FiringContext {
  const { topology } = draft;
  const me = topology.participants.get(at);
  if (me === undefined) throw new Error(`no participant ${at}`);
  let rule = "";
  let milestones: Milestone[] = [];
  const nameOf = (id: string): string => topology.participants.get(id)?.name ?? topology.users.get(id)?.name ?? id;
  return {
    topology,
    options: topology.options,
    me,
    hop: occasion.hop,
    choice: occasion.choice,
    timer: occasion.timer,
    get: <T>(kind: string, key = "") => recall(draft, at, kind, key) as T | undefined,
    put: (kind, key = "", value) => remember(draft, at, kind, key, value),
    list: <T>(kind: string) => listed(draft, at, kind) as T[],
    send: (to, message, relays) => {
      const hop = addressed(draft, at, to, message);
      sent.push({ hop, rule, cause: occasion.hop?.name, relays });
      return hop.name;
    },
    fresh: () => nextIdentifier(draft, at),
    arm: (name, key, duration) =>
      arm(draft, {
        participant: at,
        name,
        key,
        duration: duration ?? durationOf(topology, name),
      }),
    disarm: (name, key) => disarm(draft, at, `${name} ${key}`),
    tell: (id, text) => void milestones.push({ id, participant: at, text }),
    nameOf,
    the: (id) => withArticle(nameOf(id)),
    called: (method, status) => descriptionOf(topology, { method, status }).name,
    firing: (id, list) => {
      rule = id;
      milestones = list;
    },
  };
}

/** What the catalogue says of a message. Where no CPM function takes part it goes by its SIP name. */
function descriptionOf(topology: Topology, message: MessageDraft): Description {
  const { method = "", status } = message;
  const described = status === undefined ? describeRequest(method, message) : describeResponse(method, status, message);
  return topology.isCpm ? described : { ...described, name: sipStart({ name: described.name, method, status }) };
}

/** Names the message and its hop, and opens its transaction where it is a request. */
function addressed(draft: Draft, from: ParticipantId, to: ParticipantId, message: MessageDraft): InFlight {
  const { token, name, kind, class: messageClass } = descriptionOf(draft.topology, message);
  const hop = nextHopName(draft, from, to, token);
  const opens = message.status === undefined && message.transaction === undefined;
  return {
    name: hop,
    from,
    to,
    message: {
      name,
      kind,
      // That a message is sent again is a matter of its transaction, which the CPM level does not tell of.
      class: message.again === undefined ? messageClass : "trying",
      ...message,
      ...(opens ? { transaction: hop, via: [{ by: from, branch: hop }, ...(message.via ?? [])] } : undefined),
    },
  };
}
