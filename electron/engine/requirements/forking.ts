import { ends, type Release, releasesOf } from "./ends.ts";
import { deviceGroups, winnerOf } from "./outstanding-invitations.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  acceptance,
  invites,
  isFailure,
  isPassedOn,
  isSuccess,
  type Trace,
  type TraceMessage,
  type Transaction,
} from "./trace.ts";
import { called, Told } from "./words.ts";

/** BEST and FRK: what becomes of an invitation with several branches. */
export const forking: readonly Requirement[] = [
  {
    id: "BEST-1",
    level: "MUST",
    source: "RFC 3261 §16.7 step 6",
    sentence: "If nobody accepts, the best response goes upstream, and only when all branches have ended.",
    judge: (trace, say) => {
      for (const t of invites(trace)) {
        const [final] = t.finals;
        if (final === undefined || !isPassedOn(t) || !isFailure(final)) continue;
        if (t.children.some((c) => c.finals.some(isSuccess)) || t.finals.some(isSuccess)) continue;
        judgeBest(trace, t, final, say);
      }
    },
  },
  {
    id: "FRK-1",
    level: "MUST",
    source: "RFC 3261 §13.2.2.4; RFC 5407 App. E",
    sentence: "Every further 2xx to a forked invitation is acknowledged and, unless kept on purpose, released.",
    judge: (trace, say) => {
      if (trace.options.focusKeeps === "manyDevices") return;
      for (const group of deviceGroups(trace)) {
        const won = winnerOf(trace, group);
        for (const t of group)
          if (won !== undefined && t !== won.transaction && acceptance(t) !== undefined) judgeLoser(trace, t, say);
      }
      for (const t of invites(trace)) if (t.parent === undefined && !isPassedOn(t)) judgeDialogs(trace, t, say);
    },
  },
  {
    id: "FRK-2",
    level: "SHALL",
    source: "derived from CPM-MLD-007; RFC 5407 App. E",
    sentence: "At the end at most one device of a user is in the session of one invitation.",
    judge: (trace, say) => {
      if (trace.options.focusKeeps === "manyDevices") return;
      for (const group of deviceGroups(trace)) {
        const devices = new Set(group.map((t) => t.server));
        if (devices.size < 2) continue;
        const inSession = group.filter((t) => acceptance(t)?.receivedAt !== undefined && !isReleased(trace, t));
        const accepted = inSession.flatMap((t) => acceptance(t) ?? []);
        if (inSession.length > 1)
          say.broken(
            accepted,
            `${inSession.map((t) => trace.the(t.server)).join(" and ")} are both left in the session.`,
          );
        else if (accepted.length > 0) say.kept(...accepted);
      }
    },
  },
];

function judgeBest(trace: Trace, t: Transaction, final: TraceMessage, say: Say): void {
  // A failure that never gets through ends no branch for the element that waits for it.
  const ended = t.children.flatMap((c) => c.finals.find((f) => isFailure(f) && !isLost(f)) ?? []);
  const gaveUp = (trace.timeouts.get(t.server) ?? []).some((x) => x.at > t.request.sentAt && x.at < final.sentAt);
  const early = gaveUp ? undefined : ended.find((f) => (f.receivedAt ?? f.sentAt) > final.sentAt);
  if (early !== undefined) {
    say.broken([final], `${Told(trace, final)} goes upstream before all branches have ended.`);
    return;
  }
  // What comes after an element has given a branch up comes too late to be the best.
  const allowed = allowedStatuses(
    trace,
    t,
    gaveUp ? ended.filter((f) => (f.receivedAt ?? f.sentAt) < final.sentAt) : ended,
  );
  const status = final.status ?? 0;
  if (allowed.has(status)) say.kept(...ended, final);
  else {
    const statuses = ended.map((f) => f.status).join(", ") || "none";
    say.broken(
      [final],
      `${Told(trace, final)} is not the best response: the branches gave ${statuses}, so ${[...allowed].join(" or ")} is due.`,
    );
  }
}

const isLost = ({ hop, receivedAt }: TraceMessage): boolean => hop.lost !== undefined && receivedAt === undefined;

function allowedStatuses(trace: Trace, t: Transaction, ended: readonly TraceMessage[]): ReadonlySet<number> {
  const statuses = ended.map((f) => f.status ?? 0);
  // A redirection that was followed has made way for the branches it led to.
  const followed = t.children.length > 1 ? statuses.filter((s) => s >= 400) : statuses;
  const allowed = new Set(best(followed.length > 0 ? followed : statuses));
  if (t.cancels.length > 0) allowed.add(487);
  const silent = t.children.length > ended.length || t.children.some((c) => c.cancels.length > 0);
  const timedOut = (trace.timeouts.get(t.server) ?? []).some((x) => x.at > t.request.sentAt);
  if (silent || timedOut)
    for (const s of [408, 480, trace.options.noAnswerCode, trace.options.unreachableCode]) allowed.add(s);
  return allowed;
}

/** Every member of the class that RFC 3261 §16.7 step 6 prefers may be chosen. */
export function best(statuses: readonly number[]): readonly number[] {
  if (statuses.length === 0) return [408];
  const global = statuses.filter((s) => s >= 600);
  if (global.length > 0) return global;
  const lowest = Math.min(...statuses.map((s) => Math.floor(s / 100)));
  return statuses.filter((s) => Math.floor(s / 100) === lowest).flatMap((s) => (s === 503 ? [500, 503] : [s]));
}

function isReleased(trace: Trace, t: Transaction): boolean {
  return releasesOf(trace, t.server).some((r) => isOf(r, t) || ends(r, t));
}

/** A release towards, or from, a device of a group, by whoever cancels for the user. */
function isOf(release: Release, t: Transaction): boolean {
  const ok = acceptance(t);
  const { request } = release.from === t.server ? release.first : release.last;
  const own = request.message.call;
  if (own !== undefined && t.request.message.call !== undefined) return own === t.request.message.call;
  return ok !== undefined && request.sentAt > ok.sentAt;
}

function judgeLoser(trace: Trace, t: Transaction, say: Say): void {
  const ok = acceptance(t);
  if (ok === undefined || ok.receivedAt === undefined) return;
  const ack = t.acks.find((a) => a.sentAt > ok.sentAt);
  if (ack !== undefined && isReleased(trace, t)) say.kept(ok, ack);
  else
    say.broken(
      [ok],
      `${Told(trace, ok)} comes after another device has won, and is not ${ack === undefined ? "acknowledged" : "released"}.`,
    );
}

/** Several 2xx that come to one inviter, told apart by their tags. */
function judgeDialogs(trace: Trace, t: Transaction, say: Say): void {
  const [, ...more] = t.finals.filter(isSuccess);
  for (const f of more) {
    const tag = f.said.tag ?? f.message.to?.tag;
    if (tag === undefined) continue;
    const acked = t.acks.some((a) => (a.said.tag ?? a.message.to?.tag ?? tag) === tag && a.sentAt > f.sentAt);
    const released = releasesOf(trace, t.client).some(
      ({ first }) =>
        (first.request.said.tag ?? first.request.message.to?.tag ?? tag) === tag && first.request.sentAt > f.sentAt,
    );
    if (acked && released) say.kept(f);
    else
      say.broken(
        [f],
        `${Told(trace, f)}, ${called(f)} of a further dialog, is not ${acked ? "released" : "acknowledged"}.`,
      );
  }
}
