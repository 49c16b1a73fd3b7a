import type { HopName, ParticipantId } from "../../shared/run/choice.ts";
import type { Message, Party } from "../../shared/run/run.ts";
import { arrived, arrivedHop, type Context, type MessageDraft, sender } from "./rule.ts";
import { routeRequest } from "./topology.ts";

/**
 * The moves of RFC 3261 that every element makes: answer a request, pass a response or request on, act within a
 * dialog. Rules are written in these moves; Via, Record-Route and Route are kept as the RFC keeps them, so a response
 * finds its way back and a request within a dialog its way along, without the elements between remembering either.
 */

/** One side of a dialog at a user agent (RFC 3261 §12). */
export interface Dialog {
  readonly call: string;
  readonly session?: string;
  readonly local: Party;
  readonly remote: Party;
  /** The elements to pass, nearest first. */
  readonly route: readonly ParticipantId[];
  /** The remote user agent (its Contact). */
  readonly target: ParticipantId;
}

export const isProvisional = (m: Message): boolean => m.status !== undefined && m.status < 200;
export const isSuccess = (m: Message): boolean => m.status !== undefined && m.status >= 200 && m.status < 300;
export const isFailure = (m: Message): boolean => m.status !== undefined && m.status >= 300;
export const isGlobalFailure = (m: Message): boolean => m.status !== undefined && m.status >= 600;
/** A request within a dialog carries the tag of the other side. */
export const isInDialog = (m: Message): boolean => m.to?.tag !== undefined;

/**
 * Answers `request` with `status`; the answer goes back the way the request came (RFC 3261 §8.2.6, §18.2.2).
 * @param tag the To-tag of the answering user agent.
 */
export function reply(
  c: Context,
  request: Message,
  status: number,
  tag?: string,
  more: Partial<MessageDraft> = {},
  relays?: HopName,
): HopName {
  const back = request.via?.[0];
  if (back === undefined) throw new Error("a request without Via cannot be answered");
  const to = request.to?.tag === undefined && tag !== undefined ? { id: request.to?.id ?? tag, tag } : request.to;
  return c.send(
    back.by,
    {
      method: request.method,
      status,
      call: request.call,
      session: request.session,
      event: request.event,
      from: request.from,
      to,
      via: request.via,
      transaction: back.branch,
      recordRoute: status < 300 ? request.recordRoute : undefined,
      ...more,
    },
    relays,
  );
}

/** A proxy's passing on of a response: its own Via off, on to the next (RFC 3261 §16.7 steps 3 and 9). */
export function passResponse(c: Context, response: Message, hop: HopName): HopName {
  const via = response.via?.slice(1) ?? [];
  const back = via[0];
  if (back === undefined) throw new Error("a response without a further Via ends here");
  return c.send(back.by, { ...bare(response), via, transaction: back.branch }, hop);
}

/** A proxy's passing on of a request to `to`: its own Via and Record-Route on (RFC 3261 §16.6). */
export function passRequest(
  c: Context,
  request: Message,
  to: ParticipantId,
  more: Partial<MessageDraft> = {},
): HopName {
  return c.send(
    to,
    {
      ...bare(request),
      transaction: undefined,
      recordRoute: isInDialog(request) ? undefined : [c.me.id, ...(request.recordRoute ?? [])],
      ...more,
    },
    arrivedHop(c),
  );
}

/** The request that arrived, passed along its dialog's route; the next element, if there is one. */
export function passAlongRoute(c: Context): HopName | undefined {
  const request = arrived(c);
  const route = request.route?.[0] === c.me.id ? request.route.slice(1) : (request.route ?? []);
  const target = request.uri !== undefined && "participant" in request.uri ? request.uri.participant : undefined;
  const next = route[0] ?? target;
  if (next === undefined || next === c.me.id) return undefined;
  return passRequest(c, request, next, { route: route.length === 0 ? undefined : route });
}

