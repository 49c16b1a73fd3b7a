import { isProxy } from "./alerting.ts";
import { ends, releasesOf } from "./ends.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  acceptance,
  invites,
  isFailure,
  isPassedOn,
  isSuccess,
  leavesOf,
  type Trace,
  type TraceMessage,
  type Transaction,
  upwards,
} from "./trace.ts";
import { Told, told } from "./words.ts";

/** ACK: how final responses to INVITEs are acknowledged. */
export const acknowledgements: readonly Requirement[] = [
  {
    id: "ACK-1",
    level: "MUST",
    source: "RFC 3261 §13.2.2.4",
    sentence: "Every 2xx to an INVITE is acknowledged from end to end.",
    judge: (trace, say) => {
      for (const t of invites(trace)) {
        for (const f of t.finals) if (isSuccess(f)) judgeSuccess(trace, t, f, say);
        const claim = claimWithoutAnswer(trace, t);
        if (claim !== undefined)
          say.broken(
            [t.request, claim],
            `${Told(trace, claim)} takes the session for established, but neither an OK nor its ACK is shown.`,
          );
      }
    },
  },
  {
    id: "ACK-2",
    level: "MUST",
    source: "RFC 3261 §17.1.1.3; RFC 3665 §3.9",
    sentence: "Every 3xx to 6xx to an INVITE is acknowledged on the same hop.",
    judge: (trace, say) => {
      for (const t of invites(trace)) {
        for (const f of t.finals) {
          if (!isFailure(f)) continue;
          if (t.acks.some((a) => a.sentAt > (f.receivedAt ?? f.sentAt))) say.kept(f, ...t.acks);
          else if (f.receivedAt === undefined) say.unknown([f], `${Told(trace, f)} does not arrive.`);
          else say.broken([f], `${Told(trace, f)} is not acknowledged.`);
        }
        const cancel = t.cancels[0];
        if (t.finals.length === 0 && cancel !== undefined && !isPassedOn(t))
          say.broken(
            [cancel.request],
            `The INVITE that ${told(trace, cancel.request)} ends gets no 487, and so no ACK on that hop.`,
          );
      }
    },
  },
  {
    id: "ACK-3",
    level: "SHOULD",
    source: "RFC 3261 §13.3.1.4",
    sentence: "A 2xx that is not acknowledged for 64*T1 is followed by a release.",
    judge: (trace, say) => {
      for (const t of invites(trace)) {
        const f = isPassedOn(t) ? undefined : acceptance(t);
        const fired = trace.timeouts.get(t.server)?.find((x) => x.timer.startsWith("T_ack") && x.at > (f?.sentAt ?? 0));
        if (f === undefined || fired === undefined) continue;
        const bye = trace.transactions.find(
          (b) => b.method === "BYE" && b.client === t.server && b.request.sentAt > fired.at,
        );
        if (bye === undefined) say.broken([f], `${Told(trace, f)} is never acknowledged, and no release follows.`);
        else say.kept(f, bye.request);
      }
    },
  },
  {
    id: "ACK-4",
    level: "MUST NOT",
    source: "RFC 3261 §13.2.2.4, §17.1.1.3",
    sentence:
      "No ACK is sent without a final response to an INVITE that it acknowledges, none twice, and none by a proxy that got none.",
    judge: (trace, say) => {
      const seen = new Map<Transaction, TraceMessage[]>();
      for (const { message, of, response } of trace.acks) judgeAck(trace, message, of, response, seen, say);
    },
  },
];

/** Of a 2xx the two ends matter: who sent it gets an ACK, and the elements between pass it on as they got it. */
function judgeSuccess(trace: Trace, t: Transaction, f: TraceMessage, say: Say): void {
  if (f.receivedAt === undefined) {
    say.unknown([f], `${Told(trace, f)} does not arrive.`);
    return;
  }
  const own = ackOf(t, f);
  if (own !== undefined) say.kept(f, own);
  else if (isPassedBy(t, f)) say.kept(f);
  else if (isOvertaken(trace, t, f)) say.unknown([f], `The ACK of ${told(trace, f)} is overtaken by a release.`);
  else {
    const lost = lostAbove(t, f);
    if (lost === undefined) say.broken([f], `${Told(trace, f)} is not acknowledged.`);
    else say.unknown([f, lost], `${Told(trace, lost)} does not arrive, so nobody can acknowledge it.`);
  }
}

/** Where an acceptance that was passed on got lost for good, further up than `t`. */
function lostAbove(t: Transaction, f: TraceMessage): TraceMessage | undefined {
  for (const at of upwards(t)) {
    const passedOn =
      at === t ? [] : [...at.finals, ...at.finalsAgain].filter((m) => isSuccess(m) && m.sentAt > f.sentAt);
    if (passedOn.length > 0 && passedOn.every((m) => m.receivedAt === undefined)) return passedOn[0];
  }
  return undefined;
}

