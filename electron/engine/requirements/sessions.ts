import type { ParticipantId } from "../../../shared/run/choice.ts";
import { isOvertaken } from "./acknowledgements.ts";
import { allReleases, ends, type Release, releasesOf } from "./ends.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  acceptance,
  invites,
  isPassedOn,
  isSuccess,
  leavesOf,
  rootOf,
  type Trace,
  type TraceMessage,
  type Transaction,
  upwards,
} from "./trace.ts";
import { Told, told } from "./words.ts";

/** SES: how sessions begin and end. */
export const sessions: readonly Requirement[] = [
  {
    id: "SES-1",
    level: "MUST",
    source: "RFC 3261 §13",
    sentence: "There is no session without an OK and its ACK, and nothing claims one earlier.",
    judge: (trace, say) => {
      for (const t of invites(trace)) if (!isPassedOn(t)) judgeBeginning(trace, t, say);
    },
  },
  {
    id: "SES-2",
    level: "MUST",
    source: "RFC 3261 §15",
    sentence: "A session ends by a release that is confirmed, or its set-up fails; none is left without a state.",
    judge: (trace, say) => {
      for (const t of invites(trace)) {
        const ok = isPassedOn(t) ? undefined : acceptance(t);
        if (ok !== undefined) say.kept(ok);
      }
      for (const release of allReleases(trace)) judgeEnd(trace, release, say);
    },
  },
  {
    id: "SES-3",
    level: "MUST NOT",
    source: "RFC 5407 §2, §3.2.2, §3.3.3",
    sentence: "After a release was sent or received, no other request is sent in that dialog from that side.",
    judge: (trace, say) => {
      for (const t of trace.transactions)
        if (t.parent === undefined && isWithinSession(t)) judgeAfterRelease(trace, t, say);
    },
  },
  {
    id: "SES-4",
    level: "MUST NOT",
    source: "RFC 3261 §15; RFC 5407 §3.2.4 shows the violation",
    sentence: "The invited side sends no release before it has received the ACK, unless it never comes.",
    judge: (trace, say) => {
      for (const t of invites(trace)) if (!isPassedOn(t)) judgeInvitedRelease(trace, t, say);
      for (const release of allReleases(trace))
        if (trace.flow.scenario.sessions?.some((s) => s.to === release.from && s.from === release.to))
          say.kept(release.first.request);
    },
  },
  {
    id: "SES-5",
    level: "MUST NOT",
    source: "RFC 3261 §15; RFC 5407 App. A",
    sentence: "The invited side does not release an early dialog; the inviting side should cancel instead.",
    judge: (trace, say) => {
      for (const t of invites(trace)) if (!isPassedOn(t)) judgeEarly(trace, t, say);
    },
  },
  {
    id: "SES-6",
    level: "MUST",
    source: "RFC 5407 §3.2.1",
    sentence: "When both sides release at once, both answer with 200 and the session ends once.",
    judge: (trace, say) => {
      for (const release of allReleases(trace)) judgeGlare(trace, release, say);
    },
  },
];

/** An ACK that reached the invited side of `t` after it accepted. */
function ackAt(t: Transaction, ok: TraceMessage): TraceMessage | undefined {
  for (const at of upwards(t)) {
    const ack = at.acks.find((a) => a.to === t.server && a.sentAt > ok.sentAt);
    if (ack !== undefined) return ack;
  }
  return undefined;
}

function judgeBeginning(trace: Trace, t: Transaction, say: Say): void {
  const ok = acceptance(t);
  if (ok !== undefined) {
    const ack = ackAt(t, ok);
    if (ack?.receivedAt !== undefined) say.kept(ok, ack);
    else if (ack !== undefined || ok.receivedAt === undefined || firedAt(trace, t.server, "T_ack", ok.sentAt))
      say.unknown([ok], `${Told(trace, ok)} or its ACK does not arrive, so there is no session.`);
    else if (isOvertaken(trace, t, ok)) say.unknown([ok], `The ACK of ${told(trace, ok)} is overtaken by a release.`);
    else say.broken([ok], `${Told(trace, ok)} begins a session, but no ACK reaches ${trace.the(t.server)}.`);
    return;
  }
  if (rootOf(t).finals.length > 0) return;
  const claim = trace.transactions.find(
    (n) => n.client === rootOf(t).client && n.request.sentAt > t.request.sentAt && eventOf(n.request) === "replaced",
  );
  if (claim !== undefined)
    say.broken([claim.request], `${Told(trace, claim.request)} claims a session for which no OK and ACK are shown.`);
}

const eventOf = (m: TraceMessage): string | undefined => m.said.event ?? m.message.event;

function firedAt(trace: Trace, id: ParticipantId, timer: string, after: number): boolean {
  return (trace.timeouts.get(id) ?? []).some((x) => x.timer.startsWith(timer) && x.at > after);
}

function judgeEnd(trace: Trace, { first, last, to }: Release, say: Say): void {
  const answer = first.finals[0];
  if (answer !== undefined) say.kept(first.request, answer);
  else if (trace.role(to) !== "client" && trace.role(to) !== "other" && first !== last) {
    // A server that ends its own leg has ended it, whether it says so or not.
    say.kept(first.request);
  } else if (last.finals.length > 0 || first.request.receivedAt === undefined) {
    say.unknown([first.request], `The answer to ${told(trace, first.request)} does not arrive.`);
  } else {
    say.broken([first.request], `${Told(trace, first.request)} is never confirmed, so the session has no final state.`);
  }
}

