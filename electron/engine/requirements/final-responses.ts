import { isProxy } from "./alerting.ts";
import type { Requirement, Say } from "./requirement.ts";
import {
  isFailure,
  isPassedOn,
  isSuccess,
  type Timeout,
  type Trace,
  type TraceMessage,
  type Transaction,
} from "./trace.ts";
import { called, Told, told } from "./words.ts";

/** FIN and FWD: what becomes of every request, hop by hop. */
export const finalResponses: readonly Requirement[] = [
  {
    id: "FIN-1",
    level: "MUST",
    source: "RFC 3261 §16.7, §17.2.1",
    sentence:
      "Every INVITE transaction gets exactly one final response on each hop, or several 2xx where it was forked.",
    judge: (trace, say) => {
      for (const t of trace.transactions) {
        if (t.method !== "INVITE") continue;
        if (t.finals.length === 0) judgeUnanswered(trace, t, say);
        else judgeFinals(trace, t, say);
      }
    },
  },
  {
    id: "FIN-2",
    level: "MUST",
    source: "RFC 3261 §16.7, §17.1.2, §17.2.2",
    sentence: "Every request other than INVITE and ACK gets exactly one final response on each hop.",
    judge: (trace, say) => {
      for (const t of trace.transactions) {
        if (t.method === "INVITE") continue;
        if (t.method === "SEND" && t.finals.length === 0 && t.request.authored)
          say.unknown([t.request], `Whether ${told(trace, t.request)} asks for a response is not shown.`);
        else if (t.finals.length === 0) judgeUnanswered(trace, t, say);
        else if (t.finals.length === 1) say.kept(t.request, ...t.finals);
        else say.broken(t.finals.slice(1), tooMany(trace, t, t.finals.slice(1)));
      }
    },
  },
  {
    id: "FIN-3",
    level: "MUST",
    source: "RFC 3261 §17.2; causality",
    sentence: "No response comes before its request on the same hop.",
    judge: (trace, say) => {
      for (const t of trace.transactions) {
        const arrived = Math.min(...[t.request, ...t.resent].map((m) => m.receivedAt ?? Infinity));
        for (const r of [...t.provisionals, ...t.finals]) {
          if (arrived < r.sentAt) say.kept(r);
          else say.broken([r], `${Told(trace, r)} is sent before the ${t.method} has arrived there.`);
        }
      }
      for (const { message, sure } of trace.strays) {
        if (sure) say.broken([message], `${Told(trace, message)} answers no request that went the other way.`);
        else say.unknown([message], `The request that ${told(trace, message)} answers lies before the first step.`);
      }
    },
  },
  {
    id: "FIN-4",
    level: "MUST",
    source: "RFC 3261 §16.7, §18.2.2 (Via)",
    sentence: "A response retraces the path of its request, hop by hop in reverse.",
    judge: (trace, say) => {
      for (const t of trace.transactions) {
        if (!isPassedOn(t) || trace.role(t.server) === "controllingFunction") continue;
        const used = new Set<TraceMessage>();
        for (const r of [...t.provisionals, ...t.finals]) judgeSource(trace, t, r, used, say);
      }
    },
  },
  {
    id: "FIN-5",
    level: "MUST NOT",
    source: "RFC 3261 §16.7 step 5",
    sentence: "No 2xx follows a 6xx to one invitation on one hop.",
    judge: (trace, say) => {
      for (const t of trace.transactions) {
        if (t.method !== "INVITE" || t.finals.length === 0) continue;
        const global = t.finals.findIndex((f) => (f.status ?? 0) >= 600);
        const late = global < 0 ? undefined : t.finals.slice(global).find(isSuccess);
        if (late === undefined) say.kept(...t.finals);
        else say.broken([late], `${Told(trace, late)} follows a ${t.finals[global]?.status}.`);
      }
    },
  },
  {
    id: "FWD-1",
    level: "MUST NOT",
    source: "RFC 3261 §16.6; causality",
    sentence: "An element that passes requests on passes none on before it has received it.",
    judge: judgeForwarding,
  },
];

