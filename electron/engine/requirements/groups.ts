import { ends, releasesOf } from "./ends.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  invites,
  isSuccess,
  leavesOf,
  rootOf,
  type Trace,
  type TraceMessage,
  type Transaction,
  userOf,
} from "./trace.ts";
import { called, Told } from "./words.ts";

/** CF: what the controlling function of a group session does. */
export const groups: readonly Requirement[] = [
  {
    id: "CF-1",
    level: "SHALL",
    source: "C.2.2.X, NOTE 1",
    sentence: "The controlling function sends OK to the originator once, and only after an invitee has accepted.",
    judge: (trace, say) =>
      eachGroup(trace, ({ asked, members }) => {
        const [ok, ...more] = asked?.finals.filter(isSuccess) ?? [];
        if (ok === undefined) return;
        const accepted = members.some((m) =>
          m.finals.some((f) => isSuccess(f) && (f.receivedAt ?? Infinity) < ok.sentAt),
        );
        for (const f of more) say.broken([f], `${Told(trace, f)} is a second OK to the originator.`);
        if (!accepted) say.broken([ok], `${Told(trace, ok)} comes before any invitee has accepted.`);
        else if (more.length === 0) say.kept(ok);
      }),
  },
  {
    id: "CF-2",
    level: "SHALL",
    source: "C.2.2.X, steps 1, 3 and 15",
    sentence: "Every listed invitee gets one invitation, and only the listed ones carry the replace indication.",
    judge: (trace, say) => eachGroup(trace, (group) => judgeInvitees(trace, group, say)),
  },
  {
    id: "CF-3",
    level: "SHALL",
    source: "C.2.2.X, step 19",
    sentence: "The members of the session are the invitees who accepted, and the originator.",
    judge: (trace, say) =>
      eachGroup(trace, ({ asked, members, focus }) => {
        const accepted = members.flatMap((m) => (isReleased(trace, m) ? [] : (m.finals.find(isSuccess) ?? [])));
        if (accepted.length === 0 || asked === undefined) return;
        const joined = asked.finals.some(isSuccess);
        if (joined) say.kept(...accepted);
        else if (asked.cancels.length > 0) say.unknown(accepted, "The originator cancelled.");
        else
          say.broken(
            [asked.request],
            `${trace.the(rootOf(asked).client)} does not become a member, although ${trace.the(focus)} got ${called(accepted[0] ?? asked.request)}.`,
          );
      }),
  },
];

/** The member has left, or was released, since it accepted. */
function isReleased(trace: Trace, member: Transaction): boolean {
  return [...leavesOf(member)].some((leaf) => releasesOf(trace, leaf.server).some((release) => ends(release, leaf)));
}

interface Group {
  readonly focus: string;
  /** The originator's invitation as it reached the focus; absent when the focus itself begins. */
  readonly asked?: Transaction;
  readonly members: readonly Transaction[];
}

function eachGroup(trace: Trace, each: (group: Group) => void): void {
  const all = invites(trace);
  const toFocus = all.filter((t) => trace.role(t.server) === "controllingFunction");
  for (const asked of toFocus) {
    const { session } = asked.request.message;
    const members = all.filter(
      (t) =>
        t.client === asked.server &&
        (session === undefined
          ? t.request.sentAt > (asked.request.receivedAt ?? Infinity)
          : t.request.message.session === session),
    );
    if (members.length > 0) each({ focus: asked.server, asked, members });
  }
  const begun = all.filter((t) => trace.role(t.client) === "controllingFunction");
  const focuses = new Set(begun.map((t) => t.client));
  for (const focus of focuses)
    if (!toFocus.some((t) => t.server === focus)) each({ focus, members: begun.filter((t) => t.client === focus) });
}

interface Listed {
  readonly user: string;
  readonly replaces?: string | undefined;
}

function judgeInvitees(trace: Trace, group: Group, say: Say): void {
  const byUser = new Map<string, Transaction[]>();
  for (const m of group.members) {
    const user = invitedUser(trace, m);
    if (user !== undefined) byUser.set(user, [...(byUser.get(user) ?? []), m]);
  }
  const listed = listOf(trace, group);
  for (const [user, [first, ...more]] of byUser) {
    if (first === undefined) continue;
    const entry = listed?.find((l) => l.user === user);
    if (more.length > 0)
      say.broken(
        more.map((t) => t.request),
        `${trace.the(group.focus)} invites ${user} ${more.length + 1} times.`,
      );
    else if (listed !== undefined && entry === undefined)
      say.broken([first.request], `${trace.the(group.focus)} invites ${user}, who is not in the list.`);
    else if (entry !== undefined && (entry.replaces !== undefined) !== replaces(first.request))
      say.broken(
        [first.request],
        `The invitation of ${user} ${replaces(first.request) ? "carries" : "lacks"} the replace indication.`,
      );
    else say.kept(first.request);
  }
  if (group.asked?.cancels.length !== undefined && group.asked.cancels.length > 0) return;
  for (const { user } of listed ?? [])
    if (!byUser.has(user))
      say.broken(
        group.members.slice(0, 1).map((t) => t.request),
        `${user} is listed, but not invited.`,
      );
}

/** Whether an invitation carries the replace indication. */
export const replaces = (m: TraceMessage): boolean => m.message.replaces !== undefined || m.said.replaces === true;

function invitedUser(trace: Trace, t: Transaction): string | undefined {
  const { uri } = t.request.message;
  if (uri !== undefined && "user" in uri) return uri.user;
  for (const leaf of leavesOf(t)) {
    const user = userOf(trace, leaf.server);
    if (user !== undefined) return user;
  }
  return undefined;
}

function listOf(trace: Trace, { focus, asked }: Group): readonly Listed[] | undefined {
  const carried = asked?.request.message.invitees;
  if (carried !== undefined) return carried;
  const originator = asked === undefined ? focus : rootOf(asked).client;
  return trace.flow.scenario.invitations?.find(
    (i) => i.from === originator && (asked === undefined || i.focus === focus),
  )?.to;
}
