import { deviceGroups, isCancelledByInviter, winnerOf } from "./outstanding-invitations.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  acceptance,
  isPassedOn,
  isSuccess,
  type Trace,
  type TraceMessage,
  type Transaction,
  upwards,
} from "./trace.ts";
import { called, Told, told } from "./words.ts";

/** CAN: when an invitation may be cancelled, and what comes of it. */
export const cancellations: readonly Requirement[] = [
  {
    id: "CAN-1",
    level: "MUST NOT",
    source: "RFC 3261 §9.1",
    sentence: "No CANCEL is sent before a provisional response has arrived on that branch.",
    judge: (trace, say) =>
      eachCancel(trace, say, (cancel, invite) => {
        const { sentAt } = cancel.request;
        const heard = responsesTo(invite, cancel.client).find((r) => (r.receivedAt ?? Infinity) < sentAt);
        if (heard !== undefined) say.kept(heard, cancel.request);
        else say.broken([cancel.request], `${Told(trace, cancel.request)} comes before any response to the INVITE.`);
      }),
  },
  {
    id: "CAN-2",
    level: "SHOULD NOT",
    source: "RFC 3261 §9.1",
    sentence: "No CANCEL is sent after a final response has arrived on that branch.",
    judge: (trace, say) =>
      eachCancel(trace, say, (cancel, invite) => {
        const own = [...upwards(invite)].find((t) => t.client === cancel.client) ?? invite;
        const final = own.finals.find((f) => (f.receivedAt ?? Infinity) < cancel.request.sentAt);
        if (final === undefined || isLeftToCaller(trace, own)) say.kept(cancel.request);
        else
          say.broken(
            [cancel.request],
            `${Told(trace, cancel.request)} has nothing left to cancel: ${told(trace, final)} came before.`,
          );
      }),
  },
  {
    id: "CAN-3",
    level: "MUST",
    source: "RFC 3261 §9.2; 3GPP TS 34.229-5 §7.24",
    sentence: "A CANCEL that matches a pending INVITE is answered with 200, and the INVITE with 487.",
    judge: (trace, say) => eachCancel(trace, say, (cancel, invite) => judgeCancelled(trace, cancel, invite, say)),
  },
  {
    id: "CAN-4",
    level: "MUST",
    source: "RFC 3261 §9.2; RFC 5407 §3.1.2",
    sentence:
      "A CANCEL that arrives after the OK changes nothing; where the inviter cancelled or another device has won, the OK is acknowledged and that leg released.",
    judge: (trace, say) => {
      const wins = winners(trace);
      eachCancel(trace, say, (cancel, invite) => {
        const accepted = acceptance(invite);
        const arrived = cancel.request.receivedAt;
        if (isPassedOn(invite) || accepted === undefined || arrived === undefined || accepted.sentAt > arrived) return;
        const bye = releaseOf(trace, invite, accepted);
        const ack = trace.acks.find(({ message }) => message.to === invite.server && message.sentAt > accepted.sentAt);
        // A time that ran out at an element between the ends takes no acceptance back: a 2xx always wins (RFC 3261 §16.7).
        const stands = wins.has(invite) && !isCancelledByInviter(trace, invite);
        if (ack !== undefined && stands) say.kept(accepted, ack.message);
        else if (bye !== undefined && ack !== undefined) say.kept(accepted, ack.message, bye.request);
        else
          say.broken(
            [cancel.request, accepted],
            `${Told(trace, cancel.request)} comes too late: ${told(trace, accepted)} stands, and is not ${ack === undefined ? "acknowledged" : "released"}.`,
          );
      });
    },
  },
  {
    id: "CAN-5",
    level: "SHOULD",
    source: "3GPP TS 34.229-5 §7.24; GSMA NG.114 §2.3.7",
    sentence:
      "A CANCEL says why: cause 200 after acceptance elsewhere, 603 after a global decline, 600 when busy everywhere.",
    judge: (trace, say) => eachCancel(trace, say, (cancel, invite) => judgeReason(trace, cancel, invite, say)),
  },
  {
    id: "CAN-6",
    level: "MUST",
    source: "RFC 3261 §16.7 step 10; RFC 3841 §9.1",
    sentence: "An element that forwards a 2xx or 6xx cancels its own pending branches, unless it was asked not to.",
    judge: (trace, say) => {
      for (const t of trace.transactions)
        if (t.method === "INVITE" && t.children.length > 1 && trace.role(t.server) !== "controllingFunction")
          judgeFork(trace, t, say);
    },
  },
];

function eachCancel(trace: Trace, say: Say, each: (cancel: Transaction, invite: Transaction) => void): void {
  for (const cancel of trace.transactions) {
    if (cancel.method !== "CANCEL") continue;
    if (cancel.cancelled !== undefined) each(cancel, cancel.cancelled);
    else
      say.unknown(
        [cancel.request],
        `The INVITE that ${told(trace, cancel.request)} is for lies before the first step.`,
      );
  }
}

