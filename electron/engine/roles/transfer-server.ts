import type { ParticipantId } from "../../../shared/run/choice.ts";
import { type Condition, type Context, type MessageDraft, type Rule, arrived } from "../rule.ts";
import { type Dialog, calleeDialog, firstHop, isFailure, isInDialog, reply } from "../sip.ts";
import { serverOf, terminatingService } from "../topology.ts";

/**
 * The server's part of a session transfer (5.2.5.1; domain model §4.7). Transferor and target may be served by one
 * participating function or by two; what two tell each other is not specified by the change request and is kept apart
 * as messages of the class `inner`.
 */
interface Transfer {
  readonly session: string;
  readonly transferor: ParticipantId;
  readonly target: ParticipantId;
  readonly transferee: ParticipantId;
  readonly state: "waitJoin" | "waitReplaced" | "waitRelease" | "transferred";
}

const forMe: Condition = {
  text: "it is addressed to this server",
  test: (c) => {
    const { uri } = arrived(c);
    return uri !== undefined && "participant" in uri && uri.participant === c.me.id;
  },
};
const event = (text: string, name: string): Condition => ({
  text,
  test: (c) => arrived(c).event === name,
  value: (c) => arrived(c).event ?? "none",
});

const inPath = (value: boolean): Condition => ({
  text: value ? "the server stays in the media path" : "the server is not in the media path",
  test: (c) => (c.options.transferMediaPath === "serverInPath") === value,
  value: (c) => c.options.transferMediaPath,
});

/** What the request asks for, with the parameters of the existing session. */
function asked(c: Context): Transfer | undefined {
  const { session = "", referTo } = arrived(c);
  const known = c.topology.scenario.transfers?.find((t) => t.session === session && t.to === referTo);
  const given = c.topology.scenario.sessions?.find((s) => s.id === session);
  if (known === undefined || referTo === undefined) return undefined;
  const far = given === undefined ? undefined : given.from === known.from ? given.to : given.from;
  return {
    session,
    transferor: known.from,
    target: referTo,
    transferee: far ?? farEnd(c, session, known.from) ?? "",
    state: "waitJoin",
  };
}

/** The far end of a session that was set up during the run. */
function farEnd(c: Context, session: string, near: ParticipantId): ParticipantId | undefined {
  const invitation = c.topology.scenario.invitations?.find((i) => i.id === session);
  if (invitation === undefined) return undefined;
  if (invitation.from !== near) return invitation.from;
  return c.topology.clients.get(invitation.to[0]?.user ?? "")?.[0]?.id;
}

function isAllowed(c: Context): boolean {
  const { session, referTo } = arrived(c);
  return c.topology.scenario.transfers?.find((t) => t.session === session && t.to === referTo)?.allowed !== false;
}

function isAvailable(c: Context): boolean {
  const target = c.topology.participants.get(arrived(c).referTo ?? "");
  return target?.role === "client" && target.registered !== false && target.reachable !== false;
}

const transferOf = (c: Context): Transfer | undefined => c.get<Transfer>(`transfer/${arrived(c).session}`);

function putTransfer(c: Context, transfer: Transfer): void {
  c.put(`transfer/${transfer.session}`, transfer);
}

/** A request of this server's own, outside any dialog, to one participant of its network or to another server. */
function tell(c: Context, method: "REFER" | "NOTIFY", name: string, to: ParticipantId, more: Partial<MessageDraft>): void {
  const draft: MessageDraft = {
    method,
    event: name,
    call: c.fresh(),
    from: { id: c.me.id, tag: c.me.id },
    to: { id: to },
    uri: { participant: to },
    served: [terminatingService(c.me.id)],
    ...more,
  };
  // Between the two servers of one transfer no path is specified: they are drawn as talking directly.
  const next = c.topology.participants.get(to)?.role === "participatingFunction" ? to : firstHop(c, draft);
  if (next !== undefined) c.send(next, draft);
}

function notifyTarget(c: Context, transfer: Transfer): void {
  const staysInPath = c.options.transferMediaPath === "serverInPath";
  putTransfer(c, transfer);
  tell(c, "REFER", staysInPath ? "join" : "replacement", transfer.target, {
    session: transfer.session,
    referTo: staysInPath ? c.me.id : transfer.transferee,
  });
}