const isCore = (trace: Trace, id: string): boolean => trace.role(id) === "core" && isProxy(trace, id);

/** Requests of this method do not begin at this element: a core makes none, a participating function no invitation. */
const passesOnOnly = (trace: Trace, id: string, method: string): boolean =>
  isCore(trace, id) || (method === "INVITE" && trace.role(id) === "participatingFunction");

/** A request that a proxy sends without having got it, and gets later without passing it on. */
function judgeForwarding(trace: Trace, say: Say): void {
  const waiting = new Map<string, Transaction[]>();
  for (const t of trace.transactions) {
    if (t.method === "CANCEL") continue;
    const key = `${t.server} ${t.method}`;
    if (t.parent !== undefined) say.kept(t.request);
    else if (passesOnOnly(trace, t.client, t.method)) {
      const own = `${t.client} ${t.method}`;
      waiting.set(own, [...(waiting.get(own) ?? []), t]);
    }
    const early =
      isPassedOn(t) || !passesOnOnly(trace, t.server, t.method)
        ? undefined
        : (waiting.get(key)?.find((w) => (!isCore(trace, t.server) || w.server !== t.client) && isSilent(w, t)) ??
          sentOnMeanwhile(trace, t));
    if (early === undefined) continue;
    waiting.delete(key);
    say.broken(
      [early.request, t.request],
      `${Told(trace, early.request)} is sent before ${told(trace, t.request)} has come.`,
    );
  }
}

/** What a core sent on although the function to which it had taken the request first was still to hand it back. */
function sentOnMeanwhile(trace: Trace, t: Transaction): Transaction | undefined {
  // A controlling function invites in its own name what it has been asked for.
  const isAsked = (x: Transaction) => x.method === t.method && x.server === t.client && x.client === t.server;
  const taken =
    t.parent ?? (trace.role(t.client) === "controllingFunction" ? trace.transactions.find(isAsked) : undefined);
  return taken?.parent?.children.find(
    (c) => c.server !== t.client && c.request.sentAt > taken.request.sentAt && c.request.sentAt < t.request.sentAt,
  );
}

/** Nothing had come back to `before` when `t` was sent: the two may be the wrong way round. */
function isSilent(before: Transaction, t: Transaction): boolean {
  return [...before.provisionals, ...before.finals].every(({ sentAt }) => sentAt > t.request.sentAt);
}

function judgeUnanswered(trace: Trace, t: Transaction, say: Say): void {
  const request = [t.request, ...t.resent];
  if (request.every((m) => m.receivedAt === undefined)) {
    say.unknown([t.request], `${Told(trace, t.request)} does not arrive.`);
  } else if (trace.run.end !== "rest") {
    say.unknown([t.request], `The run stops before ${told(trace, t.request)} is answered.`);
  } else if (t.provisionals.length === 0 && isGivenUp(trace, t)) {
    say.unknown([t.request], `${Told(trace, t.request)} finds nobody; its sender gives up.`);
  } else {
    say.broken([t.request], `${Told(trace, t.request)} gets no final response.`);
  }
}

/** Its sender has stopped waiting: its timer fired, it asked again and again, or it answered for the silent one. */
function isGivenUp(trace: Trace, t: Transaction): boolean {
  const after = (trace.timeouts.get(t.client) ?? []).some((x) => x.at > t.request.sentAt);
  const answeredFor = t.parent?.finals.some((f) => isFailure(f) && f.from === t.client) === true;
  return after || (answeredFor && t.resent.length > 0) || t.resent.length > 1;
}

