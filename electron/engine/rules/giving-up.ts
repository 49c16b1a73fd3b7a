import type { Role } from "../../../shared/flow/flow.ts";
import type { Message } from "../../../shared/run/run.ts";
import { arrived, type Condition, type Context, type Rule, transactionOf } from "../rule.ts";
import { hasBeenSentAgain } from "./resending.ts";
import { durationOf } from "./timers.ts";

/**
 * What becomes of a transaction when neither the request nor its answer gets through for 64*T1: the element that waits
 * takes it as a 408 (RFC 3261 §8.1.3.1, §16.7, §17.1.2.2) and, where it only passes requests on, says so to where the
 * request came from. Of an INVITE that was cancelled the same holds for the final response (§9.1).
 */

/** An INVITE of an element's own, or that it passed on, as the element knows it. */
export interface Invited {
  /** The key under which Timer B watches over it. */
  readonly key: string;
  readonly isCancelling: boolean;
}

/** What differs from role to role. */
export interface GivingUp {
  readonly role: Role;
  readonly prefix: string;
  /** The INVITE to which a response, or the answer to its CANCEL, belongs. */
  readonly invited: (c: Context, response: Message) => Invited | undefined;
  /** Ends what a request of the element's own was about. */
  readonly end?: (c: Context, answer: Message) => void;
}

const isRequestWithin: Condition = {
  text: "it belongs to a request other than INVITE",
  test: (c) => arrived(c).method !== "INVITE" && arrived(c).method !== "ACK" && arrived(c).method !== "SEND",
  value: (c) => arrived(c).method ?? "none",
};
const isGivenUp: Condition = { text: "it is not sent again any more", test: hasBeenSentAgain };
const belongsToInvite: Condition = {
  text: "it is the final response to an INVITE",
  test: (c) => arrived(c).method === "INVITE",
};

const keyOf = (c: Context): string => `${transactionOf(c)} ${arrived(c).method}`;

/** What is left of 64*T1 after the last attempt. */
const rest = ({ topology }: Context): number =>
  Math.max(0, durationOf(topology, "Timer_F") - 63 * durationOf(topology, "Timer_A"));

/** The 408 that stands for the answer which never came. */
const timedOut = (message: Message): Message => ({ ...message, status: 408, again: undefined });

/** Tells the element from which the request came; a request of this element's own came from nowhere. */
function tellUpstream(c: Context, { method, call, session, event, from, to, via = [] }: Message): boolean {
  const [, ...before] = via;
  const back = before[0];
  if (back === undefined) return false;
  c.send(back.by, { method, status: 408, call, session, event, from, to, via: before, transaction: back.branch });
  return true;
}

const isUnheard = (c: Context, { transaction }: Message): boolean => c.get("unheard", transaction) !== undefined;

/** The rules by which an element of one role gives up what does not get through. */
export function givingUpRules({ role, prefix, invited, end = () => {} }: GivingUp): readonly Rule[] {
  const awaitEnd = (c: Context, response: Message): void => {
    const own = invited(c, response);
    if (own?.isCancelling === true) c.arm("Timer_B", own.key);
    else if (response.method === "INVITE") c.put("unheard", response.transaction, true);
  };
  return [
    {
      id: `${prefix}-UNANSWERED`,
      role,
      title: "Neither a request nor its answer gets through",
      clause: "RFC 3261 §17.1.2.2",
      on: ["lost", "unheard"],
      when: [isRequestWithin, isGivenUp],
      act: (c) => {
        c.put<Message>("unanswered", keyOf(c), timedOut(arrived(c)));
        c.arm("Timer_F", keyOf(c), rest(c));
      },
      says: () => "",
      summary: "A request to which nothing comes back is waited for no longer than 64*T1.",
    },
    {
      id: `${prefix}-TIMED-OUT`,
      role,
      title: "Give a request up",
      clause: "RFC 3261 §8.1.3.1, §16.7, §17.1.2.2, Timer F",
      on: ["timer Timer_F"],
      when: [],
      act: (c) => {
        const answer = c.get<Message>("unanswered", c.timer?.key);
        c.put("unanswered", c.timer?.key, undefined);
        if (answer === undefined || tellUpstream(c, answer)) return;
        end(c, answer);
        if (answer.method === "CANCEL" && isUnheard(c, answer)) awaitEnd(c, answer);
      },
      says: (c) => `No answer has reached ${c.the(c.me.id)}, which takes the request for timed out.`,
      summary: "A request without an answer counts as answered 408; an element that passed it on says so upstream.",
    },
    {
      id: `${prefix}-UNHEARD`,
      role,
      title: "The final response to an INVITE does not get through",
      clause: "RFC 3261 §9.1, §17.2.1",
      on: ["unheard"],
      when: [belongsToInvite],
      act: (c) => awaitEnd(c, arrived(c)),
      says: () => "",
      summary: "An INVITE whose final response does not get through stays open until it is cancelled or times out.",
    },
    {
      id: `${prefix}-CANCEL-UNANSWERED`,
      role,
      title: "A cancelled invitation has no answer left",
      clause: "RFC 3261 §9.1",
      on: ["response CANCEL"],
      when: [
        { text: "the final response to the invitation has not got through", test: (c) => isUnheard(c, arrived(c)) },
      ],
      act: (c) => awaitEnd(c, arrived(c)),
      says: () => "",
      summary: "A cancelled invitation to which no final response comes counts as cancelled after 64*T1.",
    },
  ];
}
