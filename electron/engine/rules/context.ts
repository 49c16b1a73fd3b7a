import type { Options } from "../../../shared/flow/flow.ts";
import type { HopName, ParticipantId } from "../../../shared/run/choice.ts";
import type { Message } from "../../../shared/run/run.ts";
import { arrived, arrivedHop, type Context, transactionOf } from "../rule.ts";
import { acknowledgeFailure, cancelTransaction, passResponse, reply } from "../sip.ts";
import type { Invited } from "./giving-up.ts";
import { silenceOf } from "./timers.ts";

/**
 * The response context of an element that passes an invitation on, to one next element or to several
 * (RFC 3261 §16.7): what it sent, what came back, what it has told upstream. A proxy and a back-to-back function keep
 * the same context; they differ in how a message crosses from one side to the other.
 */
export interface ResponseContext {
  /** The invitation as it arrived, and the transaction that it opened here. */
  readonly server: HopName;
  readonly request: Message;
  readonly backToBack: boolean;
  readonly state: "forked" | "collecting" | "answered" | "done";
  readonly branches: readonly Branch[];
  /** An ALERTING has gone upstream. */
  readonly alerting: boolean;
  readonly failures: readonly { readonly hop: HopName; readonly message: Message }[];
  /** Why no branch may answer any more, though none has failed by itself. */
  readonly given?: "cancelled" | "noAnswer";
  /** The client whose acceptance went upstream. */
  readonly winner?: string;
}

export interface Branch {
  readonly transaction: HopName;
  readonly to: ParticipantId;
  /** The invitation as it was sent on this branch. */
  readonly request: Message;
  /** The clients it is meant for, as far as this element chose them. */
  readonly targets: readonly ParticipantId[];
  readonly state: "sent" | "proceeding" | "cancelWait" | "cancelling" | "won" | "failed";
  readonly status?: number;
  /** A CANCEL has been sent on it: one is enough, whatever comes back. */
  readonly cancelled?: true;
  /** Clients behind this branch that are known to have ended. */
  readonly ended: readonly string[];
}

export const isOpen = (b: Branch): boolean => b.state !== "won" && b.state !== "failed";
export const isPending = (b: Branch): boolean => b.state === "sent" || b.state === "proceeding";

/** The context to which the arrived response, or the CANCEL or ACK on its transaction, belongs. */
export function contextOf(c: Context): ResponseContext | undefined {
  const message = c.hop?.message;
  if (message === undefined) return undefined;
  if (message.status === undefined) return c.get<ResponseContext>("context", message.transaction);
  const server = c.get<HopName>("branch", message.transaction);
  return server === undefined ? undefined : c.get<ResponseContext>("context", server);
}

/** The branch that the arrived response answers. */
export function branchOf(c: Context, context: ResponseContext): Branch | undefined {
  return context.branches.find((b) => b.transaction === c.hop?.message.transaction);
}

/** The branch whose INVITE, or the CANCEL of it, a response is to. */
export function branchInvited(c: Context, { transaction = "" }: Message): Invited | undefined {
  const server = c.get<HopName>("branch", transaction);
  const context = server === undefined ? undefined : c.get<ResponseContext>("context", server);
  const branch = context?.branches.find((b) => b.transaction === transaction);
  return branch && { key: transaction, isCancelling: branch.state === "cancelling" };
}

export function putContext(c: Context, context: ResponseContext): void {
  c.put("context", context.server, context);
}

/** Remembers the branches of an invitation that was just sent on, and watches over them. */
export function openContext(c: Context, backToBack: boolean, branches: readonly Branch[]): void {
  const server = transactionOf(c);
  for (const b of branches) {
    c.put("branch", b.transaction, server);
    c.arm("Timer_B", b.transaction, silenceOf(c.topology, b.to));
  }
  putContext(c, {
    server,
    request: arrived(c),
    backToBack,
    state: "forked",
    branches,
    alerting: false,
    failures: [],
  });
}

export function newBranch(
  transaction: HopName,
  to: ParticipantId,
  request: Message,
  targets: readonly ParticipantId[],
): Branch {
  return { transaction, to, request, targets, state: "sent", ended: [] };
}