function judgeFinals(trace: Trace, t: Transaction, say: Say): void {
  const [first, ...more] = t.finals;
  const doubled = !t.request.message.again && t.request.authored ? t.resent.filter((m) => m.said.again !== true) : [];
  if (doubled.length > 0) {
    say.broken(
      doubled,
      `${Told(trace, t.request)} is shown ${doubled.length + 1} times for one final response; what is sent again is marked so, as in “INVITE F4(=F1)”.`,
    );
  }
  if (first === undefined || more.length === 0) {
    if (doubled.length === 0) say.kept(t.request, ...t.finals);
    return;
  }
  const wrong = more.filter((f, i) => !mayFollow(trace, t, [first, ...more.slice(0, i)], f));
  if (wrong.length === 0) say.kept(t.request, ...t.finals);
  else say.broken(wrong, tooMany(trace, t, wrong));
}

/** A forked INVITE may bring several 2xx, each of another dialog; everything else ends with its first final response. */
function mayFollow(trace: Trace, t: Transaction, before: readonly TraceMessage[], f: TraceMessage): boolean {
  if (!isSuccess(f)) return false;
  // An element that gave a silent branch up passes on the 2xx that comes from it all the same (RFC 3261 §16.7 step 5).
  if (before.some(isFailure)) return isPassedOn(t) && gaveUpBefore(trace, f);
  const tag = f.said.tag ?? f.message.to?.tag;
  if (tag !== undefined) return before.every((b) => (b.said.tag ?? b.message.to?.tag) !== tag);
  const accepted = t.children.reduce((n, c) => n + c.finals.filter(isSuccess).length, 0);
  return isPassedOn(t) && trace.role(t.server) !== "controllingFunction" && accepted > before.length;
}

function gaveUpBefore(trace: Trace, { sentAt }: TraceMessage): boolean {
  const isOver = ({ at, timer }: Timeout) => at < sentAt && /^Timer_[BC]/.test(timer);
  return [...trace.timeouts.values()].some((fired) => fired.some(isOver));
}

function tooMany(trace: Trace, t: Transaction, wrong: readonly TraceMessage[]): string {
  const extra = wrong.map((m) => told(trace, m)).join(" and ");
  return `The ${t.method} from ${trace.the(t.client)} to ${trace.the(t.server)} has had its final response, ${called(t.finals[0] ?? t.request)}, before ${extra}.`;
}

/** What an element that passed the request on sends back has come to it from beyond, unless it may answer itself. */
function judgeSource(trace: Trace, t: Transaction, r: TraceMessage, used: Set<TraceMessage>, say: Say): void {
  const status = r.status ?? 0;
  if (trace.role(t.server) === "client" || mayAnswerItself(trace, t, status)) {
    say.kept(r);
    return;
  }
  const beyond = t.children.flatMap((c) => (status < 200 ? c.provisionals : [...c.finals, ...c.finalsAgain]));
  const alike = (b: TraceMessage) => (status < 200 ? b.status === status : isSuccess(b) || t.method !== "INVITE");
  const source = beyond.find((b) => !used.has(b) && alike(b) && (b.receivedAt ?? Infinity) < r.sentAt);
  // A function in the middle answers on each side as it sees fit; a proxy passes on one response for each that comes.
  if (source !== undefined && isProxy(trace, t.server)) used.add(source);
  if (source !== undefined) say.kept(source, r);
  else if (status >= 200 && t.children.every((c) => c.finals.length === 0))
    say.unknown([r], `${Told(trace, r)} stands for responses that are not shown.`);
  else say.broken([r], `${Told(trace, r)} has not come to ${trace.the(t.server)} from where the ${t.method} went.`);
}

/** 100, 181 and 199 are an element's own (RFC 3261 §21.1.3, RFC 6228); failures may be; a CANCEL is answered hop by hop, other requests by a user agent. */
function mayAnswerItself(trace: Trace, t: Transaction, status: number): boolean {
  if (t.method === "CANCEL" || [100, 181, 199].includes(status)) return true;
  if (t.method === "INVITE") return status >= 300;
  return status < 200 || status >= 300 || !isProxy(trace, t.server);
}
