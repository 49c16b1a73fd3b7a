import { isProxy } from "./alerting.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  acceptance,
  invites,
  isPassedOn,
  isSuccess,
  rootOf,
  type Trace,
  type TraceMessage,
  type Transaction,
  upwards,
  userOf,
} from "./trace.ts";
import { Told, told } from "./words.ts";

/** CPM-MLD-007 and what follows from it: the other devices of a user who has accepted on one. */
export const outstandingInvitations: readonly Requirement[] = [
  {
    id: "MLD-007",
    level: "SHALL",
    source: "CPM-MLD-007",
    sentence:
      "When a user has accepted an invitation on one device, the invitation is cancelled at every other device where it is outstanding.",
    judge: (trace, say) => eachAccepted(trace, (group, won) => judgeOutstanding(trace, group, won, say)),
  },
  {
    id: "MLD-007a",
    level: "SHALL",
    source: "derived from CPM-MLD-007",
    sentence: "At the end no invitation is pending at a device of a user who accepted it on another.",
    judge: (trace, say) =>
      eachAccepted(trace, (group, won) => {
        for (const t of group) {
          if (t === won.transaction || isLost(t)) continue;
          if (t.finals.length > 0) say.kept(t.request, ...t.finals);
          else if (t.provisionals.length > 0)
            say.broken([t.request], `${Told(trace, t.request)} is still pending at the end.`);
        }
      }),
  },
  {
    id: "MLD-007b",
    level: "SHALL NOT",
    source: "derived from CPM-MLD-007",
    sentence: "No cancellation is sent to the device whose OK won.",
    judge: (trace, say) =>
      eachAccepted(trace, (_, won) => {
        const cancel = won.transaction.cancels.find((c) => c.request.sentAt > (won.ok.receivedAt ?? won.ok.sentAt));
        if (cancel === undefined) say.kept(won.ok);
        else say.broken([cancel.request], `${Told(trace, cancel.request)} goes to the device whose OK has won.`);
      }),
  },
  {
    id: "MLD-007c",
    level: "SHALL NOT",
    source: "RFC 3261 §9.1",
    sentence: "No cancellation is sent to a device that has, to the sender's knowledge, answered finally.",
    judge: (trace, say) =>
      eachDeviceCancel(trace, (cancel, invite) => {
        const known = invite.finals.find(
          (f) => f.to === cancel.client && (f.receivedAt ?? Infinity) < cancel.request.sentAt,
        );
        if (known === undefined) say.kept(cancel.request);
        else say.broken([cancel.request], `${Told(trace, cancel.request)} follows ${told(trace, known)}.`);
      }),
  },
  {
    id: "MLD-007d",
    level: "SHALL NOT",
    source: "derived from CPM-MLD-007",
    sentence:
      "No invitation is cancelled before a device of the user has accepted or declined for all, a time has run out, or the inviter has cancelled.",
    judge: (trace, say) => {
      const groupOf = new Map(deviceGroups(trace).flatMap((group) => group.map((t) => [t, group] as const)));
      eachDeviceCancel(trace, (cancel, invite) => judgeCause(trace, cancel, groupOf.get(invite) ?? [invite], say));
    },
  },
];

interface Winner {
  readonly transaction: Transaction;
  readonly ok: TraceMessage;
}

/** Of each trace its groups, since several requirements ask for them. */
const groupsOf = new WeakMap<Trace, readonly (readonly Transaction[])[]>();

/** The invitations of one call to the devices of one user, group by group. */
export function deviceGroups(trace: Trace): readonly (readonly Transaction[])[] {
  const known = groupsOf.get(trace) ?? findGroups(trace);
  groupsOf.set(trace, known);
  return known;
}