function notifyTransferor(c: Context, transfer: Transfer): void {
  putTransfer(c, { ...transfer, state: "waitRelease" });
  if (c.options.transferMediaPath === "serverInPath") c.put(`release/${transfer.session}`, "anchored");
  tell(c, "NOTIFY", "release", transfer.transferor, { session: transfer.session });
}

const notice = (c: Context): string =>
  c.options.transferMediaPath === "serverInPath" ? "CPM Session Join Notification" : "CPM Session Replacement Notification";

const request = (...more: Condition[]): readonly Condition[] => [forMe, event("it asks for a transfer", "transfer"), ...more];
const known: Condition = { text: "the session and the target are known", test: (c) => asked(c) !== undefined };
const allowed: Condition = { text: "the transferor is allowed to transfer the session", test: isAllowed };
const available: Condition = { text: "the target is available", test: isAvailable, value: (c) => c.nameOf(arrived(c).referTo ?? "") };
const idle: Condition = { text: "no transfer of the session is under way", test: (c) => transferOf(c) === undefined };
const refused = (id: string, title: string, clause: string, code: number, why: string, when: readonly Condition[]): Rule => ({
  id,
  role: "participatingFunction",
  title,
  clause,
  on: ["request REFER"],
  when: request(...when),
  act: (c) => {
    reply(c, arrived(c), code, c.me.id);
  },
  says: (c) => `${c.the(c.me.id)} refuses the transfer: ${why}. The session is not touched.`,
  summary: `A transfer is refused when ${why}.`,
});
const not = (condition: Condition, text: string): Condition => ({ text, test: (c) => !condition.test(c) });

