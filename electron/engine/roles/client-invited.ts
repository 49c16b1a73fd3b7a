import { arrived, type Condition, type Context, type Rule, sender, transactionOf } from "../rule.ts";
import { type Call, callOfSession, heldCall, putCall } from "../rules/call.ts";
import { isInDialog, reply } from "../sip.ts";
import { accept, chosenCode } from "./client-answering.ts";

/** The invited client when an invitation arrives. */

const me = (c: Context) => {
  if (c.me.role !== "client") throw new Error("not a client");
  return c.me;
};

const newInvitation: Condition = { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) };

type Fit = "busy" | "media" | "noMatch" | "alreadyEnded" | "declined" | "auto" | "ring";

/** The code with which the user has the invitation of a session refused before it comes; undefined when the user has not said so. */
const declinedCode = (c: Context, session: string | undefined): number | undefined => c.get("declined", session);

/** The scenario's invitation of this client's user that the choice is about. */
const invitationMeant = (c: Context) => {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  const invitation = c.topology.invitations.get(what ?? "");
  return invitation?.to.some(({ user }) => user === me(c).user) === true ? invitation : undefined;
};

/** What an invited client does with a new invitation, the first that holds. */
function fit(c: Context): Fit {
  const { media = [], replaces } = arrived(c);
  if (me(c).busy === true) return "busy";
  if (media.some((m) => me(c).media !== undefined && !me(c).media?.includes(m))) return "media";
  if (replaces !== undefined) {
    const old = heldCall(c, replaces);
    if (old === undefined) return "noMatch";
    if (old.state === "ended" || old.state === "mortal") return "alreadyEnded";
  }
  if (me(c).answer !== "auto") return "ring";
  return declinedCode(c, arrived(c).session) === undefined ? "auto" : "declined";
}

const fits = (text: string, which: Fit, value?: (c: Context) => string): Condition => ({
  text,
  test: (c) => fit(c) === which,
  value,
});

function invited(c: Context, state: Call["state"]): Call {
  const request = arrived(c);
  return {
    id: request.call ?? transactionOf(c),
    session: request.session ?? request.call ?? "",
    side: "invited",
    state,
    peer: request.from?.id ?? sender(c),
    transaction: transactionOf(c),
    next: sender(c),
    invite: request,
    replaces: request.replaces,
  };
}

function refuse(c: Context, status: number): void {
  reply(c, arrived(c), status, c.me.id);
  const call = invited(c, "ended");
  c.put("call", call.id, call);
  c.put("invite", call.transaction, call.id);
}

const refusal = (
  id: string,
  which: Fit,
  title: string,
  clause: string,
  code: (c: Context) => number,
  why: string,
): Rule => ({
  id,
  role: "client",
  title,
  clause,
  on: ["request INVITE"],
  when: [newInvitation, fits(why, which)],
  act: (c) => refuse(c, code(c)),
  says: (c) => `${c.the(c.me.id)} refuses the ${arrived(c).name}: ${why}.`,
  summary: `A client refuses an invitation when ${why}.`,
});

export const invitedRules: readonly Rule[] = [
  refusal(
    "CL-BUSY",
    "busy",
    "Busy",
    "RFC 3261 §13.3.1.3",
    (c) => c.options.busyCode,
    "the client has no capacity left",
  ),
  refusal(
    "CL-MEDIA",
    "media",
    "Media not supported",
    "RFC 3261 §13.3.1.3",
    () => 488,
    "it offers media that the client does not support",
  ),
  refusal(
    "CL-REPLACE-UNKNOWN",
    "noMatch",
    "Nothing to replace",
    "RFC 3891 §3",
    () => 481,
    "the session to be replaced is not known to the client",
  ),
  refusal(
    "CL-REPLACE-ENDED",
    "alreadyEnded",
    "The replaced session has ended",
    "RFC 3891 §3",
    () => 603,
    "the session to be replaced has already ended",
  ),
  {
    id: "CL-DECLINE-AHEAD",
    role: "client",
    title: "The user decides to decline",
    clause: "inferred, for clients that accept by themselves; RFC 3261 §21.6.2",
    on: ["stimulus decline"],
    when: [
      { text: "the client accepts by itself", test: (c) => me(c).answer === "auto" },
      { text: "the user is invited in the scenario", test: (c) => invitationMeant(c) !== undefined },
      {
        text: "the invitation has not come yet",
        test: (c) => callOfSession(c, invitationMeant(c)?.id ?? "") === undefined,
      },
      {
        text: "the user has not declined already",
        test: (c) => declinedCode(c, invitationMeant(c)?.id) === undefined,
      },
    ],
    act: (c) => c.put("declined", invitationMeant(c)?.id, chosenCode(c)),
    says: (c) => `The user of ${c.the(c.me.id)} does not want the session.`,
    summary: "Where a client accepts by itself, its user may decide beforehand that it declines.",
  },
  refusal(
    "CL-AUTO-DECLINE",
    "declined",
    "Decline without ringing",
    "RFC 3261 §13.3.1.3, §21.6.2",
    (c) => declinedCode(c, arrived(c).session) ?? c.options.declineCode,
    "its user does not want the session",
  ),
  {
    id: "CL-AUTO",
    role: "client",
    title: "Accept without ringing",
    clause: "C.2.2.X steps 5–6; RFC 3261 §13.3.1.4",
    on: ["request INVITE"],
    when: [newInvitation, fits("the client accepts by itself", "auto")],
    act: (c) => accept(c, invited(c, "pre")),
    says: (c) =>
      arrived(c).replaces === undefined
        ? `${c.the(c.me.id)} responds with the ${c.called("INVITE", 200)}.`
        : `${c.the(c.me.id)} responds with the ${c.called("INVITE", 200)} and ends the session that is replaced.`,
    summary: "A client that accepts by itself answers an invitation with OK at once.",
  },
  {
    id: "CL-PRESENT",
    role: "client",
    title: "Present the invitation to the user",
    clause: "RFC 3261 §13.3.1.1",
    on: ["request INVITE"],
    when: [newInvitation, fits("the user decides", "ring")],
    act: (c) => {
      const call = invited(c, "pre");
      putCall(c, call);
      c.put("invite", call.transaction, call.id);
      c.arm("t_alert", call.id);
    },
    says: () => "",
    summary: "A client presents an invitation to its user before it answers.",
  },
];
