import type { Requirement, Say } from "./requirement.ts";
import { invites, isPassedOn, type Trace, type TraceMessage, type Transaction } from "./trace.ts";
import { called, Told, told } from "./words.ts";

/** ALR: where provisional responses go. */
export const alerting: readonly Requirement[] = [
  {
    id: "ALR-1",
    level: "SHALL",
    source: "C.1.2.3, step 12",
    sentence:
      "At most one ALERTING for an invitation passes the participating function upstream, the first that it received.",
    judge: (trace, say) => {
      if (trace.options.participatingFunction === "proxy") return;
      for (const t of invites(trace)) {
        if (!isPassedOn(t) || trace.role(t.server) !== "participatingFunction") continue;
        const [first, ...more] = t.provisionals.filter((p) => p.status === 180 && p.message.again === undefined);
        for (const p of more)
          say.broken([p], `${Told(trace, p)} is one too many: an ALERTING has gone upstream before.`);
        if (first !== undefined && more.length === 0) judgeFirst(trace, t, first, say);
      }
    },
  },
  {
    id: "ALR-2",
    level: "MUST",
    source: "RFC 3261 §16.7 step 5",
    sentence: "A proxy forwards every provisional response other than 100.",
    judge: (trace, say) => {
      for (const t of invites(trace)) if (isPassedOn(t) && isProxy(trace, t.server)) judgeForwarding(trace, t, say);
    },
  },
  {
    id: "ALR-3",
    level: "MUST NOT",
    source: "RFC 3261 §13.3.1.1, §17.2.1",
    sentence: "No provisional response follows a final one in the same transaction.",
    judge: (trace, say) => {
      for (const t of invites(trace)) {
        const [final] = t.finals;
        if (final === undefined) continue;
        const late = t.provisionals.filter((p) => p.sentAt > final.sentAt && !isOtherBranch(t, p, final));
        for (const p of late) say.broken([p], `${Told(trace, p)} follows ${told(trace, final)}.`);
        if (late.length === 0) say.kept(final);
      }
    },
  },
];

/** Whether an element only relays. A figure's name may say that it is a user agent on both of its sides. */
export function isProxy(trace: Trace, id: string): boolean {
  const role = trace.role(id);
  if (/B2BUA|\bALG\b|\bSBC\b/i.test(trace.topology.participants.get(id)?.name ?? "")) return false;
  return role === "core" || (role === "participatingFunction" && trace.options.participatingFunction === "proxy");
}

/** A forked INVITE may bring responses of another dialog after the first 2xx. */
function isOtherBranch(t: Transaction, p: TraceMessage, final: TraceMessage): boolean {
  const tag = p.said.tag ?? p.message.to?.tag;
  const other = final.said.tag ?? final.message.to?.tag;
  return tag === undefined || other === undefined ? t.children.length > 1 : tag !== other;
}

function judgeFirst(trace: Trace, t: Transaction, up: TraceMessage, say: Say): void {
  const received = t.children
    .flatMap((c) => c.provisionals)
    .filter((p) => p.status === 180 && p.receivedAt !== undefined)
    .sort((a, b) => (a.receivedAt ?? 0) - (b.receivedAt ?? 0));
  const first = received.find((p) => p.to === t.server);
  const { relays } = up.hop;
  if (first !== undefined && relays !== undefined && relays !== first.hop.name)
    say.broken([up], `${Told(trace, up)} does not pass on the first ALERTING that came, ${told(trace, first)}.`);
  else say.kept(up);
}

/** Every branch further on, until the element has its turn again: a figure may draw a response past those between. */
function beyond(t: Transaction, element = t.server): readonly Transaction[] {
  const on = element === t.server ? t.children : t.children.filter((c) => c.client !== element);
  return on.flatMap((c) => [c, ...(c.server === element ? [] : beyond(c, element))]);
}

/** Pairs what came in with what went on, in order; what is left over was not forwarded. */
function judgeForwarding(trace: Trace, t: Transaction, say: Say): void {
  const answered = t.finals[0]?.sentAt ?? Infinity;
  const came = beyond(t)
    .flatMap((c) => c.provisionals)
    .filter((p) => p.to === t.server && (p.status ?? 0) > 100 && (p.receivedAt ?? Infinity) < answered)
    .sort((a, b) => (a.receivedAt ?? 0) - (b.receivedAt ?? 0));
  const gone = t.provisionals.filter((p) => (p.status ?? 0) > 100);
  const used = new Set<TraceMessage>();
  for (const p of came) {
    const on = gone.find((g) => !used.has(g) && g.status === p.status && g.sentAt > (p.receivedAt ?? 0));
    if (on === undefined)
      say.broken([p], `${Told(trace, p)} is not forwarded: the ${called(p)} ends at ${trace.the(t.server)}.`);
    else {
      used.add(on);
      say.kept(p, on);
    }
  }
}
