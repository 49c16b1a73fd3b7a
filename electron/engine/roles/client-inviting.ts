import { absorbing, arrived, type Context, type MessageDraft, type Rule } from "../rule.ts";
import {
  type Call,
  callOf,
  callOfSession,
  inState,
  invitationDraft,
  invite,
  ownCall,
  putCall,
  release,
  side,
} from "../rules/call.ts";
import {
  acknowledgeFailure,
  answeredElsewhere,
  callerDialog,
  cancelTransaction,
  type Dialog,
  isFailure,
  isProvisional,
  isSuccess,
  sendInDialog,
} from "../sip.ts";
import { listNames, userName, withIndefinite } from "../words.ts";

/** The inviting client. */

function invitationOf(c: Context) {
  const what = c.choice.kind === "stimulate" ? c.choice.what : undefined;
  const invitation = c.topology.invitations.get(what ?? "");
  return invitation?.from === c.me.id ? invitation : undefined;
}

function inviteDraft(c: Context): MessageDraft | undefined {
  const invitation = invitationOf(c);
  return invitation && invitationDraft(invitation, c.fresh());
}

function acknowledge(c: Context, call: Call): Dialog {
  const dialog = callerDialog(arrived(c));
  sendInDialog(c, dialog, "ACK");
  c.disarm("Timer_B", call.id);
  return dialog;
}