function ackOf(t: Transaction, f: TraceMessage): TraceMessage | undefined {
  const tag = f.said.tag ?? f.message.to?.tag;
  const matches = (a: TraceMessage) => {
    const other = a.said.tag ?? a.message.to?.tag;
    return a.sentAt > f.sentAt && (tag === undefined || other === undefined || tag === other);
  };
  return t.acks.find(matches);
}

/** An ACK may take a shorter way than its INVITE: one from further up was sent past this hop. */
function isPassedBy(t: Transaction, f: TraceMessage): boolean {
  for (const at of upwards(t))
    for (const a of at.acks) if (a.sentAt > f.sentAt && a.to !== at.server && pathTo(at, a.to).includes(t)) return true;
  return false;
}

/** An ACK was sent further up, but the session was released before it came here. */
export function isOvertaken(trace: Trace, t: Transaction, f: TraceMessage): boolean {
  if (f.authored) return false;
  // The ACK as it came nearest to this hop; an element that has it passes it on.
  const above = [...upwards(t)].find((at) => at !== t && at.acks.length > 0);
  const arrived = above?.acks.flatMap(({ receivedAt }) => receivedAt ?? []) ?? [];
  if (above === undefined) return false;
  return [...leavesOf(t)].some((leaf) =>
    releasesOf(trace, leaf.server).some((release) => {
      const { sentAt } = release.first.request;
      return sentAt > f.sentAt && ends(release, leaf) && !arrived.some((at) => at < sentAt);
    }),
  );
}

/** The transactions from `t` down to the one whose server is `to`. */
function pathTo(t: Transaction, to: string): readonly Transaction[] {
  if (t.server === to) return [t];
  for (const child of t.children) {
    const rest = pathTo(child, to);
    if (rest.length > 0) return [t, ...rest];
  }
  return [];
}

/** Something that only an established session allows, sent by who invites, although no response is shown. */
function claimWithoutAnswer(trace: Trace, t: Transaction): TraceMessage | undefined {
  if (t.finals.length > 0 || t.parent !== undefined) return undefined;
  return trace.transactions.find(
    (n) =>
      n.client === t.client &&
      n.request.sentAt > t.request.sentAt &&
      (n.request.said.event ?? n.request.message.event) === "replaced",
  )?.request;
}

function judgeAck(
  trace: Trace,
  ack: TraceMessage,
  of: Transaction | undefined,
  response: TraceMessage | undefined,
  seen: Map<Transaction, TraceMessage[]>,
  say: Say,
): void {
  if (of === undefined) {
    // What the rules send is seen from its beginning.
    const isWhole = trace.messages.some(({ authored }) => !authored);
    if (isWhole) say.broken([ack], `${Told(trace, ack)} belongs to no INVITE.`);
    else say.unknown([ack], `The INVITE that ${told(trace, ack)} belongs to lies before the first step.`);
    return;
  }
  const before = seen.get(of) ?? [];
  const isAgain = ack.said.again === true || ack.message.again !== undefined;
  if (!isAgain) seen.set(of, [...before, ack]);
  const again = isAgain || of.finalsAgain.length > 0;
  if (response === undefined) {
    say.broken([ack], `${Told(trace, ack)} comes before any final response to the INVITE.`);
  } else if (before.length >= of.finals.length && !again) {
    say.broken([ack], `${Told(trace, ack)} acknowledges what has been acknowledged before.`);
  } else if (isSuccess(response) && isProxy(trace, ack.from) && of.parent !== undefined && !hasCome(trace, ack)) {
    say.broken(
      [ack],
      `${Told(trace, ack)} has not come to ${trace.the(ack.from)}, which passes ACKs on and makes none.`,
    );
  } else say.kept(ack);
}

/** An ACK of a 2xx has reached the sender of this one before. */
function hasCome(trace: Trace, ack: TraceMessage): boolean {
  const { relays } = ack.hop;
  // What got lost is sent again by who sent it.
  if (ack.message.again !== undefined) return true;
  if (relays !== undefined) return (trace.byHop.get(relays)?.receivedAt ?? Infinity) < ack.sentAt;
  if (!ack.authored) return false;
  const ofSuccess = trace.acks.filter(({ response }) => response !== undefined && isSuccess(response));
  const come = ofSuccess.filter(
    ({ message: { to, receivedAt } }) => to === ack.from && (receivedAt ?? Infinity) < ack.sentAt,
  );
  const gone = ofSuccess.filter(({ message: { from, sentAt } }) => from === ack.from && sentAt < ack.sentAt);
  return come.length > gone.length;
}
