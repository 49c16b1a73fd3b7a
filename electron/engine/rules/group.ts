import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { arrived, type Condition, type Context, type MessageDraft } from "../rule.ts";
import {
  calleeDialog,
  cancelTransaction,
  type Dialog,
  firstHop,
  isFailure,
  isSuccess,
  reply,
  sendInDialog,
} from "../sip.ts";

import { originalSession } from "./moved-session.ts";
import { silenceOf } from "./timers.ts";

/**
 * A group session as its controlling function remembers it, and the guards on it.
 */
export interface Group {
  readonly session: string;
  /** The originator's invitation; absent when the controlling function itself begins (a pre-defined group). */
  readonly origin?: {
    readonly request: Message;
    readonly dialog: Dialog;
    /** Its side stands: no release goes to it before (RFC 3261 §15). */
    readonly acknowledged?: true;
  };
  readonly state: "inviting" | "active" | "cancelled" | "ended";
  readonly invited: number;
  readonly pending: number;
  readonly members: number;
  readonly alerting: boolean;
  /** The best failure so far, by status. */
  readonly failure?: number;
}

/** Failures that say what would help; in the class 4xx they go before the others (RFC 3261 §16.7 step 6). */
const helpful: ReadonlySet<number> = new Set([401, 407, 415, 420, 484]);

function rank(status: number): number {
  // What this function has cancelled itself says nothing about the invitees.
  if (status === 487) return 7;
  if (status >= 600) return 0;
  return Math.floor(status / 100) - (helpful.has(status) ? 0.5 : 0);
}

/** The better of two failures; of equal ones the first. A lone 503 is not passed on as such. */
export function betterFailure(before: number | undefined, status: number): number {
  const own = status === 503 ? 500 : status;
  return before === undefined || rank(own) < rank(before) ? own : before;
}

/** The leg to one invitee. */
export interface Leg {
  readonly session: string;
  readonly user: string;
  readonly transaction: HopName;
  readonly call: string;
  readonly to: ParticipantId;
  readonly request: Message;
  readonly state: "sent" | "proceeding" | "cancelWait" | "cancelling" | "accepted" | "failed" | "released";
  readonly dialog?: Dialog;
}

export const groupOf = (c: Context, session: string | undefined): Group | undefined => c.get<Group>("group", session);

export function putGroup(c: Context, session: string, change: Partial<Group>): Group {
  const group = groupOf(c, session);
  if (group === undefined) throw new Error(`no group session ${session}`);
  const next = { ...group, ...change };
  c.put("group", session, next);
  return next;
}

export function putLeg(c: Context, leg: Leg): void {
  c.put("leg", `${leg.session}/${leg.call}`, leg);
}

/** The group session that the arrived message is about; a member's device may have taken it over from another. */
export const sessionOf = (c: Context): string => originalSession(c.topology, arrived(c).session ?? "");

export const knownGroup = (c: Context): Group | undefined => groupOf(c, sessionOf(c));

export function legOf(c: Context): Leg | undefined {
  return c.get<Leg>("leg", `${sessionOf(c)}/${arrived(c).call}`);
}

export function leg(c: Context): Leg {
  const found = legOf(c);
  if (found === undefined) throw new Error("no leg");
  return found;
}

export function group(c: Context): Group {
  const found = knownGroup(c);
  if (found === undefined) throw new Error("no group session");
  return found;
}

export const legsOf = (c: Context, session: string): readonly Leg[] =>
  c.list<Leg>("leg").filter((leg) => leg.session === session);