/** A request that only makes sense within an established session. */
function isWithinSession(t: Transaction): boolean {
  const { request, method } = t;
  if (["ACK", "BYE", "CANCEL", "NOTIFY", "SUBSCRIBE", "SEND"].includes(method)) return false;
  if (!request.authored) return request.message.to?.tag !== undefined;
  return request.said.inDialog === true || ["UPDATE", "INFO", "PRACK"].includes(method);
}

function judgeAfterRelease(trace: Trace, t: Transaction, say: Say): void {
  const last = [...leavesOf(t)][0] ?? t;
  const { client, request } = t;
  for (const release of releasesOf(trace, client)) {
    const between = release.from === last.server || release.to === last.server;
    const call = (release.from === client ? release.first : release.last).request.message.call;
    const same = call !== undefined && request.message.call !== undefined ? call === request.message.call : between;
    if (!same) continue;
    const known =
      release.from === client ? release.first.request.sentAt : (release.last.request.receivedAt ?? Infinity);
    if (known > request.sentAt) say.kept(request);
    else if (!isNewSession(trace, release, request))
      say.broken([request], `${Told(trace, request)} follows a release of that session.`);
  }
}

/** The two have set up another session since. */
function isNewSession(trace: Trace, release: Release, request: TraceMessage): boolean {
  if (!request.authored) return false;
  return invites(trace).some(
    (t) =>
      t.request.said.inDialog !== true &&
      t.request.sentAt > release.first.request.sentAt &&
      t.request.sentAt < request.sentAt &&
      [rootOf(t).client, t.server].sort().join() === [release.from, release.to].sort().join(),
  );
}

function judgeInvitedRelease(trace: Trace, t: Transaction, say: Say): void {
  const ok = acceptance(t);
  if (ok === undefined) return;
  const release = releasesOf(trace, t.server).find(
    (r) => r.from === t.server && r.first.request.sentAt > ok.sentAt && ends(r, t),
  );
  if (release === undefined) return;
  const { request } = release.first;
  const ack = ackAt(t, ok);
  if (ack?.receivedAt !== undefined && ack.receivedAt < request.sentAt) say.kept(ack, request);
  else if (firedAt(trace, t.server, "T_ack", ok.sentAt)) say.kept(request);
  else if (ack === undefined) say.unknown([request], `The ACK that ${told(trace, request)} waits for is not shown.`);
  else say.broken([request], `${Told(trace, request)} leaves before ${told(trace, ack)} has arrived.`);
}

function judgeEarly(trace: Trace, t: Transaction, say: Say): void {
  const arrived = t.request.receivedAt;
  if (arrived === undefined) return;
  const final = t.finals[0]?.sentAt ?? Infinity;
  const early = releasesOf(trace, t.server).find(
    (r) =>
      r.from === t.server &&
      r.first.request.sentAt > arrived &&
      r.first.request.sentAt < final &&
      ends(r, t) &&
      !isOlder(trace, r, t),
  );
  if (early === undefined) say.kept(t.request);
  else
    say.broken(
      [early.first.request],
      `${Told(trace, early.first.request)} releases a session that is not yet established.`,
    );
}

/** The release may belong to a session that the same two had before. */
function isOlder(trace: Trace, { from, to }: Release, t: Transaction): boolean {
  const given = trace.flow.scenario.sessions?.some((s) => [s.from, s.to].includes(from) && [s.from, s.to].includes(to));
  if (given === true || t.request.said.inDialog === true || t.request.message.to?.tag !== undefined) return true;
  return invites(trace).some(
    (o) =>
      o !== t &&
      o.finals.some((f) => isSuccess(f) && f.sentAt < t.request.sentAt) &&
      [rootOf(o).client, o.server].includes(from) &&
      [rootOf(o).client, o.server].includes(to),
  );
}

function judgeGlare(trace: Trace, release: Release, say: Say): void {
  const { first, last, from, to } = release;
  const other = releasesOf(trace, from).find(
    (r) =>
      r.from === to &&
      r.to === from &&
      r.first.request.sentAt > first.request.sentAt &&
      r.first.request.sentAt < (last.request.receivedAt ?? Infinity) &&
      first.request.sentAt < (r.last.request.receivedAt ?? Infinity),
  );
  if (other === undefined) return;
  const both = [first, other.first];
  const unanswered = both.filter((bye) => bye.finals[0] === undefined || !isSuccess(bye.finals[0]));
  if (unanswered.length === 0) say.kept(...both.flatMap((bye) => [bye.request, ...bye.finals]));
  for (const bye of unanswered) {
    const lost = lostOf(bye);
    const about = told(trace, bye.request);
    if (lost !== undefined)
      say.unknown([bye.request, lost], `${Told(trace, lost)} gets lost, so ${about} is given up.`);
    else say.broken([bye.request], `${about} crosses another release and is not answered with 200.`);
  }
}

/** The request, on any hop that it takes, or the answer to it there, that never got through. */
function lostOf(t: Transaction): TraceMessage | undefined {
  const isLost = (list: readonly TraceMessage[]) => list.every((m) => m.receivedAt === undefined);
  if (isLost([t.request, ...t.resent])) return t.request;
  for (const child of t.children) {
    const lost = lostOf(child);
    if (lost !== undefined) return lost;
  }
  return t.finals.length > 0 && isLost([...t.finals, ...t.finalsAgain]) ? t.finals[0] : undefined;
}
