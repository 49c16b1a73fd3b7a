import type { Role } from "../../../shared/flow/flow.ts";
import { type Condition, type Context, type Rule, arrived, arrivedHop } from "../rule.ts";
import {
  answeredElsewhere,
  callerDialog,
  declinedEverywhere,
  isFailure,
  isGlobalFailure,
  isProvisional,
  isSuccess,
  reply,
  sendInDialog,
} from "../sip.ts";
import {
  type Branch,
  type ResponseContext,
  branchOf,
  cancelBranch,
  changeBranch,
  changeContext,
  contextOf,
  isOpen,
  isPending,
  passUp,
  sendBest,
  takeFailure,
} from "./context.ts";
import { bridge } from "./bridge.ts";

/**
 * The rules of an element that has passed an invitation on (domain model "forking element"; RFC 3261 §16.7 to §16.10).
 * SIP/IP Core and participating function obey the same ones; what differs is who cancels, and that a back-to-back
 * function may keep a response to itself.
 */
export function forkingRules(role: Role, prefix: string): readonly Rule[] {
  const rule = (id: string, rest: Omit<Rule, "id" | "role">): Rule => ({ id: `${prefix}-${id}`, role, ...rest });
  return [
    ...provisionalRules(rule),
    ...acceptRules(rule, role),
    ...failureRules(rule),
    ...cancelRules(rule),
    ...timerRules(rule),
  ];
}

type Make = (id: string, rest: Omit<Rule, "id" | "role">) => Rule;

function context(c: Context): ResponseContext {
  const found = contextOf(c);
  if (found === undefined) throw new Error("no response context");
  return found;
}

const known: Condition = { text: "the response belongs to an invitation passed on here", test: (c) => contextOf(c) !== undefined };
const status = (text: string, test: (m: ReturnType<typeof arrived>) => boolean): Condition => ({
  text,
  test: (c) => test(arrived(c)),
  value: (c) => String(arrived(c).status),
});
const provisional = status("it is provisional", isProvisional);
const alerting = status("it is an ALERTING response", (m) => m.status === 180 || m.status === 183);
const success = status("it is an acceptance", isSuccess);
const failure = status("it is a refusal or another failure", isFailure);
const inState = (text: string, ...states: ResponseContext["state"][]): Condition => ({
  text,
  test: (c) => states.includes(context(c).state),
  value: (c) => context(c).state,
});
const unanswered = inState("no acceptance has been passed on", "forked", "collecting");
const answered = inState("an acceptance has already been passed on", "answered");
const backToBack: Condition = { text: "it works back to back", test: (c) => context(c).backToBack };
const proxy: Condition = { text: "it works as a proxy", test: (c) => !context(c).backToBack };

