import { movedSession, originalSession } from "../rules/moved-session.ts";
import { requesterOf, serverOf } from "../topology.ts";
import { type Release, releasesOf } from "./ends.ts";
import type { Requirement, Say } from "./requirement.ts";
import { acceptance, isByHand, isSuccess, leavesOf, type Trace, type TraceMessage, type Transaction } from "./trace.ts";
import { Told } from "./words.ts";

const source = "5.2.5.1";

/** TRF: the transfer of a session from one device to another. */
export const transfers: readonly Requirement[] = [
  {
    id: "TRF-1",
    level: "SHALL",
    source,
    sentence: "The transfer request names the target's CPM Address and the parameters of the existing session.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ refer, planned, transferee }) => {
        const { request } = refer;
        if (planned !== undefined && transferee !== undefined) say.kept(request);
        else if (refer.finals[0]?.status === 481)
          say.unknown([request], "The server does not know the session: there may be none.");
        else if (request.authored)
          say.unknown([request], "The flow does not say which session is transferred, and to whom.");
        else say.broken([request], `${Told(trace, request)} names no session that is up.`);
      }),
  },
  {
    id: "TRF-2",
    level: "SHALL",
    source,
    sentence: "The request is accepted exactly if the transferor is allowed to transfer and the target is available.",
    judge: (trace, say) => eachTransfer(trace, (t) => judgeAccepted(trace, t, say)),
  },
  {
    id: "TRF-3",
    level: "SHALL",
    source,
    sentence:
      "Request, Accepted and notice to the target, its invitation, session, replaced and release notification, release come in this order.",
    judge: (trace, say) => eachTransfer(trace, (t) => judgeOrder(trace, t, say)),
  },
  {
    id: "TRF-4",
    level: "SHALL",
    source,
    sentence: "The target notifies the replacement once, and only after the new session is established.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ replaced, invitation, up }) => {
        const [first, ...more] = replaced;
        for (const m of more) say.broken([m], `${Told(trace, m)} notifies the replacement a second time.`);
        if (first === undefined || more.length > 0) return;
        const since = up?.sentAt ?? invitation?.request.sentAt;
        if (since === undefined) say.unknown([first], "The new session is not shown.");
        else if (first.sentAt > since) say.kept(first);
        else say.broken([first], `${Told(trace, first)} comes before the new session is established.`);
      }),
  },
  {
    id: "TRF-5",
    level: "SHALL",
    source,
    sentence: "The transferor releases its session only after the release notification.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ released, notice }) => {
        if (released === undefined) return;
        const { request } = released.first;
        if (notice === undefined)
          say.unknown([request], "No release notification is shown: the transferor may end the session for itself.");
        else if ((notice.receivedAt ?? notice.sentAt) < request.sentAt) say.kept(notice, request);
        else say.broken([request], `${Told(trace, request)} comes before the release notification.`);
      }),
  },
  {
    id: "TRF-6",
    level: "SHALL",
    source: "5.2.5.1.1",
    sentence: "While the server stays in the media path, the transferee receives no message of the transfer.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ refer, transferee, notice }) => {
        if (!inPath(trace) || notice === undefined) return;
        const reached = trace.messages.filter(
          (m) =>
            m.to === transferee &&
            m.sentAt > refer.request.sentAt &&
            m.sentAt < notice.sentAt &&
            m.kind === "request" &&
            isAbout(trace, refer, m),
        );
        for (const m of reached) say.broken([m], `${Told(trace, m)} reaches the transferee.`);
        if (reached.length === 0) say.kept(refer.request);
      }),
  },
  {
    id: "TRF-7",
    level: "SHALL",
    source: "5.2.5.1.2",
    sentence: "Where the server is not in the media path, the release reaches the transferee through both servers.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ released, transferee, notice }) => {
        if (inPath(trace) || released === undefined || notice === undefined || transferee === undefined) return;
        const arrived = trace.messages.find(
          (m) => m.method === "BYE" && m.to === transferee && m.sentAt > released.first.request.sentAt,
        );
        if (arrived !== undefined) say.kept(released.first.request, arrived);
        else
          say.broken([released.last.request], `${Told(trace, released.last.request)} does not lead to the transferee.`);
      }),
  },
  {
    id: "TRF-8",
    level: "SHALL",
    source: "derived from 5.2.5.1",
    sentence: "From the request to the end the transferee's side has at least one established session.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ released, up, replaced }) => {
        const since = up ?? replaced[0];
        if (released === undefined || since === undefined) return;
        const { request } = released.first;
        if (request.sentAt > since.sentAt) say.kept(since, request);
        else say.broken([request], `${Told(trace, request)} ends the old session before the new one is established.`);
      }),
  },
  {
    id: "TRF-9",
    level: "SHALL",
    source: "derived from RFC 5589 §5.3",
    sentence: "If a step of the transfer fails, the original session is still established at the end.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ refer, failure, released }) => {
        const refused = refer.finals.find((f) => !isSuccess(f));
        const failed = failure ?? refused;
        if (failed === undefined) return;
        if (released === undefined || released.first.request.sentAt < failed.sentAt) say.kept(failed);
        else
          say.broken(
            [released.first.request],
            `${Told(trace, released.first.request)} ends the session although the transfer failed.`,
          );
      }),
  },
  {
    id: "TRF-10",
    level: "SHOULD",
    source: "5.2.5.1.1",
    sentence: "The server remains in the media path.",
    judge: (trace, say) =>
      eachTransfer(trace, ({ invitation }) => {
        if (!inPath(trace) || invitation === undefined) return;
        const ends = [...leavesOf(invitation)];
        const beyond = ends.find((l) => trace.role(l.server) === "client");
        if (beyond === undefined) say.kept(...ends.map((l) => l.request));
        else if (!trace.isComputed && trace.flow.scenario.options?.transferMediaPath === undefined)
          say.unknown([beyond.request], "The flow does not say whether the server is to stay in the media path.");
        else say.broken([beyond.request], `${Told(trace, beyond.request)} leads past the server to the transferee.`);
      }),
  },
  {
    id: "TRF-11",
    level: "SHALL",
    source: "derived from 5.2.5.1",
    sentence: "At the end the transferor is in no session with the transferee, and the target in exactly one.",
    judge: (trace, say) => eachTransfer(trace, (t) => judgeEnd(trace, t, say)),
  },
];