export const invitingRules: readonly Rule[] = [
  {
    id: "CL-INVITE",
    role: "client",
    title: "The user invites",
    clause: "C.2.2.X step 1; RFC 3261 §13.2.1",
    on: ["stimulus invite"],
    when: [
      { text: "the invitation is one of the scenario's", test: (c) => invitationOf(c) !== undefined },
      { text: "it has not been sent before", test: (c) => callOfSession(c, invitationOf(c)?.id ?? "") === undefined },
    ],
    act: (c) => {
      const draft = inviteDraft(c);
      if (draft !== undefined) invite(c, draft);
    },
    says: (c) => {
      const invitation = invitationOf(c);
      const users = (invitation?.to ?? []).map((t) => userName(c, t.user));
      const replaced = (invitation?.to ?? []).filter((t) => t.replaces !== undefined).map((t) => userName(c, t.user));
      if (invitation?.focus === undefined)
        return `${c.the(c.me.id)} sends ${withIndefinite(c.called("INVITE"))} for ${users[0] ?? "the user"}.`;
      const replace =
        replaced.length === 0
          ? ""
          : ` It indicates that the new session replaces the existing one with ${listNames(replaced)}.`;
      return `${c.the(c.me.id)} sends ${withIndefinite(c.called("INVITE"))} towards ${c.the(invitation.focus)} with the list of the users to invite: ${users.join(", ")}.${replace}`;
    },
    summary: "A client invites a user, or asks a controlling function to invite a list of users.",
  },
  {
    id: "CL-RINGBACK",
    role: "client",
    title: "The other side is alerted",
    clause: "RFC 3261 §13.2.2.1",
    on: ["response INVITE"],
    when: [
      { text: "it is provisional", test: (c) => isProvisional(arrived(c)), value: (c) => String(arrived(c).status) },
      inState("no final response has come", "calling", "proceeding", "cancelPending"),
    ],
    act: (c) => {
      const call = ownCall(c);
      c.disarm("Timer_B", call.id);
      if (call.state === "cancelPending") {
        cancelTransaction(c, { transaction: call.transaction, to: call.next }, call.invite);
        putCall(c, { ...call, state: "cancelling" });
      } else putCall(c, { ...call, state: "proceeding" });
    },
    says: () => "",
    summary:
      "A provisional response shows that the invitation is on its way; a cancellation that waited for it goes out.",
  },
  absorbing({
    id: "CL-LATE-PROVISIONAL",
    role: "client",
    title: "A provisional response comes late",
    clause: "RFC 3261 §17.1.1.2",
    on: ["response INVITE"],
    when: [
      { text: "it is provisional", test: (c) => isProvisional(arrived(c)), value: (c) => String(arrived(c).status) },
      inState(
        "the invitation has been answered, or is being cancelled",
        "cancelling",
        "established",
        "mortal",
        "ended",
      ),
    ],
    summary: "A provisional response that is overtaken by a final one has no effect.",
  }),
  {
    id: "CL-ESTABLISH",
    role: "client",
    title: "Acknowledge the acceptance",
    clause: "RFC 3261 §13.2.2.4",
    on: ["response INVITE"],
    when: [
      { text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) },
      inState("no other has been acknowledged", "calling", "proceeding"),
    ],
    act: (c) => {
      const call = ownCall(c);
      const dialog = acknowledge(c, call);
      putCall(c, { ...call, state: "established", dialog });
      c.tell("sessionEstablished", `session ${call.session} established at ${c.nameOf(c.me.id)}`);
    },
    says: (c) => `${c.the(c.me.id)} acknowledges the acceptance; the session is established.`,
    summary: "The inviting client acknowledges the first acceptance; the session is established.",
  },
  {
    id: "CL-SECOND",
    role: "client",
    title: "Release a second acceptance",
    clause: "RFC 3261 §13.2.2.4; RFC 5407 App. E",
    on: ["response INVITE"],
    when: [
      { text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) },
      inState("another has been acknowledged", "established", "mortal", "ended"),
    ],
    act: (c) => {
      const dialog = acknowledge(c, ownCall(c));
      sendInDialog(c, dialog, "BYE", { reason: answeredElsewhere });
    },
    says: (c) => `${c.the(c.me.id)} already has its session: it acknowledges this acceptance and releases it.`,
    summary: "Every further acceptance is acknowledged and released.",
  },
  {
    id: "CL-CROSSED",
    role: "client",
    title: "The acceptance crosses the cancellation",
    clause: "RFC 5407 §3.1.2",
    on: ["response INVITE"],
    when: [
      { text: "it is an acceptance", test: (c) => isSuccess(arrived(c)) },
      inState("the user has given up", "cancelPending", "cancelling"),
    ],
    act: (c) => {
      const call = ownCall(c);
      const dialog = acknowledge(c, call);
      release(c, { ...call, dialog });
    },
    says: (c) =>
      `${c.the(c.me.id)} has given up already: it acknowledges the acceptance and releases the session at once.`,
    summary: "An acceptance that crosses the cancellation is acknowledged and released.",
  },
  {
    id: "CL-AUTHENTICATE",
    role: "client",
    title: "Answer a challenge",
    clause: "RFC 3261 §22.2; RFC 3665 §3.2",
    on: ["response INVITE"],
    when: [
      { text: "credentials are asked for", test: (c) => arrived(c).status === 407 },
      { text: "none were given", test: (c) => ownCall(c).invite.authorization !== true },
    ],
    act: (c) => {
      const call = ownCall(c);
      acknowledgeFailure(c, arrived(c));
      const { name: _n, kind: _k, class: _c, transaction: _t, ...draft } = call.invite;
      invite(c, { ...draft, authorization: true });
    },
    says: (c) => `${c.the(c.me.id)} invites again, with credentials.`,
    summary: "A challenged client acknowledges the challenge and invites again with credentials.",
  },
  {
    id: "CL-REFUSED",
    role: "client",
    title: "The invitation is refused",
    clause: "RFC 3261 §13.2.2.3, §17.1.1.3",
    on: ["response INVITE"],
    when: [
      {
        text: "it is a refusal or another failure",
        test: (c) => isFailure(arrived(c)),
        value: (c) => String(arrived(c).status),
      },
      {
        text: "it is not a challenge that can be answered",
        test: (c) => arrived(c).status !== 407 || callOf(c)?.invite.authorization === true,
      },
    ],
    act: (c) => {
      acknowledgeFailure(c, arrived(c));
      const call = callOf(c);
      if (call === undefined) return;
      c.disarm("Timer_B", call.id);
      if (call.state !== "established" && call.state !== "mortal") putCall(c, { ...call, state: "ended" });
    },
    says: (c) => `The invitation has failed; ${c.the(c.me.id)} acknowledges the response.`,
    summary: "A refusal is acknowledged and ends the attempt.",
  },
  {
    id: "CL-GIVE-UP",
    role: "client",
    title: "The user gives up",
    clause: "RFC 3261 §9.1",
    on: ["stimulus cancel"],
    when: [side("inviting"), inState("the invitation is open", "calling", "proceeding")],
    act: (c) => {
      const call = ownCall(c);
      if (call.state === "calling") {
        putCall(c, { ...call, state: "cancelPending" });
        return;
      }
      cancelTransaction(c, { transaction: call.transaction, to: call.next }, call.invite);
      putCall(c, { ...call, state: "cancelling" });
    },
    says: (c) => `The user gives up; ${c.the(c.me.id)} cancels the invitation.`,
    summary: "A user who gives up has the invitation cancelled, not before a provisional response has come.",
  },
  absorbing({
    id: "CL-CANCEL-CONFIRMED",
    role: "client",
    title: "The cancellation is confirmed",
    clause: "RFC 3261 §9.1",
    on: ["response CANCEL"],
    when: [],
    summary: "The confirmation of a cancellation does not yet mean that the invitation has ended.",
  }),
  {
    id: "CL-TIMEOUT",
    role: "client",
    title: "No response at all",
    clause: "RFC 3261 §17.1.1.2, Timer B",
    on: ["timer Timer_B"],
    when: [inState("nothing has come back, or nothing that ends it", "calling", "cancelPending", "cancelling")],
    act: (c) => putCall(c, { ...ownCall(c), state: "ended" }),
    says: (c) => `Nothing has come back; ${c.the(c.me.id)} gives the invitation up.`,
    summary: "An invitation to which nothing at all comes back within 64*T1 has failed.",
  },
];
