import { arrived, arrivedHop, type Context, type Rule, silent } from "../rule.ts";
import { declinedEverywhere, isGlobalFailure, reply } from "../sip.ts";
import {
  type Branch,
  branchOf,
  cancelBranch,
  changeBranch,
  changeContext,
  contextOf,
  isOpen,
  isPending,
  type ResponseContext,
  sendBest,
  takeFailure,
} from "./context.ts";
import { context, failure, known, type Make, status, unanswered } from "./forking-guards.ts";

/** Refusals, cancellations and timers at a forking element. */

/** The branch has not been cancelled from here. */
function ownEnd(c: Context): boolean {
  const state = branchOf(c, context(c))?.state;
  return state === "sent" || state === "proceeding";
}

export function failureRules(rule: Make): readonly Rule[] {
  return [
    rule("FAILED", {
      title: "Acknowledge and note a refusal",
      clause: "RFC 3261 §16.7 step 4, §17.1.1.3",
      on: ["response INVITE"],
      when: [known, failure],
      act: (c) => takeFailure(c, context(c)),
      says: () => "",
      summary: "A refusal is acknowledged on its own hop and kept until all devices have answered.",
    }),
    rule("EARLY-END", {
      title: "Tell the canceller that a device has ended",
      clause: "RFC 6228 §4",
      on: ["response INVITE"],
      when: [
        known,
        failure,
        unanswered,
        { text: "the device has ended by itself", test: (c) => ownEnd(c) },
        { text: "not a refusal for all devices", test: (c) => !isGlobalFailure(arrived(c)) },
        { text: "cancelling was left to the server upstream", test: (c) => context(c).request.noCancel === true },
        { text: "other branches are open", test: (c) => context(c).branches.filter(isOpen).length > 1 },
      ],
      act: (c) => {
        reply(c, context(c).request, 199, arrived(c).to?.tag);
      },
      says: () => "",
      summary: "Who is to cancel the losing devices is told with 199 which of them has already ended.",
    }),
    rule("GLOBAL", {
      title: "A refusal for all devices cancels the others",
      clause: "RFC 3261 §16.7 step 5",
      on: ["response INVITE"],
      when: [
        known,
        status("it refuses for all devices", isGlobalFailure),
        unanswered,
        { text: "other branches are open", test: (c) => context(c).branches.filter(isPending).length > 1 },
      ],
      act: (c) => {
        for (const b of context(c).branches.filter(isPending))
          cancelBranch(c, context(c).server, b, declinedEverywhere);
        changeContext(c, context(c).server, { state: "collecting" });
      },
      says: (c) => `The refusal holds for all devices: ${c.the(c.me.id)} cancels the invitations to the others.`,
      summary: "After a 6xx no further device may answer; pending branches are cancelled.",
    }),
    rule("BEST", {
      title: "Send the best response upstream",
      clause: "RFC 3261 §16.7 step 6",
      on: ["response INVITE"],
      when: [
        known,
        failure,
        unanswered,
        {
          text: "every branch has ended, none with an acceptance",
          test: (c) => context(c).branches.every((b) => !isOpen(b) || b.transaction === arrived(c).transaction),
        },
      ],
      act: (c) => {
        c.disarm("T_noanswer", context(c).server);
        sendBest(c, context(c));
      },
      says: (c) => `No device has accepted; ${c.the(c.me.id)} passes the best of the responses on.`,
      summary: "When the last device has refused, one response is sent upstream: the best of those received.",
    }),
  ];
}

export function cancelRules(rule: Make): readonly Rule[] {
  return [
    rule("CANCEL", {
      title: "Confirm a cancellation and cancel what is pending",
      clause: "RFC 3261 §16.10, §9.2",
      on: ["request CANCEL"],
      when: [
        { text: "the cancellation matches an invitation passed on here", test: (c) => contextOf(c) !== undefined },
      ],
      act: (c) => {
        const at = context(c);
        reply(c, arrived(c), 200, c.me.id);
        if (at.state === "forked") changeContext(c, at.server, { given: "cancelled", state: "collecting" });
        c.disarm("T_noanswer", at.server);
        for (const b of at.branches.filter(isPending)) cancelBranch(c, at.server, b, arrived(c).reason, arrivedHop(c));
      },
      says: (c) => `${c.the(c.me.id)} passes the cancellation on to every device that has not answered.`,
      summary: "A cancellation is confirmed on its hop and goes to every branch that is still pending.",
    }),
    rule("CANCEL-NONE", {
      title: "A cancellation that matches nothing",
      clause: "RFC 3261 §9.2",
      on: ["request CANCEL"],
      when: [{ text: "it matches no invitation", test: (c) => contextOf(c) === undefined }],
      act: (c) => {
        reply(c, arrived(c), 481, c.me.id);
      },
      says: () => "",
      summary: "A cancellation without its invitation is answered 481.",
    }),
    rule("CANCEL-CONFIRMED", {
      title: "A cancellation is confirmed",
      clause: "RFC 3261 §9.1",
      on: ["response CANCEL"],
      when: [],
      ...silent,
      summary:
        "The confirmation of a cancellation goes no further; it does not mean that the device has been cancelled.",
    }),
    rule("ACK-HOP", {
      title: "A refusal is acknowledged",
      clause: "RFC 3261 §17.2.1",
      on: ["request ACK"],
      when: [{ text: "it acknowledges a refusal", test: (c) => arrived(c).acknowledges !== undefined }],
      ...silent,
      summary: "The acknowledgement of a refusal ends the transaction of that hop.",
    }),
  ];
}

export function timerRules(rule: Make): readonly Rule[] {
  const branchOfTimer = (c: Context): { at: ResponseContext; branch: Branch } | undefined => {
    const server = c.get<string>("branch", c.timer?.key);
    const at = server === undefined ? undefined : c.get<ResponseContext>("context", server);
    const branch = at?.branches.find((b) => b.transaction === c.timer?.key);
    return at === undefined || branch === undefined ? undefined : { at, branch };
  };
  return [
    rule("UNREACHABLE", {
      title: "No response at all",
      clause: "RFC 3261 §16.8, Timer B",
      on: ["timer Timer_B"],
      when: [{ text: "the branch has not answered", test: (c) => branchOfTimer(c) !== undefined }],
      act: (c) => {
        const found = branchOfTimer(c);
        if (found === undefined) return;
        c.disarm("Timer_C", found.branch.transaction);
        const next = changeBranch(c, found.at.server, found.branch.transaction, { state: "failed", status: 408 });
        if (next.state !== "answered" && next.state !== "done" && !next.branches.some(isOpen)) {
          c.disarm("T_noanswer", next.server);
          sendBest(c, next);
        }
      },
      says: (c) => `${c.the(c.me.id)} gives up on the branch that never answered.`,
      summary: "A branch from which nothing at all comes back within 64*T1 has failed.",
    }),
    rule("TIMER-C", {
      title: "Ringing too long",
      clause: "RFC 3261 §16.8, Timer C",
      on: ["timer Timer_C"],
      when: [{ text: "the branch is still ringing", test: (c) => branchOfTimer(c)?.branch.state === "proceeding" }],
      act: (c) => {
        const found = branchOfTimer(c);
        if (found !== undefined) cancelBranch(c, found.at.server, found.branch, undefined);
      },
      says: (c) => `${c.the(c.me.id)} cancels the invitation to a device that has rung too long.`,
      summary: "A branch that rings without a final response for longer than Timer C is cancelled.",
    }),
  ];
}