interface Transfer {
  readonly refer: Transaction;
  readonly transferor: string;
  readonly planned?: NonNullable<Trace["flow"]["scenario"]["transfers"]>[number] | undefined;
  readonly transferee?: string | undefined;
  readonly join?: TraceMessage | undefined;
  /** The target's invitation, from its first hop. */
  readonly invitation?: Transaction | undefined;
  /** The OK that the target got. */
  readonly up?: TraceMessage | undefined;
  readonly replaced: readonly TraceMessage[];
  readonly notice?: TraceMessage | undefined;
  readonly failure?: TraceMessage | undefined;
  readonly released?: Release | undefined;
}

const eventOf = ({ request }: Transaction): string | undefined => request.said.event ?? request.message.event;

function eachTransfer(trace: Trace, each: (transfer: Transfer) => void): void {
  for (const refer of trace.transactions)
    if (refer.method === "REFER" && refer.parent === undefined && eventOf(refer) === "transfer")
      each(transferOf(trace, refer));
}

function transferOf(trace: Trace, refer: Transaction): Transfer {
  const { scenario } = trace.flow;
  const { session: named, referTo, transferee: far } = refer.request.message;
  const planned = scenario.transfers?.find(
    (x) =>
      requesterOf(x) === refer.client &&
      (named === undefined || x.session === originalSession(trace.topology, named)) &&
      (referTo === undefined || x.to === referTo),
  );
  const transferor = planned?.from ?? refer.client;
  const transferee = far ?? farEnd(trace, planned?.session, transferor);
  const isOf = (m: TraceMessage) => isOfSession(trace, refer, m);
  const later = trace.transactions.filter((t) => t.parent === undefined && t.request.sentAt > refer.request.sentAt);
  const told = (event: string) => later.filter((t) => eventOf(t) === event && isOf(t.request));
  // In a group session several may be transferred: who the scenario says takes part in this transfer is meant.
  const toldTo = (event: string, who: string) =>
    told(event).find((t) => planned === undefined || [...leavesOf(t)].some((l) => l.server === who))?.request;
  const joinTo = later.find(
    (t) =>
      ["join", "replacement"].includes(eventOf(t) ?? "") &&
      isOf(t.request) &&
      (planned === undefined || [...leavesOf(t)].some((l) => l.server === planned.to)),
  );
  const target = planned?.to ?? (joinTo === undefined ? undefined : [...leavesOf(joinTo)][0]?.server);
  const invitation = later.find(
    (t) => t.method === "INVITE" && t.client === target && isAbout(trace, refer, t.request),
  );
  return {
    refer,
    transferor,
    planned,
    transferee,
    join: joinTo?.request,
    invitation,
    up: invitation === undefined ? undefined : acceptance(invitation),
    replaced: told("replaced").flatMap((t) => (planned === undefined || t.client === target ? [t.request] : [])),
    notice: toldTo("release", transferor),
    failure: toldTo("failure", refer.client),
    released: releasesOf(trace, transferor).find(
      (r) =>
        r.from === transferor &&
        r.first.request.sentAt > refer.request.sentAt &&
        !isByHand(trace, r.first.request) &&
        isOf(r.first.request),
    ),
  };
}

