import type { Role } from "../../../shared/flow/flow.ts";
import { arrived, arrivedHop, type Context, type Rule } from "../rule.ts";
import { answeredElsewhere, callerDialog, sendInDialog } from "../sip.ts";
import { bridge } from "./bridge.ts";
import { type Branch, branchOf, cancelBranch, changeBranch, changeContext, isPending, passUp } from "./context.ts";
import {
  alerting,
  backToBack,
  context,
  known,
  type Make,
  provisional,
  proxy,
  settled,
  success,
  unanswered,
} from "./forking-guards.ts";

/** Provisional responses and acceptances at a forking element. */

export function provisionalRules(rule: Make): readonly Rule[] {
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
        if (branch.state !== "sent" && branch.state !== "proceeding") return;
        c.arm("Timer_C", transaction);
        const ended = status === 199 && to?.tag !== undefined ? [...branch.ended, to.tag] : branch.ended;
        changeBranch(c, at.server, transaction, { state: "proceeding", ended });
      },
      says: () => "",
      summary: "A provisional response shows that a branch is alive.",
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
      says: (c) => `${c.the(c.me.id)} passes the first ${c.called("INVITE", 180)} on.`,
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
      says: (c) => `${c.the(c.me.id)} is a proxy and passes this ${c.called("INVITE", 180)} on too.`,
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
    // After what passes the response on: a CANCEL brings the final response, which no provisional one may follow.
    rule("CANCEL-WAITED", {
      title: "Cancel a branch that has come alive",
      clause: "RFC 3261 §9.1",
      on: ["response INVITE"],
      when: [
        known,
        provisional,
        {
          text: "its cancellation has waited for a response",
          test: (c) => branchOf(c, context(c))?.state === "cancelWait",
        },
      ],
      act: (c) => {
        const branch = branchOf(c, context(c));
        if (branch !== undefined) cancelBranch(c, context(c).server, branch, c.get("reason", branch.transaction));
      },
      says: (c) => `Now that the branch has answered, ${c.the(c.me.id)} cancels it.`,
      summary: "A cancellation that had to wait for a provisional response goes out with the first one.",
    }),
  ];
}

export function acceptRules(rule: Make, role: Role): readonly Rule[] {
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
      says: (c) => `${c.the(c.me.id)} passes the ${c.called("INVITE", 200)} on.`,
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
        {
          text: "an invitation to another device is outstanding",
          test: (c) => losing(c).length > 0,
          value: outstanding,
        },
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
        `Since ${c.the(arrived(c).to?.tag ?? "")} has accepted the ${c.called("INVITE")}, ${c.the(c.me.id)} cancels it towards ${losers(c)}.`,
      summary:
        "When one device of a user has accepted, the invitations outstanding at the user's other devices are cancelled.",
    }),
    rule("ACCEPT-LATE-PROXY", {
      title: "A proxy passes on a second acceptance",
      clause: "RFC 3261 §16.7 step 5",
      on: ["response INVITE"],
      when: [known, success, settled, proxy],
      act: (c) => {
        passUp(c, context(c), arrived(c), arrivedHop(c));
        endBranch(c, "won");
      },
      says: (c) => `${c.the(c.me.id)} is a proxy and passes this acceptance on too; who invited has to end it.`,
      summary:
        "A proxy passes every acceptance on; the inviting side acknowledges and releases those it does not keep.",
    }),
    rule("ACCEPT-LATE", {
      title: "Release a second acceptance",
      clause: "RFC 3261 §13.2.2.4; RFC 5407 §3.1.2",
      on: ["response INVITE"],
      when: [known, success, settled, backToBack],
      act: (c) => {
        const dialog = callerDialog(arrived(c));
        sendInDialog(c, dialog, "ACK");
        sendInDialog(c, dialog, "BYE", { reason: answeredElsewhere });
        endBranch(c, "won");
      },
      says: (c) =>
        `As another device has been accepted, ${c.the(c.me.id)} acknowledges this ${c.called("INVITE", 200)} and releases that session at once.`,
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
      ? b.request.noCancel === true &&
        b.cancelled !== true &&
        b.targets.some((t) => t !== winner && !b.ended.includes(t))
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
