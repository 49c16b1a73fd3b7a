import type { ParticipantId } from "../../../shared/run/choice.ts";
import { arrived, type Condition, type Context, type MessageDraft } from "../rule.ts";
import { type Dialog, firstHop, sendInDialog } from "../sip.ts";
import { serverOf, terminatingService } from "../topology.ts";
import { refusalCode } from "./policy.ts";

/**
 * A session transfer as the participating function remembers it (domain model §4.7), and the guards on it.
 */
export interface Transfer {
  readonly session: string;
  readonly transferor: ParticipantId;
  readonly target: ParticipantId;
  readonly transferee: ParticipantId;
  readonly state: "waitJoin" | "waitTransferee" | "waitReplaced" | "waitRelease" | "transferred";
  /** The session with the target, where this server has established one itself. */
  readonly joined?: Dialog;
}

export const forMe: Condition = {
  text: "it is addressed to this server",
  test: (c) => {
    const { uri } = arrived(c);
    return uri !== undefined && "participant" in uri && uri.participant === c.me.id;
  },
};
export const event = (text: string, name: string): Condition => ({
  text,
  test: (c) => arrived(c).event === name,
  value: (c) => arrived(c).event ?? "none",
});

export const inPath = (value: boolean): Condition => ({
  text: value ? "the server stays in the media path" : "the server is not in the media path",
  test: (c) => (c.options.transferMediaPath === "serverInPath") === value,
  value: (c) => c.options.transferMediaPath,
});

/** What the request asks for, with the parameters of the existing session. */
export function asked(c: Context): Transfer | undefined {
  const { session = "", referTo } = arrived(c);
  const known = c.topology.scenario.transfers?.find((t) => t.session === session && t.to === referTo);
  const given = c.topology.scenario.sessions?.find((s) => s.id === session);
  if (known === undefined || referTo === undefined || isOver(c, session)) return undefined;
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
export function farEnd(c: Context, session: string, near: ParticipantId): ParticipantId | undefined {
  const invitation = c.topology.invitations.get(session);
  if (invitation === undefined) return undefined;
  if (invitation.from !== near) return invitation.from;
  return c.topology.clients.get(invitation.to[0]?.user ?? "")?.[0]?.id;
}

export function isAllowed(c: Context): boolean {
  const { session, referTo } = arrived(c);
  const asked = c.topology.scenario.transfers?.find((t) => t.session === session && t.to === referTo);
  return asked?.allowed !== false && (refusalCode(c) ?? UNAVAILABLE) === UNAVAILABLE;
}

/** With this code an operator does not forbid a transfer, but says that the target is not available. */
const UNAVAILABLE = 480;

export function isAvailable(c: Context): boolean {
  const target = c.topology.participants.get(arrived(c).referTo ?? "");
  if (refusalCode(c) === UNAVAILABLE) return false;
  return target?.role === "client" && target.registered !== false && target.reachable !== false;
}

export const transferOf = (c: Context): Transfer | undefined => c.get<Transfer>("transfer", arrived(c).session);

/** An invitation by which a client of this server takes over a session whose transfer is not, or no longer, under way. */
export function isStray(c: Context): boolean {
  const { joins, from } = arrived(c);
  return joins !== undefined && serverOf(c.topology, from?.id ?? "") === c.me.id && waiting(c) === undefined;
}

/** The session has been released before the transfer was asked for. */
function isOver(c: Context, session: string): boolean {
  return c.get("over", session) !== undefined;
}

const guards = ["T_join", "T_replaced", "T_release"] as const;

/** Ends a transfer at this server: nothing waits for it any more. */
export function forget(c: Context, transfer: Transfer): void {
  c.put("transfer", transfer.session, undefined);
  for (const timer of guards) c.disarm(timer, transfer.session);
}

/** Waits for the next step of the transfer, and no longer than the guarding timer runs. */
export function wait(c: Context, transfer: Transfer, timer: (typeof guards)[number] | undefined): void {
  putTransfer(c, transfer);
  for (const other of guards) if (other !== timer) c.disarm(other, transfer.session);
  if (timer !== undefined) c.arm(timer, transfer.session);
}

/** The session that this server has accepted from a target. */
export interface Joined {
  readonly dialog: Dialog;
  readonly session: string;
  readonly acknowledged?: true;
  /** It is not wanted any more: released as soon as it is acknowledged. */
  readonly endPending?: true;
}

/** Releases the target's session, not before its acceptance has been acknowledged (RFC 3261 §15). */
export function releaseTarget(c: Context, dialog: Dialog | undefined): void {
  const joined = c.get<Joined>("joined", dialog?.call);
  if (joined === undefined) return;
  if (joined.acknowledged === true) sendInDialog(c, joined.dialog, "BYE");
  else c.put<Joined>("joined", joined.dialog.call, { ...joined, endPending: true });
}

/** Gives a transfer up: the target's session ends, the transferor is told, and its own session goes on. */
export function abandon(c: Context, transfer: Transfer): void {
  forget(c, transfer);
  releaseTarget(c, transfer.joined);
  const server = serverOf(c.topology, transfer.transferor);
  if (server === c.me.id) tell(c, "NOTIFY", "failure", transfer.transferor, { session: transfer.session });
  else if (server !== undefined) tell(c, "NOTIFY", "abandoned", server, { session: transfer.session });
}

export function putTransfer(c: Context, transfer: Transfer): void {
  c.put("transfer", transfer.session, transfer);
}

/** A request of this server's own, outside any dialog, to one participant of its network or to another server. */
export function tell(
  c: Context,
  method: "REFER" | "NOTIFY",
  name: string,
  to: ParticipantId,
  more: Partial<MessageDraft>,
): void {
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

export function notifyTarget(c: Context, transfer: Transfer): void {
  const staysInPath = c.options.transferMediaPath === "serverInPath";
  wait(c, transfer, "T_join");
  tell(c, "REFER", staysInPath ? "join" : "replacement", transfer.target, {
    session: transfer.session,
    referTo: staysInPath ? c.me.id : transfer.transferee,
  });
}

export function notifyTransferor(c: Context, transfer: Transfer): void {
  wait(c, { ...transfer, state: "waitRelease" }, "T_release");
  if (c.options.transferMediaPath === "serverInPath") c.put("release", transfer.session, "anchored");
  tell(c, "NOTIFY", "release", transfer.transferor, { session: transfer.session });
}

export const notice = (c: Context): string =>
  c.options.transferMediaPath === "serverInPath"
    ? "CPM Session Join Notification"
    : "CPM Session Replacement Notification";

export const request = (...more: Condition[]): readonly Condition[] => [
  forMe,
  event("it asks for a transfer", "transfer"),
  ...more,
];
export const known: Condition = { text: "the session and the target are known", test: (c) => asked(c) !== undefined };
export const allowed: Condition = { text: "the transferor is allowed to transfer the session", test: isAllowed };
export const available: Condition = {
  text: "the target is available",
  test: isAvailable,
  value: (c) => c.nameOf(arrived(c).referTo ?? ""),
};
export const idle: Condition = {
  text: "no transfer of the session is under way",
  test: (c) => transferOf(c) === undefined,
};
export function waiting(c: Context): Transfer | undefined {
  const transfer = c.get<Transfer>("transfer", arrived(c).joins);
  return transfer?.state === "waitJoin" && transfer.target === arrived(c).from?.id ? transfer : undefined;
}

export function servesTransferor(c: Context): boolean {
  const transfer = transferOf(c);
  return transfer !== undefined && serverOf(c.topology, transfer.transferor) === c.me.id;
}