export const isLeg: Condition = {
  text: "it answers an invitation of this function",
  test: (c) => legOf(c) !== undefined,
};
export const success: Condition = { text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) };
export const failure: Condition = {
  text: "it is a refusal or another failure",
  test: (c) => isFailure(arrived(c)),
  value: (c) => String(arrived(c).status),
};
export const groupState = (text: string, ...states: Group["state"][]): Condition => ({
  text,
  test: (c) => states.includes(group(c).state),
  value: (c) => group(c).state,
});
export const hasOriginator: Condition = {
  text: "an originator waits for an answer",
  test: (c) => group(c).origin !== undefined,
};
export const legOpen: Condition = {
  text: "the invitee has not answered before",
  test: (c) => isOpenLeg(leg(c)),
  value: (c) => leg(c).state,
};
const isOpenLeg = ({ state }: Leg): boolean => state !== "accepted" && state !== "released" && state !== "failed";
const isGivenUp = ({ state }: Leg): boolean => state === "cancelWait" || state === "cancelling";
export const legWanted: Condition = {
  text: "the invitation has not been cancelled",
  test: (c) => !isGivenUp(leg(c)),
  value: (c) => leg(c).state,
};
export const lastAnswer: Condition = {
  text: "it is the last answer outstanding",
  test: (c) => group(c).pending === 1 && legOpen.test(c),
  value: (c) => `${group(c).pending} outstanding`,
};

export interface Invitee {
  readonly user: string;
  readonly replaces?: string;
}

export function inviteAll(
  c: Context,
  session: string,
  invitees: readonly Invitee[],
  media: readonly string[] | undefined,
  asked?: Message,
): void {
  c.put<Group>("group", session, {
    session,
    origin: asked === undefined ? undefined : { request: asked, dialog: calleeDialog(asked, c.me.id) },
    state: "inviting",
    invited: invitees.length,
    pending: invitees.length,
    members: 0,
    alerting: false,
  });
  let routed = 0;
  for (const invitee of invitees) {
    const draft: MessageDraft = {
      method: "INVITE",
      call: c.fresh(),
      session,
      from: { id: c.me.id, tag: c.me.id },
      to: { id: invitee.user },
      uri: { user: invitee.user },
      contact: c.me.id,
      media,
      replaces: invitee.replaces,
    };
    const to = firstHop(c, draft);
    if (to === undefined) {
      putGroup(c, session, { pending: (groupOf(c, session)?.pending ?? 1) - 1, failure: 480 });
      continue;
    }
    routed += 1;
    const transaction = c.send(to, draft);
    const request: Message = { name: "", kind: "request", class: "cpm", ...draft };
    putLeg(c, { session, user: invitee.user, transaction, call: draft.call ?? "", to, request, state: "sent" });
    c.arm("Timer_B", `${session}/${draft.call}`, silenceOf(c.topology, to));
  }
  if (routed > 0) c.arm("T_group", session);
  else refuseOriginator(c, session);
}

/** Nobody has accepted and nobody can any more: the originator, where one waits, hears the best failure. */
export function refuseOriginator(c: Context, session: string): void {
  const known = groupOf(c, session);
  if (known?.state === "inviting" && known.origin !== undefined)
    reply(c, known.origin.request, known.failure ?? 480, c.me.id);
  putGroup(c, session, { state: "ended" });
}

/** Notes that one invitee less is waited for; the last one stops the clock. */
export function oneLess(c: Context, session: string, change: Partial<Group> = {}): Group {
  const next = putGroup(c, session, { pending: (groupOf(c, session)?.pending ?? 1) - 1, ...change });
  if (next.pending === 0) c.disarm("T_group", session);
  return next;
}

export function invitationOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  const invitation = c.topology.invitations.get(what ?? "");
  return invitation?.from === c.me.id ? invitation : undefined;
}

export function stimulated(c: Context): Group | undefined {
  return c.choice.kind === "stimulate" ? groupOf(c, c.choice.what) : undefined;
}

export function cancelPending(c: Context, session: string, reason?: Message["reason"]): void {
  for (const l of legsOf(c, session)) {
    if (l.state === "proceeding") {
      cancelTransaction(c, l, l.request, reason);
      putLeg(c, { ...l, state: "cancelling" });
    } else if (l.state === "sent") putLeg(c, { ...l, state: "cancelWait" });
  }
}

export function bye(c: Context, l: Leg, reason?: Message["reason"]): void {
  if (l.dialog === undefined || l.state !== "accepted") return;
  sendInDialog(c, l.dialog, "BYE", { reason });
  putLeg(c, { ...l, state: "released" });
}
