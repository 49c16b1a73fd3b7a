import type { ParticipantId } from "../../../shared/run/choice.ts";
import { arrived, type Condition, type Context, type MessageDraft } from "../rule.ts";
import { type Dialog, firstHop, sendInDialog } from "../sip.ts";
import { requesterOf, serverOf, terminatingService } from "../topology.ts";
import type { Bridge } from "./bridge.ts";
import { cancelBranch, changeContext, isPending, type ResponseContext } from "./context.ts";
import { movedSession, originalSession, sessionBefore } from "./moved-session.ts";
import { plannedTransfer, refusalCode } from "./policy.ts";

/**
 * A session transfer as the participating function remembers it, and the guards on it.
 */
export interface Transfer {
  readonly session: string;
  readonly transferor: ParticipantId;
  /** Who has asked for it and hears when it fails: the transferor, unless the target has. */
  readonly requester: ParticipantId;
  readonly target: ParticipantId;
  readonly transferee: ParticipantId;
  readonly state: "waitJoin" | "waitTransferee" | "waitReplaced" | "waitRelease" | "transferred";
  /** The session with the target, where this server has established one itself. */
  readonly joined?: Dialog;
  /** The session with the transferor, where this server keeps that one itself: it came by a transfer before this one. */
  readonly left?: Dialog;
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

/** The transferor has been told to release: the session is the target's. */
export const replaced = (transfer: Transfer | undefined): boolean =>
  transfer?.state === "waitRelease" || transfer?.state === "transferred";

/** The transfer whose target's session the arrived message belongs to. */
export const joinedTransfer = (c: Context): Transfer | undefined =>
  c.list<Transfer>("transfer").find(({ joined }) => joined !== undefined && joined.call === arrived(c).call);

export const isReplaced: Condition = {
  text: "the session has been replaced by the target's",
  test: (c) => replaced(transferOf(c)),
  value: (c) => transferOf(c)?.state ?? "none",
};

/** The transferee's leg of a session that was transferred, where this server has it. */
export function transfereeLeg(c: Context, { session, transferor }: Transfer) {
  const bridge = c.list<Bridge>("bridge").find((b) => b.session === session && b.state === "established");
  if (bridge === undefined) return undefined;
  return { bridge, dialog: bridge.inviting.target === transferor ? bridge.invited : bridge.inviting };
}

export const inPath = (value: boolean): Condition => ({
  text: value ? "the server stays in the media path" : "the server is not in the media path",
  test: (c) => (c.options.transferMediaPath === "serverInPath") === value,
  value: (c) => c.options.transferMediaPath,
});

/** What the request asks for, with the parameters of the existing session. */
export function asked(c: Context): Transfer | undefined {
  const { session: named = "", referTo } = arrived(c);
  const known = plannedTransfer(c);
  if (known === undefined || referTo === undefined) return undefined;
  const isFetched = arrived(c).event === "transfer" && known.requestedBy === "target";
  const session = isFetched ? heldBy(c, known.from, named) : named;
  if (session === undefined || isOver(c, session)) return undefined;
  return {
    session,
    transferor: known.from,
    requester: requesterOf(known),
    target: referTo,
    transferee: arrived(c).transferee ?? farEnd(c, session, known.from) ?? "",
    state: "waitJoin",
  };
}

/** What the session of the scenario has become that is up and on `holder`, as far as this server knows. */
function heldBy(c: Context, holder: ParticipantId, session: string): string | undefined {
  const done = c.get<Transfer>("transfer", session);
  if (replaced(done)) return done?.target === holder ? movedSession(session) : heldBy(c, holder, movedSession(session));
  const given = c.topology.scenario.sessions?.find((s) => s.id === session);
  if (given !== undefined) return given.from === holder || given.to === holder ? session : undefined;
  // A session of an invitation is up once that has been accepted, on the device that has accepted or invited.
  const isUp = c
    .list<ResponseContext>("context")
    .some(
      ({ request, state, winner }) =>
        request.session === session && state === "answered" && (request.from?.id === holder || winner === holder),
    );
  return isUp ? session : undefined;
}

/** Who is at the other end of a session, by the transfers that this server knows and by the scenario. */
function farEnd(c: Context, session: string, near: ParticipantId): ParticipantId | undefined {
  const before = sessionBefore(c.topology, session);
  if (before !== undefined) {
    const done = c.get<Transfer>("transfer", before);
    return done === undefined ? farEnd(c, before, near) : done.target === near ? done.transferee : done.target;
  }
  const given = c.topology.scenario.sessions?.find((s) => s.id === session);
  if (given !== undefined) return given.from === near ? given.to : given.from;
  const invitation = c.topology.invitations.get(session);
  if (invitation?.focus !== undefined) return invitation.focus;
  if (invitation === undefined || invitation.from !== near) return invitation?.from;
  return c.topology.clients.get(invitation.to[0]?.user ?? "")?.[0]?.id;
}

export function isAllowed(c: Context): boolean {
  return plannedTransfer(c)?.allowed !== false && (refusalCode(c) ?? UNAVAILABLE) === UNAVAILABLE;
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
const isOver = (c: Context, session: string): boolean => c.get("over", session) !== undefined;

/** A session that this server has in its media path has ended, wherever it has gone since. */
export function noteEnd(c: Context, { session }: Transfer): void {
  for (let name = session; ; name = movedSession(name)) {
    c.put("over", name, true);
    if (!replaced(c.get<Transfer>("transfer", name))) return;
  }
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

/** Cancels the target's invitation where it is with the transferee: nobody waits for its answer any more. */
export function withdrawInvitation(c: Context, { session }: Transfer, given: ResponseContext["given"]): void {
  for (const { request, server, state, branches } of c.list<ResponseContext>("context")) {
    if (request.joins !== session || (state !== "forked" && state !== "collecting")) continue;
    changeContext(c, server, { given, state: "collecting" });
    for (const branch of branches.filter(isPending)) cancelBranch(c, server, branch, undefined);
  }
}

/** Gives a transfer up: the target's session ends, the transferor is told, and its own session goes on. */
export function abandon(c: Context, transfer: Transfer): void {
  forget(c, transfer);
  releaseTarget(c, transfer.joined);
  const server = serverOf(c.topology, transfer.transferor);
  const { requester, session } = transfer;
  // Who fetches a session knows it by its name in the scenario.
  const named = requester === transfer.target ? originalSession(c.topology, session) : session;
  if (server === c.me.id) tell(c, "NOTIFY", "failure", requester, { session: named });
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

/**
 * The first transfer that this server knows of the session that `session` has come from: with it the server keeps the
 * transferee's leg, whoever has the session by now.
 */
function anchorOf(c: Context, session: string): Transfer | undefined {
  const before = sessionBefore(c.topology, session);
  return before === undefined ? undefined : (anchorOf(c, before) ?? c.get<Transfer>("transfer", before));
}

/** A session that has been transferred before goes on to `transfer`'s target. Returns what the transferor had of it here. */
export function moveOn(c: Context, { session, target, joined }: Transfer): Dialog | undefined {
  const anchor = anchorOf(c, session);
  if (anchor === undefined || c.options.transferMediaPath !== "serverInPath") return undefined;
  putTransfer(c, { ...anchor, target, joined });
  return anchor.joined;
}

/** When a session that was transferred ends, so does every transfer by which it was to go further. */
export function giveUpFurther(c: Context, transfer: Transfer): void {
  const original = originalSession(c.topology, transfer.session);
  for (const later of c.list<Transfer>("transfer")) {
    if (later.session === transfer.session || originalSession(c.topology, later.session) !== original) continue;
    if (later.state === "waitRelease" || later.state === "transferred") continue;
    forget(c, later);
    releaseTarget(c, later.joined);
    const server = serverOf(c.topology, later.target);
    if (server !== undefined && server !== c.me.id) tell(c, "NOTIFY", "abandoned", server, { session: later.session });
  }
}

export function notifyTransferor(c: Context, transfer: Transfer): void {
  wait(c, { ...transfer, state: "waitRelease", left: moveOn(c, transfer) }, "T_release");
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
  test: (c) => c.get("transfer", asked(c)?.session ?? arrived(c).session) === undefined,
};
export function waiting(c: Context): Transfer | undefined {
  const transfer = c.get<Transfer>("transfer", arrived(c).joins);
  return transfer?.state === "waitJoin" && transfer.target === arrived(c).from?.id ? transfer : undefined;
}

export function servesTransferor(c: Context): boolean {
  const transfer = transferOf(c);
  return transfer !== undefined && serverOf(c.topology, transfer.transferor) === c.me.id;
}