function findGroups(trace: Trace): readonly (readonly Transaction[])[] {
  const groups = new Map<string, Transaction[]>();
  const roots = new Map<Transaction, number>();
  for (const t of invites(trace)) {
    const user = isPassedOn(t) ? undefined : userOf(trace, t.server);
    if (user === undefined) continue;
    const root = servingRoot(trace, t);
    if (!roots.has(root)) roots.set(root, roots.size);
    const key = `${roots.get(root)} ${user}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [t]);
    else group.push(t);
  }
  return [...groups.values()];
}

/** Where the invitation of this user begins: at the inviter, or at the function that invites each member. */
export function servingRoot(trace: Trace, t: Transaction): Transaction {
  for (const at of upwards(t)) if (trace.role(at.client) === "controllingFunction") return at;
  return rootOf(t);
}

function eachAccepted(trace: Trace, each: (group: readonly Transaction[], won: Winner) => void): void {
  for (const group of deviceGroups(trace)) {
    if (group.length < 2) continue;
    const won = winnerOf(trace, group);
    if (won !== undefined) each(group, won);
  }
}

/** The device whose OK came first to who decides: the first element on its way that is no proxy. */
export function winnerOf(trace: Trace, group: readonly Transaction[]): Winner | undefined {
  let best: Winner | undefined;
  let first = Infinity;
  for (const transaction of group) {
    const ok = acceptance(transaction);
    if (ok === undefined || arrivalOf(transaction, ok) === undefined) continue;
    const reached = reachedAt({ transaction, ok }, (id) => !isProxy(trace, id));
    if (reached >= first) continue;
    first = reached;
    best = { transaction, ok };
  }
  return best;
}

/** When the OK, or the same sent again, arrived over the hop of `t`; a forking proxy passes on those of other devices too. */
function arrivalOf(t: Transaction, ok: TraceMessage): number | undefined {
  const tag = ok.message.to?.tag;
  const same = (f: TraceMessage) =>
    isSuccess(f) && (tag === undefined || f.message.to?.tag === undefined || f.message.to.tag === tag);
  const arrivals = [...t.finals, ...t.finalsAgain].flatMap((f) => (same(f) ? (f.receivedAt ?? []) : []));
  return arrivals.length === 0 ? undefined : Math.min(...arrivals);
}

const isLost = (t: Transaction): boolean => [t.request, ...t.resent].every((m) => m.receivedAt === undefined);

/** When the OK reached each element above the devices. */
function judgeOutstanding(trace: Trace, group: readonly Transaction[], won: Winner, say: Say): void {
  // Who serves the user cancels.
  const reached = reachedAt(won, (id) => trace.role(id) === "participatingFunction");
  for (const t of group) {
    if (t === won.transaction || isLost(t)) continue;
    const answered = t.finals.find((f) => f.sentAt < reached);
    if (answered !== undefined) continue;
    const cancel = t.cancels.find((c) => c.request.sentAt > won.ok.sentAt);
    if (cancel !== undefined) say.kept(won.ok, cancel.request);
    else if (endedUnderWay(t)) say.kept(won.ok, ...t.finals);
    else if (!mayBeCancelled(t))
      say.unknown([t.request], `${Told(trace, t.request)} has brought no response yet, so it may not be cancelled.`);
    else if (t.cancels.some((c) => isGivenUp(trace, c, t))) say.kept(won.ok, ...t.cancels.map((c) => c.request));
    else if (t.cancels.length > 0)
      say.broken(
        [t.cancels[0]?.request ?? t.request],
        `${Told(trace, t.request)} is cancelled before ${told(trace, won.ok)}.`,
      );
    else
      say.broken(
        [t.request],
        `${Told(trace, t.request)} is outstanding when ${told(trace, won.ok)} arrives, and is not cancelled.`,
      );
  }
}

/** The device answered while its cancellation was still on the way to the element next to it. */
function endedUnderWay(t: Transaction): boolean {
  for (const above of upwards(t))
    for (const { request } of above.cancels)
      if (t.finals.some((f) => (f.receivedAt ?? Infinity) < (request.receivedAt ?? Infinity))) return true;
  return false;
}

/** Whether the inviter had given up, or a time had run out, when the cancellation was sent: it waits for no acceptance. */
function isGivenUp(trace: Trace, { request }: Transaction, invite: Transaction): boolean {
  const before = (t: Transaction) => t.request.sentAt <= request.sentAt;
  return (
    isCancelledByInviter(trace, invite, before) ||
    [...trace.timeouts].some(([, fired]) => fired.some((x) => x.at < request.sentAt && !x.timer.startsWith("t_alert")))
  );
}

/** Whether who invites has cancelled the invitation, as far as its cancellations pass `test`. */
export function isCancelledByInviter(
  trace: Trace,
  invite: Transaction,
  test: (cancel: Transaction) => boolean = () => true,
): boolean {
  const { client } = servingRoot(trace, invite);
  for (const t of upwards(invite)) if (t.cancels.some((c) => c.client === client && test(c))) return true;
  return false;
}

/** A cancellation waits for a provisional response (RFC 3261 §9.1): a final one that comes first leaves nothing to cancel. */
function mayBeCancelled(t: Transaction): boolean {
  const over = Math.min(...t.finals.map((f) => f.receivedAt ?? Infinity));
  return t.provisionals.some((p) => p.receivedAt !== undefined && p.receivedAt < over);
}

/** When the OK has come as far up as it goes, or to the first participant that `isThere` says. */
function reachedAt({ transaction, ok }: Winner, isThere: (id: string) => boolean): number {
  let reached = ok.receivedAt ?? ok.sentAt;
  for (const t of upwards(transaction)) {
    reached = arrivalOf(t, ok) ?? reached;
    if (isThere(t.client)) break;
  }
  return reached;
}

/** CANCELs that arrive at, or are meant for, a device. */
function eachDeviceCancel(trace: Trace, each: (cancel: Transaction, invite: Transaction) => void): void {
  for (const cancel of trace.transactions) {
    const invite = cancel.cancelled;
    if (cancel.method !== "CANCEL" || invite === undefined || isPassedOn(invite)) continue;
    if (userOf(trace, invite.server) !== undefined) each(cancel, invite);
  }
}

function judgeCause(trace: Trace, cancel: Transaction, group: readonly Transaction[], say: Say): void {
  const { request } = cancel;
  const invite = cancel.cancelled ?? cancel;
  const known = (f: TraceMessage) => (f.receivedAt ?? Infinity) < request.sentAt;
  const decided = group
    .flatMap((t) => [...upwards(t)].flatMap((x) => x.finals))
    .filter((f) => isSuccess(f) || (f.status ?? 0) >= 600);
  if (isGivenUp(trace, cancel, invite) || decided.some(known)) say.kept(request);
  // Devices that are tried only afterwards have nothing to do with it: this one has not answered in time.
  else if (group.some((t) => t.request.sentAt < request.sentAt && t.finals.some(isSuccess)))
    say.broken([request], `${Told(trace, request)} comes before any device has accepted.`);
  else say.unknown([request], `Why ${told(trace, request)} is sent is not shown.`);
}