function provisionalRules(rule: Make): readonly Rule[] {
  return [
    rule("PROCEEDING", {
      title: "A branch is alive",
      clause: "RFC 3261 §16.7 step 2, §9.1",
      on: ["response INVITE"],
      when: [known, provisional],
      act: (c) => {
        const at = context(c);
        const branch = branchOf(c, at);
        const { transaction, status, to } = arrived(c);
        if (branch === undefined || transaction === undefined) return;
        c.disarm("Timer_B", transaction);
        if (branch.state === "cancelWait") {
          cancelBranch(c, at.server, branch, c.get(`reason/${transaction}`));
          return;
        }
        if (branch.state !== "sent" && branch.state !== "proceeding") return;
        c.arm("Timer_C", transaction);
        const ended = status === 199 && to?.tag !== undefined ? [...branch.ended, to.tag] : branch.ended;
        changeBranch(c, at.server, transaction, { state: "proceeding", ended });
      },
      says: () => "",
      summary: "A provisional response shows that a branch is alive; a cancellation that waited for it goes out now.",
    }),
    rule("ALERT-FIRST", {
      title: "Pass on the first ALERTING",
      clause: "C.1.2.3 steps 8–10; RFC 3261 §16.7 step 5",
      on: ["response INVITE"],
      when: [
        known,
        alerting,
        unanswered,
        { text: "no ALERTING response has been sent upstream yet", test: (c) => !context(c).alerting },
      ],
      act: (c) => {
        passUp(c, context(c), arrived(c), arrivedHop(c));
        changeContext(c, context(c).server, { alerting: true });
      },
      says: (c) => `${c.the(c.me.id)} passes the first ALERTING response on.`,
      summary: "The first ALERTING response to an invitation is passed on to the inviting side.",
    }),
    rule("ALERT-MORE", {
      title: "A proxy passes on every ALERTING",
      clause: "RFC 3261 §16.7 step 5",
      on: ["response INVITE"],
      when: [
        known,
        proxy,
        alerting,
        unanswered,
        { text: "an ALERTING response has been sent upstream", test: (c) => context(c).alerting },
      ],
      act: (c) => {
        passUp(c, context(c), arrived(c), arrivedHop(c));
      },
      says: (c) => `${c.the(c.me.id)} is a proxy and passes this ALERTING response on too.`,
      summary: "A proxy passes every provisional response on except 100 Trying.",
    }),
    rule("ALERT-ABSORB", {
      title: "A back-to-back function keeps further ALERTINGs",
      clause: "C.1.2.3 step 12",
      on: ["response INVITE"],
      when: [
        known,
        backToBack,
        alerting,
        unanswered,
        { text: "an ALERTING response has been sent upstream", test: (c) => context(c).alerting },
      ],
      act: () => {},
      says: (c) =>
        `As the inviting side has been sent an ALERTING response before, ${c.the(c.me.id)} does not pass this one on.`,
      summary: "Once the inviting side knows that a device rings, further ALERTING responses stay at the function.",
    }),
    rule("EARLY-END", {
      title: "Tell the canceller that a device has ended",
      clause: "RFC 6228 §4",
      on: ["response INVITE"],
      when: [
        known,
        failure,
        unanswered,
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
  ];
}

function acceptRules(rule: Make, role: Role): readonly Rule[] {
  return [
    rule("ACCEPT", {
      title: "Pass on the first acceptance",
      clause: "C.1.2.3 steps 14–16; RFC 3261 §16.7 step 5",
      on: ["response INVITE"],
      when: [known, success, unanswered],
      act: (c) => {
        const at = context(c);
        const { transaction = "", to } = arrived(c);
        passUp(c, at, arrived(c), arrivedHop(c));
        if (at.backToBack) bridge(c, at, arrived(c));
        c.disarm("Timer_B", transaction);
        c.disarm("Timer_C", transaction);
        c.disarm("T_noanswer", at.server);
        changeBranch(c, at.server, transaction, { state: "won" });
        changeContext(c, at.server, { state: "answered", winner: to?.tag });
      },
      says: (c) => `${c.the(c.me.id)} passes the OK response on.`,
      summary: "The first OK response is passed on at once; it settles the invitation.",
    }),
    rule("CANCEL-OTHERS", {
      title: "Cancel the invitations to the other devices",
      clause: role === "core" ? "RFC 3261 §16.7 step 10; RFC 3841 §9.1" : "CPM-MLD-007; C.1.2.3 step 18",
      on: ["response INVITE"],
      when: [
        known,
        success,
        unanswered,
        { text: "an invitation to another device is outstanding", test: (c) => losing(c).length > 0, value: outstanding },
        { text: "cancelling was not left to a server upstream", test: (c) => context(c).request.noCancel !== true },
      ],
      act: (c) => {
        for (const branch of losing(c)) {
          // A server that left the forking to the core cancels through the transaction that the core still keeps open.
          const open: Branch = branch.state === "won" ? { ...branch, state: "proceeding" } : branch;
          cancelBranch(c, context(c).server, open, answeredElsewhere);
          if (branch.state === "won") changeBranch(c, context(c).server, branch.transaction, { state: "won" });
        }
      },
      says: (c) =>
        `Since ${c.the(arrived(c).to?.tag ?? "")} has accepted the CPM Session Invitation, ${c.the(c.me.id)} cancels it towards ${losers(c)}.`,
      summary: "When one device of a user has accepted, the invitations outstanding at the user's other devices are cancelled.",
    }),
    rule("ACCEPT-LATE-PROXY", {
      title: "A proxy passes on a second acceptance",
      clause: "RFC 3261 §16.7 step 5",
      on: ["response INVITE"],
      when: [known, success, answered, proxy],
      act: (c) => {
        passUp(c, context(c), arrived(c), arrivedHop(c));
        endBranch(c, "won");
      },
      says: (c) => `${c.the(c.me.id)} is a proxy and passes this acceptance on too; who invited has to end it.`,
      summary: "A proxy passes every acceptance on; the inviting side acknowledges and releases those it does not keep.",
    }),
    rule("ACCEPT-LATE", {
      title: "Release a second acceptance",
      clause: "RFC 3261 §13.2.2.4; RFC 5407 §3.1.2",
      on: ["response INVITE"],
      when: [known, success, inState("the invitation is settled", "answered", "done"), backToBack],
      act: (c) => {
        const dialog = callerDialog(arrived(c));
        sendInDialog(c, dialog, "ACK");
        sendInDialog(c, dialog, "BYE", { reason: answeredElsewhere });
        endBranch(c, "won");
      },
      says: (c) =>
        `As another device has been accepted, ${c.the(c.me.id)} acknowledges this OK response and releases that session at once.`,
      summary: "An acceptance that comes too late is acknowledged and released; exactly one session remains.",
    }),
  ];
}

function endBranch(c: Context, state: Branch["state"]): void {
  const { transaction = "" } = arrived(c);
  c.disarm("Timer_B", transaction);
  c.disarm("Timer_C", transaction);
  changeBranch(c, context(c).server, transaction, { state });
}

/** Branches that the arrived acceptance makes superfluous; the winning one too where other devices are behind it. */
function losing(c: Context): readonly Branch[] {
  const at = context(c);
  const winner = arrived(c).to?.tag;
  return at.branches.filter((b) =>
    b.transaction === arrived(c).transaction
      ? b.request.noCancel === true && b.targets.some((t) => t !== winner && !b.ended.includes(t))
      : isPending(b),
  );
}

function losingClients(c: Context): readonly string[] {
  const winner = arrived(c).to?.tag;
  return losing(c).flatMap((b) => b.targets.filter((t) => t !== winner && !b.ended.includes(t)));
}

function outstanding(c: Context): string {
  return losingClients(c).map(c.nameOf).join(", ");
}

function losers(c: Context): string {
  const names = losingClients(c).map(c.the);
  return names.length < 2 ? (names[0] ?? "the other devices") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function failureRules(rule: Make): readonly Rule[] {
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
        for (const b of context(c).branches.filter(isPending)) cancelBranch(c, context(c).server, b, declinedEverywhere);
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

function cancelRules(rule: Make): readonly Rule[] {
  return [
    rule("CANCEL", {
      title: "Confirm a cancellation and cancel what is pending",
      clause: "RFC 3261 §16.10, §9.2",
      on: ["request CANCEL"],
      when: [{ text: "the cancellation matches an invitation passed on here", test: (c) => contextOf(c) !== undefined }],
      act: (c) => {
        const at = context(c);
        reply(c, arrived(c), 200, c.me.id);
        if (at.state === "forked") changeContext(c, at.server, { given: "cancelled", state: "collecting" });
        c.disarm("T_noanswer", at.server);
        for (const b of at.branches.filter(isPending))
          cancelBranch(c, at.server, b, arrived(c).reason, arrivedHop(c));
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
      act: () => {},
      says: () => "",
      summary: "The confirmation of a cancellation goes no further; it does not mean that the device has been cancelled.",
    }),
    rule("ACK-HOP", {
      title: "A refusal is acknowledged",
      clause: "RFC 3261 §17.2.1",
      on: ["request ACK"],
      when: [{ text: "it acknowledges a refusal", test: (c) => arrived(c).acknowledges !== undefined }],
      act: () => {},
      says: () => "",
      summary: "The acknowledgement of a refusal ends the transaction of that hop.",
    }),
  ];
}

function timerRules(rule: Make): readonly Rule[] {
  const branchOfTimer = (c: Context): { at: ResponseContext; branch: Branch } | undefined => {
    const server = c.get<string>(`branch/${c.timer?.key}`);
    const at = server === undefined ? undefined : c.get<ResponseContext>(`context/${server}`);
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