/**
 * Who is at the other end of the session that `client` has: a device, or the focus of a group. A device that has got it by
 * a transfer has the far end of the device before it.
 */
function farEnd({ flow: { scenario } }: Trace, id: string | undefined, client: string): string | undefined {
  const session = scenario.sessions?.find((s) => s.id === id);
  if (session !== undefined) {
    const passed = new Set<string>();
    for (let at: string | undefined = client; at !== undefined && !passed.has(at); ) {
      if (at === session.from) return session.to;
      if (at === session.to) return session.from;
      passed.add(at);
      const here: string = at;
      at = scenario.transfers?.find((t) => t.session === id && t.to === here)?.from;
    }
    return undefined;
  }
  const invitation = scenario.invitations?.find((i) => i.id === id);
  return invitation?.focus ?? (invitation?.from === client ? invitation.to[0]?.user : invitation?.from);
}

/** Whether a message concerns the session that is transferred, or the one that replaces it; where it does not say, it may. */
function isAbout(trace: Trace, refer: Transaction, m: TraceMessage): boolean {
  const { session } = refer.request.message;
  const { session: named, joins } = m.message;
  return joins === session || named === movedSession(session ?? "") || isOfSession(trace, refer, m);
}

/** Whether a message is of the session that is transferred itself; where it does not say, it may be. */
function isOfSession({ topology }: Trace, { request }: Transaction, { message }: TraceMessage): boolean {
  const { session, referTo, from } = request.message;
  if (session === undefined || message.session === undefined) return true;
  // A device that fetches a session knows it by its name in the scenario alone.
  return (
    message.session === session || (referTo === from?.id && originalSession(topology, message.session) === session)
  );
}

const inPath = (trace: Trace): boolean => trace.options.transferMediaPath === "serverInPath";

/** Whether the transferor's operator had decided against the transfer when its server was asked. */
function isRefused({ run, topology }: Trace, { id, from }: { id: string; from: string }, refer: Transaction): boolean {
  const server = serverOf(topology, from);
  const asked = [...leavesOf(refer)].at(-1)?.request.hop.received;
  return run.turns
    .slice(0, asked ?? run.turns.length)
    .some(({ at, choice: c }) => c.kind === "stimulate" && c.stimulus === "refuse" && c.what === id && at === server);
}

function judgeAccepted(trace: Trace, { refer, planned, transferee }: Transfer, say: Say): void {
  const final = refer.finals[0];
  if (final === undefined || planned === undefined || transferee === undefined) {
    say.unknown([refer.request], "The flow does not say whether the transfer is allowed and its target available.");
    return;
  }
  const target = trace.topology.participants.get(planned.to);
  const available = target?.role === "client" && target.registered !== false && target.reachable !== false;
  const allowed = planned.allowed !== false && !isRefused(trace, planned, refer);
  const due = allowed && available;
  const { status } = final;
  if (isSuccess(final) === due) say.kept(refer.request, final);
  else if (due && status !== 403 && status !== 480) say.unknown([final], "The request is refused for another reason.");
  else
    say.broken(
      [final],
      `${Told(trace, final)} is not due: the transferor is ${allowed ? "" : "not "}allowed, and the target ${available ? "" : "not "}available.`,
    );
}

function judgeOrder(trace: Trace, t: Transfer, say: Say): void {
  const { refer, join, invitation, up, replaced, notice, released } = t;
  const accepted = [...leavesOf(refer)].flatMap((l) => l.finals).find(isSuccess) ?? refer.finals.find(isSuccess);
  if (accepted !== undefined && accepted.sentAt < refer.request.sentAt)
    say.broken([accepted], `${Told(trace, accepted)} comes before the request.`);
  const chain = [refer.request, join, invitation?.request, up, replaced[0], notice, released?.first.request];
  const shown = chain.filter((m) => m !== undefined);
  let isKept = true;
  for (const [i, m] of shown.entries()) {
    const before = shown[i - 1];
    if (before === undefined || before.sentAt < m.sentAt) continue;
    isKept = false;
    say.broken([m], `${Told(trace, m)} comes before its turn.`);
  }
  if (isKept && shown.length > 1) say.kept(...shown);
}

function judgeEnd(trace: Trace, t: Transfer, say: Say): void {
  const { transferor, invitation, notice, released, replaced } = t;
  if (notice === undefined) return;
  const ended = releasesOf(trace, transferor).length > 0 || released !== undefined;
  const inSession = invitation !== undefined && (acceptance(invitation) !== undefined || replaced.length > 0);
  if (!ended) say.broken([notice], `${trace.the(transferor)} is told to release its session, but does not.`);
  else if (!inSession) say.broken([notice], "The target is in no session.");
  else say.kept(invitation.request, ...(released === undefined ? [] : [released.first.request]));
}
