import { releasesOf } from "./ends.ts";
import { replaces } from "./groups.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  acceptance,
  invites,
  isByHand,
  isSuccess,
  rootOf,
  type Trace,
  type TraceMessage,
  type Transaction,
} from "./trace.ts";
import { called, Told } from "./words.ts";

/** RPL: one session that takes the place of another. */
export const replacements: readonly Requirement[] = [
  {
    id: "RPL-1",
    level: "SHALL",
    source: "C.2.2.X, steps 9 to 14; RFC 3891 §3",
    sentence: "A client that accepts an invitation with a replace indication ends the original session, exactly once.",
    judge: (trace, say) =>
      eachReplacement(trace, (t) => {
        const ok = acceptance(t);
        if (ok === undefined) return;
        const own = endings(trace, t, ok.sentAt);
        if (own.length === 0 && endedByHand(trace, t, ok)) say.kept(ok);
        else if (own.length > 1)
          say.broken(
            own.slice(1).map((x) => x.request),
            `${trace.the(t.server)} ends the original session ${own.length} times.`,
          );
        else if (own.length === 1) say.kept(ok, ...own.map((x) => x.request));
        else if (releasesOf(trace, t.server).some((r) => r.to === t.server)) say.kept(ok);
        else say.broken([ok], `${trace.the(t.server)} accepts the replacement, but does not end the original session.`);
      }),
  },
  {
    id: "RPL-2",
    level: "MUST NOT",
    source: "RFC 3891 §3",
    sentence: "The original session is not ended before the replacement is accepted.",
    judge: (trace, say) => {
      eachReplacement(trace, (t) => {
        const ok = acceptance(t);
        const arrived = t.request.receivedAt ?? Infinity;
        // What its user ends of their own accord is no part of the replacement.
        const early = endings(trace, t, arrived).filter(
          (x) => x.request.sentAt < (ok?.sentAt ?? -1) && !isByHand(trace, x.request),
        );
        for (const x of early)
          say.broken(
            [x.request],
            `${Told(trace, x.request)} ends the original session before the replacement is accepted.`,
          );
        if (ok !== undefined && early.length === 0) say.kept(ok);
      });
      judgeTransferred(trace, say);
    },
  },
  {
    id: "RPL-3",
    level: "MUST",
    source: "RFC 3891 §3",
    sentence: "If the replacement is refused, the original session is unchanged.",
    judge: (trace, say) =>
      eachReplacement(trace, (t) => {
        const refusal = acceptance(t) === undefined ? t.finals[0] : undefined;
        if (refusal === undefined) return;
        const ended = endings(trace, t, refusal.sentAt).filter((x) => !isByHand(trace, x.request));
        for (const x of ended)
          say.broken(
            [x.request],
            `${Told(trace, x.request)} ends the original session although the replacement was refused.`,
          );
        if (ended.length === 0) say.kept(refusal);
      }),
  },
  {
    id: "RPL-4",
    level: "SHOULD",
    source: "C.2.2.X, second NOTE 2",
    sentence: "The end of the original session and the invitation of further members do not wait for each other.",
    judge: (trace, say) =>
      eachReplacement(trace, (t) => {
        const ok = acceptance(t);
        const own = ok === undefined ? [] : endings(trace, t, ok.sentAt);
        const others = invites(trace).filter(
          (o) => trace.role(o.client) === "controllingFunction" && !replaces(o.request),
        );
        for (const bye of own)
          for (const other of others) {
            const waits =
              causes(trace, other.request).has(bye.request) || causes(trace, bye.request).has(other.request);
            if (waits)
              say.broken(
                [bye.request, other.request],
                `${Told(trace, other.request)} and ${called(bye.request)} wait for each other.`,
              );
            else say.kept(bye.request, other.request);
          }
      }),
  },
];

function eachReplacement(trace: Trace, each: (t: Transaction) => void): void {
  for (const t of invites(trace)) if (t.children.length === 0 && replaces(t.request)) each(t);
}

/** The user had ended the original session before accepting the replacement: nothing of it was left to end. */
const endedByHand = (trace: Trace, t: Transaction, ok: TraceMessage): boolean =>
  endings(trace, t, -1).some(({ request }) => request.sentAt < ok.sentAt && isByHand(trace, request));

/** What the server of `t` does to end another session after `since`: a release, or a CANCEL where it was not yet up. */
function endings(trace: Trace, t: Transaction, since: number): readonly Transaction[] {
  const original = t.request.message.replaces;
  const inviter = rootOf(t).client;
  const releases = releasesOf(trace, t.server).flatMap((r) =>
    // Where the original is not named, a session with who sends the replacement is the new one.
    r.from === t.server && (original !== undefined || r.to !== inviter) ? [r.first] : [],
  );
  const cancels = trace.transactions.filter(
    (x) => x.method === "CANCEL" && x.client === t.server && x.parent === undefined,
  );
  return [...releases, ...cancels].filter(({ request }) => {
    const { session } = request.message;
    return request.sentAt > since && (original === undefined || session === undefined || session === original);
  });
}

/** A transferor keeps its session until the one that replaces it is up. */
function judgeTransferred(trace: Trace, say: Say): void {
  for (const refer of trace.transactions) {
    if (refer.parent !== undefined || (refer.request.said.event ?? refer.request.message.event) !== "transfer")
      continue;
    // A device may have had the session before, and have given it away then.
    const bye = releasesOf(trace, refer.client).find(
      (r) => r.from === refer.client && r.first.request.sentAt > refer.request.sentAt,
    )?.first.request;
    const up = trace.messages.find(
      (m) =>
        m.sentAt > refer.request.sentAt &&
        ((m.method === "INVITE" && isSuccess(m)) || (m.said.event ?? m.message.event) === "replaced"),
    );
    if (bye === undefined || up === undefined || isByHand(trace, bye)) continue;
    if (bye.sentAt > up.sentAt) say.kept(up, bye);
    else say.broken([bye], `${Told(trace, bye)} ends the session before the one that replaces it is accepted.`);
  }
}

/** All messages that led to `m`, as the run tells. */
function causes(trace: Trace, m: TraceMessage): ReadonlySet<TraceMessage> {
  const found = new Set<TraceMessage>();
  for (let at = m.hop.cause; at !== undefined; ) {
    const before = trace.byHop.get(at);
    if (before === undefined || found.has(before)) break;
    found.add(before);
    at = before.hop.cause;
  }
  return found;
}
