import type { Options, Participant, Role } from "../../shared/flow/flow.ts";
import type { Choice, HopName, ParticipantId } from "../../shared/run/choice.ts";
import type { Guard, Message, Milestone } from "../../shared/run/run.ts";
import type { Topology } from "./topology.ts";
import { inWords } from "./words.ts";
import type { InFlight, Timer } from "./world.ts";

/**
 * What makes a rule look: the arrival of a message, something a person does, a timer that fires, the loss of its own
 * message, or that the last attempt to send it a final response was lost.
 */
export type Trigger =
  | `request ${string}`
  | `response ${string}`
  | `stimulus ${Extract<Choice, { kind: "stimulate" }>["stimulus"]}`
  | `timer ${string}`
  | "lost"
  | "unheard";

/** One condition of a guard: in words, as a test, and what it was judged on. */
export interface Condition {
  readonly text: string;
  readonly test: (c: Context) => boolean;
  readonly value?: (c: Context) => string;
}

/**
 * One clause of a role's behaviour. All rules of a role whose trigger and guard hold in a turn fire, in the order of
 * the role's list. Guards are judged on the state before the turn; each `act` sees what those before it did.
 */
export interface Rule {
  readonly id: string;
  readonly role: Role;
  readonly title: string;
  /** Where it comes from: a clause of a change request or an RFC, or `inferred`. */
  readonly clause: string;
  readonly on: readonly Trigger[];
  readonly when: readonly Condition[];
  readonly act: (c: Context) => void;
  /** A sentence with names filled in, true of the state before the turn; empty where there is nothing to tell. */
  readonly says: (c: Context) => string;
  /** The sentence as the list of rules shows it, without names. */
  readonly summary: string;
}

/** Neither does nor tells anything: the message that arrived goes no further. */
export const silent = { act: () => {}, says: () => "" } as const;

/** A rule by which a message is taken note of and goes no further. */
export function absorbing(rule: Omit<Rule, keyof typeof silent>): Rule {
  return { ...rule, ...silent };
}

/** A message to be sent, as a rule gives it; the engine names it and its hop. */
export type MessageDraft = Omit<Message, "name" | "kind" | "class">;

/** What a rule may see and do in one turn at one participant. */
export interface Context {
  readonly topology: Topology;
  readonly options: Options;
  readonly me: Participant;
  /** The hop that arrived; absent after a stimulus or a timer. */
  readonly hop?: InFlight;
  readonly choice: Choice;
  readonly timer?: Timer;
  /** What this participant remembers of a kind such as `call` under a key such as `cfX-1`. */
  get<T>(kind: string, key: string | undefined): T | undefined;
  /** Remembers `value` of a kind under a key; forgets it when undefined. */
  put<T>(kind: string, key: string | undefined, value: T | undefined): void;
  /** Everything remembered of a kind, in the order in which it came to be. */
  list<T>(kind: string): readonly T[];
  /** Sends a message on one hop. `relays`: the hop whose message is passed on. Returns the hop's name. */
  send(to: ParticipantId, message: MessageDraft, relays?: HopName): HopName;
  /** A new identifier of this participant, e.g. `pfB-2`. */
  fresh(): string;
  arm(name: string, key: string, duration?: number): void;
  disarm(name: string, key: string): void;
  tell(milestone: Milestone["id"], text: string): void;
  /** The name of a participant with its article, or of a user. */
  the(id: ParticipantId): string;
  nameOf(id: ParticipantId): string;
  /** What a request, or a response to one, is called in this scenario. */
  called(method: string, status?: number): string;
}

/** Judges a guard. `undefined` when a condition fails; otherwise the conditions in words. */
export function judge(rule: Rule, c: Context): readonly Guard[] | undefined {
  for (const condition of rule.when) if (!condition.test(c)) return undefined;
  return rule.when.map((condition) => ({ text: condition.text, value: inWords(condition.value?.(c) ?? "yes") }));
}

/** The message whose arrival, or loss, made the rule look. */
export function arrived(c: Context): Message {
  if (c.hop === undefined) throw new Error("a rule on a stimulus or timer has no arrived message");
  return c.hop.message;
}

/** Who sent the message that arrived. */
export function sender(c: Context): ParticipantId {
  if (c.hop === undefined) throw new Error("a rule on a stimulus or timer has no sender");
  return c.hop.from;
}

/** The transaction of the message that arrived: for a request the one it opens here. */
export function transactionOf(c: Context): HopName {
  return arrived(c).transaction ?? arrivedHop(c);
}

/** The name of the hop that arrived. */
export function arrivedHop(c: Context): HopName {
  if (c.hop === undefined) throw new Error("a rule on a stimulus or timer has no hop");
  return c.hop.name;
}