/** What came back to `client` on the branch of `invite`; a figure may draw it past the elements between. */
function responsesTo(invite: Transaction, client: string): readonly TraceMessage[] {
  const own: TraceMessage[] = [];
  for (const t of upwards(invite)) {
    own.push(...[...t.provisionals, ...t.finals].filter((r) => r.to === client));
    if (t.client === client) break;
  }
  return own;
}

/** Request-Disposition: no-cancel leaves cancelling to the caller (RFC 3841 §9.1). */
export function isLeftToCaller(trace: Trace, t: Transaction): boolean {
  if (t.request.message.noCancel === true) return true;
  if (!t.request.authored || trace.topology.participatingFunctions.size === 0) return false;
  return trace.options.forking === "coreForksServerCancels";
}

function judgeCancelled(trace: Trace, cancel: Transaction, invite: Transaction, say: Say): void {
  const arrived = cancel.request.receivedAt;
  const before = invite.finals.find((f) => f.sentAt < (arrived ?? 0));
  if (arrived === undefined || before !== undefined) return;
  const answer = cancel.finals[0];
  const final = invite.finals.find((f) => f.sentAt > arrived);
  if (final === undefined) {
    say.broken([cancel.request], `${Told(trace, cancel.request)} ends the INVITE, but no 487 to the INVITE is shown.`);
  } else if (answer === undefined || !isSuccess(answer)) {
    say.broken([cancel.request], `${Told(trace, cancel.request)} is not answered with 200.`);
  } else if (isSuccess(final) && final.authored && isEnded(trace, invite, final)) {
    say.unknown(
      [final],
      `${Told(trace, final)} may have crossed ${told(trace, cancel.request)}; what follows is right then.`,
    );
  } else if (final.status !== 487 && !isPassedOn(invite)) {
    say.broken([final], `${Told(trace, final)} should be a 487: ${told(trace, cancel.request)} came before.`);
  } else say.kept(cancel.request, answer, final);
}

/** The acceptance is acknowledged and its session released, as it is when it crosses a cancellation. */
function isEnded(trace: Trace, invite: Transaction, accepted: TraceMessage): boolean {
  const ack = trace.acks.some(({ message }) => message.to === invite.server && message.sentAt > accepted.sentAt);
  return ack && releaseOf(trace, invite, accepted) !== undefined;
}

/** The BYE that ends the session which `accepted` began, whoever sends it. */
export function releaseOf(trace: Trace, invite: Transaction, accepted: TraceMessage): Transaction | undefined {
  return trace.transactions.find(
    (b) =>
      b.method === "BYE" &&
      b.request.sentAt > accepted.sentAt &&
      (b.server === invite.server || b.client === invite.server) &&
      (b.request.authored || accepted.authored || b.request.message.call === accepted.message.call),
  );
}

/** The invitations whose OK went up first, of each user's devices one. */
function winners(trace: Trace): ReadonlySet<Transaction> {
  return new Set(deviceGroups(trace).flatMap((group) => winnerOf(trace, group)?.transaction ?? []));
}

function judgeReason(trace: Trace, cancel: Transaction, invite: Transaction, say: Say): void {
  const { request } = cancel;
  const cause = request.message.reason?.cause ?? request.said.cause;
  if (request.authored && cause === undefined) {
    say.unknown([request], "Whether the CANCEL carries a Reason is not shown.");
    return;
  }
  const wanted = reasonFor(cancel, invite);
  if (wanted === undefined) return;
  if (cause === wanted || (wanted === 603 && cause === 600)) say.kept(request);
  else
    say.broken(
      [request],
      `${Told(trace, request)} gives ${cause === undefined ? "no Reason" : `cause ${cause}`} where cause ${wanted} is due.`,
    );
}

/** What made the element cancel: a 2xx or a 6xx on another of its branches. */
function reasonFor(cancel: Transaction, invite: Transaction): number | undefined {
  const asked = invite.parent?.cancels.some((c) => (c.request.receivedAt ?? Infinity) < cancel.request.sentAt);
  if (asked === true) return undefined;
  const siblings = invite.parent?.children.filter((t) => t !== invite) ?? [];
  const heard = siblings.flatMap((t) => t.finals).filter((f) => (f.receivedAt ?? Infinity) < cancel.request.sentAt);
  if (heard.some(isSuccess)) return 200;
  return heard.some((f) => (f.status ?? 0) >= 600) ? 603 : undefined;
}

function judgeFork(trace: Trace, t: Transaction, say: Say): void {
  const won = t.finals.find((f) => isSuccess(f) || (f.status ?? 0) >= 600);
  if (won === undefined || isLeftToCaller(trace, t)) return;
  for (const branch of t.children) {
    const ended = branch.finals.some((f) => (f.receivedAt ?? f.sentAt) < won.sentAt);
    if (ended || branch.provisionals.length === 0) continue;
    const cancel = branch.cancels.find((c) => c.client === t.server);
    if (cancel !== undefined) say.kept(won, cancel.request);
    else if (branch.finals.length > 0 && branch.finals.every((f) => (f.status ?? 0) !== 487))
      say.kept(...branch.finals);
    else
      say.broken(
        [branch.request],
        `${Told(trace, branch.request)} is still pending when ${trace.the(t.server)} forwards ${called(won)}, and is not cancelled.`,
      );
  }
}
