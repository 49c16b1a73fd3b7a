import { arrived, type Condition, type Context, type Rule } from "../rule.ts";
import { refusalCode } from "../rules/policy.ts";
import {
  allowed,
  asked,
  available,
  event,
  forMe,
  idle,
  known,
  notice,
  notifyTarget,
  putTransfer,
  request,
  tell,
} from "../rules/transfer.ts";
import { reply } from "../sip.ts";
import { serverOf } from "../topology.ts";

/** The transfer is asked for, judged, and the target directed to the session. */

const refused = (
  id: string,
  title: string,
  clause: string,
  code: (c: Context) => number,
  why: string,
  when: readonly Condition[],
): Rule => ({
  id,
  role: "participatingFunction",
  title,
  clause,
  on: ["request REFER"],
  when: request(...when),
  act: (c) => {
    reply(c, arrived(c), code(c), c.me.id);
  },
  says: (c) => `${c.the(c.me.id)} refuses the transfer: ${why}. The session is not touched.`,
  summary: `A transfer is refused when ${why}.`,
});
const not = (condition: Condition, text: string): Condition => ({ text, test: (c) => !condition.test(c) });

export const transferRequestRules: readonly Rule[] = [
  refused("TS-UNKNOWN", "No such session", "inferred", () => 481, "the session or the target is not known", [
    not(known, "the session or the target is not known"),
  ]),
  refused(
    "TS-DENIED",
    "The transfer is not allowed",
    "5.2.5.1.1, negative branch inferred",
    (c) => refusalCode(c) ?? 403,
    "the transferor is not allowed to transfer the session",
    [known, not(allowed, "the transferor is not allowed to transfer the session")],
  ),
  refused(
    "TS-UNAVAILABLE",
    "The target is not available",
    "5.2.5.1.1, negative branch inferred",
    () => 480,
    "the target is not available",
    [known, allowed, not(available, "the target is not available")],
  ),
  refused("TS-BUSY", "A transfer is under way", "inferred", () => 491, "a transfer of the session is under way", [
    known,
    allowed,
    available,
    not(idle, "a transfer of the session is under way"),
  ]),
  {
    id: "TS-ACCEPT",
    role: "participatingFunction",
    title: "Accept the transfer",
    clause: "5.2.5.1.1, 5.2.5.1.2: Accepted response",
    on: ["request REFER"],
    when: request(known, allowed, available, idle),
    act: (c) => {
      reply(c, arrived(c), 202, c.me.id);
    },
    says: (c) =>
      `${c.the(c.me.id)} performs the participating function control on behalf of the transferor. The transferor is allowed to transfer the CPM Session and ${c.the(arrived(c).referTo ?? "")} is available, so it sends the Accepted response.`,
    summary: "A transfer is accepted when the transferor is allowed to and the target is available.",
  },
  {
    id: "TS-NOTIFY-TARGET",
    role: "participatingFunction",
    title: "Direct the target to the session",
    clause: "5.2.5.1.1, 5.2.5.1.2: notification of the target",
    on: ["request REFER"],
    when: request(known, allowed, available, idle, {
      text: "this server serves the target too",
      test: (c) => serverOf(c.topology, arrived(c).referTo ?? "") === c.me.id,
    }),
    act: (c) => {
      const transfer = asked(c);
      if (transfer !== undefined) notifyTarget(c, transfer);
    },
    says: (c) =>
      `${c.the(c.me.id)} sends a ${notice(c)} to ${c.the(arrived(c).referTo ?? "")} through the SIP/IP Core.`,
    summary: "The server of the target directs it to take the session over.",
  },
  {
    id: "TS-HAND-OVER",
    role: "participatingFunction",
    title: "Tell the target's server",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["request REFER"],
    when: request(known, allowed, available, idle, {
      text: "another server serves the target",
      test: (c) => serverOf(c.topology, arrived(c).referTo ?? "") !== c.me.id,
      value: (c) => c.nameOf(serverOf(c.topology, arrived(c).referTo ?? "") ?? "nobody"),
    }),
    act: (c) => {
      const transfer = asked(c);
      const server = transfer === undefined ? undefined : serverOf(c.topology, transfer.target);
      if (transfer === undefined || server === undefined) return;
      putTransfer(c, transfer);
      tell(c, "REFER", "context", server, { session: transfer.session, referTo: transfer.target });
    },
    says: (c) => `${c.the(c.me.id)} lets the server of the target know; how is not specified.`,
    summary: "When the target is served by another server, that one has to learn of the transfer.",
  },
  {
    id: "TS-CONTEXT",
    role: "participatingFunction",
    title: "The target's server directs the target",
    clause: "5.2.5.1.1, 5.2.5.1.2: notification of the target",
    on: ["request REFER"],
    when: [forMe, event("another server hands a transfer over", "context"), known],
    act: (c) => {
      reply(c, arrived(c), 202, c.me.id);
      const transfer = asked(c);
      if (transfer !== undefined) notifyTarget(c, transfer);
    },
    says: (c) =>
      `${c.the(c.me.id)} sends a ${notice(c)} to ${c.the(arrived(c).referTo ?? "")} through the SIP/IP Core.`,
    summary: "The server of the target directs it to take the session over.",
  },
  {
    id: "TS-CONTEXT-UNKNOWN",
    role: "participatingFunction",
    title: "The session has ended meanwhile",
    clause: "not specified by 5.2.5.1; inferred",
    on: ["request REFER"],
    when: [
      forMe,
      event("another server hands a transfer over", "context"),
      not(known, "the session or the target is not known"),
    ],
    act: (c) => {
      reply(c, arrived(c), 481, c.me.id);
    },
    says: (c) => `${c.the(c.me.id)} does not know the session any more and refuses the transfer.`,
    summary: "A transfer whose session has ended meanwhile is refused to the server that hands it over.",
  },
];