/** Replaces one branch of the context as it is now, and returns the context. */
export function changeBranch(
  c: Context,
  server: HopName,
  transaction: HopName,
  change: Partial<Branch>,
): ResponseContext {
  const context = current(c, server);
  const next = {
    ...context,
    branches: context.branches.map((b) => (b.transaction === transaction ? { ...b, ...change } : b)),
  };
  putContext(c, next);
  return next;
}

export function changeContext(c: Context, server: HopName, change: Partial<ResponseContext>): ResponseContext {
  const next = { ...current(c, server), ...change };
  putContext(c, next);
  return next;
}

function current(c: Context, server: HopName): ResponseContext {
  const context = c.get<ResponseContext>("context", server);
  if (context === undefined) throw new Error(`no response context for ${server}`);
  return context;
}

/** Cancels a branch now, or as soon as it has answered provisionally: no CANCEL goes out before (RFC 3261 §9.1). */
export function cancelBranch(
  c: Context,
  server: HopName,
  branch: Branch,
  reason: Message["reason"],
  relays?: HopName,
): void {
  if (branch.state === "sent") {
    changeBranch(c, server, branch.transaction, { state: "cancelWait" });
    c.put("reason", branch.transaction, reason);
    return;
  }
  if (branch.state !== "proceeding" && branch.state !== "cancelWait") return;
  cancelTransaction(c, branch, branch.request, reason, relays);
  changeBranch(c, server, branch.transaction, { state: "cancelling", cancelled: true });
}

/** Passes the arrived response upstream; a back-to-back function says it again in its own dialog. */
export function passUp(c: Context, context: ResponseContext, response: Message, hop: HopName): HopName {
  if (!context.backToBack) return passResponse(c, response, hop);
  return reply(
    c,
    context.request,
    response.status ?? 500,
    c.me.id,
    { media: response.media, contact: c.me.id, text: response.text },
    hop,
  );
}

/** Takes a failure: acknowledges it on its hop and notes it (RFC 3261 §16.7 step 4). */
export function takeFailure(c: Context, context: ResponseContext): void {
  const response = arrived(c);
  acknowledgeFailure(c, response);
  c.disarm("Timer_B", response.transaction ?? "");
  c.disarm("Timer_C", response.transaction ?? "");
  const next = changeBranch(c, context.server, response.transaction ?? "", {
    state: "failed",
    status: response.status,
  });
  putContext(c, { ...next, failures: [...next.failures, { hop: arrivedHop(c), message: response }] });
}

/**
 * The best of the failures (RFC 3261 §16.7 step 6; the choice within a class is free: the first received is taken).
 * A status without a message when no branch answered, or the operator or the inviter ended the attempt.
 */
export function bestFailure(
  context: ResponseContext,
  { noAnswerCode, unreachableCode }: Pick<Options, "noAnswerCode" | "unreachableCode">,
): { readonly status: number; readonly message?: Message; readonly hop?: HopName } {
  const own = context.failures.filter((f) => f.message.status !== 487);
  const global = own.find((f) => (f.message.status ?? 0) >= 600);
  if (global !== undefined) return { status: global.message.status ?? 600, ...global };
  if (context.given === "noAnswer") return { status: noAnswerCode };
  const candidates = own.length > 0 && context.given === undefined ? own : context.failures;
  const first = candidates[0];
  if (first === undefined) return { status: context.given === "cancelled" ? 487 : unreachableCode };
  const lowest = Math.min(...candidates.map((f) => Math.floor((f.message.status ?? 500) / 100)));
  const inClass = candidates.filter((f) => Math.floor((f.message.status ?? 500) / 100) === lowest);
  const helpful = inClass.find((f) => [401, 407, 415, 420, 484].includes(f.message.status ?? 0));
  const best = helpful ?? inClass[0] ?? first;
  return best.message.status === 503 ? { status: 500 } : { status: best.message.status ?? 500, ...best };
}

/** Sends the best failure upstream and closes the context. */
export function sendBest(c: Context, context: ResponseContext): number {
  const best = bestFailure(context, c.options);
  if (best.message !== undefined && best.hop !== undefined && best.message.status === best.status)
    passUp(c, context, best.message, best.hop);
  else reply(c, context.request, best.status, c.me.id);
  changeContext(c, context.server, { state: "done" });
  return best.status;
}