export const transferServerRules: readonly Rule[] = [
  refused("TS-UNKNOWN", "No such session", "domain model §4.7, inferred", 481, "the session or the target is not known", [
    not(known, "the session or the target is not known"),
  ]),
  refused("TS-DENIED", "The transfer is not allowed", "5.2.5.1.1, negative branch inferred", 403, "the transferor is not allowed to transfer the session", [
    known,
    not(allowed, "the transferor is not allowed to transfer the session"),
  ]),
  refused("TS-UNAVAILABLE", "The target is not available", "5.2.5.1.1, negative branch inferred", 480, "the target is not available", [
    known,
    allowed,
    not(available, "the target is not available"),
  ]),
  refused("TS-BUSY", "A transfer is under way", "domain model §4.7, inferred", 491, "a transfer of the session is under way", [
    known,
    allowed,
    available,
    not(idle, "a transfer of the session is under way"),
  ]),
  {
    id: "TS-ACCEPT",
    role: "participatingFunction",
    title: "Accept the transfer",
    clause: "5.2.5.1.1, 5.2.5.1.2: Accepted response",
    on: ["request REFER"],
    when: request(known, allowed, available, idle),
    act: (c) => {
      reply(c, arrived(c), 202, c.me.id);
    },
    says: (c) =>
      `${c.the(c.me.id)} performs the participating function control on behalf of the transferor. The transferor is allowed to transfer the CPM Session and ${c.the(arrived(c).referTo ?? "")} is available, so it sends the Accepted response.`,
    summary: "A transfer is accepted when the transferor is allowed to and the target is available.",
  },
  {
    id: "TS-NOTIFY-TARGET",
    role: "participatingFunction",
    title: "Direct the target to the session",
    clause: "5.2.5.1.1, 5.2.5.1.2: notification of the target",
    on: ["request REFER"],
    when: request(known, allowed, available, idle, { text: "this server serves the target too", test: (c) => serverOf(c.topology, arrived(c).referTo ?? "") === c.me.id }),
    act: (c) => {
      const transfer = asked(c);
      if (transfer !== undefined) notifyTarget(c, transfer);
    },
    says: (c) => `${c.the(c.me.id)} sends a ${notice(c)} to ${c.the(arrived(c).referTo ?? "")} through the SIP/IP Core.`,
    summary: "The server of the target directs it to take the session over.",
  },
  {
    id: "TS-HAND-OVER",
    role: "participatingFunction",
    title: "Tell the target's server",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["request REFER"],
    when: request(known, allowed, available, idle, {
      text: "another server serves the target",
      test: (c) => serverOf(c.topology, arrived(c).referTo ?? "") !== c.me.id,
      value: (c) => c.nameOf(serverOf(c.topology, arrived(c).referTo ?? "") ?? "nobody"),
    }),
    act: (c) => {
      const transfer = asked(c);
      const server = transfer === undefined ? undefined : serverOf(c.topology, transfer.target);
      if (transfer === undefined || server === undefined) return;
      putTransfer(c, transfer);
      tell(c, "REFER", "context", server, { session: transfer.session, referTo: transfer.target });
    },
    says: (c) => `${c.the(c.me.id)} lets the server of the target know; how is not specified.`,
    summary: "When the target is served by another server, that one has to learn of the transfer.",
  },
  {
    id: "TS-CONTEXT",
    role: "participatingFunction",
    title: "The target's server directs the target",
    clause: "5.2.5.1.1, 5.2.5.1.2: notification of the target",
    on: ["request REFER"],
    when: [forMe, event("another server hands a transfer over", "context"), known],
    act: (c) => {
      reply(c, arrived(c), 202, c.me.id);
      const transfer = asked(c);
      if (transfer !== undefined) notifyTarget(c, transfer);
    },
    says: (c) => `${c.the(c.me.id)} sends a ${notice(c)} to ${c.the(arrived(c).referTo ?? "")} through the SIP/IP Core.`,
    summary: "The server of the target directs it to take the session over.",
  },
  {
    id: "TS-DIRECTED",
    role: "participatingFunction",
    title: "The target has been directed",
    clause: "RFC 3515 §2.4.2",
    on: ["response REFER"],
    when: [{ text: "it answers this server", test: (c) => (arrived(c).via?.length ?? 0) === 1 }, { text: "it agrees", test: (c) => !isFailure(arrived(c)) }],
    act: () => {},
    says: () => "",
    summary: "The target's answer to the notification goes no further.",
  },
  {
    id: "TS-TARGET-DECLINES",
    role: "participatingFunction",
    title: "The target declines",
    clause: "inferred (domain model G22)",
    on: ["response REFER"],
    when: [{ text: "it answers this server", test: (c) => (arrived(c).via?.length ?? 0) === 1 }, { text: "it declines", test: (c) => isFailure(arrived(c)) }, { text: "a transfer waits for it", test: (c) => transferOf(c)?.state === "waitJoin" }],
    act: (c) => {
      const transfer = transferOf(c);
      c.put(`transfer/${arrived(c).session}`, undefined);
      if (transfer !== undefined) tell(c, "NOTIFY", "failure", transfer.transferor, { session: transfer.session });
    },
    says: (c) => `The target does not take the session over; ${c.the(c.me.id)} tells the transferor, whose session goes on.`,
    summary: "When the target declines, the transferor is told and its session goes on.",
  },
  {
    id: "TS-JOIN",
    role: "participatingFunction",
    title: "Establish the session with the target",
    clause: "5.2.5.1.1: invitation from the target",
    on: ["request INVITE"],
    when: [forMe, { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) }, inPath(true), { text: "a transfer of the session waits for the target", test: (c) => waiting(c) !== undefined, value: (c) => arrived(c).joins ?? "none" }],
    act: (c) => {
      const transfer = waiting(c);
      reply(c, arrived(c), 200, c.me.id, { contact: c.me.id });
      if (transfer === undefined) return;
      c.put<Dialog>(`joined/${arrived(c).call}`, calleeDialog(arrived(c), c.me.id));
      putTransfer(c, { ...transfer, state: "waitReplaced" });
    },
    says: (c) =>
      `${c.the(c.me.id)} performs the participating function control on behalf of the target and establishes the CPM Session with ${c.the(arrived(c).from?.id ?? "")}.`,
    summary: "A server that stays in the media path answers the target's invitation itself.",
  },
  {
    id: "TS-JOIN-UNKNOWN",
    role: "participatingFunction",
    title: "An invitation that joins nothing",
    clause: "RFC 3891 §3; inferred",
    on: ["request INVITE"],
    when: [forMe, { text: "the invitation is a new one", test: (c) => !isInDialog(arrived(c)) }, { text: "no transfer waits for it", test: (c) => waiting(c) === undefined }],
    act: (c) => {
      reply(c, arrived(c), 481, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} knows of no transfer that waits for this invitation and refuses it.`,
    summary: "An invitation to the server that belongs to no transfer is refused.",
  },
  {
    id: "TS-JOINED",
    role: "participatingFunction",
    title: "The target acknowledges",
    clause: "RFC 3261 §13.2.2.4",
    on: ["request ACK"],
    when: [{ text: "it acknowledges the session with the target", test: (c) => c.get(`joined/${arrived(c).call}`) !== undefined }],
    act: () => {},
    says: (c) => `The CPM Session with the target is established; ${c.the(c.me.id)} remains in the media path.`,
    summary: "With the acknowledgement the session with the target stands; the server remains in the media path.",
  },
  {
    id: "TS-REPLACED",
    role: "participatingFunction",
    title: "Tell the transferor to release",
    clause: "5.2.5.1.1, 5.2.5.1.2: Release Notification",
    on: ["request NOTIFY"],
    when: [forMe, event("the target has replaced the session", "replaced"), { text: "this server serves the transferor", test: (c) => servesTransferor(c) }],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      if (transfer !== undefined) notifyTransferor(c, transfer);
    },
    says: (c) => `${c.the(c.me.id)} sends a CPM Session Release Notification to ${c.the(transferOf(c)?.transferor ?? "")}.`,
    summary: "When the session has been replaced, the transferor is told to release its own.",
  },
  {
    id: "TS-REPLACED-HAND-OVER",
    role: "participatingFunction",
    title: "Tell the transferor's server",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["request NOTIFY"],
    when: [forMe, event("the target has replaced the session", "replaced"), { text: "another server serves the transferor", test: (c) => transferOf(c) !== undefined && !servesTransferor(c) }],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      const server = transfer === undefined ? undefined : serverOf(c.topology, transfer.transferor);
      if (transfer === undefined || server === undefined) return;
      putTransfer(c, { ...transfer, state: "transferred" });
      tell(c, "NOTIFY", "context", server, { session: transfer.session });
    },
    says: (c) => `${c.the(c.me.id)} lets the server of the transferor know; how is not specified.`,
    summary: "When the transferor is served by another server, that one has to learn that the session is replaced.",
  },
  {
    id: "TS-RELEASE-NOTE",
    role: "participatingFunction",
    title: "The transferor's server tells it to release",
    clause: "5.2.5.1.1, 5.2.5.1.2: Release Notification",
    on: ["request NOTIFY"],
    when: [forMe, event("another server tells that the session is replaced", "context"), { text: "a transfer of the session is under way", test: (c) => transferOf(c) !== undefined }],
    act: (c) => {
      reply(c, arrived(c), 200, c.me.id);
      const transfer = transferOf(c);
      if (transfer !== undefined) notifyTransferor(c, transfer);
    },
    says: (c) => `${c.the(c.me.id)} sends a CPM Session Release Notification to ${c.the(transferOf(c)?.transferor ?? "")}.`,
    summary: "When the session has been replaced, the transferor is told to release its own.",
  },
  {
    id: "TS-NOTIFIED",
    role: "participatingFunction",
    title: "A notification is confirmed",
    clause: "RFC 6665 §4.1.2",
    on: ["response NOTIFY"],
    when: [{ text: "it answers this server", test: (c) => (arrived(c).via?.length ?? 0) === 1 }],
    act: () => {},
    says: () => "",
    summary: "The confirmation of a notification goes no further.",
  },
  {
    id: "TS-RELEASE",
    role: "participatingFunction",
    title: "Release the transferor's session only",
    clause: "5.2.5.1.1: release by the server",
    on: ["request BYE"],
    when: [
      { text: "the session has been transferred with the server in the media path", test: (c) => c.get(`release/${arrived(c).session}`) === "anchored" },
      { text: "the release comes from the transferor", test: (c) => arrived(c).from?.id === transferOf(c)?.transferor || arrived(c).from?.tag === transferOf(c)?.transferor },
    ],
    act: (c) => {
      reply(c, arrived(c), 200);
      const transfer = transferOf(c);
      if (transfer !== undefined) putTransfer(c, { ...transfer, state: "transferred" });
      c.put(`release/${arrived(c).session}`, undefined);
    },
    says: (c) =>
      `${c.the(c.me.id)} performs the participating function control and releases the session with the transferor; the transferee's leg stays up.`,
    summary: "With the server in the media path only the transferor's leg ends; the transferee's stays up.",
  },
];

function waiting(c: Context): Transfer | undefined {
  const transfer = c.get<Transfer>(`transfer/${arrived(c).joins}`);
  return transfer?.state === "waitJoin" && transfer.target === arrived(c).from?.id ? transfer : undefined;
}

function servesTransferor(c: Context): boolean {
  const transfer = transferOf(c);
  return transfer !== undefined && serverOf(c.topology, transfer.transferor) === c.me.id;
}
