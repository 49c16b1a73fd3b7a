import type { Requirement, Say } from "./requirement.ts";
import { isSuccess, leavesOf, type Trace, type Transaction } from "./trace.ts";
import { Told, told } from "./words.ts";

/** REF and REI: referrals, and session modifications that cross. */
export const referrals: readonly Requirement[] = [
  {
    id: "REF-1",
    level: "MUST",
    source: "RFC 3515 §2.4.4 to §2.4.7",
    sentence: "An accepted REFER is followed by at least one NOTIFY, the last of which ends the subscription.",
    judge: (trace, say) => {
      for (const t of trace.transactions)
        if (t.method === "REFER" && t.parent === undefined && t.finals.some(isSuccess)) judgeNotified(trace, t, say);
    },
  },
  {
    id: "REF-2",
    level: "MUST",
    source: "RFC 3515 §2.4.2",
    sentence: "A REFER has exactly one Refer-To; any other is answered with 400.",
    judge: (trace, say) => {
      for (const t of trace.transactions) {
        if (t.method !== "REFER" || t.parent !== undefined) continue;
        const { request } = t;
        const named = request.authored ? request.said.referTo : Number(request.message.referTo !== undefined);
        if (named === undefined || (named === 0 && request.message.event !== "transfer"))
          say.unknown([request], `Whom ${told(trace, request)} refers to is not shown.`);
        else if (named === 1 || t.finals.some((f) => f.status === 400)) say.kept(request);
        else say.broken([request], `${Told(trace, request)} has ${named} Refer-To, and is not refused with 400.`);
      }
    },
  },
  {
    id: "REI-1",
    level: "MUST",
    source: "RFC 5407 §3.3.1",
    sentence: "Session modifications that cross both get 491, and are tried again later.",
    judge: (trace, say) => {
      const changes = trace.transactions.filter(
        (t) => t.method === "INVITE" && t.parent === undefined && isModification(t),
      );
      for (const [i, a] of changes.entries()) {
        const b = changes.slice(i + 1, i + 8).find((x) => crosses(a, x));
        if (b !== undefined) judgeCrossing(trace, a, b, changes, say);
      }
    },
  },
];

function judgeNotified(trace: Trace, t: Transaction, say: Say): void {
  const { request } = t;
  const ok = t.finals.find(isSuccess);
  const servers = new Set([...leavesOf(t)].map((l) => l.server));
  const after = trace.transactions.filter((n) => n.request.sentAt > request.sentAt);
  const notices = after.filter((n) => n.method === "NOTIFY" && n.parent === undefined && goesTo(n, t.client));
  const own = notices.filter((n) => servers.has(n.client) || !n.request.authored || n.request.said.event !== undefined);
  const last = own.at(-1);
  if (last !== undefined) {
    say.kept(request, last.request);
    return;
  }
  const acts = after.some((n) => n.method === "INVITE" && servers.has(n.client) && n.parent === undefined);
  const what = `${Told(trace, request)} is accepted, but brings no NOTIFY`;
  const isCpm = (request.said.event ?? request.message.event) !== undefined;
  if (isCpm) say.unknown([request], `${what}; that it stands for a notification is inferred.`);
  else if (acts && ok !== undefined) say.broken([request, ok], `${what}, although the referral is followed.`);
  else say.unknown([request], `${what}; the run shows nothing of what it led to.`);
}

const goesTo = (n: Transaction, id: string): boolean => [...leavesOf(n)].some((l) => l.server === id);

function isModification(t: Transaction): boolean {
  return t.request.authored ? t.request.said.inDialog === true : t.request.message.to?.tag !== undefined;
}

/** Each was sent before its sender had received the other. */
function crosses(a: Transaction, b: Transaction): boolean {
  const atB = [...leavesOf(a)][0] ?? a;
  const atA = [...leavesOf(b)][0] ?? b;
  return (
    atB.server === b.client &&
    atA.server === a.client &&
    b.request.sentAt < (atB.request.receivedAt ?? Infinity) &&
    a.request.sentAt < (atA.request.receivedAt ?? Infinity)
  );
}

function judgeCrossing(trace: Trace, a: Transaction, b: Transaction, all: readonly Transaction[], say: Say): void {
  for (const t of [a, b]) {
    const refused = t.finals.find((f) => f.status === 491);
    const again = all.some((x) => x.client === t.client && x.request.sentAt > (refused?.sentAt ?? Infinity));
    if (refused === undefined)
      say.broken([t.request], `${Told(trace, t.request)} crosses another, and is not answered with 491.`);
    else if (!again) say.unknown([t.request], `${Told(trace, t.request)} is not tried again within this run.`);
    else say.kept(t.request, refused);
  }
}
