import type { ParticipantId } from "../../../shared/run/choice.ts";
import { leavesOf, rootOf, type Trace, type Transaction } from "./trace.ts";

/** A release as the two user agents see it: who sent it first and where it went in the end. */
export interface Release {
  readonly first: Transaction;
  readonly last: Transaction;
  readonly from: ParticipantId;
  readonly to: ParticipantId;
}

const known = new WeakMap<Trace, ReadonlyMap<ParticipantId, readonly Release[]>>();

/** The releases that a participant sent or received, as a user agent, in their order. */
export function releasesOf(trace: Trace, id: ParticipantId): readonly Release[] {
  const all = known.get(trace) ?? findReleases(trace);
  known.set(trace, all);
  return all.get(id) ?? [];
}

/** Every release once. */
export function allReleases(trace: Trace): readonly Release[] {
  return trace.transactions.filter((t) => t.method === "BYE" && t.parent === undefined).flatMap(releaseOf);
}

function releaseOf(first: Transaction): readonly Release[] {
  return [...leavesOf(first)].map((last) => ({ first, last, from: first.client, to: last.server }));
}

function findReleases(trace: Trace): ReadonlyMap<ParticipantId, readonly Release[]> {
  const byParty = new Map<ParticipantId, Release[]>();
  for (const release of allReleases(trace))
    for (const id of new Set([release.from, release.to])) {
      const list = byParty.get(id);
      if (list === undefined) byParty.set(id, [release]);
      else list.push(release);
    }
  return byParty;
}

/** Whether `release` ends what `invite`, seen at its last hop, began: between the same two, and in the same call where that is told. */
export function ends(release: Release, invite: Transaction): boolean {
  const inviter = rootOf(invite).client;
  const invited = invite.server;
  const same =
    (release.from === invited && release.to === inviter) || (release.from === inviter && release.to === invited);
  const atInvited = release.from === invited ? release.first : release.last;
  const call = atInvited.request.message.call;
  const theirs = invite.request.message.call;
  if (call !== undefined && theirs !== undefined) return call === theirs;
  return same;
}