/** A request of this user agent within `dialog` (RFC 3261 §12.2.1). */
export function sendInDialog(
  c: Context,
  dialog: Dialog,
  method: string,
  more: Partial<MessageDraft> = {},
  relays?: HopName,
): HopName {
  return c.send(
    dialog.route[0] ?? dialog.target,
    {
      method,
      call: dialog.call,
      session: dialog.session,
      from: dialog.local,
      to: dialog.remote,
      uri: { participant: dialog.target },
      route: dialog.route.length === 0 ? undefined : dialog.route,
      ...more,
    },
    relays,
  );
}

/** A chat message along the media path of `dialog` (RFC 4975): straight to the far user agent, past the signalling elements. */
export function sendMedia(c: Context, dialog: Dialog, text: string, relays?: HopName): HopName {
  return c.send(
    dialog.target,
    {
      method: "SEND",
      call: dialog.call,
      session: dialog.session,
      from: dialog.local,
      to: dialog.remote,
      uri: { participant: dialog.target },
      text,
    },
    relays,
  );
}

/** Acknowledges a failure on the hop it came over (RFC 3261 §17.1.1.3): same transaction, no further than the next element. */
export function acknowledgeFailure(c: Context, response: Message): HopName {
  const own = response.via?.[0];
  return c.send(sender(c), {
    method: "ACK",
    call: response.call,
    session: response.session,
    from: response.from,
    to: response.to,
    transaction: response.transaction,
    via: own === undefined ? undefined : [own],
    // Tells this ACK from that of a 2xx, which is a request of its own.
    acknowledges: response.status,
  });
}

/** Cancels the INVITE transaction `transaction` sent to `to` (RFC 3261 §9.1), with a Reason where one is known. */
export function cancelTransaction(
  c: Context,
  invite: { readonly transaction: HopName; readonly to: ParticipantId },
  about: Pick<Message, "call" | "session" | "from" | "to" | "uri">,
  reason?: Message["reason"],
  relays?: HopName,
): HopName {
  return c.send(
    invite.to,
    {
      method: "CANCEL",
      call: about.call,
      session: about.session,
      from: about.from,
      to: about.to,
      uri: about.uri,
      transaction: invite.transaction,
      via: [{ by: c.me.id, branch: invite.transaction }],
      reason,
    },
    relays,
  );
}

/** Where a new request of this element goes first. */
export function firstHop(c: Context, request: Message | MessageDraft): ParticipantId | undefined {
  const route = routeRequest(c.topology, c.me.id, request as Message);
  if (route.kind === "none") return undefined;
  return route.kind === "clients" ? route.to[0] : route.to;
}

/** The dialog that a 2xx (or 1xx) to this agent's INVITE makes: the caller's side (RFC 3261 §12.1.2). */
export function callerDialog(response: Message): Dialog {
  const remote = response.to ?? { id: "" };
  return {
    call: response.call ?? "",
    session: response.session,
    local: response.from ?? { id: "" },
    remote,
    route: [...(response.recordRoute ?? [])].reverse(),
    target: response.contact ?? remote.tag ?? remote.id,
  };
}

/** The dialog that answering `request` makes: the callee's side (RFC 3261 §12.1.1). */
export function calleeDialog(request: Message, me: ParticipantId): Dialog {
  return {
    call: request.call ?? "",
    session: request.session,
    local: { id: request.to?.id ?? me, tag: me },
    remote: request.from ?? { id: "" },
    route: request.recordRoute ?? [],
    target: request.contact ?? request.from?.tag ?? "",
  };
}

function bare(message: Message): MessageDraft {
  const { name: _name, kind: _kind, class: _class, ...rest } = message;
  return rest;
}

export const answeredElsewhere: Message["reason"] = { cause: 200, text: "Call completed elsewhere" };
export const declinedEverywhere: Message["reason"] = { cause: 603, text: "Declined" };
